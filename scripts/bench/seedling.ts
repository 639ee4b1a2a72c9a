import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs, promisify } from "node:util";
import { SHIPPED_FAMILY } from "@/lib/inference/model-files";
import { printTable } from "./kit/table";
import { openGallery } from "./search/gallery";
import { measureSearch, printSearch, type SearchQuality } from "./search/quality";
import { type CharacterQuality, measureCharacters } from "./seedling/characters";
import {
  type Distances,
  drawAll,
  measureDistance,
  measurePrompts,
  type PromptQuality,
  promptOf,
  writeSheets,
} from "./seedling/drawing";
import { type DrawOptions, drawWorld } from "./seedling/drawings";
import { openJudge } from "./seedling/judge";
import { readManner } from "./seedling/manner";
import { measureQr, type QrQuality } from "./seedling/qr";
import { measureSpeed, type Speed } from "./seedling/speed";

// How good the models that ship with the project are, on drawings and prompts that they never saw:
// npm run bench -- seedling [--parts search,prompts,distance,characters,qr,speed] [--pairs 1000] [--prompts 300] [--samples 1000]
//   [--folder DIR] [--json]
// Drawings are drawn into the folder once; contact sheets lie there afterwards.

const PARTS = ["search", "prompts", "distance", "characters", "qr", "speed"] as const;
type Part = (typeof PARTS)[number];
/** Those that the judge looks at. */
const JUDGED = ["prompts", "distance", "characters", "qr"] as const satisfies readonly Part[];

const { values } = parseArgs({
  options: {
    parts: { type: "string", default: PARTS.join(",") },
    pairs: { type: "string", default: "1000" },
    prompts: { type: "string", default: "300" },
    samples: { type: "string", default: "1000" },
    runs: { type: "string", default: "9" },
    folder: { type: "string", default: path.join(tmpdir(), "mosaiq-bench-seedling") },
    family: { type: "string", default: path.resolve("models", SHIPPED_FAMILY) },
    part: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const { family, folder } = values;
const [TEST_SEED, TRAIN_SEED, TRAINING_DRAWINGS] = [2, 1, 2048];
/** Of the way that takes long; the other is the family's own. */
const MANY_STEPS = 20;

/** Pictures of each character, and pictures that codes are woven into. */
const [ALBUM, CODES] = [24, 12];

interface Results {
  search?: SearchQuality;
  prompts: PromptQuality[];
  distance: (Distances & { steps: number })[];
  characters: CharacterQuality[];
  qr: QrQuality[];
  speed?: Speed;
}

const manner = await readManner(family);
const side = manner.width;
if (values.part === "speed")
  console.log(JSON.stringify(await measureSpeed(family, manner, Number(values.runs))));
else await measureAll();

async function measureAll(): Promise<void> {
  const wants = (part: Part) => values.parts.split(",").includes(part);
  const results: Results = { prompts: [], distance: [], characters: [], qr: [] };
  // First, while nothing else is in memory or warm.
  if (wants("speed")) results.speed = await inOwnProcess<Speed>("speed");
  await mkdir(folder, { recursive: true });
  if (wants("search"))
    results.search = measureSearch(await openGallery(family, folder, { count: Number(values.pairs) }));
  if (JUDGED.some(wants)) await measureQuality(wants, results);
  if (values.json) console.log(JSON.stringify({ threads: availableParallelism(), side, ...results }));
  else report(results);
}

async function measureQuality(wants: (part: Part) => boolean, results: Results): Promise<void> {
  const [asked, samples] = [Number(values.prompts), Number(values.samples)];
  const held = await world("test", TEST_SEED, Math.max(asked, samples));
  const judge = await openJudge(family);
  if (wants("prompts") || wants("distance")) {
    const training = await world("train", TRAIN_SEED, TRAINING_DRAWINGS);
    for (const steps of new Set([manner.steps, MANY_STEPS])) {
      const drawings = held.slice(0, wants("distance") ? samples : asked);
      const say = (done: number) => {
        if (done % 50 === 0 && !values.json) console.error(`${steps} steps: ${done} of ${drawings.length}`);
      };
      const pictures = await drawAll(family, drawings.map(promptOf), { ...manner, steps }, {}, say);
      if (wants("prompts")) {
        const some = { pictures: pictures.slice(0, asked), steps };
        results.prompts.push(await measurePrompts(family, judge, held.slice(0, asked), some));
      }
      if (wants("distance"))
        results.distance.push({ steps, ...(await measureDistance(judge, held, pictures)) });
      await writeSheets(path.join(folder, `${steps}-steps`), judge, pictures, training);
    }
  }
  if (wants("characters"))
    results.characters = await measureCharacters(family, judge, { folder, manner, count: ALBUM });
  if (wants("qr")) results.qr = await measureQr(family, held.slice(0, CODES), { folder, manner });
  await judge.release();
}

function world(split: DrawOptions["split"], seed: number, count: number) {
  return drawWorld(path.join(folder, `${split}-${side}`), { size: side, count, split, seed });
}

async function inOwnProcess<T>(part: Part): Promise<T> {
  const script = [...process.execArgv, "scripts/bench/seedling.ts", "--part", part, "--family", family];
  const { stdout } = await promisify(execFile)(process.execPath, [...script, "--runs", values.runs]);
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as T;
}

function report({ search, prompts, distance, characters, qr, speed }: Results): void {
  const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
  if (search) printSearch(search);
  if (prompts[0]) {
    console.log(
      `\nPrompts: what a classifier of real drawings finds of what ${prompts[0].prompts} asked for`,
    );
    printTable(prompts, {
      steps: (row) => `${row.steps}`,
      follows: (row) => percent(row.all.found),
      "drawings through the VAE": (row) => percent(row.all.ofRecoded),
      drawings: (row) => percent(row.all.ofDrawings),
      "outscores another's prompt, by the judge": (row) => percent(row.outscores.judge),
      "by CLIP": (row) => percent(row.outscores.clip),
    });
    printTable(Object.keys(prompts[0].byQuestion), {
      asked: (question) => question,
      ...Object.fromEntries(
        prompts.map((row) => [
          `${row.steps} steps`,
          (question: string) => percent(row.byQuestion[question]?.found ?? 0),
        ]),
      ),
      "drawings through the VAE": (question) => percent(prompts[0]!.byQuestion[question]!.ofRecoded),
      drawings: (question) => percent(prompts[0]!.byQuestion[question]!.ofDrawings),
    });
  }
  if (distance.length > 0) {
    console.log("\nFréchet distance of the judge's features to held-out drawings");
    printTable(distance, {
      steps: (row) => `${row.steps}`,
      pictures: (row) => `${row.pictures}`,
      distance: (row) => row.drawn.toFixed(2),
      "of real halves": (row) => row.floor.toFixed(2),
    });
  }
  if (characters.length > 0) {
    console.log("\nCharacters: pictures in which the judge sees the LoRA's character, not another");
    printTable(characters, {
      name: (row) => row.name,
      pictures: (row) => `${row.pictures}`,
      places: (row) => `${row.places}`,
      told: (row) => percent(row.told),
    });
  }
  if (qr.length > 0) {
    console.log(
      "\nCodes: read by how many of four readers before anything is woven in; likeness lost by weaving",
    );
    printTable(qr, {
      drawn: (row) => row.drawn,
      pictures: (row) => `${row.pictures}`,
      "read before": (row) => percent(row.readBefore),
      readers: (row) => row.readersBefore.toFixed(1),
      "SSIM lost": (row) => row.ssimLost.toFixed(3),
    });
  }
  if (speed)
    console.log(
      `\n${side}² in ${manner.steps} steps: ${Math.round(speed.pictureMs)} ms a picture, opens in ${Math.round(speed.openMs)} ms, peak ${Math.round(speed.peakMb)} MB, ${availableParallelism()} cores`,
    );
  if (existsSync(folder)) console.log(`\nContact sheets: ${folder}`);
}
