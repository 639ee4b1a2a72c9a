"use client";

import { IconBan } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { useId } from "react";
import type { DrawingStyle } from "@/lib/drawing/drawing-style.input";
import { Section } from "../_form/section";
import classes from "./style-cards.module.css";

interface StyleCardsProps<T extends string> {
  styles: readonly (Pick<DrawingStyle, "title"> & { readonly name: T })[];
  /** Where the previews lie: `/styles`. */
  folder: string;
  value: T | null;
  /** A card for no style at all, by its words; without one, one has to be chosen. */
  none?: string;
  onChange: (style: T | null) => void;
}

/** Styles as pictures: one motif, drawn in each. */
export function StyleCards<T extends string>({ styles, folder, value, none, onChange }: StyleCardsProps<T>) {
  const t = useTranslations("create");
  const locale = useLocale();
  const group = useId();
  const cards = [
    ...(none === undefined ? [] : [{ name: null, label: none }]),
    ...styles.map(({ name, title }) => ({ name, label: title[locale] })),
  ];
  return (
    <Section title={t("style")}>
      <div className={classes.cards} role="radiogroup" aria-label={t("style")}>
        {cards.map(({ name, label }) => (
          <label key={label} className={classes.card}>
            <input
              type="radio"
              name={group}
              className={classes.radio}
              checked={name === value}
              onChange={() => onChange(name)}
            />
            {name === null ? (
              <span className={classes.none} aria-hidden>
                <IconBan size={32} />
              </span>
            ) : (
              <img src={`${folder}/${name}.webp`} alt="" width={320} height={320} loading="lazy" />
            )}
            <span className={classes.name}>{label}</span>
          </label>
        ))}
      </div>
    </Section>
  );
}
