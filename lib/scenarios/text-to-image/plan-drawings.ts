import { drawingSize } from "@/lib/drawing/drawing-size";
import { styledPrompt } from "@/lib/drawing/drawing-style.input";
import { lineControl } from "@/lib/drawing/line-control";
import { openControl } from "@/lib/drawing/open-control";
import type { DrawingWish, Easel } from "@/lib/drawing/open-easel";
import { openStyledEasel } from "@/lib/drawing/open-styled-easel";
import { pictureStyle } from "@/lib/drawing/picture-styles.input";
import { readMask } from "@/lib/drawing/read-mask";
import { readSource } from "@/lib/drawing/read-source";
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
}

/**
 * Everything that a job draws, in the order in which it is drawn; what is missing is told before anything is.
 * @throws those of `openStyledEasel`, `readSource`, `readMask`, `lineControl`, `openControl`
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
  const { from, lines } = input;
  const source = from && (await readSource(ownerId, from.picture));
  const followed =
    lines && (lines.picture === from?.picture ? source : await readSource(ownerId, lines.picture));
  const controls: ControlInput[] = [];
  for (const control of input.controls) controls.push(await openControl(ownerId, control));
  const pictures = { source, followed, controls };
  const planned: PlannedDrawing[] = [];
  for (const place of order) {
    const own = asked[place]!.settings;
    const easel = await openStyledEasel(own, pictureStyle(own.style), ownerId);
    planned.push({ place, input: own, easel, wish: await wishOf(own, easel, pictures) });
  }
  return planned;
}

/** The next picture is another drawing; of variations, another way away from the same one. */
const seedOf = ({ variation, variationSeed }: TextToImageInput, seed: number, i: number) =>
  variation > 0
    ? { seed, variationSeed: ((variationSeed ?? seed + 1) + i) >>> 0 }
    : { seed: (seed + i) >>> 0 };

interface Pictures {
  readonly source: Picture | null;
  readonly followed: Picture | null;
  readonly controls: readonly ControlInput[];
}

async function wishOf(
  own: TextToImageInput,
  easel: Easel,
  { source, followed, controls }: Pictures,
): Promise<DrawingWish> {
  const { prompt, style, aspect, size, from, mask, lines, variation, variationSeed } = own;
  const seed = own.seed!;
  const steering = [
    ...(lines && followed ? [await lineControl(easel, followed, lines.weight)] : []),
    ...controls,
  ];
  return {
    prompt: styledPrompt(pictureStyle(style), prompt),
    seed,
    ...(variation > 0 && { variation: { seed: variationSeed ?? (seed + 1) >>> 0, strength: variation } }),
    ...(size ?? drawingSize(source ? aspectOf(source) : aspect, easel.side)),
    ...(from && source && { init: { picture: source, strength: from.strength } }),
    ...(mask && source && { mask: await readMask(mask, source) }),
    ...(steering.length > 0 && { controls: steering }),
  };
}

/** The nearest shape: a picture that is begun with keeps its own. */
function aspectOf({ width, height }: Picture): TextToImageInput["aspect"] {
  const ratio = width / height;
  if (ratio < 0.87) return "portrait";
  return ratio > 1.15 ? "landscape" : "square";
}
