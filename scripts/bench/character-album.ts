import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Picture } from "@/lib/engine/picture";
import { closeInference, infer } from "@/lib/inference/client";
import { findModel, SHIPPED_FAMILY } from "@/lib/inference/model-files";
import { decodeRgb } from "@/lib/pictures/decode-rgb";
import { characterAlbumInput, SCENE_SET_NAMES } from "@/lib/scenarios/character-album/character-album.job";
import { drawPage } from "@/lib/scenarios/character-album/draw-page";
import { measureLikeness } from "@/lib/scenarios/character-album/likeness";
import { planAlbum } from "@/lib/scenarios/character-album/plan-album";
import { printTable } from "./kit/table";
import { CHARACTERS } from "./seedling/characters";
import { openJudge } from "./seedling/judge";
import { largest, mean } from "./seedling/measures";
import { writeSheet } from "./seedling/sheet";

// Whether a character stays itself from page to page, and how long an album takes:
// npm run bench -- character-album [--count 12] [--sets day,world] [--style mosaic] [--seed 1] [--folder DIR] [--json]
// One album of each character that ships, in the same scenes with the same seeds; contact sheets lie in the folder.

// Results are all that stdout is for.
process.env.LOG_LEVEL ||= "silent";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "12" },
    sets: { type: "string", default: "world" },
    style: { type: "string" },
    seed: { type: "string", default: "1" },
    folder: { type: "string", default: path.join(tmpdir(), "mosaiq-bench-character-album") },
    json: { type: "boolean", default: false },
  },
});
const never = new AbortController().signal;
/** Pixels a side of what the judge was taught with, and of sheets. */
const SMALL_PX = 128;

interface Album {
  readonly set: string;
  readonly character: string;
  readonly pages: readonly Picture[];
  readonly firstMs: number;
  readonly allMs: number;
}

/** Cosines are CLIP's, of pictures with each other. */
interface AlbumQuality {
  readonly set: string;
  readonly character: string;
  readonly pictures: number;
  /** Of pages of this album, and with pages of the others' albums: in all places, and in the same one. */
  readonly within: number;
  readonly across: number;
  readonly acrossSameScene: number;
  /** Share nearer to the character's references than to another's, and where the judge sees it. */
  readonly recognised: number | null;
  readonly told: number;
  readonly firstMs: number;
  readonly allMs: number;
}

await mkdir(values.folder, { recursive: true });
const results: AlbumQuality[] = [];
for (const set of SCENE_SET_NAMES.filter((name) => values.sets.split(",").includes(name))) {
  const albums: Album[] = [];
  for (const character of CHARACTERS) albums.push(await drawAlbum(set, character));
  results.push(...(await measureAlbums(albums)));
  const sheet = path.join(values.folder, `${set}${values.style ? `-${values.style}` : ""}.png`);
  const columns = albums[0]!.pages.length;
  await writeSheet(sheet, small(albums.flatMap(({ pages }) => pages)), columns);
}
await closeInference();
if (values.json) console.log(JSON.stringify(results));
else report();

async function drawAlbum(set: (typeof SCENE_SET_NAMES)[number], character: string): Promise<Album> {
  const input = characterAlbumInput.parse({
    ...{ character: { name: character.toLowerCase() }, scenes: { set }, count: Number(values.count) },
    style: values.style === undefined ? null : { name: values.style },
  });
  const began = performance.now();
  const { easel, pages } = await planAlbum(input, Number(values.seed), null);
  const drawn: Buffer[] = [];
  let firstMs = 0;
  for (const page of pages) {
    drawn.push(await drawPage(easel, page, { signal: never, onProgress: () => {} }));
    firstMs ||= performance.now() - began;
  }
  const allMs = performance.now() - began;
  return { set, character, pages: await Promise.all(drawn.map((bytes) => decodeRgb(bytes))), firstMs, allMs };
}

async function measureAlbums(albums: readonly Album[]): Promise<AlbumQuality[]> {
  const clip = await findModel(SHIPPED_FAMILY, "clip");
  const judge = await openJudge(path.resolve("models", SHIPPED_FAMILY));
  const question = "character.name.en";
  const classes = judge.questions.find(({ name }) => name === question)?.classes ?? [];
  const vectors: (readonly Float32Array[])[] = [];
  for (const { pages } of albums)
    vectors.push((await infer("embed", { model: clip, texts: [], pictures: pages })).pictures);
  const measured: AlbumQuality[] = [];
  for (const [a, { set, character, pages, firstMs, allMs }] of albums.entries()) {
    const own = vectors[a]!;
    const others = vectors.filter((_, b) => b !== a);
    const judged = await judge.judge(small(pages));
    const lora = await findModel(character.toLowerCase(), "lora");
    const nearest = await measureLikeness(lora, pages, never);
    measured.push({
      ...{ set, character, pictures: pages.length, firstMs, allMs },
      within: mean(own.flatMap((x, i) => own.slice(i + 1).map((y) => cosine(x, y)))),
      across: mean(
        own.flatMap((x, i) =>
          others.flatMap((all) => all.flatMap((y, j) => (i === j ? [] : [cosine(x, y)]))),
        ),
      ),
      acrossSameScene: mean(own.flatMap((x, i) => others.map((all) => cosine(x, all[i]!)))),
      recognised: nearest && mean(nearest.map(Number)),
      told: mean(judged.map(({ logits }) => Number(classes[largest(logits[question]!)] === character))),
    });
  }
  await judge.release();
  return measured;
}

function small(pages: readonly Picture[]): Picture[] {
  return pages.map(shrink);
}

/** The mean of each square of pixels: pages are a whole number of times as wide as what was drawn. */
function shrink({ width, data }: Picture): Picture {
  const times = Math.max(1, Math.round(width / SMALL_PX));
  const side = Math.floor(width / times);
  const out = new Uint8ClampedArray(side * side * 3);
  for (let y = 0, at = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      for (let c = 0; c < 3; c++, at++) {
        let sum = 0;
        for (let dy = 0; dy < times; dy++)
          for (let dx = 0; dx < times; dx++)
            sum += data[((y * times + dy) * width + x * times + dx) * 3 + c]!;
        out[at] = sum / times ** 2;
      }
  return { width: side, height: side, data: out };
}

/** Of vectors of length 1. */
function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

function report(): void {
  const percent = (share: number | null): string => (share === null ? "–" : `${(100 * share).toFixed(1)} %`);
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  console.log(
    "CLIP's similarity of pages: the same character in other places, other characters in other places and in the same one",
  );
  printTable(results, {
    scenes: (row) => row.set,
    character: (row) => row.character,
    pictures: (row) => `${row.pictures}`,
    within: (row) => row.within.toFixed(3),
    across: (row) => row.across.toFixed(3),
    "across, same scene": (row) => row.acrossSameScene.toFixed(3),
    recognised: (row) => percent(row.recognised),
    "by the judge": (row) => percent(row.told),
    first: (row) => seconds(row.firstMs),
    all: (row) => seconds(row.allMs),
  });
  console.log(`Contact sheets: ${values.folder}`);
}
