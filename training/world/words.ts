/**
 * Writes the words that Seedling's CLIP knows, for tags and for telling what is no match:
 * `npx tsx training/world/words.ts --out models/seedling/clip/seedling/vocabulary.json [--answers FILE]`
 *
 * With --answers, besides, which answers of drawings' records mean each of them: what `python -m seedling words` learns by.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { drawnSprites } from "./sampler/kinds";
import { TAG_TABLES, tagWords } from "./tag-words";
import { CATEGORIES } from "./things/categories";
import type { Words } from "./vocabulary";

/** A word in both languages, and the wider one that it is a kind of. */
type Entry = Words & { within?: string };

/** What the answers to a question are kinds of. */
const WITHIN: Readonly<Record<string, Words>> = {
  "character.person": { en: "person", zh: "人物" },
  "character.hair": { en: "hair", zh: "头发" },
  "character.hairColour": { en: "hair", zh: "头发" },
  "character.glasses": { en: "glasses", zh: "眼镜" },
  "character.headwear": { en: "headwear", zh: "头饰" },
  "character.expression": { en: "expression", zh: "神情" },
  "character.clothes": { en: "clothing", zh: "服饰" },
  "character.accessory": { en: "accessory", zh: "配饰" },
  "scene.name": { en: "place", zh: "地点" },
  "scene.time": { en: "time of day", zh: "时间" },
  "scene.weather": { en: "weather", zh: "天气" },
  style: { en: "style", zh: "风格" },
};

const { out, answers } = parseArgs({
  options: { out: { type: "string" }, answers: { type: "string" } },
}).values;
if (!out) throw new Error("--out FILE is needed");

const entries = new Map<string, Entry>();
const add = (entry: Entry) => {
  if (!entries.has(entry.en)) entries.set(entry.en, entry);
};
const kinds: Entry[] = [
  ...Object.values(WITHIN),
  ...drawnSprites().map(({ category }) => ({ en: CATEGORIES[category].en, zh: CATEGORIES[category].zh })),
];
for (const { en, zh, category } of drawnSprites()) add({ en, zh, within: CATEGORIES[category].en });
for (const [question, { en: within }] of Object.entries(WITHIN))
  for (const value of Object.keys(TAG_TABLES[question]!)) {
    const words = tagWords(question, value);
    if (words) add({ ...words, within });
  }
// Wider words last: a thing that is called as its kind stays a thing.
for (const kind of kinds) add(kind);
const words = [...entries.values()].map((entry) =>
  entry.within === entry.en ? { en: entry.en, zh: entry.zh } : entry,
);
writeFileSync(out, `${JSON.stringify({ words }, null, 1)}\n`);
if (answers)
  writeFileSync(answers, JSON.stringify({ words: words.map(({ en }) => ({ en, answers: answersOf(en) })) }));

/** Questions with the answers that mean a word, or any that lies below it. */
function answersOf(word: string): [question: string, value: string][] {
  const meant = new Set(words.filter(({ en, within }) => en === word || within === word).map(({ en }) => en));
  const things = drawnSprites().map(({ id }) => ["things.id", id] as const);
  const others = Object.entries(TAG_TABLES).flatMap(([question, table]) =>
    Object.keys(table).map((value) => [question, value] as const),
  );
  return [...things, ...others].flatMap(([question, value]) =>
    meant.has(tagWords(question, value)?.en ?? "") ? [[question, value] as [string, string]] : [],
  );
}
