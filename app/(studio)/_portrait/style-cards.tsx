"use client";

import { useLocale, useTranslations } from "next-intl";
import { PORTRAIT_STYLES, type PortraitStyleName } from "@/lib/scenarios/portrait/portrait-styles.input";
import { Section } from "../_form/section";
import classes from "./portrait.module.css";

interface StyleCardsProps {
  style: PortraitStyleName;
  onChange: (style: PortraitStyleName) => void;
}

/** The styles as pictures: one photo, drawn in each. */
export function StyleCards({ style, onChange }: StyleCardsProps) {
  const t = useTranslations("create.portrait");
  const locale = useLocale();
  return (
    <Section title={t("style")}>
      <div className={classes.cards} role="radiogroup" aria-label={t("style")}>
        {PORTRAIT_STYLES.map(({ name, title }) => (
          <label key={name} className={classes.card}>
            <input
              type="radio"
              name="portrait-style"
              className={classes.radio}
              checked={name === style}
              onChange={() => onChange(name)}
            />
            <img src={`/styles/${name}.webp`} alt="" width={320} height={320} loading="lazy" />
            <span>{title[locale]}</span>
          </label>
        ))}
      </div>
    </Section>
  );
}
