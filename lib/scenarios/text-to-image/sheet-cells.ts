import { type Cell, crossAxes, replaceWord } from "@/lib/drawing/x-y-axes";
import type { SheetAxis } from "@/lib/drawing/x-y-sheet.input";
import type { TextToImageInput } from "./text-to-image.job";

/**
 * What each cell of a sheet is asked for: a drawing of its own, that can be asked for again by itself.
 * @param seed of every cell, where no axis says otherwise.
 * @returns row by row; none where there is no sheet.
 */
export function sheetCells(input: TextToImageInput, seed: number): Cell<TextToImageInput>[] {
  const { sheet } = input;
  if (!sheet) return [];
  const base = { ...input, seed, count: 1, sheet: null };
  return crossAxes(sheet.y ? [sheet.x, sheet.y] : [sheet.x], base, vary);
}

function vary(input: TextToImageInput, axis: SheetAxis, i: number): TextToImageInput {
  switch (axis.of) {
    case "strength":
      return { ...input, from: input.from && { ...input.from, strength: axis.values[i]! } };
    case "prompt":
      return replaceWord(input, axis.values[0]!, axis.values[i]!);
    case "lora": {
      const others = input.loras.filter(({ name }) => name !== axis.name);
      return { ...input, loras: [...others, { name: axis.name, weight: axis.values[i]! }] };
    }
    default:
      return { ...input, [axis.of]: axis.values[i] };
  }
}

/** The cells' places in an order in which each model and each set of LoRAs is opened once. */
export function drawingOrder(cells: readonly Cell<TextToImageInput>[]): number[] {
  const groups = new Map<string, number[]>();
  for (const [place, { settings }] of cells.entries()) {
    const { model, style, loras } = settings;
    const key = JSON.stringify([model, style, loras]);
    groups.set(key, [...(groups.get(key) ?? []), place]);
  }
  return [...groups.values()].flat();
}
