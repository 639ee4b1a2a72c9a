import { drawSheet, type SheetPicture } from "@/lib/drawing/draw-sheet";
import type { Axis } from "@/lib/drawing/x-y-axes";
import type { SheetAxis } from "@/lib/drawing/x-y-sheet.input";
import type { Picture } from "@/lib/engine/picture";
import { requireModel } from "@/lib/models/require-model";
import { resizePicture } from "@/lib/photos/resize-picture";
import { addMade } from "@/lib/pictures/add-made";
import { madeId } from "@/lib/pictures/made-id";
import type { MadeSheet } from "@/lib/pictures/made-pictures";
import type { TextToImageInput } from "./text-to-image.job";

/** Longer side of a picture on the sheet. */
const TILE_PX = 256;

type Sheet = NonNullable<TextToImageInput["sheet"]>;

/** The table as the page shows it, with no picture in it yet. */
export const emptySheet = ({ x, y }: Sheet): MadeSheet => ({
  ...{ across: x.of, down: y?.of ?? null },
  columns: x.values.map(String),
  rows: y?.values.map(String) ?? [],
  cells: Array.from({ length: x.values.length * (y?.values.length ?? 1) }, () => null),
});

/** A cell's picture as small as the sheet shows it; models that draw larger ones are brought to one size. */
export function sheetTile({ width, height }: Picture, picture: Picture): Promise<Picture> {
  const scale = TILE_PX / Math.max(width, height);
  return resizePicture(picture, Math.round(width * scale), Math.round(height * scale));
}

/** Keeps the sheet itself. @returns its id. */
export async function keepSheet(
  job: { readonly id: string; readonly ownerId: string; readonly scenario: string },
  input: TextToImageInput & { sheet: Sheet },
  tiles: readonly SheetPicture[],
): Promise<string> {
  const { x, y } = input.sheet;
  const across = await labelled(job.ownerId, x);
  const bytes = await drawSheet(y ? [across, await labelled(job.ownerId, y)] : [across], tiles);
  const { id } = await addMade(job.id, {
    ...{ id: madeId(job.id, "sheet"), kind: "drawing", bytes, title: input.prompt },
    settings: { ...input, scenario: job.scenario },
    sourceId: input.from?.picture ?? null,
  });
  return id;
}

/** An axis as the sheet writes it; a LoRA of one's own goes by its name. */
async function labelled(ownerId: string, axis: SheetAxis): Promise<Axis> {
  const values = axis.values.map(String);
  return axis.of === "lora"
    ? { name: `lora:${(await requireModel(ownerId, "lora", axis.name)).name}`, values }
    : { name: axis.of === "guidance" ? "cfg" : axis.of, values };
}
