import { z } from "zod";
import { familyOf } from "@/lib/drawing/fits-model";
import type { DrawingModels } from "@/lib/drawing/list-drawing-models";
import { PICTURE_STYLE_NAMES } from "@/lib/drawing/picture-styles.input";
import {
  MOST_SHEET_CELLS,
  SHEET_AXES,
  type SheetAxis,
  type SheetAxisName,
  type SheetInput,
  sheetAxis,
  sheetInput,
} from "@/lib/drawing/x-y-sheet.input";

/** An axis while it is being typed: values as they stand in the field. */
export const axisForm = z.object({
  of: z.enum(SHEET_AXES),
  /** Of the LoRA that is weighed. */
  name: z.string().max(200).nullable(),
  values: z.array(z.string().max(200)).max(24),
});
export type AxisForm = z.infer<typeof axisForm>;

export const sheetForm = z.object({ x: axisForm, y: axisForm.nullable() });
export type SheetForm = z.infer<typeof sheetForm>;

/** What each number may be. */
export const AXIS_RANGES: Readonly<Partial<Record<SheetAxisName, readonly [least: number, most: number]>>> = {
  steps: [1, 100],
  guidance: [0, 30],
  clipSkip: [1, 4],
  seed: [0, 0xffffffff],
  strength: [0.05, 1],
  lora: [-2, 2],
};

/** What an axis begins with. @param chosen the model that draws, and the first of its LoRAs; null: the usual one, none. */
export function firstAxis(
  of: SheetAxisName,
  models: DrawingModels,
  chosen: { readonly model: string | null; readonly lora: string | null },
): AxisForm {
  const name = of === "lora" ? (chosen.lora ?? models.loras[0]?.id ?? null) : null;
  const isShipped = familyOf(models, chosen.model) === "seedling";
  return { of, name, values: (isShipped ? DISTILLED[of] : undefined) ?? FIRST[of](models) };
}

/** Around what Stable Diffusion is mostly drawn with. */
const FIRST: Readonly<Record<SheetAxisName, (models: DrawingModels) => string[]>> = {
  steps: () => ["10", "20", "30"],
  guidance: () => ["4", "7", "10"],
  clipSkip: () => ["1", "2"],
  seed: () => ["1", "2", "3", "4"],
  sampler: () => ["euler-a", "dpmpp-2m", "unipc"],
  strength: () => ["0.3", "0.5", "0.7"],
  style: () => PICTURE_STYLE_NAMES.slice(0, 4),
  model: ({ checkpoints }) => checkpoints.slice(0, 3).map(({ id }) => id),
  lora: () => ["0", "0.5", "1"],
  prompt: () => [],
};

/** Around what the model that ships was distilled with: few steps, little guidance. */
const DISTILLED: Readonly<Partial<Record<SheetAxisName, string[]>>> = {
  steps: ["2", "4", "8"],
  guidance: ["1", "3", "5"],
  sampler: ["lcm", "euler", "dpmpp-2m"],
};

/** How many pictures it has as it stands. */
export const cellsOf = ({ x, y }: SheetForm): number => x.values.length * (y?.values.length ?? 1);

export const isTooLarge = (sheet: SheetForm): boolean => cellsOf(sheet) > MOST_SHEET_CELLS;

/** @returns null where a value makes no sense yet. */
export const axisOf = ({ of, name, values }: AxisForm): SheetAxis | null =>
  sheetAxis.safeParse({ of, ...(of === "lora" && { name }), values: values.map(readValue(of)) }).data ?? null;

const readValue =
  (of: SheetAxisName) =>
  (text: string): string | number =>
    AXIS_RANGES[of] && text.trim() !== "" ? Number(text) : text;

/** @returns null where it cannot be drawn as it stands. */
export function sheetOf({ x, y }: SheetForm): SheetInput | null {
  return sheetInput.safeParse({ x: axisOf(x), y: y && axisOf(y) }).data ?? null;
}

/** The form of a sheet that was drawn. */
export const formOfSheet = ({ x, y }: SheetInput): SheetForm => ({ x: formOfAxis(x), y: y && formOfAxis(y) });

const formOfAxis = (axis: SheetAxis): AxisForm => ({
  ...{ of: axis.of, name: axis.of === "lora" ? axis.name : null },
  values: axis.values.map(String),
});
