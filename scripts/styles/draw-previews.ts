/**
 * Draws the previews of the portrait styles from one of the samples, on the model that ships:
 * `npx tsx scripts/styles/draw-previews.ts [--photo public/samples/portrait.webp] [--out public/styles]`
 */
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { encodePng } from "@/lib/drawing/encode-png";
import { decodeRgb } from "@/lib/pictures/decode-rgb";
import { drawPortrait } from "@/lib/scenarios/portrait/draw-portrait";
import { portraitInput } from "@/lib/scenarios/portrait/portrait.job";
import { PORTRAIT_STYLE_NAMES } from "@/lib/scenarios/portrait/portrait-styles.input";
import { preparePhoto } from "@/lib/scenarios/portrait/prepare-photo";

const SIDE_PX = 320;
const SEED = 7;
/** The drawings take the sample's place: its own id is nobody's. */
const NOBODY = "00000000-0000-4000-8000-000000000000";

const { values } = parseArgs({
  options: {
    photo: { type: "string", default: "public/samples/portrait.webp" },
    out: { type: "string", default: "public/styles" },
    model: { type: "string", default: "seedling" },
  },
});
const { signal } = new AbortController();
await mkdir(values.out, { recursive: true });
const whole = await decodeRgb(await readFile(values.photo));
const input = portraitInput.parse({ photo: NOBODY, model: values.model });
const prepared = await preparePhoto(whole, input, signal);
for (const style of PORTRAIT_STYLE_NAMES) {
  const wish = { ...input, style, seed: SEED };
  const { enlarged } = await drawPortrait(prepared, wish, { ownerId: null, signal, onProgress: () => {} });
  const file = path.join(values.out, `${style}.webp`);
  await sharp(await encodePng(enlarged.picture))
    .resize(SIDE_PX, SIDE_PX)
    .webp({ quality: 80 })
    .toFile(file);
  console.log(file);
}
process.exit(0);
