import { mkdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { SHIPPED_FAMILY } from "@/lib/inference/model-files";
import { VOCABULARY } from "@/lib/search/clip-model";
import { printTable } from "./kit/table";
import { type Gallery, openGallery } from "./search/gallery";
import { measureLine } from "./search/line";
import { measureTags, printTold } from "./search/quality";
import { chooseLines } from "./search/word-lines";

// From where on each of Seedling's words is told: chosen on new drawings of what it learnt from, measured on drawings of
// what it never saw, beside one line for all. With --write the lines are kept beside the words:
// npm run bench -- lines [--pictures 4000] [--held-out 1000] [--seed 3] [--write] [--folder DIR]

const { values } = parseArgs({
  options: {
    pictures: { type: "string", default: "4000" },
    "held-out": { type: "string", default: "1000" },
    seed: { type: "string", default: "3" },
    write: { type: "boolean", default: false },
    folder: { type: "string", default: path.join(tmpdir(), "mosaiq-bench-seedling") },
    family: { type: "string", default: path.resolve("models", SHIPPED_FAMILY) },
  },
});

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
const { family, folder } = values;
await mkdir(folder, { recursive: true });
// Not the seed that it was trained with: these drawings themselves are new to it.
const learnt = await openGallery(family, folder, { count: Number(values.pictures), split: "train", seed: 7 });
const lines = chooseLines(learnt);
const heldOut = await openGallery(family, folder, {
  ...{ count: Number(values["held-out"]), split: "test", seed: Number(values.seed) },
});
const withLines = (chosen: (at: number) => number | undefined) => ({
  ...heldOut,
  words: heldOut.words.map(({ line: _, ...word }, at) => ({ ...word, line: chosen(at) })),
});
console.log(
  "\nSingle words, searched among the drawings that lines are chosen on and among others: where matches end",
);
const searched = [
  { drawings: "new, of what it learnt from", ...measureLine(firstOf(learnt, 1000), "en") },
  { drawings: "held out", ...measureLine(firstOf(heldOut, 1000), "en") },
];
printTable(searched, {
  drawings: (row) => row.drawings,
  "there, and above the line": (row) => percent(row.shown),
  "not there, and nothing above it": (row) => percent(row.silent),
  "any line at best": (row) => `${percent(row.best)} at ${row.bestLine.toFixed(2)}`,
});
console.log("\nOne line for all");
printTold(measureTags(withLines(() => undefined)));
console.log("\nA line for each word");
printTold(measureTags(withLines((at) => lines[at] ?? undefined)));

/** The same gallery with fewer pictures: a line that nothing reaches depends on how many there are. */
function firstOf(gallery: Gallery, count: number): Gallery {
  const { drawings, pictures, shown } = gallery;
  const first = <T>(all: readonly T[]): readonly T[] => all.slice(0, count);
  return { ...gallery, drawings: first(drawings), pictures: first(pictures), shown: first(shown) };
}

if (values.write) {
  const file = path.join(family, "clip", SHIPPED_FAMILY, VOCABULARY);
  const { words } = JSON.parse(await readFile(file, "utf8")) as { words: Record<string, unknown>[] };
  const kept = words.map(({ line: _, ...word }, at) =>
    lines[at] == null ? word : { ...word, line: lines[at] },
  );
  await writeFile(file, `${JSON.stringify({ words: kept }, null, 1)}\n`);
}
