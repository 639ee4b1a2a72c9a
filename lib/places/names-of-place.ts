import type { NamedPlace } from "./name-coordinates";
import { plainNames } from "./plain-name";

const LANGUAGES = ["en", "zh"];

/** Everything that a place may be found by, in either language, each as `plainNames` writes them. */
export function namesOfPlace({ country, city }: NamedPlace): string[] {
  const countries = LANGUAGES.flatMap((language) =>
    (["long", "short"] as const).map((style) => countryName(country, language, style)),
  );
  const cities = city ? [city.name, ...(city.nameZh ? [city.nameZh] : []), ...city.otherNames] : [];
  // As it is written without a space: 日本京都.
  const whole = city?.nameZh ? [`${countryName(country, "zh", "long")}${city.nameZh}`] : [];
  return [...new Set([...cities, ...countries, ...whole].flatMap(asTyped))];
}

/** As a whole, and of a name with a comma in it each part: Washington, D.C. */
function asTyped(name: string): string[] {
  const parts = plainNames(name);
  return [parts.join(" "), ...parts];
}

const countryName = (country: string, language: string, style: "long" | "short"): string =>
  new Intl.DisplayNames([language], { type: "region", style }).of(country) ?? country;
