/** Languages that the app speaks, the default first. */
export const LOCALES = ["en", "zh"] as const;
export type Locale = (typeof LOCALES)[number];

/** Holds the language that a person chose; without it the browser's own preference counts. */
export const LOCALE_COOKIE = "locale";

/** The value for `<html lang>`: readers and fonts need the region for Chinese. */
export const HTML_LANG: Record<Locale, string> = { en: "en", zh: "zh-CN" };

export const isLocale = (value: unknown): value is Locale => LOCALES.includes(value as Locale);

/**
 * The language for a request: the person's choice, else the best match of `Accept-Language`, else English.
 * @param cookie         value of the `locale` cookie, if any.
 * @param acceptLanguage the header as sent, e.g. `zh-CN,zh;q=0.9,en;q=0.8`.
 */
export function pickLocale(cookie: string | undefined, acceptLanguage: string | null | undefined): Locale {
  if (isLocale(cookie)) return cookie;
  const wishes = (acceptLanguage ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const quality = parameters.map((p) => p.trim()).find((p) => p.startsWith("q="));
      return { language: tag.split("-")[0], quality: quality ? Number(quality.slice(2)) : 1 };
    })
    .filter((wish) => wish.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { language } of wishes) if (isLocale(language)) return language;
  return LOCALES[0];
}
