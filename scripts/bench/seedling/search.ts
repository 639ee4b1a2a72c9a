import path from "node:path";
import { type ClipEmbedder, openClipEmbedder } from "@/lib/engine/pipelines/clip-embedder";
import { isTagged, tagWords } from "@/training/world/tag-words";
import type { Drawing } from "./drawings";
import type { Question } from "./judge";
import { answersOf, mean, meanAveragePrecision, recall } from "./measures";

const LANGUAGES = ["en", "zh"] as const;
const AT = [1, 5, 10] as const;
const BATCH = 50;

export interface SearchQuality {
  readonly pairs: number;
  /** By language: recall@1, 5 and 10 of drawings by their fullest captions. */
  readonly recall: Readonly<Record<string, readonly number[]>>;
  /** By language: mean average precision of tags, over all and by question. */
  readonly tags: Readonly<
    Record<string, { readonly all: number; readonly byQuestion: Record<string, number> }>
  >;
  readonly picturesPerSecond: number;
}

/** How well CLIP finds drawings that it never saw, by their captions and by single words. */
export async function measureSearch(
  family: string,
  drawings: readonly Drawing[],
  questions: readonly Question[],
): Promise<SearchQuality> {
  const clip = await openClipEmbedder(path.join(family, "clip", "seedling"), { kind: "cpu" });
  try {
    await clip.embedPictures([drawings[0]!.picture]);
    const began = performance.now();
    const pictures = await inParts(
      drawings.map(({ picture }) => picture),
      clip.embedPictures,
    );
    const picturesPerSecond = (drawings.length / (performance.now() - began)) * 1000;
    const found: Record<string, number[]> = {};
    const tags: Record<string, { all: number; byQuestion: Record<string, number> }> = {};
    for (const language of LANGUAGES) {
      const captions = drawings.map((each) => each[language][0]!);
      found[language] = recall(await inParts(captions, clip.embedTexts), pictures, captions, AT);
      tags[language] = await tagPrecision(clip, language, { drawings, pictures, questions });
    }
    return { pairs: drawings.length, recall: found, tags, picturesPerSecond };
  } finally {
    await clip.release();
  }
}

interface Gallery {
  readonly drawings: readonly Drawing[];
  readonly pictures: readonly Float32Array[];
  readonly questions: readonly Question[];
}

async function tagPrecision(
  clip: ClipEmbedder,
  language: (typeof LANGUAGES)[number],
  { drawings, pictures, questions }: Gallery,
) {
  const byQuestion: Record<string, number> = {};
  for (const question of questions.filter(({ name }) => isTagged(name))) {
    const tags = question.classes.flatMap((value, index) => {
      const words = tagWords(question.name, value);
      return words ? [{ index, text: words[language] }] : [];
    });
    const texts = await inParts(
      tags.map(({ text }) => text),
      clip.embedTexts,
    );
    const scores = pictures.map((picture) =>
      Float32Array.from(texts, (text) => text.reduce((sum, value, i) => sum + value * picture[i]!, 0)),
    );
    const relevant = drawings.map((drawing) => {
      const answers = new Set(answersOf(drawing, question));
      return new Set([...tags.keys()].filter((i) => answers.has(tags[i]!.index)));
    });
    if (relevant.some(({ size }) => size > 0))
      byQuestion[question.name] = meanAveragePrecision(scores, relevant);
  }
  return { all: mean(Object.values(byQuestion)), byQuestion };
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
