import path from "node:path";
import { type ClipEmbedder, openClipEmbedder } from "@/lib/engine/pipelines/clip-embedder";
import { type TaughtWord, taughtWords } from "@/lib/search/taught-words";
import { vocabularyOf, type Word } from "@/lib/search/vocabulary";
import { isTagged, TAG_TABLES, tagWords } from "@/training/world/tag-words";
import { type Drawing, drawWorld } from "../seedling/drawings";
import { valuesAt } from "../seedling/measures";

export const LANGUAGES = ["en", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];
const [SIDE, TEST_SEED, BATCH] = [128, 2, 50];

/** Which drawings: of what the model learnt from, or of combinations that it never saw. */
export interface GalleryOptions {
  readonly count: number;
  readonly split?: "train" | "test";
  readonly seed?: number;
}

/** Held-out drawings as a gallery: what each shows is known. */
export interface Gallery {
  readonly drawings: readonly Drawing[];
  readonly pictures: readonly Float32Array[];
  readonly words: readonly Word[];
  /** By word: what the model was taught of it; undefined for one that it only reads. */
  readonly taught: readonly (TaughtWord | undefined)[];
  /** By language: the words' vectors, as they are read. */
  readonly vectors: Readonly<Record<Language, readonly Float32Array[]>>;
  /** By drawing: which words are true of it. */
  readonly shown: readonly ReadonlySet<number>[];
  /** By language: vectors of the drawings' fullest captions. */
  readonly captions: Readonly<Record<Language, readonly Float32Array[]>>;
  readonly picturesPerSecond: number;
}

/** Draws into the folder what is not there yet, and looks at it with Seedling's CLIP. */
export async function openGallery(
  family: string,
  folder: string,
  { count, split = "test", seed = TEST_SEED }: GalleryOptions,
): Promise<Gallery> {
  const name = [split, SIDE, ...(seed === TEST_SEED ? [] : [seed])].join("-");
  const drawings = await drawWorld(path.join(folder, name), { size: SIDE, count, split, seed });
  const model = path.join(family, "clip", "seedling");
  const words = await vocabularyOf({ path: model });
  const known = await taughtWords({ path: model });
  const taught = words.map(({ en }) => known.get(en.toLowerCase()));
  const clip = await openClipEmbedder(model, { kind: "cpu" });
  try {
    await clip.embedPictures([drawings[0]!.picture]);
    const began = performance.now();
    const pictures = await inParts(
      drawings.map(({ picture }) => picture),
      clip.embedPictures,
    );
    const picturesPerSecond = (drawings.length / (performance.now() - began)) * 1000;
    const [vectors, captions] = [
      await inBoth(clip, (language) => words.map((word) => word[language])),
      await inBoth(clip, (language) => drawings.map((drawing) => drawing[language][0]!)),
    ];
    const index = new Map(words.map(({ en }, i) => [en, i]));
    const shown = drawings.map((drawing) => wordsOf(drawing, index));
    return { drawings, pictures, words, taught, vectors, captions, shown, picturesPerSecond };
  } finally {
    await clip.release();
  }
}

async function inBoth(clip: ClipEmbedder, textsOf: (language: Language) => string[]) {
  const [en, zh] = [
    await inParts(textsOf("en"), clip.embedTexts),
    await inParts(textsOf("zh"), clip.embedTexts),
  ];
  return { en, zh };
}

async function inParts<T>(
  all: readonly T[],
  embed: (part: readonly T[]) => Promise<Float32Array[]>,
): Promise<Float32Array[]> {
  const rows: Float32Array[] = [];
  for (let from = 0; from < all.length; from += BATCH)
    rows.push(...(await embed(all.slice(from, from + BATCH))));
  return rows;
}

/** The vocabulary's words that a drawing's record says, wider ones included. */
function wordsOf({ kind, record }: Drawing, index: ReadonlyMap<string, number>): Set<number> {
  const shown = new Set<number>();
  for (const question of ["things.id", ...Object.keys(TAG_TABLES)].filter(isTagged))
    for (const value of valuesAt({ kind, ...record }, question.split("."))) {
      const at = index.get(tagWords(question, value)?.en ?? "");
      if (at !== undefined) shown.add(at);
    }
  return shown;
}
