import { thumbHashToRGBA } from "thumbhash";
import type { Colour } from "./colour-names";

/** A colour that covers less of a picture is none of its colours, unless it is the most there is. */
const LEAST_SHARE = 0.12;

/** By the hue's end, in degrees. */
const HUES: readonly (readonly [number, Colour])[] = [
  [14, "red"],
  [42, "orange"],
  [68, "yellow"],
  [162, "green"],
  [192, "teal"],
  [258, "blue"],
  [292, "purple"],
  [345, "pink"],
  [360, "red"],
];

/**
 * What a picture looks like from afar, by its thumbhash: the colours that cover a part of it, the most first.
 * @param thumbhash base64.
 */
export function coloursOf(thumbhash: string): Colour[] {
  const { w, h, rgba } = thumbHashToRGBA(Buffer.from(thumbhash, "base64"));
  const areas = new Map<Colour, number>();
  for (let i = 0; i < 4 * w * h; i += 4) {
    // Where nothing is there is no colour.
    if (rgba[i + 3]! < 128) continue;
    const colour = nameColour(rgba[i]!, rgba[i + 1]!, rgba[i + 2]!);
    areas.set(colour, (areas.get(colour) ?? 0) + 1);
  }
  const sorted = [...areas].sort(([, a], [, b]) => b - a);
  return sorted
    .filter(([, area], rank) => rank === 0 || area >= LEAST_SHARE * w * h)
    .map(([colour]) => colour);
}

/** @param r, g, b 0 to 255. */
export function nameColour(r: number, g: number, b: number): Colour {
  const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)];
  const [chroma, lightness] = [most - least, (most + least) / 510];
  if (lightness < 0.13) return "black";
  if (chroma < 26 || chroma / most < 0.13)
    return lightness > 0.82 ? "white" : lightness < 0.2 ? "black" : "grey";
  const sector =
    most === r ? ((g - b) / chroma + 6) % 6 : most === g ? (b - r) / chroma + 2 : (r - g) / chroma + 4;
  const colour = HUES.find(([end]) => 60 * sector <= end)![1];
  // Dark orange is what people call brown, and light red pink.
  if ((colour === "orange" || colour === "yellow") && most < 165) return "brown";
  return colour === "red" && lightness > 0.72 ? "pink" : colour;
}
