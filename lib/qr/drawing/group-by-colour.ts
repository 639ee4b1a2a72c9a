import { boxOf, type Colour, type Shape } from "./drawing";

/** Shapes that can be painted together; an image stands alone, without a `fill`. */
export interface ColourGroup {
  readonly fill: Colour | null;
  readonly shapes: readonly Shape[];
}

/** Cells a module, to tell which shapes may overlap. */
const CELLS = 2;

/**
 * Divides shapes into as few groups of one colour as a single pass finds: a shape joins the last group of its colour
 * unless something painted later may lie under it. Painting group by group shows the same picture.
 */
export function groupByColour(shapes: readonly Shape[]): ColourGroup[] {
  const groups: { fill: Colour | null; shapes: Shape[] }[] = [];
  const lastOf = new Map<string, number>();
  /** The last group that painted into a cell. */
  const painted = new Map<number, number>();
  for (const shape of shapes) {
    const cells = cellsUnder(shape);
    const fill = shape.kind === "image" ? null : shape.fill;
    const key = fill?.join() ?? "";
    const newest = cells.reduce((last, cell) => Math.max(last, painted.get(cell) ?? -1), -1);
    let group = fill ? (lastOf.get(key) ?? -1) : -1;
    if (group < newest || group === -1) group = groups.push({ fill, shapes: [] }) - 1;
    groups[group]!.shapes.push(shape);
    lastOf.set(key, group);
    for (const cell of cells) painted.set(cell, group);
  }
  return groups;
}

function cellsUnder(shape: Shape): number[] {
  const { x0, y0, x1, y1 } = boxOf(shape);
  const cells: number[] = [];
  for (let y = Math.floor(y0 * CELLS); y < y1 * CELLS; y++)
    for (let x = Math.floor(x0 * CELLS); x < x1 * CELLS; x++) cells.push(y * 4096 + x);
  return cells;
}
