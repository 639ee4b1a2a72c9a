import { replaceInAlbum } from "@/lib/albums/replace-in-album";
import { showAlbum } from "@/lib/albums/show-album";
import { findAlbumPages } from "@/lib/db/album-pictures";
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
  const stands = new Map<string, PageState>();
  for (const old of asked) stands.set(old, await standOf(job, album, old));
  const wanted = [...stands.keys()].filter((id) => stands.get(id) === "free");
  if (wanted.length === 0)
    throw new AppError([...stands.values()].includes("locked") ? "pictures_locked" : "not_found");
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
    // While others were drawn it may have been locked, or have left.
    if ((await standOf(job, album, old)) !== "free") continue;
    await redrawPage(job, { old, id, signal, preview, onProgress: (part) => tell(i + part, "drawing") });
    await replaceInAlbum(await ownerOf(job), album, old, id);
    pictures.push(id);
    preview.clear();
    tell(i + 1, "drawing");
  }
  const [pictureId] = pictures;
  if (pictureId === undefined) throw new AppError("not_found");
  return { pictureId, result: { pictures, of: pictures.length, albumId: album } };
};

/** Whoever it belongs to by now: a guest may have signed in while it ran. */
const ownerOf = async (job: JobContext["job"]): Promise<string> =>
  (await findJobOwner(job.id)) ?? job.ownerId;

type PageState = "free" | "locked" | "gone";

/** Whether a page may be drawn anew: it is in the album, or an earlier run has put its successor there. */
async function standOf(job: JobContext["job"], album: string, old: string): Promise<PageState> {
  const anew = madeId(job.id, old);
  const pages = await findAlbumPages(await ownerOf(job), album, [old, anew]);
  if (pages.has(anew)) return "free";
  if (!pages.has(old)) return "gone";
  return pages.get(old) ? "locked" : "free";
}

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
  const ownerId = await ownerOf(job);
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
