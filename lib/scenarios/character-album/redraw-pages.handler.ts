import { replaceInAlbum } from "@/lib/albums/replace-in-album";
import { showAlbum } from "@/lib/albums/show-album";
import { listLockedIds } from "@/lib/db/album-pictures";
import { findJobOwner } from "@/lib/db/jobs";
import { findPicture } from "@/lib/db/pictures";
import { jobSeed } from "@/lib/drawing/job-seed";
import { type LivePreview, tellWithPreview } from "@/lib/drawing/live-preview";
import { AppError } from "@/lib/errors";
import type { JobContext, JobHandler } from "@/lib/jobs/job-handler";
import { addMade } from "@/lib/pictures/add-made";
import { captionPicture } from "@/lib/pictures/caption-picture";
import { madeId } from "@/lib/pictures/made-id";
import { requirePicture } from "@/lib/pictures/require-picture";
import { CHARACTER_ALBUM, characterAlbumInput } from "./character-album.job";
import { drawPage } from "./draw-page";
import { planAlbum } from "./plan-album";
import { redrawPagesInput } from "./redraw-pages.job";

/** Draws pages of an album anew, each with another seed and in its place; what was there goes to the trash. */
export const redrawPagesHandler: JobHandler = async ({ job, signal, report }) => {
  const { album, pictures: asked } = redrawPagesInput.parse(job.input);
  await showAlbum(job.ownerId, album);
  const locked = new Set(await listLockedIds(job.ownerId, album));
  const wanted = asked.filter((id) => !locked.has(id));
  if (wanted.length === 0) throw new AppError("pictures_locked");
  const pictures: string[] = [];
  const { tell, preview } = tellWithPreview((done, stage, shown) =>
    report(done / wanted.length, stage, {
      ...{ pictures: [...pictures], of: wanted.length },
      ...{ albumId: album, preview: shown },
    }),
  );
  tell(0, "opening");
  for (const [i, old] of wanted.entries()) {
    const id = madeId(job.id, old);
    await redrawPage(job, { old, id, signal, preview, onProgress: (part) => tell(i + part, "drawing") });
    const ownerId = (await findJobOwner(job.id)) ?? job.ownerId;
    await replaceInAlbum(ownerId, album, old, id);
    pictures.push(id);
    preview.clear();
    tell(i + 1, "drawing");
  }
  return { pictureId: pictures[0]!, result: { pictures, of: wanted.length, albumId: album } };
};

interface Redrawing {
  /** The picture that is drawn anew, and the new one. */
  readonly old: string;
  readonly id: string;
  readonly signal: AbortSignal;
  readonly preview: LivePreview;
  readonly onProgress: (part: number) => void;
}

async function redrawPage(job: JobContext["job"], redrawing: Redrawing): Promise<void> {
  const { old, id, signal, preview, onProgress } = redrawing;
  const ownerId = (await findJobOwner(job.id)) ?? job.ownerId;
  // An earlier run may have come so far.
  if (await findPicture(ownerId, id)) return;
  const { title, caption, settings } = await requirePicture(ownerId, old);
  const input = characterAlbumInput.safeParse(settings).data;
  if (!input) throw new AppError("input_invalid", { details: { field: "pictures" } });
  const seed = jobSeed(id, null);
  const { easel, pages } = await planAlbum({ ...input, count: 1 }, seed, ownerId);
  const bytes = await drawPage(easel, pages[0]!, { signal, preview, onProgress });
  await addMade(job.id, {
    ...{ id, kind: "drawing", bytes, title, sourceId: null },
    settings: { ...input, seed, scenario: CHARACTER_ALBUM },
  });
  if (caption !== "") await captionPicture(ownerId, id, caption);
}
