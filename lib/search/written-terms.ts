import type { WrittenTerm } from "../db/pictures";
import { plainName } from "../places/plain-name";

/** Words in the longest names of places that are looked for. */
const MOST_WORDS = 5;

/**
 * Wanted words, each with the names of places that they may be: `new york bridge` has New, York and New York for its second.
 * Whole names alone count: who looks for a beach does not mean Long Beach.
 */
export function writtenTerms(wanted: string): WrittenTerm[] {
  const words = wanted.split(" ").filter(Boolean);
  return words.map((text, at) => ({ text, places: namesAround(words, at) }));
}

function namesAround(words: readonly string[], at: number): string[] {
  const names: string[] = [];
  for (let from = Math.max(0, at - MOST_WORDS + 1); from <= at; from++)
    for (let to = at + 1; to <= Math.min(words.length, from + MOST_WORDS); to++)
      names.push(
        plainName(
          words
            .slice(from, to)
            .join(" ")
            .replace(/[,，、]/g, ""),
        ),
      );
  return names.filter(Boolean);
}
