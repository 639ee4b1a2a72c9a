import { mkdir } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { SHIPPED_FAMILY } from "@/lib/inference/model-files";
import { measureEmbedding, printEmbedding } from "./albums/embedding";
import { type Ingestion, measureIngestion } from "./albums/ingestion";
import { measurePlaces, printPlaces } from "./albums/places";
import { measureReading, printReading } from "./albums/reading";
import { measureScrolling, type Scrolling } from "./albums/scrolling";
import { measureThousand, printThousand } from "./albums/thousand";
import { measureVectors, type VectorSpeed } from "./albums/vectors";
import { printTable } from "./kit/table";
import { LANGUAGES, openGallery } from "./search/gallery";
import { type LineQuality, measureLine } from "./search/line";
import { measureSearch, printSearch, type SearchQuality } from "./search/quality";

// How well pictures are found by words, on drawings that Seedling never saw; how soon among very many; how a gallery of very
// many scrolls; how many pictures a second are seen; how soon photographs are taken in, and their places named; how text in
// pictures is read; and a thousand pictures dropped:
// npm run bench -- albums [--parts search,vectors,scrolling,embedding,ingestion,places,reading,thousand] [--pictures 1000] [--own 50000]
//   [--others 500000] [--files 1000] [--server URL] [--folder DIR] [--json]
// The server's database must be empty, and is left as it then is; without --server the embedded one alone is measured.

const PARTS = [
  ...(["search", "vectors", "scrolling", "embedding", "ingestion", "places", "reading", "thousand"] as const),
] as const;
const NAMED = 10_000;

const { values } = parseArgs({
  options: {
    parts: { type: "string", default: PARTS.join(",") },
    pictures: { type: "string", default: "1000" },
    own: { type: "string", default: "50000" },
    others: { type: "string", default: "500000" },
    files: { type: "string", default: "1000" },
    server: { type: "string" },
    folder: { type: "string", default: path.join(tmpdir(), "mosaiq-bench-seedling") },
    family: { type: "string", default: path.resolve("models", SHIPPED_FAMILY) },
    json: { type: "boolean", default: false },
  },
});
const wants = (part: (typeof PARTS)[number]) => values.parts.split(",").includes(part);

const quality = wants("search") ? await measureQuality() : null;
const vectors = wants("vectors") ? await measureSpeed() : [];
const scrolling = wants("scrolling") ? await measureScrolling(Number(values.own)) : null;
const embedding = wants("embedding") ? await measureEmbedding(values.family) : [];
const ingestion = wants("ingestion") ? await measureIngestion(Number(values.files)) : null;
const places = wants("places") ? await measurePlaces(NAMED) : null;
const reading = wants("reading") ? await measureReading() : [];
const thousand = wants("thousand") ? await measureThousand(Number(values.pictures), values.folder) : null;
const threads = availableParallelism();

if (values.json)
  console.log(
    JSON.stringify({
      threads,
      ...quality,
      vectors,
      scrolling,
      embedding,
      ingestion,
      places,
      reading,
      thousand,
    }),
  );
else {
  if (quality) reportQuality(quality);
  if (vectors.length > 0) reportSpeed(vectors);
  if (scrolling) reportScrolling(scrolling);
  if (embedding.length > 0) printEmbedding(embedding);
  if (ingestion) reportIngestion(ingestion);
  if (places) printPlaces(places);
  if (reading.length > 0) printReading(reading);
  if (thousand) printThousand(thousand);
  console.log(`${threads} cores`);
}

interface Quality {
  search: SearchQuality;
  lines: (LineQuality & { language: string })[];
}

async function measureQuality(): Promise<Quality> {
  await mkdir(values.folder, { recursive: true });
  const gallery = await openGallery(values.family, values.folder, { count: Number(values.pictures) });
  const lines = LANGUAGES.map((language) => ({ language, ...measureLine(gallery, language) }));
  return { search: measureSearch(gallery), lines };
}

async function measureSpeed(): Promise<VectorSpeed[]> {
  const sizes = { own: Number(values.own), others: Number(values.others) };
  const embedded = await measureVectors(null, sizes);
  return values.server ? [...embedded, ...(await measureVectors(values.server, sizes))] : embedded;
}

function reportQuality({ search, lines }: Quality): void {
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
}

function reportSpeed(rows: readonly VectorSpeed[]): void {
  console.log("\nThe 20 nearest of one's own, 512 numbers each");
  printTable(rows, {
    database: (row) => row.database,
    own: (row) => `${row.own}`,
    "among others'": (row) => `${row.others}`,
    way: (row) => row.way,
    "p50 ms": (row) => row.p50Ms.toFixed(1),
    "p95 ms": (row) => row.p95Ms.toFixed(1),
    "recall@20": (row) => row.recall.toFixed(3),
    "fewest rows": (row) => `${row.fewest}`,
    "graph built in s": (row) => row.buildSeconds?.toFixed(0) ?? "–",
  });
}

function reportScrolling(row: Scrolling): void {
  const ms = (value: number): string => value.toFixed(0);
  console.log("\nA gallery, opened and scrolled (Chromium without a GPU)");
  printTable([row], {
    pictures: (row) => `${row.pictures}`,
    "page p50 ms": (row) => ms(row.pageP50Ms),
    "first picture ms": (row) => ms(row.firstPictureMs),
    "height px": (row) => ms(row.height),
    "frames ms p50 / p95 / p99": (row) =>
      [row.frameP50Ms, row.frameP95Ms, row.frameP99Ms].map(ms).join(" / "),
    "time in frames beyond 50 ms": (row) => `${(100 * row.stutter).toFixed(1)} %`,
    "tiles at most": (row) => `${row.mostTiles}`,
  });
}

function reportIngestion(row: Ingestion): void {
  console.log("\nPhotographs of 12 megapixels, three at a time");
  printTable([row], {
    files: (row) => `${row.files}`,
    "MB each": (row) => row.fileMb.toFixed(1),
    seconds: (row) => row.seconds.toFixed(0),
    "files / s": (row) => row.filesPerSecond.toFixed(2),
    "app's memory at most, MB": (row) => row.peakMb.toFixed(0),
    "list meanwhile, ms p50 / p99": (row) => `${row.p50Ms.toFixed(0)} / ${row.p99Ms.toFixed(0)}`,
    "just before, at rest": (row) => `${row.restP50Ms.toFixed(0)} / ${row.restP99Ms.toFixed(0)}`,
  });
}
