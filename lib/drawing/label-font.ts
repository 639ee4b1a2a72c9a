import { readFile } from "node:fs/promises";
import path from "node:path";
import opentype, { type Font } from "opentype.js";

/** A line of text as an outline, so that it looks the same on machines without fonts. */
export interface LabelFont {
  /** Pixels from a line's start to its end. */
  widthOf(text: string, sizePx: number): number;
  /** SVG path data of a line that starts at `x` and stands on `y`. */
  outline(text: string, x: number, y: number, sizePx: number): string;
  /** Whether it has all the characters. */
  has(text: string): boolean;
  /** Height of capital letters, in parts of the size. */
  readonly capHeight: number;
}

/** Inter comes in files of some scripts each; a character is taken from the first that has it. */
const SUBSETS = ["latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "greek-ext", "vietnamese"];

/** Inter, semibold. Characters that it lacks are drawn as its empty box. */
export async function openLabelFont(): Promise<LabelFont> {
  // Found from the project's root: bundles of this file lie elsewhere, and would take the fonts for modules.
  const folder = path.resolve(/* turbopackIgnore: true */ "node_modules/@fontsource/inter/files");
  const fonts = await Promise.all(
    SUBSETS.map(async (subset): Promise<Font> => {
      const bytes = await readFile(path.join(folder, `inter-${subset}-600-normal.woff`));
      return opentype.parse(new Uint8Array(bytes).buffer);
    }),
  );
  const first = fonts[0]!;
  // Glyph by glyph: the font's ligatures and alternates are more than the outliner knows, and labels need none.
  const glyphs = (text: string) =>
    [...text].map((char) => {
      const font = fonts.find((candidate) => candidate.charToGlyphIndex(char) > 0) ?? first;
      return { glyph: font.charToGlyph(char), unitsPerEm: font.unitsPerEm };
    });
  return {
    has: (text) => [...text].every((char) => fonts.some((candidate) => candidate.charToGlyphIndex(char) > 0)),
    capHeight: first.tables.os2.sCapHeight / first.unitsPerEm,
    widthOf: (text, sizePx) =>
      glyphs(text).reduce(
        (sum, { glyph, unitsPerEm }) => sum + (glyph.advanceWidth / unitsPerEm) * sizePx,
        0,
      ),
    outline(text, x, y, sizePx) {
      let at = x;
      return glyphs(text)
        .map(({ glyph, unitsPerEm }) => {
          const path = glyph.getPath(at, y, sizePx).toPathData(2);
          at += (glyph.advanceWidth / unitsPerEm) * sizePx;
          return path;
        })
        .join("");
    },
  };
}

/** The longest beginning of a text, with an ellipsis, that is no wider than so many pixels. */
export function shorten(font: LabelFont, text: string, sizePx: number, widthPx: number): string {
  if (font.widthOf(text, sizePx) <= widthPx) return text;
  const chars = [...text];
  while (chars.length > 0 && font.widthOf(`${chars.join("").trimEnd()}…`, sizePx) > widthPx) chars.pop();
  return `${chars.join("").trimEnd()}…`;
}
