/** The part of opentype.js that labels are drawn with; the package has no types of its own. */
declare module "opentype.js" {
  export interface Glyph {
    /** In the font's units. */
    readonly advanceWidth: number;
    getPath(x: number, y: number, fontSize: number): { toPathData(decimals: number): string };
  }
  export interface Font {
    readonly unitsPerEm: number;
    readonly tables: { readonly os2: { readonly sCapHeight: number } };
    charToGlyph(char: string): Glyph;
    /** 0 where the font lacks the character. */
    charToGlyphIndex(char: string): number;
  }
  const opentype: { parse(file: ArrayBuffer): Font };
  export default opentype;
}
