import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { greyPlane } from "@/lib/reading/grey-plane";
import { openTesseract } from "@/lib/reading/open-tesseract";
import { readText } from "@/lib/reading/read-text";
import { textRows } from "@/lib/reading/text-rows";
import { drawSample, renderSample } from "@/training/world/sampler/sampler";
import { drawnLanguages, drawTexts, type Language } from "../kit/draw-texts";
import { median, printTable } from "../kit/table";

/** Pictures of each kind in each language. */
const EACH = 8;
/** Drawings of things, without text. */
const DRAWINGS = 200;
const SAMPLES = "public/samples";

/** How pictures of one kind were read. */
export interface Reading {
  readonly kind: string;
  /** Null where there is no text in them. */
  readonly language: Language | null;
  readonly pictures: number;
  /** Of them, for how many the quick test said that there may be text. */
  readonly tried: number;
  /** Of them, in how many text was found, right or wrong. */
  readonly found: number;
  /** Of all letters that stand there, the share that was read, in their order; null where there are none. */
  readonly letters: number | null;
  /** Of processor time, medians: of the test alone, and of test and reading. */
  readonly testMs: number;
  readonly readMs: number;
  readonly mostMs: number;
}

/** How well, and how soon, text is read in pictures, and what is read where there is none. */
export async function measureReading(): Promise<Reading[]> {
  // Once a thread, not once a picture.
  await openTesseract();
  const languages = await drawnLanguages();
  if (languages.length < 2)
    console.log("This machine has no fonts for Chinese, or none at all: not measured.");
  const groups = new Map<string, Measured[]>();
  const note = (key: string, measured: Measured) => groups.set(key, [...(groups.get(key) ?? []), measured]);
  for await (const { kind, language, lines, file } of drawTexts(languages, EACH))
    note(`${kind} ${language}`, await measure(file, lines.join("\n")));
  for (const name of (await readdir(SAMPLES)).filter((each) => each.endsWith(".webp")))
    note("samples", await measure(await readFile(path.join(SAMPLES, name)), ""));
  for (let i = 0; i < DRAWINGS; i++) note("drawings", await measure(await drawing(4100 + i), ""));
  return [...groups].map(([key, measured]) => summarise(key, measured));
}

interface Measured {
  readonly isTried: boolean;
  readonly text: string;
  readonly expected: string;
  readonly testMs: number;
  readonly readMs: number;
}

async function measure(file: Buffer, expected: string): Promise<Measured> {
  const plane = await greyPlane(file);
  const [rows, testMs] = await timed(async () => textRows(plane));
  const [text, readMs] = await timed(() => readText(plane));
  return { isTried: rows.length > 0, text, expected, testMs, readMs };
}

/** Of this process's processors: others on the machine count for little. */
async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const before = process.cpuUsage();
  const done = await work();
  const { user, system } = process.cpuUsage(before);
  return [done, (user + system) / 1000];
}

async function drawing(index: number): Promise<Buffer> {
  const side = 256;
  const pixels = await renderSample(drawSample(2, index, "test"), side);
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer();
}

function summarise(key: string, measured: readonly Measured[]): Reading {
  const [kind = key, language = null] = key.split(" ") as [string, Language?];
  const all = measured.reduce((sum, { expected }) => sum + plain(expected).length, 0);
  const right = measured.reduce((sum, { expected, text }) => sum + inCommon(plain(expected), plain(text)), 0);
  return {
    ...{ kind, language, pictures: measured.length },
    tried: measured.filter(({ isTried }) => isTried).length,
    found: measured.filter(({ text }) => text !== "").length,
    letters: all > 0 ? right / all : null,
    testMs: median(measured.map(({ testMs }) => testMs)),
    readMs: median(measured.map(({ readMs }) => readMs)),
    mostMs: Math.max(...measured.map(({ readMs }) => readMs)),
  };
}

const plain = (text: string): string[] => [...text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")];

/** The length of the longest sequence that stands in both. */
function inCommon(a: readonly string[], b: readonly string[]): number {
  let row = new Uint32Array(b.length + 1);
  for (const sign of a) {
    const next = new Uint32Array(b.length + 1);
    for (const [j, other] of b.entries())
      next[j + 1] = sign === other ? row[j]! + 1 : Math.max(row[j + 1]!, next[j]!);
    row = next;
  }
  return row[b.length]!;
}

export function printReading(rows: readonly Reading[]): void {
  console.log("\nText in pictures, drawn ones whose text is known and ones without any");
  printTable(rows, {
    pictures: ({ kind, language }) => (language ? `${kind}, ${language}` : `${kind}, no text`),
    "how many": (row) => `${row.pictures}`,
    "may have text": (row) => `${row.tried}`,
    "text found": (row) => `${row.found}`,
    "letters read": (row) => (row.letters === null ? "–" : `${(100 * row.letters).toFixed(1)} %`),
    "test, processor ms": (row) => row.testMs.toFixed(0),
    "test and reading p50": (row) => row.readMs.toFixed(0),
    most: (row) => row.mostMs.toFixed(0),
  });
}
