import { mkdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { SHIPPED_FAMILY } from "@/lib/inference/model-files";
import { VOCABULARY } from "@/lib/search/clip-model";
import { openGallery } from "./search/gallery";
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
console.log("\nOne line for all");
printTold(measureTags(withLines(() => undefined)));
console.log("\nA line for each word");
printTold(measureTags(withLines((at) => lines[at] ?? undefined)));

if (values.write) {
  const file = path.join(family, "clip", SHIPPED_FAMILY, VOCABULARY);
  const { words } = JSON.parse(await readFile(file, "utf8")) as { words: Record<string, unknown>[] };
  const kept = words.map(({ line: _, ...word }, at) =>
    lines[at] == null ? word : { ...word, line: lines[at] },
  );
  await writeFile(file, `${JSON.stringify({ words: kept }, null, 1)}\n`);
}
