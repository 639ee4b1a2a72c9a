import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { currentOwner } from "@/lib/accounts/current-owner";
import { listAlbums } from "@/lib/albums/list-albums";
import { Albums } from "../_albums/albums";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("albums");
  return { title: t("title") };
}

/** One's albums; a first visit has none. */
export default async function AlbumsPage() {
  const owner = await currentOwner();
  return <Albums first={owner ? await listAlbums(owner.id) : []} />;
}
