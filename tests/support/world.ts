import sharp from "sharp";
import { allSprites, findSprite } from "@/training/world/sampler/kinds";
import { drawSample, renderSample } from "@/training/world/sampler/sampler";

const SIDE = 128;
/** Of the test split: no model of ours learnt from these drawings. */
const SEED = 2;
/** Where a thing stands alone on a plain ground. */
const INDEX = {
  hamburger: 4134,
  snowman: 4225,
  banana: 4272,
  sailboat: 4277,
  cat: 4278,
  bicycle: 4481,
  rocket: 4853,
  pizza: 5771,
} as const;

export type Thing = keyof typeof INDEX;
export const THINGS = Object.keys(INDEX) as Thing[];

/** What people call it, in each language. */
export function namesOf(thing: Thing): string[] {
  const { en, zh } = allSprites().find((sprite) => sprite.en === thing)!;
  return [en, zh];
}

/** A held-out drawing of one thing, as a PNG file. */
export async function drawThing(thing: Thing): Promise<Buffer> {
  const sample = drawSample(SEED, INDEX[thing], "test");
  const shown = sample.record.kind === "thing" ? sample.record.things.map(({ id }) => findSprite(id).en) : [];
  if (shown.join() !== thing) throw new Error(`drawing ${INDEX[thing]} shows ${shown}, not a ${thing}`);
  const raw = { width: SIDE, height: SIDE, channels: 3 } as const;
  return sharp(await renderSample(sample, SIDE), { raw })
    .png()
    .toBuffer();
}
