"use client";

import { ActionIcon, NumberInput, type NumberInputProps } from "@mantine/core";
import { IconDice5 } from "@tabler/icons-react";

const MOST_SEED = 0xffffffff;
export const randomSeed = (): number => Math.floor(Math.random() * (MOST_SEED + 1));

interface SeedFieldProps extends Pick<NumberInputProps, "label" | "description" | "placeholder"> {
  /** Null where any will do. */
  value: number | null;
  /** What the dice is called. */
  roll: string;
  /** @param seed null where the field was emptied. */
  onChange: (seed: number | null) => void;
}

/** A seed, typed or rolled. */
export function SeedField({ value, roll, onChange, ...words }: SeedFieldProps) {
  return (
    <NumberInput
      {...words}
      value={value ?? ""}
      min={0}
      max={MOST_SEED}
      allowDecimal={false}
      hideControls
      onChange={(typed) => onChange(typeof typed === "number" ? typed : null)}
      rightSection={
        <ActionIcon variant="subtle" aria-label={roll} onClick={() => onChange(randomSeed())}>
          <IconDice5 size={20} aria-hidden />
        </ActionIcon>
      }
    />
  );
}
