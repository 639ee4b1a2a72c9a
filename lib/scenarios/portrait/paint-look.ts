import { type Picture, picture } from "@/lib/engine/picture";
import type { Matte } from "@/lib/photos/matte";
import type { PortraitLook } from "./portrait-styles.input";

type Rgb = readonly [number, number, number];

const toRgb = (hex: string): Rgb =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;

const luma = (data: Uint8ClampedArray, i: number): number =>
  0.299 * data[i]! + 0.587 * data[i + 1]! + 0.114 * data[i + 2]!;

/** Moves a picture's colours towards a style's. @param amount 0 … 1. */
export function paintLook({ width, height, data }: Picture, look: PortraitLook, amount: number): Picture {
  const made = new Uint8ClampedArray(data.length);
  const colourOf = look.kind === "own" ? ownColour(look) : duotoneColour(toRgb(look.dark), toRgb(look.light));
  for (let i = 0; i < data.length; i += 3) {
    const grey = luma(data, i);
    for (let c = 0; c < 3; c++) {
      const was = data[i + c]!;
      made[i + c] = was + (colourOf(was, grey, c) - was) * amount;
    }
  }
  return picture(width, height, made);
}

type ColourOf = (value: number, grey: number, channel: number) => number;

const ownColour =
  ({ saturation, lightness }: Extract<PortraitLook, { kind: "own" }>): ColourOf =>
  (value, grey) => {
    const vivid = grey + (value - grey) * saturation;
    return vivid + (255 - vivid) * lightness;
  };

const duotoneColour =
  (dark: Rgb, light: Rgb): ColourOf =>
  (_, grey, c) =>
    dark[c]! + (light[c]! - dark[c]!) * Math.min(1, (grey / 255) * 1.15);

/** Lines of one colour over a drawing. @param amount 0 … 1. */
export function inkOver(drawing: Picture, lines: Matte, colour: string, amount: number): Picture {
  const ink = toRgb(colour);
  const made = new Uint8ClampedArray(drawing.data.length);
  for (let i = 0; i < made.length; i++) {
    const was = drawing.data[i]!;
    made[i] = was + (ink[i % 3]! - was) * amount * (lines.data[(i / 3) | 0]! / 255);
  }
  return picture(drawing.width, drawing.height, made);
}
