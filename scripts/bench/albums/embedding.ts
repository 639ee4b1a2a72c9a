import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import path from "node:path";
import {
  AutoProcessor,
  CLIPVisionModelWithProjection,
  env as hub,
  type PreTrainedModel,
  type Processor,
  RawImage,
} from "@huggingface/transformers";
import sharp from "sharp";
import { closeInference } from "@/lib/inference/client";
import { clipSide } from "@/lib/inference/clip-models";
import { decodeRgb } from "@/lib/pictures/decode-rgb";
import { asSeen, BATCH } from "@/lib/search/embed-pictures";
import { seeAhead } from "@/lib/search/see-ahead";
import { writeClip, writeClipOnnx } from "../kit/clip-size";
import { drawPhoto } from "../kit/draw-photo";
import { median, printTable } from "../kit/table";

/** Photographs of a camera, and pictures as the web has them. */
const SIZES = [
  [4000, 3000],
  [1024, 768],
] as const;
const [FILES, DRAWN, ROUNDS] = [2 * BATCH, 8, 7];
/** That the same networks see the same pixels. */
const ALIKE = 0.9999;

export interface Embedding {
  readonly model: string;
  /** Pixels of the JPEG files. */
  readonly size: string;
  /** Pictures a second, medians of seven rounds: decoded, made ready and embedded. */
  readonly perSecond: number;
  /** transformers.js in the same minute, on the same weights and files; null where it was not asked. */
  readonly theirs: number | null;
  /** The least cosine between both, of pictures that need no resizing, and of these files. */
  readonly cosine: number | null;
  readonly cosineResized: number | null;
  /** Of the machine, while it was measured: above its cores, others disturbed. */
  readonly load: number;
}

type Embed = (files: readonly string[]) => Promise<Float32Array[]>;

/** How many pictures a second are seen, by Seedling and by a CLIP of ViT-B/32's size, here and by transformers.js. */
export async function measureEmbedding(family: string): Promise<Embedding[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "mosaiq-bench-embedding-"));
  try {
    await writeClip(path.join(folder, "ours"));
    await writeClipOnnx(path.join(folder, "theirs"));
    const seedling = await embedHere(path.join(family, "clip", "seedling"));
    const [ours, theirs] = [await embedHere(path.join(folder, "ours")), await embedThere(folder)];
    const cosine = leastCosine(...(await onBoth(ours, theirs, await writeFramed(folder))));
    if (cosine < ALIKE) throw new Error(`the same weights see differently: cosine ${cosine}`);
    const rows: Embedding[] = [];
    for (const size of SIZES) {
      const files = await writePhotos(folder, size);
      const shared = { size: size.join(" × ") };
      const alone = await inTurns([seedling], files);
      rows.push({
        ...{ model: "Seedling", ...shared, perSecond: alone[0]!, load: loadavg()[0]! },
        ...{ theirs: null, cosine: null, cosineResized: null },
      });
      const [here = 0, there = 0] = await inTurns([ours, theirs], files);
      const cosineResized = leastCosine(...(await onBoth(ours, theirs, files.slice(0, DRAWN))));
      rows.push({
        ...{ model: "ViT-B/32, random weights", ...shared, perSecond: here, theirs: there },
        ...{ cosine, cosineResized, load: loadavg()[0]! },
      });
    }
    return rows;
  } finally {
    await closeInference();
    await rm(folder, { recursive: true, force: true });
  }
}

/** One after another in every round, so that what disturbs the machine disturbs all. @returns files a second, medians */
async function inTurns(ways: readonly Embed[], files: readonly string[]): Promise<number[]> {
  for (const embed of ways) await embed(files.slice(0, BATCH));
  const times = ways.map(() => [] as number[]);
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, embed] of ways.entries()) {
      const began = performance.now();
      await embed(files);
      times[i]!.push(performance.now() - began);
    }
  return times.map((each) => (files.length / median(each)) * 1000);
}

/** As pictures that came in are seen, but for the database. */
async function embedHere(model: string): Promise<Embed> {
  const resize = asSeen({ side: await clipSide(model) });
  const { signal } = new AbortController();
  return async (files) => {
    const seen: Float32Array[] = [];
    let at = 0;
    const openNext = async () => {
      const part = files.slice(at, at + BATCH);
      at += BATCH;
      if (part.length === 0) return null;
      return {
        pixels: await Promise.all(part.map(async (file) => decodeRgb(await readFile(file), { resize }))),
      };
    };
    for await (const { vectors } of seeAhead(model, openNext, signal))
      seen.push(...vectors.map((each) => each!));
    return seen;
  };
}

/** As its documentation has it, in batches, which is quicker than one by one. */
async function embedThere(folder: string): Promise<Embed> {
  Object.assign(hub, { allowRemoteModels: false, localModelPath: `${folder}/` });
  const processor: Processor = await AutoProcessor.from_pretrained("theirs");
  const model: PreTrainedModel = await CLIPVisionModelWithProjection.from_pretrained("theirs", {
    ...{ dtype: "fp32", device: "cpu", use_external_data_format: true },
    session_options: { intraOpNumThreads: availableParallelism() },
  });
  return async (files) => {
    const seen: Float32Array[] = [];
    for (let at = 0; at < files.length; at += BATCH) {
      const images = await Promise.all(files.slice(at, at + BATCH).map((file) => RawImage.read(file)));
      const { image_embeds } = await model(await processor(images));
      const [count, width] = image_embeds.dims as [number, number];
      for (let i = 0; i < count; i++) seen.push(image_embeds.data.slice(i * width, (i + 1) * width));
    }
    return seen;
  };
}

/** @returns paths, each of a few pictures again and again. */
async function writePhotos(folder: string, size: (typeof SIZES)[number]): Promise<string[]> {
  const file = (i: number) => path.join(folder, `${size[0]}-${i % DRAWN}.jpg`);
  for (let i = 0; i < DRAWN; i++) await writeFile(file(i), await drawPhoto(i, size));
  return Array.from({ length: FILES }, (_, i) => file(i));
}

/** Of the size that the network looks at. */
const writeFramed = (folder: string): Promise<string[]> =>
  Promise.all(
    Array.from({ length: DRAWN }, async (_, i) => {
      const file = path.join(folder, `framed-${i}.png`);
      await writeFile(
        file,
        await sharp(await drawPhoto(i, [224, 224]))
          .png()
          .toBuffer(),
      );
      return file;
    }),
  );

const onBoth = async (ours: Embed, theirs: Embed, files: readonly string[]) =>
  [await ours(files), await theirs(files)] as const;

function leastCosine(all: readonly Float32Array[], others: readonly Float32Array[]): number {
  const cosines = all.map((row, i) => {
    const dot = row.reduce((sum, value, k) => sum + value * others[i]![k]!, 0);
    return dot / Math.hypot(...row) / Math.hypot(...others[i]!);
  });
  return Math.min(...cosines);
}

export function printEmbedding(rows: readonly Embedding[]): void {
  console.log(
    "\nJPEG files decoded, made ready and embedded, in batches of 16; medians, in turns with transformers.js",
  );
  printTable(rows, {
    model: (row) => row.model,
    "pixels each": (row) => row.size,
    "pictures / s": (row) => row.perSecond.toFixed(1),
    "transformers.js": (row) => row.theirs?.toFixed(1) ?? "–",
    ratio: (row) => (row.theirs ? `${(row.perSecond / row.theirs).toFixed(2)} ×` : "–"),
    "cosine, same pixels": (row) => row.cosine?.toFixed(6) ?? "–",
    "cosine, these files": (row) => row.cosineResized?.toFixed(4) ?? "–",
    "machine's load": (row) => row.load.toFixed(1),
  });
  console.log(
    "transformers.js makes pictures smaller without antialiasing: of these files it sees other pixels.",
  );
}
