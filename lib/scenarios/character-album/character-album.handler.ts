import { addToAlbum } from "@/lib/albums/add-to-album";
import { createAlbum } from "@/lib/albums/create-album";
import { showAlbum } from "@/lib/albums/show-album";
import { findJobOwner } from "@/lib/db/jobs";
import { findPicture } from "@/lib/db/pictures";
import { jobSeed } from "@/lib/drawing/job-seed";
import { tellWithPreview } from "@/lib/drawing/live-preview";
import { AppError, toAppError } from "@/lib/errors";
import type { JobContext, JobHandler } from "@/lib/jobs/job-handler";
import { addMade } from "@/lib/pictures/add-made";
import { madeId } from "@/lib/pictures/made-id";
import { madePictures } from "@/lib/pictures/made-pictures";
import { type CharacterAlbumInput, characterAlbumInput } from "./character-album.job";
import { drawPage } from "./draw-page";
import { countRecognised } from "./likeness";
import { type AlbumPage, planAlbum } from "./plan-album";

/** Draws an album page by page; each is in the album as soon as it is there. */
export const characterAlbumHandler: JobHandler = async ({ job, signal, report }) => {
  const input = characterAlbumInput.parse(job.input);
  const { easel, pages, title } = await planAlbum(input, jobSeed(job.id, input.seed), job.ownerId);
  const pictures: string[] = [];
  let albumId = madePictures.safeParse(job.result).data?.albumId ?? null;
  const { tell, preview } = tellWithPreview((done, stage, shown) =>
    report(done / pages.length, stage, {
      ...{ pictures: [...pictures], of: pages.length },
      ...{ albumId, preview: shown },
    }),
  );
  tell(0, "opening");
  for (const [i, page] of pages.entries()) {
    const id = i === 0 ? job.id : madeId(job.id, `${i}`);
    // An earlier run may have come so far.
    if (!(await findPicture(await ownerOf(job), id))) {
      const onProgress = (part: number) => tell(i + part, "drawing");
      const bytes = await drawPage(easel, page, { signal, preview, onProgress });
      await addMade(job.id, {
        ...{ id, kind: "drawing", bytes, title: page.title, sourceId: null },
        settings: { ...input, ...pageSettings(page), scenario: job.scenario },
      });
    }
    // Not before there is something to put into it: what fits nothing leaves no empty album.
    albumId ??= (await createAlbum(await ownerOf(job), title, madeId(job.id, "album"))).id;
    await putIntoAlbum(job, albumId, id);
    pictures.push(id);
    preview.clear();
    tell(i + 1, "drawing");
  }
  const recognised = await countRecognised(await ownerOf(job), input.character.name, pictures, signal);
  return { pictureId: job.id, result: { pictures, of: pages.length, albumId, recognised } };
};

/** Each can be asked for again by itself. */
const pageSettings = ({ scene, seed }: AlbumPage): Partial<CharacterAlbumInput> => ({
  ...{ scenes: { written: [scene] }, count: 1, seed },
});

/** Whoever it belongs to by now: a guest may have signed in while it ran. */
async function ownerOf(job: JobContext["job"]): Promise<string> {
  return (await findJobOwner(job.id)) ?? job.ownerId;
}

/** @throws AppError album_gone where somebody deleted it meanwhile; the pictures stay in the gallery. */
async function putIntoAlbum(job: JobContext["job"], albumId: string, id: string): Promise<void> {
  const ownerId = await ownerOf(job);
  try {
    await showAlbum(ownerId, albumId);
    await addToAlbum(ownerId, albumId, [id]);
  } catch (error) {
    if (toAppError(error).code === "not_found") throw new AppError("album_gone", { cause: error });
    throw error;
  }
}
