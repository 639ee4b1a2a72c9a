import type { Drawing } from "../drawing/drawing";
import { rasterize } from "../drawing/rasterize";
import type { Code } from "../encode/code";
import type { Verdict } from "../jury/judge";
import type { DrawLook, LookName, LookOptions } from "../looks/look";
import type { Raster } from "../raster";
import { gridOf } from "../weave/grid";
import type { Draft } from "./draft";

/** Strengths that are told apart; the last is practically the plain code. */
const STEPS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 1];

/** A look that is a drawing: the least strength that is read is found by bisection. */
export class DrawnDraft implements Draft {
  /** Steps below `low` are known to fail, `high` is the least known to pass (past the end: none yet). */
  private low = 0;
  private high = STEPS.length;
  private step: number;

  constructor(
    readonly code: Code,
    private readonly picture: Raster | null,
    private readonly look: DrawLook,
    private readonly options: LookOptions & { readonly look: LookName },
    private readonly sizePx: number,
  ) {
    // Where most codes pass: pictures near the weak end, round corners as they are.
    this.step = options.look === "classic" ? 0 : 1;
  }

  drawing(): Drawing {
    return this.look(this.code, this.picture, this.options, this.strength());
  }

  render(): Raster {
    return rasterize(this.drawing(), gridOf(this.code.version, this.sizePx));
  }

  strength(): number {
    return STEPS[this.step]!;
  }

  revise(_verdict: Verdict, missing: readonly string[]): boolean {
    if (missing.length === 0) this.high = this.step;
    else this.low = this.step + 1;
    if (this.low >= this.high) {
      // Settled: `high` passed. It has to be drawn again where the last try was below it.
      const again = this.high < STEPS.length && this.step !== this.high;
      if (again) this.step = this.high;
      return again;
    }
    this.step = Math.floor((this.low + this.high) / 2);
    return true;
  }
}
