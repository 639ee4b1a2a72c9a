/** What is shown of a place. */
interface ShownPlace {
  readonly country: string;
  readonly city: string | null;
  readonly cityZh: string | null;
}

/** The country's name in a reader's language. */
export const countryLabel = (country: string, locale: string): string =>
  new Intl.DisplayNames([locale], { type: "region" }).of(country) ?? country;

/** The city's name in a reader's language, or as it is written in Latin letters where that is not known. */
export const cityLabel = ({ city, cityZh }: ShownPlace, locale: string): string | null =>
  locale === "zh" ? (cityZh ?? city) : city;

/**
 * `Kyoto, Japan` or `日本 · 京都`; of a city that is called like its country, and where there is no city, the country alone.
 * `plainNames` takes it apart again.
 */
export function placeLabel(place: ShownPlace, locale: string): string {
  const country = countryLabel(place.country, locale);
  const city = cityLabel(place, locale);
  if (city === null || city === country) return country;
  return locale === "zh" ? `${country} · ${city}` : `${city}, ${country}`;
}
