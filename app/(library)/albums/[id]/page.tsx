import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { currentOwner } from "@/lib/accounts/current-owner";
import { listAlbumPictures } from "@/lib/albums/list-album-pictures";
import { showAlbum } from "@/lib/albums/show-album";
import { toAppError } from "@/lib/errors";
import { Album } from "../../_albums/album";

type Props = { params: Promise<{ id: string }> };

const load = cache(async (id: string) => {
  const owner = await currentOwner();
  if (!owner) notFound();
  try {
    const [album, page] = [await showAlbum(owner.id, id), await listAlbumPictures(owner.id, id)];
    return { album, page };
  } catch (thrown) {
    if (toAppError(thrown).code === "not_found") notFound();
    throw thrown;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await load((await params).id)).album.title };
}

/** One of one's albums; another's does not exist. */
export default async function AlbumPage({ params }: Props) {
  const { album, page } = await load((await params).id);
  return <Album first={album} page={page} />;
}
