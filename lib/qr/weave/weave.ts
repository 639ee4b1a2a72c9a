import { type Code, Role } from "../encode/code";
import { sceneOf } from "../jury/scenes";
import type { Gray } from "../raster";
import type { Grid } from "./grid";
import { coupling, type MarkShape, type Stamp, stampOf } from "./marks";
import { see, type View } from "./view";

/** A mark on one data module. */
export interface Mark {
  /** Grey levels added at the mark's centre, negative for dark. */
  amplitude: number;
  /** Index into the plan's shapes. */
  shape: number;
}

export interface WeavePlan {
  /** From the least mark to the largest; a module moves up where amplitude alone does not do. */
  readonly shapes: readonly MarkShape[];
  /** Grey levels that a mark may add before it takes the next larger shape. */
  readonly amplitudeCap: number;
  /** Everything that must read the canvas right. */
  readonly views: readonly View[];
  readonly rounds: number;
  /** Marks to begin with, those of an earlier weave of the same code under fewer views. */
  readonly start?: readonly (Mark | undefined)[];
}

export interface Woven {
  /** Luminance of the whole canvas with its marks. */
  readonly luma: Float32Array;
  /** A mark or undefined for every module, row-major. */
  readonly marks: readonly (Mark | undefined)[];
  /** Samples over all views that are still on the wrong side of their margin. */
  readonly unmet: number;
}

/**
 * Changes a canvas as little as will do so that every view samples every data module on its side of the threshold.
 * Thresholds move with the marks, so it is solved in rounds: where a module falls short its mark grows by what is
 * missing over what the view samples of it; where it has more than it needs in every view, it gives half of it back.
 * @param base  luminance of the canvas with function patterns and quiet zone, 0 … 255; never written to.
 * @param spared modules (1) that are left to error correction.
 */
export function weave(
  base: Float32Array,
  code: Code,
  grid: Grid,
  plan: WeavePlan,
  spared?: Uint8Array,
): Woven {
  const stamps = plan.shapes.map((shape) => stampOf(shape, grid.modulePx));
  const couplings = plan.views.map((view) => {
    const { spreadPx, gain } = sceneOf(view.scene);
    return stamps.map((stamp) => coupling(stamp, spreadPx, view.slipPx) * gain);
  });
  const marks = plan.start?.slice() ?? new Array<Mark | undefined>(code.modules.length);
  const luma = base.slice();
  pressAll(luma, grid, marks, stamps);
  let unmet = 0;
  for (let round = 0; ; round++) {
    const needs = measure(luma, code, grid, plan, couplings, marks, spared);
    unmet = needs.unmet;
    if (round === plan.rounds) break;
    for (let i = 0; i < marks.length; i++) {
      const need = needs.amplitude[i]!;
      if (need === 0 || Number.isNaN(need)) continue;
      adjust(marks, i, need, code.modules[i] === 1 ? -1 : 1, plan, round);
    }
    luma.set(base);
    pressAll(luma, grid, marks, stamps);
  }
  return { luma, marks, unmet };
}

/** For every module the amplitude it lacks (positive) or could give back (negative), the most demanding view deciding. */
function measure(
  luma: Float32Array,
  code: Code,
  grid: Grid,
  plan: WeavePlan,
  couplings: readonly number[][],
  marks: readonly (Mark | undefined)[],
  spared: Uint8Array | undefined,
): { amplitude: Float32Array; unmet: number } {
  const canvas: Gray = { width: grid.canvasPx, height: grid.canvasPx, data: new Uint8ClampedArray(luma) };
  const shown = new Map<string, Gray>();
  const amplitude = new Float32Array(code.modules.length).fill(Number.NEGATIVE_INFINITY);
  let unmet = 0;
  plan.views.forEach((view, v) => {
    const seen = see(canvas, view, shown);
    if (!seen) return;
    for (let i = 0; i < amplitude.length; i++) {
      if (code.roles[i] !== Role.data || spared?.[i]) continue;
      const cx = grid.originPx + ((i % grid.modules) + 0.5) * grid.modulePx;
      const cy = grid.originPx + (Math.floor(i / grid.modules) + 0.5) * grid.modulePx;
      const { min, max, threshold } = seen(cx, cy);
      const short = code.modules[i] ? max - (threshold - view.margin) : threshold + 1 + view.margin - min;
      if (short > 0) unmet++;
      const need = short / couplings[v]![marks[i]?.shape ?? 0]!;
      if (need > amplitude[i]!) amplitude[i] = need;
    }
  });
  for (let i = 0; i < amplitude.length; i++) if (amplitude[i] === Number.NEGATIVE_INFINITY) amplitude[i] = 0;
  return { amplitude, unmet };
}

function adjust(
  marks: (Mark | undefined)[],
  i: number,
  need: number,
  sign: 1 | -1,
  plan: WeavePlan,
  round: number,
): void {
  const mark = marks[i];
  if (!mark && need <= 0) return;
  const now = mark ? Math.abs(mark.amplitude) : 0;
  // Giving back is left out of the last rounds, so that the end is on the safe side.
  const given = need > 0 ? Math.min(need, 48) + 1 : round < plan.rounds - 2 ? need * 0.5 : 0;
  const next = now + given;
  if (next <= 0.5) {
    marks[i] = undefined;
    return;
  }
  const shape = mark?.shape ?? 0;
  if (next > plan.amplitudeCap && shape < plan.shapes.length - 1)
    marks[i] = { amplitude: sign * Math.min(next * 0.8, plan.amplitudeCap), shape: shape + 1 };
  else marks[i] = { amplitude: sign * Math.min(next, 255), shape };
}

function pressAll(
  luma: Float32Array,
  grid: Grid,
  marks: readonly (Mark | undefined)[],
  stamps: readonly Stamp[],
): void {
  marks.forEach((mark, i) => {
    if (mark) press(luma, grid, i, mark, stamps[mark.shape]!);
  });
}

/** Adds a mark to the canvas, within black and white. */
function press(luma: Float32Array, grid: Grid, module: number, mark: Mark, stamp: Stamp): void {
  const inset = (grid.modulePx - stamp.side) / 2;
  const x0 = grid.originPx + (module % grid.modules) * grid.modulePx + inset;
  const y0 = grid.originPx + Math.floor(module / grid.modules) * grid.modulePx + inset;
  for (let y = 0; y < stamp.side; y++)
    for (let x = 0; x < stamp.side; x++) {
      const i = (y0 + y) * grid.canvasPx + x0 + x;
      luma[i] = Math.min(255, Math.max(0, luma[i]! + mark.amplitude * stamp.values[y * stamp.side + x]!));
    }
}
