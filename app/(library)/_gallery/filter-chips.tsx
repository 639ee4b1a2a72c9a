"use client";

import { IconX } from "@tabler/icons-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { FILTER_NAMES, type PictureFilters } from "@/lib/pictures/picture-filters";
import classes from "./filters.module.css";
import { addressOf, type Place } from "./gallery-address";

/** What is asked of the pictures in view; each can be taken back. */
export function FilterChips({ place }: { place: Place }) {
  const t = useTranslations("gallery.filters");
  const nameOf = useNames();
  const names = FILTER_NAMES.filter((name) => place.filters[name] !== undefined);
  if (names.length === 0) return null;
  return (
    <ul className={classes.chips} aria-label={t("chosen")}>
      {names.map((name) => {
        const { [name]: _, ...filters } = place.filters;
        const text = nameOf(name, place.filters);
        return (
          <li key={name}>
            <Link
              className={classes.chip}
              href={addressOf({ ...place, filters })}
              aria-label={t("remove", { name: text })}
            >
              {text}
              <IconX size={14} stroke={2} aria-hidden />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function useNames() {
  const t = useTranslations("gallery.filters");
  const format = useFormatter();
  const day = (iso: string) => format.dateTime(new Date(iso), { dateStyle: "medium", timeZone: "UTC" });
  return (name: keyof PictureFilters, filters: PictureFilters): string => {
    if (name === "colour") return t(`colours.${filters.colour!}`);
    if (name === "shape") return t(`shapes.${filters.shape!}`);
    if (name === "origin") return t(`origins.${filters.origin!}`);
    if (name === "favourite" || name === "album") return t(name);
    if (name === "from" || name === "to") return `${t(name)} ${day(filters[name]!)}`;
    return name === "type" ? filters.type!.toUpperCase() : filters[name]!;
  };
}
