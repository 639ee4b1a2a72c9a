/** The shapes that carry a bit within its module: from a small hard dot to a soft swelling of the light. */
export interface MarkShape {
  /** Pixels across at half height. */
  readonly diameterPx: number;
  /** Pixels over which the edge falls from full to nothing; 1 is a hard, anti-aliased edge. */
  readonly edgePx: number;
}

export interface Stamp {
  /** Pixels a side; odd or even as the module, so that stamp and module share their centre. */
  readonly side: number;
  /** 0 … 1 a pixel, row-major. */
  readonly values: Float32Array;
}

/** A mark's profile within a module of `modulePx`, cut off at the module's edge. */
export function stampOf(shape: MarkShape, modulePx: number): Stamp {
  const reach = Math.ceil(shape.diameterPx / 2 + shape.edgePx);
  const side = Math.min(modulePx, 2 * reach + (modulePx % 2));
  const centre = (side - 1) / 2;
  const values = new Float32Array(side * side);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const inside = (shape.diameterPx / 2 - Math.hypot(x - centre, y - centre)) / shape.edgePx + 0.5;
      const t = Math.min(Math.max(inside, 0), 1);
      values[y * side + x] = t * t * (3 - 2 * t);
    }
  return { side, values };
}

/**
 * How much of a mark of amplitude 1 a reader samples whose pixel spreads over `spreadPx` of the canvas and may be off
 * the mark's centre by `slipPx` such pixels. Never under 0.15, so that one step of a solver stays bounded.
 */
export function coupling(stamp: Stamp, spreadPx: number, slipPx: number): number {
  const reach = spreadPx / 2 + slipPx * Math.max(1, spreadPx / 2);
  const centre = (stamp.side - 1) / 2;
  let sum = 0;
  let weight = 0;
  for (let y = -Math.ceil(reach); y <= Math.ceil(reach); y++)
    for (let x = -Math.ceil(reach); x <= Math.ceil(reach); x++) {
      const w =
        Math.max(0, Math.min(1, reach + 0.5 - Math.abs(x))) *
        Math.max(0, Math.min(1, reach + 0.5 - Math.abs(y)));
      weight += w;
      const sx = Math.round(centre + x);
      const sy = Math.round(centre + y);
      if (sx >= 0 && sy >= 0 && sx < stamp.side && sy < stamp.side)
        sum += w * stamp.values[sy * stamp.side + sx]!;
    }
  return Math.max(sum / weight, 0.15);
}
