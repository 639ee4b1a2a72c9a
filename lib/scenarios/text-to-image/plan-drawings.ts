import { drawingSize, sizeLike } from "@/lib/drawing/drawing-size";
import { styledPrompt } from "@/lib/drawing/drawing-style.input";
import { cutForPart, type Rest, restOf } from "@/lib/drawing/keep-rest";
import { lineControl } from "@/lib/drawing/line-control";
import { openControl } from "@/lib/drawing/open-control";
import type { DrawingWish, Easel } from "@/lib/drawing/open-easel";
import { openStyledEasel } from "@/lib/drawing/open-styled-easel";
import { pictureStyle } from "@/lib/drawing/picture-styles.input";
import { readMask } from "@/lib/drawing/read-mask";
import { MOST_KEPT_SIDE_PX, readSource } from "@/lib/drawing/read-source";
import { twoPassEasel } from "@/lib/drawing/two-pass-easel";
import type { Picture } from "@/lib/engine/picture";
import type { ControlInput } from "@/lib/inference/tasks";
import { drawingOrder, sheetCells } from "./sheet-cells";
import type { TextToImageInput } from "./text-to-image.job";

/** One picture to be drawn. */
export interface PlannedDrawing {
  /** Its place among the job's pictures. */
  readonly place: number;
  /** What it is asked for again by. */
  readonly input: TextToImageInput;
  readonly easel: Easel;
  readonly wish: DrawingWish;
  /** Where only a part of a picture is drawn anew: the picture that it goes back into. */
  readonly rest: Rest | null;
}

/**
 * Everything that a job draws, in the order in which it is drawn; what is missing is told before anything is.
 * @throws those of `openStyledEasel`, `readSource`, `readMask`, `lineControl`, `openControl`, `twoPassEasel`, `restOf`
 */
export async function planDrawings(
  ownerId: string,
  input: TextToImageInput,
  seed: number,
): Promise<PlannedDrawing[]> {
  const asked = input.sheet
    ? sheetCells(input, seed)
    : Array.from({ length: input.count }, (_, i) => ({
        settings: { ...input, count: 1, ...seedOf(input, seed, i) },
      }));
  const order = input.sheet ? drawingOrder(sheetCells(input, seed)) : asked.map((_, place) => place);
  const pictures = await openPictures(ownerId, input);
  const planned: PlannedDrawing[] = [];
  for (const place of order) {
    const own = asked[place]!.settings;
    const easel = await openStyledEasel(own, pictureStyle(own.style), ownerId);
    planned.push({ place, input: own, ...(await planOne(ownerId, own, easel, pictures)) });
  }
  return planned;
}

interface Pictures {
  readonly source: Picture | null;
  /** What is drawn anew of it. */
  readonly mask: Picture | null;
  readonly followed: Picture | null;
  readonly controls: readonly ControlInput[];
}

async function openPictures(
  ownerId: string,
  { from, mask: painted, lines, controls: chosen }: TextToImageInput,
): Promise<Pictures> {
  const source =
    from && (await readSource(ownerId, from.picture, painted === null ? undefined : MOST_KEPT_SIDE_PX));
  const mask = painted !== null && source ? await readMask(painted, source) : null;
  const followed =
    lines && (lines.picture === from?.picture ? source : await readSource(ownerId, lines.picture));
  const controls: ControlInput[] = [];
  for (const control of chosen) controls.push(await openControl(ownerId, control));
  return { source, mask, followed, controls };
}

/** The next picture is another drawing; of variations, another way away from the same one. */
const seedOf = ({ variation, variationSeed }: TextToImageInput, seed: number, i: number) =>
  variation > 0
    ? { seed, variationSeed: ((variationSeed ?? seed + 1) + i) >>> 0 }
    : { seed: (seed + i) >>> 0 };

async function planOne(
  ownerId: string,
  own: TextToImageInput,
  easel: Easel,
  pictures: Pictures,
): Promise<Pick<PlannedDrawing, "easel" | "wish" | "rest">> {
  const wish = await wishOf(own, easel, pictures);
  const { source, mask } = pictures;
  if (source && mask) {
    const rest = restOf(source, mask, easel.side);
    return { easel, wish: await wishForPart(wish, rest, easel.side), rest };
  }
  return { easel: own.hires ? await twoPassEasel(easel, own.hires, ownerId) : easel, wish, rest: null };
}

async function wishOf(
  own: TextToImageInput,
  easel: Easel,
  { source, followed, controls }: Pictures,
): Promise<DrawingWish> {
  const { prompt, style, aspect, size, from, lines, variation, variationSeed } = own;
  const seed = own.seed!;
  const steering = [
    ...(lines && followed ? [await lineControl(easel, followed, lines.weight)] : []),
    ...controls,
  ];
  return {
    prompt: styledPrompt(pictureStyle(style), prompt),
    seed,
    ...(variation > 0 && { variation: { seed: variationSeed ?? (seed + 1) >>> 0, strength: variation } }),
    ...(size ?? (source ? sizeLike(source, easel.side) : drawingSize(aspect, easel.side))),
    ...(from && source && { init: { picture: source, strength: from.strength } }),
    ...(steering.length > 0 && { controls: steering }),
  };
}

/** The wish for a whole picture as one for its painted part alone, at the size that the model draws best. */
async function wishForPart(wish: DrawingWish, rest: Rest, side: number): Promise<DrawingWish> {
  const size = sizeLike(rest.part.region, side);
  const { init, mask, controls } = await cutForPart(rest, size, wish.controls ?? []);
  return {
    ...{ ...wish, ...size, mask },
    init: { picture: init, strength: wish.init!.strength },
    ...(wish.controls && { controls }),
  };
}
