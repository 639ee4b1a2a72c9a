import type { Raster } from "../raster";
import { lumaAt, setLuma } from "../weave/luma";

export type Rgb = readonly [red: number, green: number, blue: number];

/** Two flat tints from a picture: for finders and alignment patterns, and for everything light beside them. */
export interface Palette {
  /** Luma at most `DARK_LUMA`. */
  readonly dark: Rgb;
  /** Luma at least `LIGHT_LUMA`; the quiet zone has it too. */
  readonly light: Rgb;
}

const DARK_LUMA = 40;
const LIGHT_LUMA = 234;

/** The mean colours of the darkest and the lightest fifth, moved to lumas that every reader tells apart. */
export function paletteOf(picture: Raster): Palette {
  const histogram = new Uint32Array(256);
  const { data } = picture;
  const pixels = data.length / 4;
  for (let i = 0; i < data.length; i += 4) histogram[Math.round(lumaAt(data, i))]!++;
  const quantile = (share: number): number => {
    let seen = 0;
    return histogram.findIndex((count) => {
      seen += count;
      return seen >= pixels * share;
    });
  };
  const low = quantile(0.2);
  const high = quantile(0.8);
  const dark = meanWhere(data, (luma) => luma <= low);
  const light = meanWhere(data, (luma) => luma >= high);
  return { dark: atLuma(dark, DARK_LUMA), light: atLuma(light, LIGHT_LUMA) };
}

function meanWhere(data: Uint8ClampedArray, wanted: (luma: number) => boolean): Rgb {
  let [r, g, b, count] = [0, 0, 0, 0];
  for (let i = 0; i < data.length; i += 4) {
    if (!wanted(Math.round(lumaAt(data, i)))) continue;
    r += data[i]!;
    g += data[i + 1]!;
    b += data[i + 2]!;
    count++;
  }
  return count === 0 ? [128, 128, 128] : [r / count, g / count, b / count];
}

/** The same hue at a luma. */
function atLuma(colour: Rgb, luma: number): Rgb {
  const pixel = Uint8ClampedArray.of(...colour, 255);
  setLuma(pixel, 0, luma);
  return [pixel[0]!, pixel[1]!, pixel[2]!];
}
