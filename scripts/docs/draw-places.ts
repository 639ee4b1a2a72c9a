import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import sharp, { type OverlayOptions } from "sharp";
import { type CodeFile, makeFile } from "@/lib/codes/make-file";
import { chooseUpscaler } from "@/lib/drawing/choose-upscaler";
import { drawingOptions } from "@/lib/drawing/drawing.input";
import { openEasel } from "@/lib/drawing/open-easel";
import { closeInference } from "@/lib/inference/client";
import { closeCpuPool } from "@/lib/jobs/cpu-pool";
import { decodeRgb } from "@/lib/pictures/decode-rgb";
import { cutThing } from "@/lib/scenarios/product/cut-thing";
import { drawGround } from "@/lib/scenarios/product/draw-ground";
import { drawProduct } from "@/lib/scenarios/product/draw-product";
import { productInput } from "@/lib/scenarios/product/product.job";
import { makeCandidates } from "@/lib/scenarios/qr-art/make-candidates";
import { inOrder, weighed } from "@/lib/scenarios/qr-art/order-candidates";
import { qrArtInput } from "@/lib/scenarios/qr-art/qr-art.job";
import { qrPictureInput } from "@/lib/scenarios/qr-picture/qr-picture.job";
import { samplePicture } from "@/lib/scenarios/qr-picture/sample-picture";
import { makeLarger } from "@/lib/scenarios/upscale/make-larger";

/**
 * Makes the pictures of the page that leads to all scenarios, with the models that ship:
 * `npx tsx scripts/docs/draw-places.ts [qrArt | draw | qrPicture …]`.
 */
const WIDTH = 640;
const HEIGHT = 400;
const FOLDER = "public/create";
const PAPER = "#efe9dc";
const GAP = 20;
/** So few pixels that one sees them. */
const SMALL_PX = 72;
/** A sample is nobody's photo. */
const NOBODY = "00000000-0000-4000-8000-000000000000";
const { signal } = new AbortController();

const PLACES: Readonly<Record<string, () => Promise<Buffer>>> = {
  qrArt: async () =>
    pair([
      await art("a red apple on a teal background", 31),
      await art("a red heart on a yellow background", 3),
    ]),
  draw: async () =>
    wall(["a city at night", "the sea", "a smiling person with curly hair", "mountains", "a forest"]),
  // The style's card, beside what it was drawn from.
  portrait: async () =>
    pair([await readFile("public/samples/portrait.webp"), await readFile("public/styles/flat.webp")]),
  product: async () => product("still-life", "a beach with the sea and a blue sky"),
  larger: async () => larger("wave"),
  qrPicture: async () => pair([await code("wave"), await code("cat")]),
};

/** The best of four, as the studio shows it first. */
async function art(prompt: string, seed: number): Promise<Uint8Array> {
  const input = qrArtInput.parse({ text: "https://example.com", prompt, candidates: 4 });
  const tools = { signal, onProgress: () => {} };
  const made = new Map<string, CodeFile>();
  for await (const { index, file } of makeCandidates(await openEasel(input), input, seed, tools))
    made.set(`${index}`, file);
  const [best] = inOrder([...made].map(([id, file]) => weighed(id, file)));
  return made.get(best!)!.bytes;
}

async function product(sample: string, prompt: string): Promise<Buffer> {
  const input = productInput.parse({ photo: NOBODY, prompt, model: "seedling" });
  const photo = await decodeRgb(await readFile(`public/samples/${sample}.webp`));
  const tools = { signal, onProgress: () => {} };
  const easel = await openEasel(input, null);
  const ground = await drawGround(easel, { ...input, sizes: ["landscape"], seed: 1 }, tools);
  const parts = { thing: await cutThing(photo, signal), ground };
  const { enlarged } = await drawProduct(easel, parts, { ...input, size: "landscape", seed: 1 }, tools);
  const { width, height, data } = enlarged.picture;
  return sharp(data, { raw: { width, height, channels: 3 } })
    .resize(WIDTH, HEIGHT)
    .webp({ quality: 82 })
    .toBuffer();
}

/** A part of a small picture as it is, and as it becomes. */
async function larger(sample: string): Promise<Buffer> {
  const side = (WIDTH - 3 * GAP) / 2;
  const small = await decodeRgb(await readFile(`public/samples/${sample}.webp`), {
    resize: (to) => to.resize(SMALL_PX, SMALL_PX),
  });
  const upscaler = await chooseUpscaler("seedling-x4");
  const made = await makeLarger(small, 4, upscaler.path, { signal, onProgress: () => {} });
  const raw = ({ width, height }: { width: number; height: number }) =>
    ({ width, height, channels: 3 }) as const;
  const coarse = sharp(small.data, { raw: raw(small) }).resize(side, side, { kernel: "nearest" });
  return pair([
    await coarse.png().toBuffer(),
    await sharp(made.data, { raw: raw(made) })
      .png()
      .toBuffer(),
  ]);
}

async function code(sample: string): Promise<Uint8Array> {
  const { picture: _, ...input } = qrPictureInput.parse({
    text: `https://example.com/${sample}`,
    picture: { from: "sample", name: sample },
  });
  return (await makeFile({ input, picture: await samplePicture(sample), format: "png" })).bytes;
}

/** Two squares beside each other on paper. */
async function pair(squares: readonly Uint8Array[]): Promise<Buffer> {
  const side = (WIDTH - 3 * GAP) / 2;
  const layers = await Promise.all(
    squares.map(async (bytes, i) => ({
      input: await sharp(bytes).resize(side, side).png().toBuffer(),
      left: GAP + i * (side + GAP),
      top: Math.round((HEIGHT - side) / 2),
    })),
  );
  return onPaper(layers);
}

/** Drawings edge to edge: a row a prompt would be dull, so they take turns. */
async function wall(prompts: readonly string[]): Promise<Buffer> {
  const side = WIDTH / 5;
  const easel = await openEasel(drawingOptions.parse({}));
  const layers: OverlayOptions[] = [];
  for (let i = 0; i < 20; i++) {
    const wish = { prompt: prompts[(i * 2 + Math.floor(i / 5)) % prompts.length]!, seed: i + 1 };
    const { picture } = await easel.draw({ ...wish, width: side, height: side }, { signal });
    const raw = { width: picture.width, height: picture.height, channels: 3 } as const;
    layers.push({
      input: await sharp(picture.data, { raw }).png().toBuffer(),
      left: (i % 5) * side,
      top: Math.floor(i / 5) * side - (4 * side - HEIGHT) / 2,
    });
  }
  return onPaper(layers);
}

const onPaper = (layers: OverlayOptions[]): Promise<Buffer> =>
  sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: PAPER } })
    .composite(layers)
    .webp({ quality: 82 })
    .toBuffer();

await mkdir(FOLDER, { recursive: true });
const asked = process.argv.slice(2);
for (const [name, draw] of Object.entries(PLACES))
  if (asked.length === 0 || asked.includes(name))
    await sharp(await draw()).toFile(path.join(FOLDER, `${name}.webp`));
await Promise.all([closeCpuPool(), closeInference()]);
