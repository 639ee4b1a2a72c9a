/** A line as it was read. */
export interface ReadLine {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Of 100: words that Tesseract is less sure of are mostly none, and lines of which it is less sure on the mean, too. */
const SURE = { word: 60, line: 70 };

interface Word {
  readonly text: string;
  readonly confidence: number;
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
}

/** What Tesseract read, line by line, without what it is not sure of and what is no text. @param tsv as it writes it. */
export function readLines(tsv: string): ReadLine[] {
  const lines = new Map<string, Word[]>();
  for (const row of tsv.split("\n")) {
    const [level, page, block, paragraph, line, , left, top, width, height, confidence, text] =
      row.split("\t");
    if (level !== "5" || !text?.trim()) continue;
    const key = [page, block, paragraph, line].join(" ");
    const [x, y] = [Number(left), Number(top)];
    const box = [x, y, x + Number(width), y + Number(height)] as const;
    lines.set(key, [...(lines.get(key) ?? []), { text: text.trim(), confidence: Number(confidence), box }]);
  }
  return [...lines.values()].flatMap((words) => {
    const kept = withinText(words.filter(({ confidence }) => confidence >= SURE.word));
    const text = joinWords(kept.map((word) => word.text));
    if (!isText(text) || sureness(words) < SURE.line) return [];
    const side = (i: number) => kept.map(({ box }) => box[i]!);
    return {
      text,
      left: Math.min(...side(0)),
      top: Math.min(...side(1)),
      right: Math.max(...side(2)),
      bottom: Math.max(...side(3)),
    };
  });
}

/** Without what stands at a line's ends and has neither letters nor digits: edges, shadows, frames. */
function withinText(words: readonly Word[]): readonly Word[] {
  const isSaid = ({ text }: Word) => /[\p{L}\p{N}]/u.test(text);
  return words.slice(Math.max(0, words.findIndex(isSaid)), words.findLastIndex(isSaid) + 1);
}

/** On the mean of the letters. */
function sureness(words: readonly Word[]): number {
  const letters = words.reduce((sum, { text }) => sum + text.length, 0);
  return words.reduce((sum, { text, confidence }) => sum + confidence * text.length, 0) / letters;
}

/** Signs of scripts that have no spaces between words. */
const UNSPACED = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303f\\uff00-\\uffef]";
const [BEGINS, ENDS] = [new RegExp(`^${UNSPACED}`, "u"), new RegExp(`${UNSPACED}$`, "u")];

/** Words with spaces between them, but for those that are written without. */
function joinWords(words: readonly string[]): string {
  return words.reduce((line, word) => {
    const isClose = ENDS.test(line) && BEGINS.test(word);
    return line === "" || isClose ? line + word : `${line} ${word}`;
  }, "");
}

/** At least two letters or digits beside each other, of which one is a letter or three are digits. */
const isText = (line: string): boolean =>
  /[\p{L}\p{N}]{2}/u.test(line) && (/\p{L}{2}/u.test(line) || /\d{3}/.test(line.replace(/[.,:]/g, "")));
