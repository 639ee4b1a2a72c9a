"use client";

import { type ReactNode, useId } from "react";
import classes from "./choice-cards.module.css";

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly text?: string;
  readonly media?: ReactNode;
  /** Cannot be chosen; `text` says why. */
  readonly isDisabled?: boolean;
}

interface ChoiceCardsProps<T extends string> {
  legend: string;
  choices: readonly Choice<T>[];
  value: T | null;
  onChange: (value: T) => void;
  /** `tiles`: a grid of pictures with a name; `rows`: one under the other with an explanation. */
  layout: "tiles" | "rows" | "strip";
}

/** Cards of which one is chosen: real radio buttons underneath, so arrow keys and screen readers just work. */
export function ChoiceCards<T extends string>({
  legend,
  choices,
  value,
  onChange,
  layout,
}: ChoiceCardsProps<T>) {
  const name = useId();
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{legend}</legend>
      <div className={classes[layout]}>
        {choices.map((choice) => (
          <label key={choice.value} className={classes.card}>
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              disabled={choice.isDisabled ?? false}
              onChange={() => onChange(choice.value)}
              className={classes.input}
            />
            {choice.media ? <span className={classes.media}>{choice.media}</span> : null}
            <span className={classes.words}>
              <span className={classes.label}>{choice.label}</span>
              {choice.text ? <span className={classes.text}>{choice.text}</span> : null}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
