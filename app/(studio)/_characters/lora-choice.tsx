"use client";

import { IconBan, IconUser } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import type { LoraView } from "@/lib/drawing/list-lora-cards";
import { ChoiceCards } from "../_form/choice-cards";
import classes from "./characters.module.css";

interface LoraChoiceProps {
  legend: string;
  loras: readonly LoraView[];
  /** What does not go with what is drawn with cannot be chosen. */
  fits: (lora: LoraView) => boolean;
  value: string | null;
  /** The card for none of them; without one, one has to be chosen. */
  none?: string;
  onChange: (name: string | null) => void;
}

/** No LoRA's name: names have a character at least. */
const NONE = "";

const previewUrl = ({ name, isOwn }: LoraView): string =>
  isOwn ? `/api/models/loras/${name}/preview` : `/api/models/preview?lora=${encodeURIComponent(name)}`;

/** LoRAs as cards with what they draw. */
export function LoraChoice({ legend, loras, fits, value, none, onChange }: LoraChoiceProps) {
  const locale = useLocale();
  const families = useTranslations("models.families");
  const cards = loras.map((lora) => ({
    value: lora.name,
    label: lora.title?.[locale] ?? lora.name.replace(/^.*\//, ""),
    ...(lora.family !== null && !fits(lora) && { isDisabled: true, text: families(lora.family) }),
    media: lora.hasPreview ? (
      <img src={previewUrl(lora)} alt="" loading="lazy" />
    ) : (
      <IconUser size={32} aria-hidden />
    ),
  }));
  const nothing = { value: NONE, label: none ?? "", media: <IconBan size={32} aria-hidden /> };
  return (
    <div className={classes.cards}>
      <ChoiceCards
        legend={legend}
        layout="tiles"
        choices={none === undefined ? cards : [nothing, ...cards]}
        value={value ?? (none === undefined ? null : NONE)}
        onChange={(name) => onChange(name === NONE ? null : name)}
      />
    </div>
  );
}
