import { type Code, Role } from "../encode/code";
import { zxingHistogramThreshold } from "../jury/binarizers";
import type { CellName, Verdict } from "../jury/judge";
import type { Level } from "../jury/levels";
import type { Palette } from "../picture/palette";
import { resize } from "../picture/resize";
import { saliencyOf } from "../picture/saliency";
import type { Raster } from "../raster";
import { type Grid, gridOf } from "../weave/grid";
import { lumaAt, setLuma } from "../weave/luma";
import { type Stamp, stampOf } from "../weave/marks";
import type { View } from "../weave/view";
import { type Mark, weave } from "../weave/weave";
import type { Draft } from "./draft";
import { paintBase } from "./photo-base";
import { spareCodewords } from "./spare-codewords";

/** Side of the canvas that weaves are solved on; scenes are meant for this size. */
export const NOMINAL_PX = 1024;

/** Grey levels by which a cell is obeyed at first, and by how much more each time that it fails again. */
const FIRST_MARGIN = 3;
const MARGIN_STEP = 4;

const foresee = (decoder: View["decoder"], scenes: readonly string[]): View[] =>
  scenes.map((scene) => ({ decoder, scene, slipPx: slipIn(scene), margin: FIRST_MARGIN }));

/** Small pictures have no pixels to slip by. */
const slipIn = (scene: string): number => (scene.startsWith("scale") ? 0 : 1);

/** What sketches obey, enough to compare them by: what the level counts, in the scenes that stand for the others. */
const FIRST_VIEWS: Readonly<Record<Level, readonly View[]>> = (() => {
  const view = (decoder: View["decoder"], scene: string, slipPx: number, margin: number): View => ({
    decoder,
    scene,
    slipPx,
    margin,
  });
  const art = [
    view("zxing-local", "original", 2, 4),
    view("zxing-local", "scale-50", 1, 3),
    view("zxing-local", "scale-25", 0, 2),
  ];
  const balanced = [
    ...art,
    view("zxing-histogram", "original", 1, 4),
    view("jsqr", "original", 1, 4),
    view("jsqr", "scale-50", 0, 4),
  ];
  const everywhere = [
    ...balanced,
    view("zxing-histogram", "scale-50", 0, 4),
    view("zbar", "original", 1, 4),
    view("zbar", "scale-50", 0, 4),
  ];
  return { art, balanced, everywhere };
})();

/** What the chosen sketch obeys besides: the cells that most pictures fail in without. */
const LAST_VIEWS: Readonly<Record<Level, readonly View[]>> = {
  art: [],
  balanced: foresee("jsqr", ["blur-2", "brighter", "contrast-60", "rotate-15", "shadow"]),
  everywhere: [
    ...foresee("jsqr", ["blur-2", "brighter", "contrast-60", "rotate-15", "shadow", "dot-gain"]),
    ...foresee("zxing-histogram", ["scale-25", "blur-2", "shadow"]),
  ],
};

/** Share of each block's correctable codewords that the picture may keep. */
const SPARED: Readonly<Record<Level, number>> = { art: 0.2, balanced: 0.1, everywhere: 0 };

/** Parts of a module across, least first, and the softness of the edge in parts of a module. */
const DIAMETERS = [0.35, 0.47, 0.59, 0.71, 0.83, 0.95];
const EDGE = 0.18;
const AMPLITUDE_CAP = 90;
/** Rounds after which a draft's loss can be told, to finish the one that was chosen, and after each revision. */
const SKETCH_ROUNDS = 4;
const FINISH_ROUNDS = 6;
const LATER_ROUNDS = 4;
/** Pixels around a mark at which its edge is seen, as structural similarity sees it. */
const HALO_PX = 8;
const HALF_VISIBLE = 20;
/** Cells that are obeyed beyond those that are lacking, since not all will come right at once. */
const RESERVE = 1;
/** A draft that passes is revised for the sake of its level's aim while it has had fewer revisions than this. */
const LAST_STRIFE = 1;
/** After this many revisions by counterexample the draft goes over to the plain code in steps. */
const LAST_REVISION = 7;
const PLAIN_STEPS = [0.4, 0.65, 0.85, 1];

const shapesFor = (modulePx: number) =>
  DIAMETERS.map((part) => ({ diameterPx: part * modulePx, edgePx: Math.max(1, EDGE * modulePx) }));

/**
 * The picture itself, marked only where a reader would misread it. Revised by counterexample: of the jury's cells that
 * failed, as many as the level lacks join the views that the weave obeys.
 */
export class PhotoDraft implements Draft {
  private readonly grid: Grid;
  private readonly base: Float32Array;
  private readonly saliency: Float32Array;
  private views: readonly View[];
  private marks: readonly (Mark | undefined)[] = [];
  private luma: Float32Array;
  private spared: Uint8Array | undefined;
  private revisions = 0;
  private plainStep = -1;
  /** The finished canvas before any mark, once it was asked for. */
  private unmarked: Raster | undefined;

  /**
   * @param small   the picture at about `NOMINAL_PX`, to solve on; `picture` the same at full size, to render from.
   * @param sizePx  side of the finished canvas.
   * @param solvePx side of the canvas that it is solved on; smaller is faster, and good enough to look at.
   */
  constructor(
    readonly code: Code,
    small: Raster,
    private readonly picture: Raster,
    private readonly palette: Palette,
    private readonly level: Level,
    private readonly sizePx: number,
    solvePx = NOMINAL_PX,
  ) {
    this.grid = gridOf(code.version, solvePx);
    const fitted = resize(small, this.grid.codePx, this.grid.codePx);
    this.base = lumaOf(paintBase(fitted, code, this.grid, palette, level));
    this.luma = this.base;
    this.saliency = saliencyOf(fitted, this.grid.modules);
    // Away from the size that the scenes are meant for, nothing but the picture itself can be foreseen.
    this.views = FIRST_VIEWS[level].filter(({ scene }) => solvePx === NOMINAL_PX || scene === "original");
    this.solve(SKETCH_ROUNDS);
  }

  /** Solves the sketch to the end; to be called once, before a code is rendered that a jury will see. */
  finish(): void {
    this.views = [...this.views, ...LAST_VIEWS[this.level]];
    this.solve(FINISH_ROUNDS);
    this.spare();
  }

  /** Pixels that look changed, weighted by how much: what drafts of one picture are compared by. */
  loss(): number {
    const { modulePx } = this.grid;
    let loss = 0;
    this.code.roles.forEach((role, i) => {
      const mark = this.marks[i];
      if (role !== Role.data && role !== Role.remainder) loss += modulePx ** 2;
      else if (mark) {
        const amplitude = Math.abs(mark.amplitude);
        const side = DIAMETERS[mark.shape]! * modulePx + HALO_PX;
        loss += (0.5 + this.saliency[i]!) * side ** 2 * (amplitude / (amplitude + HALF_VISIBLE));
      }
    });
    return loss / this.grid.codePx ** 2;
  }

  /** The one threshold that a reader with a global one would take for this draft; null where it sees no contrast. */
  globalThreshold(): number | null {
    return zxingHistogramThreshold({
      width: this.grid.canvasPx,
      height: this.grid.canvasPx,
      data: new Uint8ClampedArray(this.luma),
    });
  }

  private solve(rounds: number): void {
    const { modulePx } = this.grid;
    const start = this.marks.length > 0 ? { start: this.marks } : {};
    const plan = {
      shapes: shapesFor(modulePx),
      amplitudeCap: AMPLITUDE_CAP,
      views: this.views,
      rounds,
      ...start,
    };
    const woven = weave(this.base, this.code, this.grid, plan, this.spared);
    this.marks = woven.marks;
    this.luma = woven.luma;
  }

  /** Leaves the dearest marks to error correction, those where people look before others. */
  private spare(): void {
    const cost = Float32Array.from(this.code.modules, (_, i) => {
      const mark = this.marks[i];
      return mark ? (0.5 + this.saliency[i]!) * Math.abs(mark.amplitude) * DIAMETERS[mark.shape]! ** 2 : 0;
    });
    this.spared = spareCodewords(this.code, cost, SPARED[this.level]);
    this.marks = this.marks.map((mark, i) => (this.spared?.[i] ? undefined : mark));
  }

  render(): Raster {
    const grid = gridOf(this.code.version, this.sizePx);
    this.unmarked ??= paintBase(
      resize(this.picture, grid.codePx, grid.codePx),
      this.code,
      grid,
      this.palette,
      this.level,
    );
    const canvas = { ...this.unmarked, data: this.unmarked.data.slice() };
    const stamps = shapesFor(grid.modulePx).map((shape) => stampOf(shape, grid.modulePx));
    this.marks.forEach((mark, i) => {
      if (mark) stamp(canvas, grid, i, mark.amplitude, stamps[mark.shape]!);
    });
    if (this.plainStep >= 0) this.blendPlain(canvas, grid, PLAIN_STEPS[this.plainStep]!);
    return canvas;
  }

  strength(): number {
    if (this.plainStep >= 0) return PLAIN_STEPS[this.plainStep]!;
    let ink = 0;
    for (const mark of this.marks)
      if (mark) ink += (Math.abs(mark.amplitude) / 255) * DIAMETERS[mark.shape]! ** 2 * (Math.PI / 4);
    return ink / this.code.roles.reduce((n, role) => n + (role === Role.data ? 1 : 0), 0);
  }

  revise(verdict: Verdict, missing: readonly string[], wanting: readonly string[]): boolean {
    const passed = missing.length === 0;
    if (passed && (wanting.length === 0 || this.revisions >= LAST_STRIFE)) return false;
    if (this.revisions++ >= LAST_REVISION) return ++this.plainStep < PLAIN_STEPS.length;
    // What was left to error correction is what distortion lacks.
    this.spared = undefined;
    const failed = verdict.cells.filter(({ read }) => !read);
    const asked = new Set([...missing, ...wanting].flatMap((item) => this.easiest(item, failed)));
    for (const cell of asked) this.obey(cell);
    this.solve(LATER_ROUNDS);
    return true;
  }

  /**
   * The failed cells that a shortfall of `passesLevel` asks for: the one that it names, or as many of a reader's as it
   * lacks, those first in which the fewest modules are misread.
   */
  private easiest(missing: string, failed: readonly CellName[]): CellName[] {
    const [decoder, what = ""] = missing.split(":");
    const own = failed.filter((cell) => cell.decoder === decoder);
    const [read, needed] = what.split("/").map(Number);
    if (needed === undefined) return own.filter(({ scene }) => scene === what);
    const misread = new Map(own.map((cell) => [cell, this.misread({ ...cell, slipPx: 0, margin: 0 })]));
    return own.sort((a, b) => misread.get(a)! - misread.get(b)!).slice(0, needed - read! + RESERVE);
  }

  /** Modules that a view would take for the other colour as the draft stands. */
  private misread(view: View): number {
    const plan = { shapes: shapesFor(this.grid.modulePx), amplitudeCap: AMPLITUDE_CAP, rounds: 0 };
    return weave(this.base, this.code, this.grid, { ...plan, views: [view], start: this.marks }).unmet;
  }

  /** From now on the weave obeys this cell, or obeys it by a wider margin where it did already. */
  private obey({ decoder, scene }: CellName): void {
    const isIt = (view: View): boolean => view.decoder === decoder && view.scene === scene;
    if (this.views.some(isIt))
      this.views = this.views.map((view) =>
        isIt(view) ? { ...view, margin: view.margin + MARGIN_STEP } : view,
      );
    else this.views = [...this.views, ...foresee(decoder, [scene])];
  }

  drawing(): null {
    return null;
  }

  /** Moves every data module's middle toward flat black or white, the more and the wider the higher `part`. */
  private blendPlain(canvas: Raster, grid: Grid, part: number): void {
    const inset = Math.round(((1 - part) * grid.modulePx) / 3);
    this.code.modules.forEach((dark, i) => {
      if (this.code.roles[i] !== Role.data) return;
      const x0 = grid.originPx + (i % grid.modules) * grid.modulePx;
      const y0 = grid.originPx + Math.floor(i / grid.modules) * grid.modulePx;
      for (let y = y0 + inset; y < y0 + grid.modulePx - inset; y++)
        for (let x = x0 + inset; x < x0 + grid.modulePx - inset; x++)
          setLuma(canvas.data, (y * grid.canvasPx + x) * 4, dark ? 30 : 238, part);
    });
  }
}

function lumaOf({ data, width, height }: Raster): Float32Array {
  const luma = new Float32Array(width * height);
  for (let i = 0; i < luma.length; i++) luma[i] = lumaAt(data, i * 4);
  return luma;
}

/** Adds a mark's light to a canvas, keeping each pixel's hue. */
function stamp(canvas: Raster, grid: Grid, module: number, amplitude: number, { side, values }: Stamp): void {
  const inset = (grid.modulePx - side) / 2;
  const x0 = grid.originPx + (module % grid.modules) * grid.modulePx + inset;
  const y0 = grid.originPx + Math.floor(module / grid.modules) * grid.modulePx + inset;
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const value = values[y * side + x]!;
      if (value === 0) continue;
      const p = ((y0 + y) * grid.canvasPx + x0 + x) * 4;
      setLuma(canvas.data, p, Math.min(255, Math.max(0, lumaAt(canvas.data, p) + amplitude * value)));
    }
}
