import { mkdir } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { SHIPPED_FAMILY } from "@/lib/inference/model-files";
import { LANGUAGES, openGallery } from "./albums/gallery";
import { measureLine, measureTags } from "./albums/line";
import { printTable } from "./kit/table";
import { recall } from "./seedling/measures";

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
const AT = [1, 5, 10];

await mkdir(values.folder, { recursive: true });
const gallery = await openGallery(values.family, values.folder, Number(values.pictures));
const { drawings, pictures, captions, picturesPerSecond } = gallery;
const search = LANGUAGES.map((language) => {
  const keys = drawings.map((drawing) => drawing[language][0]!);
  const found = recall(captions[language], pictures, keys, AT);
  return { language, recall: found, line: measureLine(gallery, language) };
});
const tags = measureTags(gallery);

if (values.json)
  console.log(JSON.stringify({ threads: availableParallelism(), search, tags, picturesPerSecond }));
else {
  const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
  console.log(`\n${pictures.length} held-out drawings by their captions`);
  printTable(search, {
    language: (row) => row.language,
    "recall@1": (row) => percent(row.recall[0]!),
    "@5": (row) => percent(row.recall[1]!),
    "@10": (row) => percent(row.recall[2]!),
  });
  console.log("\nSingle words: where matches end");
  printTable(search, {
    language: (row) => row.language,
    words: (row) => `${row.line.shownOf}`,
    "there, and above the line": (row) => percent(row.line.shown),
    "not there, and nothing above it": (row) => percent(row.line.silent),
    "any line at best": (row) => `${percent(row.line.best)} at ${row.line.bestLine.toFixed(2)}`,
  });
  console.log(
    `\nTags: mean average precision ${tags.map.toFixed(3)}; of those given ${percent(tags.precision)} are true, of what is shown ${percent(tags.recall)} is given`,
  );
  console.log(`${picturesPerSecond.toFixed(0)} pictures a second, ${availableParallelism()} cores`);
}
