import { type Picture, picture } from "../engine/picture";
import type { DrawingFinish } from "./drawing-style.input";

/** Of all pixels, those beyond which dark is dark and light is light. */
const TAIL = 0.02;
/** Of a tile's side. */
const JOINT = 0.12;
/** How much of a joint is grout: all of it would draw a bright net over dark places, where codes are read. */
const GROUT = 0.45;

/**
 * What a style does to a drawing's colours and shapes once it is drawn; sizes stay.
 * @param isBegun whether the drawing was begun with a picture: that one has its light where it belongs, and is not turned.
 */
export function finishDrawing(drawn: Picture, finish: DrawingFinish, isBegun: boolean): Picture {
  return finish.kind === "pixels"
    ? inSquares(drawn, finish)
    : inTwoColours(drawn, finish, finish.inverted && !isBegun);
}

function inTwoColours(
  { width, height, data }: Picture,
  { dark, light }: { readonly dark: string; readonly light: string },
  isInverted: boolean,
): Picture {
  const greys = Uint8Array.from({ length: width * height }, (_, i) => luma(data, 3 * i));
  const [least, most] = tailsOf(greys);
  const [from, to] = isInverted ? [toRgb(light), toRgb(dark)] : [toRgb(dark), toRgb(light)];
  const made = new Uint8ClampedArray(data.length);
  for (let i = 0; i < made.length; i++) {
    const part = Math.min(1, Math.max(0, (greys[(i / 3) | 0]! - least) / Math.max(1, most - least)));
    made[i] = from[i % 3]! + (to[i % 3]! - from[i % 3]!) * part;
  }
  return picture(width, height, made);
}

/** The greys between which nearly all of a picture lies: pale drawings are as contrasty as others. */
function tailsOf(greys: Uint8Array): [least: number, most: number] {
  const sorted = greys.slice().sort();
  const at = Math.floor(sorted.length * TAIL);
  return [sorted[at]!, sorted[sorted.length - 1 - at]!];
}

type Squares = Extract<DrawingFinish, { kind: "pixels" }>;

function inSquares({ width, height, data }: Picture, { across, grout }: Squares): Picture {
  const side = Math.max(width, height) / across;
  const joint = grout === null ? null : toRgb(grout);
  // A joint is a tile's first pixel, or what is as wide of a large drawing.
  const jointPx = Math.max(1, side * JOINT);
  const isJoint = (at: number) => at - Math.floor(at / side) * side < jointPx;
  const made = new Uint8ClampedArray(data.length);
  const middleOf = (at: number, most: number) =>
    Math.min(most - 1, Math.floor((Math.floor(at / side) + 0.5) * side));
  for (let y = 0, i = 0; y < height; y++) {
    const row = middleOf(y, height) * width;
    for (let x = 0; x < width; x++, i += 3) {
      const from = 3 * (row + middleOf(x, width));
      const isGrout = joint !== null && (isJoint(x) || isJoint(y));
      for (let c = 0; c < 3; c++) {
        const own = data[from + c]!;
        made[i + c] = isGrout ? own + (joint[c]! - own) * GROUT : own;
      }
    }
  }
  return picture(width, height, made);
}

const luma = (data: Uint8ClampedArray, i: number): number =>
  0.299 * data[i]! + 0.587 * data[i + 1]! + 0.114 * data[i + 2]!;

const toRgb = (hex: string): number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
