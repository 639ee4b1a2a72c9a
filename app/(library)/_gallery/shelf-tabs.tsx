"use client";

import {
  IconBrush,
  IconCopy,
  IconHeart,
  IconLayoutGrid,
  IconPhoto,
  IconQrcode,
  IconTags,
  IconTrash,
} from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Shelf } from "@/lib/pictures/list-pictures";
import classes from "./gallery.module.css";

const ICONS = {
  all: IconLayoutGrid,
  codes: IconQrcode,
  drawings: IconBrush,
  pictures: IconPhoto,
  favourites: IconHeart,
  alike: IconCopy,
  words: IconTags,
  trash: IconTrash,
} as const satisfies Record<Shelf | "alike" | "words", unknown>;

const addressOf = (name: keyof typeof ICONS): string => {
  if (name === "alike" || name === "words") return `/gallery/${name}`;
  return name === "all" ? "/gallery" : `/gallery?shelf=${name}`;
};

/**
 * The shelves as links, so that each has an address of its own and the back button works; none is chosen where words were
 * looked for.
 */
export function ShelfTabs({ shelf }: { shelf: Shelf | "alike" | "words" | null }) {
  const t = useTranslations("gallery.shelves");
  return (
    <nav aria-label={t("label")}>
      <ul className={classes.shelves}>
        {(Object.keys(ICONS) as (keyof typeof ICONS)[]).map((name) => {
          const Icon = ICONS[name];
          return (
            <li key={name}>
              <Link
                className={classes.shelf}
                href={addressOf(name)}
                aria-current={name === shelf ? "page" : undefined}
              >
                <Icon size={18} stroke={1.8} aria-hidden />
                {t(name)}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
