import { findTerminalOwner } from "@/lib/accounts/find-terminal-owner";
import { addToAlbum } from "@/lib/albums/add-to-album";
import { createAlbum } from "@/lib/albums/create-album";
import { listAlbums } from "@/lib/albums/list-albums";
import { closeDatabase } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { env } from "@/lib/env";
import { closeInference } from "@/lib/inference/client";
import { closeCpuPool } from "@/lib/jobs/cpu-pool";
import { addPicture } from "@/lib/pictures/add-picture";
import { readPictures } from "@/lib/reading/read-pictures";
import { currentClip } from "@/lib/search/clip-model";
import { findPictures } from "@/lib/search/find-pictures";
import { seePictures } from "@/lib/search/see-pictures";
import type { Door } from "./door";

/** The database itself, which this process then has open. */
export async function openBackDoor(email: string | null): Promise<Door> {
  try {
    await migrate();
    const { id } = await findTerminalOwner(email);
    return {
      search: (words, { count, album, place }) =>
        findPictures(id, { words, count, ...(album && { album }), ...(place && { place }) }),
      albums: () => listAlbums(id),
      makeAlbum: (title) => createAlbum(id, title),
      addPicture: (file) => addPicture(id, file),
      addToAlbum: (albumId, pictureIds) => addToAlbum(id, albumId, pictureIds),
      look,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function look(signal: AbortSignal): Promise<void> {
  const model = await currentClip();
  if (model) await seePictures(model, signal);
  if (env().READ_TEXT === "1") await readPictures(signal);
}

async function close(): Promise<void> {
  await closeInference();
  await closeCpuPool();
  await closeDatabase();
}
