import { IS_A_TAG, standOut } from "@/lib/search/stand-out";
import { printTable } from "../kit/table";
import { averagePrecisions, mean, recall } from "../seedling/measures";
import { type Gallery, LANGUAGES, type Language } from "./gallery";

const AT = [1, 5, 10];

export interface SearchQuality {
  readonly pairs: number;
  /** By language: recall@1, 5 and 10 of drawings by their fullest captions. */
  readonly recall: Readonly<Record<Language, readonly number[]>>;
  readonly tags: TagQuality;
  readonly picturesPerSecond: number;
}

export interface TagQuality {
  /** Mean average precision over the words that occur, as pictures get them: both languages together. */
  readonly map: number;
  /** By language alone, and by what the words are kinds of. */
  readonly byLanguage: Readonly<Record<Language, number>>;
  readonly byKind: Readonly<Record<string, number>>;
  /** Of the tags that are given, the share that is true; of what is shown, the share that is given. */
  readonly precision: number;
  readonly recall: number;
}

/** How well pictures that a model never saw are found by their captions and by single words. */
export function measureSearch(gallery: Gallery): SearchQuality {
  const { drawings, captions, pictures, picturesPerSecond } = gallery;
  const recallIn = (language: Language) =>
    recall(
      captions[language],
      pictures,
      drawings.map((drawing) => drawing[language][0]!),
      AT,
    );
  return {
    ...{ pairs: drawings.length, picturesPerSecond, tags: measureTags(gallery) },
    recall: { en: recallIn("en"), zh: recallIn("zh") },
  };
}

function measureTags({ pictures, vectors, shown, words }: Gallery): TagQuality {
  const scoresIn = (language: Language) =>
    pictures.map((picture) => Float32Array.from(standOut(vectors[language], picture, vectors[language])));
  const [en, zh] = [scoresIn("en"), scoresIn("zh")];
  const both = en.map((row, i) => row.map((score, at) => (score + zh[i]![at]!) / 2));
  const precisions = averagePrecisions(both, shown);
  const kindOf = (at: number): string => words[at]!.within ?? words[at]!.en;
  const kinds = [...new Set([...precisions.keys()].map(kindOf))];
  const ofKind = (kind: string) =>
    [...precisions].filter(([at]) => kindOf(at) === kind).map(([, value]) => value);
  let [given, right, wanted] = [0, 0, 0];
  for (const [i, row] of both.entries())
    for (const at of precisions.keys()) {
      const [is, told] = [shown[i]!.has(at), row[at]! >= IS_A_TAG];
      wanted += is ? 1 : 0;
      given += told ? 1 : 0;
      right += is && told ? 1 : 0;
    }
  const overall = (rows: readonly Float32Array[]) => mean([...averagePrecisions(rows, shown).values()]);
  return {
    map: mean([...precisions.values()]),
    byLanguage: { en: overall(en), zh: overall(zh) },
    byKind: Object.fromEntries(kinds.map((kind) => [kind, mean(ofKind(kind))])),
    ...{ precision: right / Math.max(1, given), recall: right / wanted },
  };
}

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;

export function printSearch({ pairs, recall: found, tags, picturesPerSecond }: SearchQuality): void {
  console.log(`\n${pairs} held-out drawings by their captions, and by single words`);
  printTable(LANGUAGES, {
    language: (language) => language,
    "recall@1": (language) => percent(found[language][0]!),
    "@5": (language) => percent(found[language][1]!),
    "@10": (language) => percent(found[language][2]!),
    "tags' mAP": (language) => tags.byLanguage[language].toFixed(3),
  });
  printTable(Object.keys(tags.byKind), {
    tags: (kind) => kind,
    mAP: (kind) => tags.byKind[kind]!.toFixed(3),
  });
  console.log(
    `tags, both languages together: mean average precision ${tags.map.toFixed(3)}; of those given ${percent(tags.precision)} are true, of what is shown ${percent(tags.recall)} is given`,
  );
  console.log(`${picturesPerSecond.toFixed(0)} pictures a second are embedded`);
}
