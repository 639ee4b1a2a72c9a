import { CARE, IS_A_TAG } from "@/lib/search/stand-out";
import { CARES } from "@/lib/words/word-limits";
import { printTable } from "../kit/table";
import { averagePrecisions, mean, recall } from "../seedling/measures";
import { type Gallery, LANGUAGES, type Language } from "./gallery";
import { scoresIn, tagScores } from "./tag-scores";

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
  /** By how sure a model must be. */
  readonly told: readonly ToldQuality[];
}

export interface ToldQuality {
  readonly care: keyof typeof CARE;
  /** Of the tags that are given, the share that is true; of what is shown, the share that is given. */
  readonly precision: number;
  readonly recall: number;
  /** The mean over words, frequent or not, of the harmonic mean of both. */
  readonly wordF1: number;
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

/** How well single words fit, and how well they are told. */
export function measureTags(gallery: Gallery): TagQuality {
  const { shown, words } = gallery;
  const both = tagScores(gallery);
  const precisions = averagePrecisions(both, shown);
  const kindOf = (at: number): string => words[at]!.within ?? words[at]!.en;
  const kinds = [...new Set([...precisions.keys()].map(kindOf))];
  const ofKind = (kind: string) =>
    [...precisions].filter(([at]) => kindOf(at) === kind).map(([, value]) => value);
  const overall = (rows: readonly Float32Array[]) => mean([...averagePrecisions(rows, shown).values()]);
  const known = [...precisions.keys()];
  return {
    map: mean([...precisions.values()]),
    byLanguage: { en: overall(scoresIn(gallery, "en")), zh: overall(scoresIn(gallery, "zh")) },
    byKind: Object.fromEntries(kinds.map((kind) => [kind, mean(ofKind(kind))])),
    told: CARES.map((care) => ({ care, ...measureTold(gallery, both, known, CARE[care]) })),
  };
}

/** @param known the words that occur. @param more deviations beyond each one's line. */
function measureTold(
  { shown, words }: Gallery,
  scores: readonly Float32Array[],
  known: readonly number[],
  more: number,
): Omit<ToldQuality, "care"> {
  const counts = known.map((at) => {
    let [given, right, wanted] = [0, 0, 0];
    for (const [i, row] of scores.entries()) {
      const [is, told] = [shown[i]!.has(at), row[at]! >= (words[at]!.line ?? IS_A_TAG) + more];
      wanted += is ? 1 : 0;
      given += told ? 1 : 0;
      right += is && told ? 1 : 0;
    }
    return { given, right, wanted };
  });
  const sum = (name: "given" | "right" | "wanted") => counts.reduce((total, each) => total + each[name], 0);
  return {
    precision: sum("right") / Math.max(1, sum("given")),
    recall: sum("right") / sum("wanted"),
    wordF1: mean(counts.map(({ given, right, wanted }) => (2 * right) / (given + wanted))),
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
  console.log(`tags, both languages together: mean average precision ${tags.map.toFixed(3)}`);
  printTold(tags);
  console.log(`${picturesPerSecond.toFixed(0)} pictures a second are embedded`);
}

export function printTold({ told }: TagQuality): void {
  printTable(told, {
    told: ({ care }) => care,
    "true of those given": ({ precision }) => percent(precision),
    "given of what is shown": ({ recall }) => percent(recall),
    "F1, mean of words": ({ wordF1 }) => wordF1.toFixed(3),
  });
}
