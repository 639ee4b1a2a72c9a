import { mkdir } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { SHIPPED_FAMILY } from "@/lib/inference/model-files";
import { printTable } from "./kit/table";
import { LANGUAGES, openGallery } from "./search/gallery";
import { measureLine } from "./search/line";
import { measureSearch, printSearch } from "./search/quality";

// How well pictures are found by words, on drawings that Seedling never saw:
// npm run bench -- albums [--pictures 1000] [--folder DIR] [--json]

const { values } = parseArgs({
  options: {
    pictures: { type: "string", default: "1000" },
    folder: { type: "string", default: path.join(tmpdir(), "mosaiq-bench-seedling") },
    family: { type: "string", default: path.resolve("models", SHIPPED_FAMILY) },
    json: { type: "boolean", default: false },
  },
});

await mkdir(values.folder, { recursive: true });
const gallery = await openGallery(values.family, values.folder, Number(values.pictures));
const search = measureSearch(gallery);
const lines = LANGUAGES.map((language) => ({ language, ...measureLine(gallery, language) }));

if (values.json) console.log(JSON.stringify({ threads: availableParallelism(), search, lines }));
else {
  const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
  printSearch(search);
  console.log("\nSingle words: where matches end");
  printTable(lines, {
    language: (row) => row.language,
    words: (row) => `${row.shownOf}`,
    "there, and above the line": (row) => percent(row.shown),
    "not there, and nothing above it": (row) => percent(row.silent),
    "any line at best": (row) => `${percent(row.best)} at ${row.bestLine.toFixed(2)}`,
  });
  console.log(`${availableParallelism()} cores`);
}
