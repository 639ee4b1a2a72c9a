import { IS_A_TAG } from "@/lib/search/stand-out";
import type { Gallery } from "./gallery";
import { tagScores } from "./tag-scores";

/** What it would be worth to give a word to pictures from a line on. */
interface Told {
  readonly right: number;
  readonly given: number;
  readonly wanted: number;
}

/** How much a right word counts against a wrong one: a missing tag is missed less than a wrong one hurts. */
const BETA = 0.7;
/** As if each word had been seen on so many pictures whose best line is the usual one: few pictures say little. */
const DOUBT = 40;
/** How often a word is true of these drawings is not how often it is of anyone's pictures: no line goes far. */
const [LOWEST, HIGHEST] = [2, 2.6];
const LINES = Array.from({ length: 39 }, (_, i) => 1.2 + i / 10);

/**
 * By word, the deviations from which on it is told best, drawn towards the usual line where few drawings show it; null
 * where none does.
 * @param gallery drawings that the numbers are not told of afterwards.
 */
export function chooseLines(gallery: Gallery): (number | null)[] {
  const scores = tagScores(gallery);
  return gallery.words.map((_, at) => {
    const column = scores.map((row, i) => ({ score: row[at]!, is: gallery.shown[i]!.has(at) }));
    const wanted = column.filter(({ is }) => is).length;
    if (wanted === 0) return null;
    const worths = LINES.map((line) => {
      const told = column.filter(({ score }) => score >= line);
      return worth({ right: told.filter(({ is }) => is).length, given: told.length, wanted });
    });
    const best = LINES[worths.indexOf(Math.max(...worths))] ?? IS_A_TAG;
    const drawn = (wanted * best + DOUBT * IS_A_TAG) / (wanted + DOUBT);
    return Math.round(100 * Math.min(HIGHEST, Math.max(LOWEST, drawn))) / 100;
  });
}

/** @source C. J. van Rijsbergen, Information Retrieval, 1979, ch. 7: F_β. */
const worth = ({ right, given, wanted }: Told): number =>
  ((1 + BETA ** 2) * right) / (BETA ** 2 * wanted + given);
