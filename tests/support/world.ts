import sharp from "sharp";
import { findSprite } from "@/training/world/sampler/kinds";
import { drawSample, renderSample, type Sample } from "@/training/world/sampler/sampler";

const SIDE = 128;
/** Of the test split, which no model of ours learnt from. */
const [SEED, FIRST] = [2, 4096];

/** Held-out drawings, one each of these things alone on a plain ground, as PNG files. */
export async function drawThings(names: readonly string[]): Promise<Record<string, Buffer>> {
  const found: Record<string, Buffer> = {};
  for (let index = FIRST; Object.keys(found).length < names.length; index++) {
    const sample = drawSample(SEED, index, "test");
    const name = onlyThing(sample);
    if (name && names.includes(name) && !found[name]) found[name] = await pngOf(sample);
  }
  return found;
}

function onlyThing({ record }: Sample): string | null {
  if (record.kind !== "thing" || record.style !== "flat" || record.things.length !== 1) return null;
  return findSprite(record.things[0]!.id).en;
}

export async function pngOf(sample: Sample): Promise<Buffer> {
  const pixels = await renderSample(sample, SIDE);
  return sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 3 } })
    .png()
    .toBuffer();
}
