"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useTransition } from "react";
import { HTML_LANG, LOCALES } from "@/app/_i18n/locale";
import { setLocale } from "@/app/_i18n/set-locale";
import classes from "./shell.module.css";

/** Each language is named in itself: that is how its readers find it. */
const OWN_NAME = { en: "EN", zh: "中文" } as const;
const SPOKEN = { en: "English", zh: "中文" } as const;

/** Two buttons, one pressed; the page is fetched again in the new language and keeps its state. */
export function LanguageSwitch() {
  const t = useTranslations("nav");
  const current = useLocale();
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  return (
    <fieldset className={classes.languages} aria-busy={pending}>
      <legend className={classes.hidden}>{t("language")}</legend>
      {LOCALES.map((locale) => (
        <button
          key={locale}
          type="button"
          lang={HTML_LANG[locale]}
          title={SPOKEN[locale]}
          aria-pressed={locale === current}
          className={classes.language}
          onClick={() =>
            startTransition(async () => {
              await setLocale(locale);
              router.refresh();
            })
          }
        >
          {OWN_NAME[locale]}
        </button>
      ))}
    </fieldset>
  );
}
