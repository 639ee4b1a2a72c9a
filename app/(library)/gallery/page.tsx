import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { currentOwner } from "@/lib/accounts/current-owner";
import { SHELVES } from "@/lib/pictures/list-pictures";
import { FILTER_NAMES, type PictureFilters, pictureFilters } from "@/lib/pictures/picture-filters";
import { ORDERS } from "@/lib/pictures/picture-orders";
import { listSection, showTimeline } from "@/lib/pictures/show-timeline";
import { filterOf } from "@/lib/search/filter-of";
import { Gallery } from "../_gallery/gallery";
import type { Place } from "../_gallery/gallery-address";
import { searchFor } from "../_gallery/search-for";
import type { FirstPictures } from "../_timeline/use-timeline";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("gallery");
  return { title: t("title") };
}

const NOTHING: FirstPictures = { found: [], sections: [], parts: [] };
/** As many as fill a screen, in no more sections than this. */
const SCREEN = { pictures: 40, sections: 8 };
const shelfOf = z.enum(SHELVES).catch("all");
const orderOf = z.enum(ORDERS).catch("added");
const wordsOf = z.string().trim().min(1).max(200).nullable().catch(null);
const idOf = z.uuid().nullable().catch(null);

type Asked = Promise<Record<string, string | string[] | undefined>>;

/**
 * One's pictures and codes, or those of them that `?q=` describes, or that look like the one that `?like=` names, as filters
 * let them through; the first screen comes with the HTML.
 */
export default async function GalleryPage({ searchParams }: { searchParams: Asked }) {
  const asked = await searchParams;
  const place: Place = {
    shelf: shelfOf.parse(asked.shelf),
    order: orderOf.parse(asked.order),
    words: wordsOf.parse(asked.q) ?? "",
    filters: filtersOf(asked),
    like: idOf.parse(asked.like),
  };
  const owner = await currentOwner();
  const isAccount = owner?.kind === "account";
  const key = JSON.stringify(place);
  if (place.like !== null || place.words) {
    const { pictures: found, ...search } = await searchFor(owner?.id ?? null, place, await getLocale());
    return <Gallery key={key} {...{ place, first: { ...NOTHING, found }, search, isAccount }} />;
  }
  const first = owner ? await firstPictures(owner.id, place) : NOTHING;
  return <Gallery key={key} {...{ place, first, isAccount }} />;
}

async function firstPictures(ownerId: string, { shelf, order, filters }: Place): Promise<FirstPictures> {
  const more = await filterOf(ownerId, filters);
  const sections = await showTimeline(ownerId, { shelf, order }, more);
  let shown = 0;
  const served = sections.slice(0, SCREEN.sections).filter(({ count }) => {
    const fits = shown < SCREEN.pictures;
    shown += count;
    return fits;
  });
  const parts = served.map(({ begin }, i) => {
    const end = sections[i + 1]?.begin;
    return listSection(ownerId, { shelf, order, begin, ...(end !== undefined && { end }) }, more);
  });
  return { found: [], sections, parts: await Promise.all(parts) };
}

/** What is none of ours in an address is overlooked. */
function filtersOf(asked: Awaited<Asked>): PictureFilters {
  const known = FILTER_NAMES.flatMap((name) => {
    const parsed = pictureFilters.shape[name].safeParse(asked[name]);
    return parsed.success && parsed.data !== undefined ? [[name, parsed.data]] : [];
  });
  return Object.fromEntries(known);
}
