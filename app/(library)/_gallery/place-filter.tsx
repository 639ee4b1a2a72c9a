"use client";

import { NativeSelect } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useEffect } from "react";
import type { OwnPlace } from "@/lib/pictures/list-places";
import { countryLabel, placeLabel } from "@/lib/places/place-label";
import { useOwnPlaces } from "./use-own-places";

interface PlaceFilterProps {
  place: string | undefined;
  onChoose: (place: string | undefined) => void;
}

/** Only pictures from a country, or from one of its cities; there for who has pictures with places. */
export function PlaceFilter({ place = "", onChoose }: PlaceFilterProps) {
  const t = useTranslations("gallery.filters");
  const { places, load } = useOwnPlaces();
  useEffect(load, [load]);
  const options = useOptions(places);
  if (options.length === 0 && place === "") return null;
  const isListed = options.some(({ value }) => value === place);
  return (
    <NativeSelect
      label={t("place")}
      value={place}
      data={[
        { value: "", label: t("any") },
        // As it was typed into the address, or chosen in the other language.
        ...(isListed || place === "" ? [] : [{ value: place, label: place }]),
        ...options,
      ]}
      onChange={(event) => onChoose(event.currentTarget.value || undefined)}
    />
  );
}

/** Each country with how many pictures there are, and behind it its cities, in the reader's language. */
function useOptions(places: readonly OwnPlace[]) {
  const t = useTranslations("gallery.filters");
  const locale = useLocale();
  const countries = new Map<string, Map<string, number>>();
  for (const place of places) {
    const country = countryLabel(place.country, locale);
    const counts = countries.get(country) ?? new Map<string, number>([[country, 0]]);
    countries.set(country, counts);
    // Cities of one name are one choice: what is asked for is the name. The country's own counts them all.
    for (const name of new Set([country, placeLabel(place, locale)]))
      counts.set(name, (counts.get(name) ?? 0) + place.count);
  }
  return [...countries.values()].flatMap((counts) =>
    [...counts].map(([value, count]) => ({ value, label: t("placeCount", { name: value, count }) })),
  );
}
