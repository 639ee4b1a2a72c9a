import { MATCHES } from "@/lib/search/stand-out";
import { mean } from "../seedling/measures";
import type { Gallery, Language } from "./gallery";
import { searchScores } from "./tag-scores";

export interface LineQuality {
  readonly pictures: number;
  /** Words that some pictures show: the share that has one of these above the line. */
  readonly shown: number;
  readonly shownOf: number;
  /** Words that none shows: the share that has nothing above it. */
  readonly silent: number;
  readonly silentOf: number;
  /** The line at which both shares are most alike, and the smaller of them there: how well any line could do. */
  readonly bestLine: number;
  readonly best: number;
}

/** Whether the line is where matches end: every word is asked for as it is, and with the pictures that show it left out. */
export function measureLine(gallery: Gallery, language: Language): LineQuality {
  const { pictures, shown, words } = gallery;
  const scores = searchScores(gallery, language);
  const [withIt, without]: [number[], number[]] = [[], []];
  for (const at of words.keys()) {
    const [yes, no]: [number[], number[]] = [[], []];
    for (const [i, row] of scores.entries()) (shown[i]!.has(at) ? yes : no).push(row[at]!);
    // Wider words ("animal") are not in the records, and nothing is known about them.
    if (yes.length === 0) continue;
    withIt.push(Math.max(...yes));
    without.push(Math.max(...no));
  }
  const above = (line: number) => mean(withIt.map((most) => (most >= line ? 1 : 0)));
  const below = (line: number) => mean(without.map((most) => (most < line ? 1 : 0)));
  const lines = [...withIt, ...without].sort((a, b) => a - b);
  const worth = (line: number) => Math.min(above(line), below(line));
  const bestLine = lines.reduce((best, line) => (worth(line) > worth(best) ? line : best), lines[0]!);
  return {
    pictures: pictures.length,
    ...{ shown: above(MATCHES), shownOf: withIt.length, silent: below(MATCHES), silentOf: without.length },
    ...{ bestLine, best: worth(bestLine) },
  };
}
