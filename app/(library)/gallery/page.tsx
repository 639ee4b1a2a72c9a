import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { currentOwner } from "@/lib/accounts/current-owner";
import { listPictures, type PicturePage, SHELVES } from "@/lib/pictures/list-pictures";
import { Gallery } from "../_gallery/gallery";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("gallery");
  return { title: t("title") };
}

const NOTHING: PicturePage = { pictures: [], nextCursor: null };
const shelfOf = z.enum(SHELVES).catch("all");

/** One's pictures and codes; the first page comes with the HTML, the rest as one scrolls. */
export default async function GalleryPage({ searchParams }: { searchParams: Promise<{ shelf?: string }> }) {
  const shelf = shelfOf.parse((await searchParams).shelf);
  const owner = await currentOwner();
  const first = owner ? await listPictures(owner.id, { shelf }) : NOTHING;
  return <Gallery key={shelf} shelf={shelf} first={first} isAccount={owner?.kind === "account"} />;
}
