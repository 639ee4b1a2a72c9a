"use client";

import { ActionIcon, Autocomplete, CloseButton } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { cityLabel, countryLabel } from "@/lib/places/place-label";
import classes from "./gallery.module.css";
import { addressOf, type Place } from "./gallery-address";
import { useOwnPlaces } from "./use-own-places";
import { useOwnWords } from "./use-own-words";

/** As many as one reads while typing. */
const SUGGESTIONS = 8;

/**
 * Finds pictures by words, and tells while one types what there is. A form that also works before any script has come.
 */
export function SearchBox({ place }: { place: Place }) {
  const t = useTranslations("gallery.search");
  const router = useRouter();
  const [typed, setTyped] = useState(place.words);
  const words = useOwnWords();
  const locale = useLocale();
  const { places, load: loadPlaces } = useOwnPlaces();
  const placeNames = places.flatMap((each) =>
    [cityLabel(each, locale) ?? [], countryLabel(each.country, locale)].flat(),
  );
  const names = [...new Set([...words.names, ...placeNames])];
  const load = () => {
    words.load();
    loadPlaces();
  };
  const go = (text: string) => router.push(addressOf({ ...place, words: text.trim() }));
  return (
    <search className={classes.search}>
      <form
        action="/gallery"
        onSubmit={(event) => {
          event.preventDefault();
          go(typed);
        }}
      >
        <Autocomplete
          name="q"
          aria-label={t("label")}
          placeholder={t(place.like === null ? "placeholder" : "placeholderLike")}
          maxLength={200}
          value={typed}
          onChange={setTyped}
          onFocus={load}
          data={typed ? names : []}
          limit={SUGGESTIONS}
          onOptionSubmit={go}
          leftSectionPointerEvents="all"
          leftSection={
            <ActionIcon type="submit" aria-label={t("go")} variant="transparent" color="gray">
              <IconSearch size={18} stroke={1.8} aria-hidden />
            </ActionIcon>
          }
          rightSectionPointerEvents="all"
          rightSection={
            typed ? (
              <CloseButton
                size="sm"
                aria-label={t("clear")}
                onClick={() => {
                  setTyped("");
                  if (place.words) go("");
                }}
              />
            ) : null
          }
          enterKeyHint="search"
          autoComplete="off"
        />
      </form>
    </search>
  );
}
