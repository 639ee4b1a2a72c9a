/** Scripts and signs of which each character is as wide as two letters on a terminal. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}]/u;

const widthOf = (character: string): number => (WIDE.test(character) ? 2 : 1);

/** Columns that a text takes on a terminal. */
export const columnsOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + widthOf(character), 0);

/** As much of a text's beginning as fits. */
export function cutToColumns(text: string, columns: number): string {
  let [kept, taken] = ["", 0];
  for (const character of text) {
    taken += widthOf(character);
    if (taken > columns) break;
    kept += character;
  }
  return kept;
}

/** With spaces behind it, or before it where it stands at the right. */
export function padToColumns(text: string, columns: number, side: "left" | "right" = "left"): string {
  const space = " ".repeat(Math.max(0, columns - columnsOf(text)));
  return side === "left" ? text + space : space + text;
}
