/**
 * Draws the previews of the styles on the model that ships, each by its own scenario, and those of its LoRAs, beside them:
 * `npx tsx scripts/styles/draw-previews.ts [--only portraits|drawings|codes|loras] [--style NAME] [--out public/styles]`
 */
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { drawingOptions } from "@/lib/drawing/drawing.input";
import { drawingSize } from "@/lib/drawing/drawing-size";
import { styledPrompt } from "@/lib/drawing/drawing-style.input";
import { encodePng } from "@/lib/drawing/encode-png";
import { enlargeDrawn } from "@/lib/drawing/enlarge";
import { openEasel } from "@/lib/drawing/open-easel";
import { openStyledEasel } from "@/lib/drawing/open-styled-easel";
import { PICTURE_STYLE_NAMES, pictureStyle } from "@/lib/drawing/picture-styles.input";
import { closeInference } from "@/lib/inference/client";
import { besideModel, readLoraCard } from "@/lib/inference/lora-card";
import { isOfShippedFamily, listModels } from "@/lib/inference/model-files";
import { closeCpuPool } from "@/lib/jobs/cpu-pool";
import { decodeRgb } from "@/lib/pictures/decode-rgb";
import { drawPortrait } from "@/lib/scenarios/portrait/draw-portrait";
import { portraitInput } from "@/lib/scenarios/portrait/portrait.job";
import { PORTRAIT_STYLE_NAMES } from "@/lib/scenarios/portrait/portrait-styles.input";
import { photoSide, preparePhoto } from "@/lib/scenarios/portrait/prepare-photo";
import { makeCandidates } from "@/lib/scenarios/qr-art/make-candidates";
import { type ArtCandidate, inOrder, weighed } from "@/lib/scenarios/qr-art/order-candidates";
import { qrArtInput } from "@/lib/scenarios/qr-art/qr-art.job";

const SIDE_PX = 320;
const SEED = 7;
/** One motif for all, so that what differs is the style. */
const MOTIF = "mountains at sunset";
/** One place for every character, and one thing for every style. */
const PLACE = "smiling, in the mountains";
const THING = "a red heart on a yellow background";
const LORA_SEED = 3;
/** The drawings take the sample's place: its own id is nobody's. */
const NOBODY = "00000000-0000-4000-8000-000000000000";
const MODEL = "seedling";

const { values } = parseArgs({
  options: {
    photo: { type: "string", default: "public/samples/portrait.webp" },
    out: { type: "string", default: "public/styles" },
    motif: { type: "string", default: MOTIF },
    only: { type: "string" },
    style: { type: "string" },
  },
});
const { signal } = new AbortController();

/** Each gives files and the pictures that belong there. */
const PREVIEWS: Readonly<Record<string, () => AsyncGenerator<[string, Uint8Array]>>> = {
  async *portraits() {
    const whole = await decodeRgb(await readFile(values.photo));
    const input = portraitInput.parse({ photo: NOBODY, model: MODEL });
    const { side } = await openEasel(input);
    const prepared = await preparePhoto(whole, input, photoSide(side), signal);
    for (const style of wanted(PORTRAIT_STYLE_NAMES)) {
      const wish = { ...input, style, seed: SEED };
      const tools = { ownerId: null, signal, onProgress: () => {} };
      const { enlarged } = await drawPortrait(prepared, wish, tools);
      yield [path.join(values.out, `${style}.webp`), await encodePng(enlarged.picture)];
    }
  },
  async *drawings() {
    for (const name of wanted(PICTURE_STYLE_NAMES)) {
      const style = pictureStyle(name);
      const options = qrArtInput.parse({ text: "-", prompt: values.motif, model: MODEL });
      const easel = await openStyledEasel(options, style);
      const size = { width: easel.side, height: easel.side };
      const wish = { prompt: styledPrompt(style, values.motif), seed: SEED, ...size };
      const drawn = await easel.draw(wish, { signal });
      yield [
        path.join(values.out, `drawings/${name}.webp`),
        await encodePng((await enlargeDrawn(easel, drawn, signal)).picture),
      ];
    }
  },
  async *codes() {
    for (const style of wanted(PICTURE_STYLE_NAMES)) {
      const asked = { text: "https://example.com", prompt: values.motif, style, model: MODEL };
      const input = qrArtInput.parse(asked);
      const easel = await openStyledEasel(input, pictureStyle(style));
      const made: (ArtCandidate & { bytes: Uint8Array })[] = [];
      const tools = { signal, onProgress: () => {} };
      for await (const { index, file } of makeCandidates(easel, input, SEED, tools))
        made.push({ ...weighed(`${index}`, file), bytes: file.bytes });
      const best = made[Number(inOrder(made)[0])]!;
      console.log(`${style}: score ${best.score}, likeness ${best.ssim.toFixed(3)}`);
      yield [path.join(values.out, `codes/${style}.webp`), best.bytes];
    }
  },
  async *loras() {
    for (const lora of await listModels("lora")) {
      if (!isOfShippedFamily(lora.path) || wanted([lora.name]).length === 0) continue;
      const { draws, trigger } = await readLoraCard(lora);
      const options = drawingOptions.parse({ model: MODEL, loras: [{ name: lora.name }] });
      const easel = await openEasel(options, null);
      const side = drawingSize("square", easel.side);
      const prompt = `${trigger}, ${draws === "character" ? PLACE : THING}`;
      const drawn = await easel.draw({ prompt, seed: LORA_SEED, ...side }, { signal });
      // Upscalers take a style's tiles and strokes for noise.
      const { picture } = draws === "character" ? await enlargeDrawn(easel, drawn, signal) : drawn;
      yield [besideModel(lora, ".preview.png"), await encodePng(picture)];
    }
  },
};

const wanted = <T extends string>(names: readonly T[]): readonly T[] =>
  names.filter((name) => values.style === undefined || name === values.style);

for (const [kind, draw] of Object.entries(PREVIEWS))
  if (values.only === undefined || values.only === kind)
    for await (const [file, bytes] of draw()) {
      await mkdir(path.dirname(file), { recursive: true });
      const small = sharp(bytes).resize(SIDE_PX, SIDE_PX);
      await (file.endsWith(".png") ? small.png({ effort: 10 }) : small.webp({ quality: 80 })).toFile(file);
      console.log(file);
    }
await Promise.all([closeCpuPool(), closeInference()]);
