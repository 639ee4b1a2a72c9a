import { z } from "zod";
import { drawingOptions, modelNameIn, samplerName } from "./drawing.input";
import { pictureStyleName } from "./picture-styles.input";

/** What people wait for, and what a screen can show side by side. */
export const MOST_SHEET_CELLS = 24;
export const MOST_AXIS_VALUES = 8;

const { steps, guidance, clipSkip, seed, loras } = drawingOptions.shape;
/** Each once: the same picture twice says nothing. */
const someOf = <T extends z.ZodType>(value: T, least = 1) =>
  z
    .array(value)
    .min(least)
    .max(MOST_AXIS_VALUES)
    .refine((values) => new Set(values).size === values.length);
const words = z.string().trim().min(1).max(200);

/** One direction of a sheet: a setting, and what it is in each column or row. */
export const sheetAxis = z.discriminatedUnion("of", [
  z.object({ of: z.literal("steps"), values: someOf(steps.unwrap().unwrap()) }),
  z.object({ of: z.literal("guidance"), values: someOf(guidance.unwrap().unwrap()) }),
  z.object({ of: z.literal("clipSkip"), values: someOf(clipSkip.unwrap().unwrap()) }),
  z.object({ of: z.literal("seed"), values: someOf(seed.unwrap().unwrap()) }),
  z.object({ of: z.literal("sampler"), values: someOf(samplerName) }),
  /** How much is forgotten of the picture that is begun with. */
  z.object({ of: z.literal("strength"), values: someOf(z.number().min(0.05).max(1)) }),
  z.object({ of: z.literal("style"), values: someOf(pictureStyleName) }),
  z.object({ of: z.literal("model"), values: someOf(modelNameIn("models")) }),
  /** One LoRA in several weights. */
  z.object({
    of: z.literal("lora"),
    name: modelNameIn("loras"),
    values: someOf(loras.unwrap().element.shape.weight.unwrap()),
  }),
  /** The first stands in the prompt; it is replaced by each. */
  z.object({ of: z.literal("prompt"), values: someOf(words, 2) }),
]);
export type SheetAxis = z.infer<typeof sheetAxis>;
export type SheetAxisName = SheetAxis["of"];
export const SHEET_AXES = sheetAxis.options.map(({ shape }) => shape.of.value) as [
  SheetAxisName,
  ...SheetAxisName[],
];

/** A sheet over one or two settings: `x` to the right, `y` down. */
export const sheetInput = z
  .object({ x: sheetAxis, y: sheetAxis.nullable().default(null) })
  .refine((sheet) => cellCount(sheet) <= MOST_SHEET_CELLS, { path: ["y"] })
  // Two words to replace go together; any other setting has one value at a time.
  .refine(({ x, y }) => y === null || axisKey(x) !== axisKey(y) || x.of === "prompt", { path: ["y"] });
export type SheetInput = z.infer<typeof sheetInput>;

/** How many pictures a sheet has. */
export const cellCount = ({ x, y }: { readonly x: SheetAxis; readonly y: SheetAxis | null }): number =>
  x.values.length * (y?.values.length ?? 1);

/** Two LoRAs are two settings. */
const axisKey = (axis: SheetAxis): string => (axis.of === "lora" ? `lora:${axis.name}` : axis.of);
