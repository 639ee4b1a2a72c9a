import { type Picture, picture } from "@/lib/engine/picture";
import { Role } from "@/lib/qr/encode/code";
import { lumaAt } from "@/lib/qr/weave/luma";

/** Of the code that is drawn, what a hint needs: as `DrawnFor` has it. */
interface HintedCode {
  /** Modules a side. */
  readonly size: number;
  /** 1 is dark, row by row. */
  readonly modules: Uint8Array;
  /** A `Role` a module. */
  readonly roles: Uint8Array;
}

interface HintFrame {
  /** Pixels a side of the hint. */
  readonly side: number;
  /** Pixels a side of the symbol, in its middle. */
  readonly codePx: number;
  /** The symbol as it is drawn so far, `codePx` a side: what it has right is left to it. Null: every module is shown. */
  readonly drawn: Picture | null;
}

/** Neither dark nor light: nets that were taught it leave such places to the picture. */
const GREY = 0x80;
/** A module that is so far from the middle of black and white is read as what it is. */
const CLEAR = 32;
const MIDDLE = 127.5;

/**
 * What a code's ControlNet is shown: dark modules black, light ones white, and grey around the symbol and where the drawing
 * needs no help. Function patterns are always shown: they are what readers find a code by.
 */
export function artHint({ size, modules, roles }: HintedCode, { side, codePx, drawn }: HintFrame): Picture {
  const hint = picture(side, side);
  hint.data.fill(GREY);
  const tones = Uint8Array.from(modules, (module, i) => {
    const isDark = module === 1;
    const isFree = roles[i] === Role.data || roles[i] === Role.remainder;
    if (drawn && isFree && agrees(drawn, size, i, isDark)) return GREY;
    return isDark ? 0 : 255;
  });
  const origin = (side - codePx) >> 1;
  const moduleAt = (pixel: number): number => Math.floor((pixel * size) / codePx);
  for (let y = 0; y < codePx; y++)
    for (let x = 0, i = ((origin + y) * side + origin) * 3; x < codePx; x++, i += 3)
      hint.data.fill(tones[moduleAt(y) * size + moduleAt(x)]!, i, i + 3);
  return hint;
}

/** Whether the middle of a module, which is what readers look at, is clearly what it should be. */
function agrees({ width, data }: Picture, size: number, module: number, isDark: boolean): boolean {
  const modulePx = width / size;
  const [x0, y0] = [(module % size) * modulePx, Math.floor(module / size) * modulePx];
  let sum = 0;
  let count = 0;
  for (let y = Math.floor(y0 + modulePx / 4); y < y0 + (modulePx * 3) / 4; y++)
    for (let x = Math.floor(x0 + modulePx / 4); x < x0 + (modulePx * 3) / 4; x++, count++)
      sum += lumaAt(data, (y * width + x) * 3);
  const mean = sum / count;
  return isDark ? mean <= MIDDLE - CLEAR : mean >= MIDDLE + CLEAR;
}
