import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { currentOwner } from "@/lib/accounts/current-owner";
import { listPictures, type PicturePage, SHELVES } from "@/lib/pictures/list-pictures";
import { Gallery } from "../_gallery/gallery";
import { searchFor } from "../_gallery/search-for";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("gallery");
  return { title: t("title") };
}

const NOTHING: PicturePage = { pictures: [], nextCursor: null };
const shelfOf = z.enum(SHELVES).catch("all");
const wordsOf = z.string().trim().min(1).max(200).nullable().catch(null);
const idOf = z.uuid().nullable().catch(null);

type Asked = Promise<{ shelf?: string; q?: string; like?: string }>;

/**
 * One's pictures and codes, or those of them that `?q=` describes, or that look like the one that `?like=` names; the first
 * page comes with the HTML.
 */
export default async function GalleryPage({ searchParams }: { searchParams: Asked }) {
  const asked = await searchParams;
  const shelf = shelfOf.parse(asked.shelf);
  const [words, like] = [wordsOf.parse(asked.q), idOf.parse(asked.like)];
  const owner = await currentOwner();
  const isAccount = owner?.kind === "account";
  const wish = like !== null ? { like } : words !== null ? { words } : null;
  if (wish) {
    const { pictures, ...search } = await searchFor(owner?.id ?? null, wish, await getLocale());
    const first = { pictures, nextCursor: null };
    return <Gallery key={JSON.stringify(wish)} shelf="all" {...{ first, search, isAccount }} />;
  }
  const first = owner ? await listPictures(owner.id, { shelf }) : NOTHING;
  return <Gallery key={shelf} {...{ shelf, first, isAccount }} />;
}
