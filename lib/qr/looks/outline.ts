import type { Colour, PathShape, PathStep } from "../drawing/drawing";

/** How far a Bézier's handles reach along the tangents of a quarter circle, of its radius. */
const QUARTER = 0.5522847498;

type Point = readonly [x: number, y: number];

/**
 * The outline of all cells that are set, as one path with every corner rounded: cells that share an edge flow into
 * one shape, cells that only touch at a corner stay apart.
 * @param set    of the cell at column x, row y; asked beyond the border too, where it must be false.
 * @param radius of the corners, 0 … 0.5 cells.
 * @param offset added to both coordinates.
 */
export function outlineOf(
  set: (x: number, y: number) => boolean,
  size: number,
  radius: number,
  offset: number,
  fill: Colour,
): PathShape {
  const steps: PathStep[] = [];
  // An edge is a cell and the side it is on: 0 top (runs right), 1 right (down), 2 bottom (left), 3 left (up).
  const done = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      for (let side = 0; side < 4; side++) {
        if (done[(y * size + x) * 4 + side] || !set(x, y) || set(x + DX[side]!, y + DY[side]!)) continue;
        steps.push(...rounded(trace(set, size, x, y, side, done), radius, offset));
      }
  return { kind: "path", fill, steps };
}

/** The neighbour across each side. */
const DX = [0, 1, 0, -1];
const DY = [-1, 0, 1, 0];

/** The corners of one contour, clockwise around set cells. */
function trace(
  set: (x: number, y: number) => boolean,
  size: number,
  x: number,
  y: number,
  side: number,
  done: Uint8Array,
): Point[] {
  const corners: Point[] = [];
  for (;;) {
    const at = (y * size + x) * 4 + side;
    if (done[at]) return corners;
    done[at] = 1;
    // The corner at the end of this side, in the direction of travel.
    const along = (side + 1) % 4;
    const corner: Point = [x + (side === 0 || side === 1 ? 1 : 0), y + (side === 1 || side === 2 ? 1 : 0)];
    const ahead = set(x + DX[along]!, y + DY[along]!);
    if (!ahead) {
      corners.push(corner);
      side = along;
    } else if (set(x + DX[along]! + DX[side]!, y + DY[along]! + DY[side]!)) {
      corners.push(corner);
      x += DX[along]! + DX[side]!;
      y += DY[along]! + DY[side]!;
      side = (side + 3) % 4;
    } else {
      x += DX[along]!;
      y += DY[along]!;
    }
  }
}

function rounded(corners: readonly Point[], radius: number, offset: number): PathStep[] {
  const count = corners.length;
  const steps: PathStep[] = [];
  corners.forEach(([x, y], i) => {
    const [cx, cy] = [x + offset, y + offset];
    if (radius <= 0) {
      steps.push([i === 0 ? "M" : "L", cx, cy]);
      return;
    }
    const [px, py] = corners[(i + count - 1) % count]!;
    const [nx, ny] = corners[(i + 1) % count]!;
    const [ix, iy] = [Math.sign(x - px) * radius, Math.sign(y - py) * radius];
    const [ox, oy] = [Math.sign(nx - x) * radius, Math.sign(ny - y) * radius];
    const k = 1 - QUARTER;
    steps.push([i === 0 ? "M" : "L", cx - ix, cy - iy]);
    steps.push(["C", cx - ix * k, cy - iy * k, cx + ox * k, cy + oy * k, cx + ox, cy + oy]);
  });
  steps.push(["Z"]);
  return steps;
}
