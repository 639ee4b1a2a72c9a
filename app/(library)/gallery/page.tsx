import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { currentOwner } from "@/lib/accounts/current-owner";
import { listPictures, type PicturePage, SHELVES } from "@/lib/pictures/list-pictures";
import { FILTER_NAMES, type PictureFilters, pictureFilters } from "@/lib/pictures/picture-filters";
import { filterOf } from "@/lib/search/filter-of";
import { Gallery } from "../_gallery/gallery";
import type { Place } from "../_gallery/gallery-address";
import { searchFor } from "../_gallery/search-for";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("gallery");
  return { title: t("title") };
}

const NOTHING: PicturePage = { pictures: [], nextCursor: null };
const shelfOf = z.enum(SHELVES).catch("all");
const wordsOf = z.string().trim().min(1).max(200).nullable().catch(null);
const idOf = z.uuid().nullable().catch(null);

type Asked = Promise<Record<string, string | string[] | undefined>>;

/**
 * One's pictures and codes, or those of them that `?q=` describes, or that look like the one that `?like=` names, as filters
 * let them through; the first page comes with the HTML.
 */
export default async function GalleryPage({ searchParams }: { searchParams: Asked }) {
  const asked = await searchParams;
  const place: Place = {
    shelf: shelfOf.parse(asked.shelf),
    words: wordsOf.parse(asked.q) ?? "",
    filters: filtersOf(asked),
    like: idOf.parse(asked.like),
  };
  const owner = await currentOwner();
  const isAccount = owner?.kind === "account";
  const key = JSON.stringify(place);
  if (place.like !== null || place.words) {
    const { pictures, ...search } = await searchFor(owner?.id ?? null, place, await getLocale());
    const first = { pictures, nextCursor: null };
    return <Gallery key={key} {...{ place, first, search, isAccount }} />;
  }
  const first = owner
    ? await listPictures(owner.id, { shelf: place.shelf }, await filterOf(owner.id, place.filters))
    : NOTHING;
  return <Gallery key={key} {...{ place, first, isAccount }} />;
}

/** What is none of ours in an address is overlooked. */
function filtersOf(asked: Awaited<Asked>): PictureFilters {
  const known = FILTER_NAMES.flatMap((name) => {
    const parsed = pictureFilters.shape[name].safeParse(asked[name]);
    return parsed.success && parsed.data !== undefined ? [[name, parsed.data]] : [];
  });
  return Object.fromEntries(known);
}
