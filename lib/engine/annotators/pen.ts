import type { LinePoint } from "./trace";

/** A pen's mark: how much ink, 0…1, lies at a distance from the middle of its stroke, none beyond `reachPx`. */
export interface Pen {
  readonly reachPx: number;
  readonly ink: (distancePx: number) => number;
}

/** A stroke with hard edges, smoothed over one pixel. */
export const inkPen = (widthPx: number): Pen => ({
  reachPx: widthPx / 2 + 0.5,
  ink: (distancePx) => Math.min(1, Math.max(0, widthPx / 2 + 0.5 - distancePx)),
});

/** A stroke that fades as a Gaussian. */
export const softPen = (sigmaPx: number): Pen => ({
  reachPx: 2.5 * sigmaPx,
  ink: (distancePx) => Math.exp((distancePx * distancePx) / (-2 * sigmaPx * sigmaPx)),
});

/** Half the length of the piece that each point draws: enough to meet its diagonal neighbour's. */
const HALF_PIECE_PX = 0.75;

/**
 * Draws points as short pieces of stroke; where they overlap the greater ink counts.
 * @param pressure ink of a point of a given strength, 0…1.
 * @returns [height · width] 0 (paper) … 255 (ink).
 */
export function drawLines(
  points: readonly LinePoint[],
  width: number,
  height: number,
  pen: Pen,
  pressure: (strength: number) => number,
): Uint8ClampedArray {
  const drawn = new Uint8ClampedArray(width * height);
  const reach = pen.reachPx + HALF_PIECE_PX;
  for (const { x, y, tangentX, tangentY, strength } of points) {
    const level = 255 * pressure(strength);
    for (let row = Math.max(0, Math.ceil(y - reach)); row <= Math.min(height - 1, y + reach); row++)
      for (
        let column = Math.max(0, Math.ceil(x - reach));
        column <= Math.min(width - 1, x + reach);
        column++
      ) {
        const dx = column - x;
        const dy = row - y;
        const along = Math.min(HALF_PIECE_PX, Math.max(-HALF_PIECE_PX, dx * tangentX + dy * tangentY));
        const awayX = dx - along * tangentX;
        const awayY = dy - along * tangentY;
        const distancePx = Math.sqrt(awayX * awayX + awayY * awayY);
        if (distancePx > pen.reachPx) continue;
        const at = row * width + column;
        const value = level * pen.ink(distancePx);
        if (value > drawn[at]!) drawn[at] = value;
      }
  }
  return drawn;
}
