import { drawingSize } from "@/lib/drawing/drawing-size";
import { encodeDrawing } from "@/lib/drawing/encode-drawing";
import { enlarge } from "@/lib/drawing/enlarge";
import { jobSeed } from "@/lib/drawing/job-seed";
import { lineControl } from "@/lib/drawing/line-control";
import { type DrawingWish, type Easel, openEasel } from "@/lib/drawing/open-easel";
import { readMask } from "@/lib/drawing/read-mask";
import { readSource } from "@/lib/drawing/read-source";
import type { Picture } from "@/lib/engine/picture";
import type { JobContext, JobHandler } from "@/lib/jobs/job-handler";
import { addMade } from "@/lib/pictures/add-made";
import { madeId } from "@/lib/pictures/made-id";
import { type TextToImageInput, textToImageInput } from "./text-to-image.job";

/** Draws pictures one after another, each kept as soon as it is there. */
export const textToImageHandler: JobHandler = async ({ job, signal, report }) => {
  const input = textToImageInput.parse(job.input);
  const easel = await openEasel(input, job.ownerId);
  const wish = await wishOf(job.ownerId, input, easel);
  const seed = jobSeed(job.id, input.seed);
  const pictures: string[] = [];
  const tell = (done: number, stage: string) =>
    report(done / input.count, stage, { pictures: [...pictures], of: input.count });
  tell(0, "opening");
  for (let i = 0; i < input.count; i++) {
    const own = seedOf(input, seed, i);
    const onProgress = ({ step, of }: { step: number; of: number }) => tell(i + (0.9 * step) / of, "drawing");
    const drawn = await easel.draw({ ...wish, ...own }, { signal, onProgress });
    const bytes = await encodeDrawing(drawn, await enlarge(easel, drawn.picture, signal));
    const kept = await addMade(job.id, {
      ...(i > 0 && { id: madeId(job.id, `${i}`) }),
      ...{ kind: "drawing", bytes, title: input.prompt },
      // Each can be asked for again by itself.
      settings: { ...input, scenario: job.scenario, ...settingsOf(own) },
      sourceId: input.from?.picture ?? null,
    });
    pictures.push(kept.id);
    tell(i + 1, "drawing");
  }
  return { pictureId: job.id, result: { pictures, of: input.count } };
};

async function wishOf(
  ownerId: JobContext["job"]["ownerId"],
  input: TextToImageInput,
  easel: Easel,
): Promise<Omit<DrawingWish, "seed">> {
  const { prompt, aspect, from, mask, lines } = input;
  const source = from && (await readSource(ownerId, from.picture));
  const followed =
    lines && (lines.picture === from?.picture ? source : await readSource(ownerId, lines.picture));
  return {
    prompt,
    ...drawingSize(source ? aspectOf(source) : aspect, easel.side),
    ...(from && source && { init: { picture: source, strength: from.strength } }),
    ...(mask && source && { mask: await readMask(mask, source) }),
    ...(lines && followed && { controls: [await lineControl(easel, followed, lines.weight)] }),
  };
}

/** The nearest shape: a picture that is begun with keeps its own. */
function aspectOf({ width, height }: Picture): TextToImageInput["aspect"] {
  const ratio = width / height;
  if (ratio < 0.87) return "portrait";
  return ratio > 1.15 ? "landscape" : "square";
}

/** The next picture is another drawing; of variations, another way away from the same one. */
const seedOf = (
  { variation, variationSeed }: TextToImageInput,
  seed: number,
  i: number,
): Pick<DrawingWish, "seed" | "variation"> =>
  variation > 0
    ? { seed, variation: { seed: ((variationSeed ?? seed + 1) + i) >>> 0, strength: variation } }
    : { seed: (seed + i) >>> 0 };

const settingsOf = ({ seed, variation }: Pick<DrawingWish, "seed" | "variation">) => ({
  ...{ seed, count: 1 },
  ...(variation && { variationSeed: variation.seed }),
});
