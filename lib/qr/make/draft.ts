import type { Drawing } from "../drawing/drawing";
import type { Code } from "../encode/code";
import type { Verdict } from "../jury/judge";
import type { Raster } from "../raster";

/** A code on its way: drawn at some strength, shown to the jury, strengthened where a reader failed. */
export interface Draft {
  readonly code: Code;
  /** The code at the size asked for, quiet zone included. */
  render(): Raster;
  /** 0 (least change) … 1 (practically the plain code). */
  strength(): number;
  /**
   * Changes the draft toward the plain code, or back toward the picture while the least strength that is read is
   * still being searched for.
   * @param verdict  on the last rendering; `missing` as `passesLevel` names it, empty where it passed; `wanting` what it
   *                 is still short of the level's aim.
   * @returns false where the draft is settled: it passed and nothing less will do, or it can go no further.
   */
  revise(verdict: Verdict, missing: readonly string[], wanting: readonly string[]): boolean;
  /** The drawing behind it, for looks that have one. */
  drawing(): Drawing | null;
}
