import type { SheetPicture } from "@/lib/drawing/draw-sheet";
import { encodeDrawing } from "@/lib/drawing/encode-drawing";
import { companionUpscaler, enlargeDrawn } from "@/lib/drawing/enlarge";
import { jobSeed } from "@/lib/drawing/job-seed";
import { putBack, type Rest } from "@/lib/drawing/keep-rest";
import { tellWithPreview, watched } from "@/lib/drawing/live-preview";
import type { Drawn, Easel } from "@/lib/drawing/open-easel";
import { ONLY_MASKED } from "@/lib/drawing/picture-parameters";
import type { Picture } from "@/lib/engine/picture";
import type { JobHandler } from "@/lib/jobs/job-handler";
import { addMade } from "@/lib/pictures/add-made";
import { madeId } from "@/lib/pictures/made-id";
import { emptySheet, keepSheet, sheetTile } from "./keep-sheet";
import { planDrawings } from "./plan-drawings";
import { textToImageInput } from "./text-to-image.job";

/** Draws pictures one after another, each kept as soon as it is there; where they are a sheet's, the sheet is the last. */
export const textToImageHandler: JobHandler = async ({ job, signal, report }) => {
  const input = textToImageInput.parse(job.input);
  const seed = jobSeed(job.id, input.seed);
  const { sheet: asked } = input;
  const sheet = asked && emptySheet(asked);
  const count = sheet ? sheet.cells.length : input.count;
  const of = count + (sheet ? 1 : 0);
  const places: (string | null)[] = Array.from({ length: count }, () => null);
  let hiresTimes: number | null = null;
  const result = () => ({
    pictures: places.flatMap((id) => id ?? []),
    of,
    ...(hiresTimes !== null && { hiresTimes }),
    ...(sheet && { sheet: { ...sheet, cells: [...places] } }),
  });
  const { tell, preview } = tellWithPreview((done, stage, shown) =>
    report(done / of, stage, { ...result(), preview: shown }),
  );
  tell(0, "opening");
  const tiles: SheetPicture[] = [];
  let first: Picture | null = null;
  for (const [done, { place, input: own, easel, wish, rest }] of (
    await planDrawings(job.ownerId, input, seed)
  ).entries()) {
    preview.clear();
    const drawn = await easel.draw(wish, {
      signal,
      ...watched(preview, ({ step, of: steps }) => tell(done + (0.9 * step) / steps, "drawing")),
    });
    const grown = drawn.settings.hires?.times ?? 1;
    if (!rest && own.hires && grown < own.hires.times) hiresTimes = grown;
    const enlarged = rest
      ? { picture: await keepRest(easel, drawn, rest, signal), scale: 1, upscaler: null }
      : await enlargeDrawn(easel, drawn, signal);
    const kept = await addMade(job.id, {
      ...(place > 0 && { id: madeId(job.id, `${place}`) }),
      ...{
        kind: "drawing",
        bytes: await encodeDrawing(drawn, enlarged, rest ? [ONLY_MASKED] : []),
        title: own.prompt,
      },
      // Each can be asked for again by itself.
      settings: { ...own, scenario: job.scenario },
      sourceId: input.from?.picture ?? null,
    });
    places[place] = kept.id;
    preview.clear();
    if (sheet) {
      first ??= enlarged.picture;
      const [column, row] = [place % sheet.columns.length, Math.floor(place / sheet.columns.length)];
      tiles.push({ column, row, picture: await sheetTile(first, enlarged.picture) });
    }
    tell(done + 1, "drawing");
  }
  const made = result();
  if (asked) made.pictures.push(await keepSheet(job, { ...input, seed, sheet: asked }, tiles));
  return { pictureId: job.id, result: made };
};

/** What a style did to the part is done to it as large as it goes back. */
async function keepRest(
  easel: Easel,
  { picture, unfinished }: Drawn,
  rest: Rest,
  signal: AbortSignal,
): Promise<Picture> {
  const upscaler = await companionUpscaler(easel);
  return putBack(rest, unfinished?.picture ?? picture, upscaler?.path ?? null, {
    signal,
    ...(unfinished && { finish: unfinished.finish }),
  });
}
