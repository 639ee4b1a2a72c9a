import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { fitPicture } from "@/lib/codes/fit-picture";
import { loadDecoders } from "@/lib/codes/load-decoders";
import { type CodeFile, makeFile } from "@/lib/codes/make-file";
import { drawingOptions } from "@/lib/drawing/drawing.input";
import { drawingSize } from "@/lib/drawing/drawing-size";
import { encodePng } from "@/lib/drawing/encode-png";
import { openEasel } from "@/lib/drawing/open-easel";
import { closeInference } from "@/lib/inference/client";
import { LEVELS } from "@/lib/qr/jury/levels";
import { LOOKS } from "@/lib/qr/looks/look";
import type { Raster } from "@/lib/qr/raster";
import { type QrPictureInput, qrPictureInput } from "@/lib/scenarios/qr-picture/qr-picture.job";
import { samplePicture } from "@/lib/scenarios/qr-picture/sample-picture";
import { drawChangeMap } from "./change-map";
import { drawSheet, type Tile } from "./sheet";

/**
 * Makes the pictures of the README from the samples, with the engine that the app uses:
 * `npx tsx scripts/docs/draw-pictures.ts [hero | looks | levels | changes | seedling …]`.
 */
const SIZE = 1024;
const CENTRE = { x: 0.5, y: 0.5 };
/** Indigo on paper, as such prints are. */
const WOODBLOCK = { dark: "#13294b", light: "#f7efdc" };

/** What Seedling knows: as many as there are places. */
const SEEDLING_PROMPTS = [
  "mountains at sunset",
  "a cupcake on a teal background",
  "a red heart on a yellow background",
  "the sea at dawn, waves",
  "a ghost on a purple background",
  "a smiling woman with long brown hair and glasses, on a blue background",
  "a mushroom",
  "a room with a lamp",
  "a red apple",
  "a man with a beard and a green hat, on a yellow background",
];
const PLACES = [
  "on a teal background",
  "in a forest",
  "in the mountains",
  "by the sea at sunset",
  "in a city at night",
  "in space",
  "in a room",
  "in the snow",
  "in the desert",
  "on a pink background",
];

type Wish = Partial<Omit<QrPictureInput, "picture">> & { readonly sample: string; readonly text: string };

const at = (place: string): string => `https://example.com/${place}`;

const SHEETS: Readonly<Record<string, () => Promise<{ tiles: Tile[]; columns: number }>>> = {
  hero: async () => ({
    tiles: await codes([
      { sample: "wave", text: at("sea") },
      { sample: "cat", text: at("cat"), version: 6 },
      { sample: "balloons", text: at("balloons") },
      { sample: "dawn", text: at("dawn") },
    ]),
    columns: 4,
  }),
  looks: async () => ({
    tiles: await codes(
      LOOKS.map((look) => ({ sample: "wave", text: at("looks"), look, colours: WOODBLOCK, logo: true })),
    ),
    columns: 3,
  }),
  levels: async () => ({
    tiles: await codes(LEVELS.map((level) => ({ sample: "portrait", text: at("levels"), level }))),
    columns: 3,
  }),
  changes: async () => {
    const wish: Wish = { sample: "riviera", text: at("port") };
    const file = await samplePicture(wish.sample);
    const { bytes, report } = await makeWish(wish);
    const map = await drawChangeMap(
      await fitPicture(file, CENTRE, SIZE),
      await rasterOf(bytes),
      report.version,
    );
    return {
      tiles: [
        { png: await sharp(file).png().toBuffer(), text: null },
        { png: bytes, text: wish.text },
        { png: map, text: null },
      ],
      columns: 3,
    };
  },
  seedling: async () => ({
    tiles: [
      ...(await drawings(SEEDLING_PROMPTS)),
      ...(await drawings(
        PLACES.map((place) => `Momo, smiling, ${place}`),
        "momo",
      )),
      ...(await drawings(
        PLACES.map((place) => `Kai, smiling, ${place}`),
        "kai",
      )),
    ],
    columns: PLACES.length,
  }),
};

/** Seeds count up from 1. */
async function drawings(prompts: readonly string[], lora?: string): Promise<Tile[]> {
  const tiles: Tile[] = [];
  for (const [i, prompt] of prompts.entries()) {
    const loras = lora ? [{ name: lora }] : [];
    const easel = await openEasel(drawingOptions.parse({ model: "seedling", loras }));
    const wish = { prompt, seed: i + 1, ...drawingSize("square", easel.side) };
    const { picture } = await easel.draw(wish, { signal: new AbortController().signal });
    tiles.push({ png: await encodePng(picture), text: null });
  }
  return tiles;
}

async function codes(wishes: readonly Wish[]): Promise<Tile[]> {
  const tiles: Tile[] = [];
  for (const wish of wishes) tiles.push({ png: (await makeWish(wish)).bytes, text: wish.text });
  return tiles;
}

async function makeWish({ sample, ...wish }: Wish): Promise<CodeFile> {
  const { picture: _, ...input } = qrPictureInput.parse({
    ...wish,
    size: SIZE,
    picture: { from: "sample", name: sample },
  });
  const made = await makeFile({ input, picture: await samplePicture(sample), format: "png" });
  const { look, level, version, ecc, jury, fidelity } = made.report;
  const kept = fidelity ? `, SSIM ${fidelity.ssim.toFixed(3)}` : "";
  console.log(`${sample}, ${look}, ${level}: ${version}-${ecc}${kept}, score ${jury.score} of 100`);
  return made;
}

async function rasterOf(png: Uint8Array): Promise<Raster> {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
}

process.chdir(path.join(path.dirname(fileURLToPath(import.meta.url)), "../.."));
const folder = "docs/pictures";
await mkdir(folder, { recursive: true });
const decoders = await loadDecoders();
const asked = process.argv.slice(2);
for (const name of asked.length > 0 ? asked : Object.keys(SHEETS)) {
  const draw = SHEETS[name];
  if (!draw) throw new Error(`There is no sheet “${name}”: ${Object.keys(SHEETS).join(", ")}`);
  const { tiles, columns } = await draw();
  const bytes = await drawSheet(tiles, columns, decoders);
  await writeFile(path.join(folder, `${name}.webp`), bytes);
  console.log(`${folder}/${name}.webp: ${Math.round(bytes.length / 1000)} kB`);
}
await closeInference();
