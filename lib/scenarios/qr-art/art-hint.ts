import { type Picture, picture } from "@/lib/engine/picture";

/**
 * What a code's ControlNet is shown: modules over the whole picture, dark ones black, light ones white.
 * @param size modules a side. @param modules 1 is dark, row by row. @param side pixels a side of the hint.
 */
export function artHint({ size, modules }: { size: number; modules: Uint8Array }, side: number): Picture {
  const hint = picture(side, side);
  const moduleAt = (pixel: number): number => Math.floor((pixel * size) / side);
  for (let y = 0, i = 0; y < side; y++)
    for (let x = 0; x < side; x++, i += 3)
      hint.data.fill(modules[moduleAt(y) * size + moduleAt(x)] === 1 ? 0 : 255, i, i + 3);
  return hint;
}
