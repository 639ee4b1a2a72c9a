import type { Wishes } from "../freedom/fit-code";
import { zxingHistogramThreshold, zxingLocalThresholds } from "../jury/binarizers";
import type { Level } from "../jury/levels";
import { resize } from "../picture/resize";
import { saliencyOf } from "../picture/saliency";
import type { Raster } from "../raster";
import { toGray } from "../weave/luma";
import { shrinkGray } from "../weave/scale";

/** Pixels a module at which a picture is read for its wishes: enough for a threshold of 8 px blocks to be local. */
const PX_PER_MODULE = 8;
/** Grey levels by which a module must differ from its threshold to need no mark. */
const EASE = 6;
/** Grey levels of change at which a mark is half as visible as any mark can be. */
const HALF_VISIBLE = 20;

/**
 * What drawing each module dark or light would cost the picture: how visible a mark would have to be there for the
 * readers that the level counts, more where people look. A mark of a few levels costs nearly nothing, one of 100
 * nearly as much as any.
 * @param expectedGlobal the global threshold of the finished code where it is known; else the picture's own is taken.
 */
export function wishesOf(picture: Raster, modules: number, level: Level, expectedGlobal?: number): Wishes {
  const gray = toGray(resize(picture, modules * PX_PER_MODULE, modules * PX_PER_MODULE));
  const means = shrinkGray(gray, modules, modules);
  const saliency = saliencyOf(picture, modules);
  const local = zxingLocalThresholds(gray);
  const global = level === "art" ? null : (expectedGlobal ?? zxingHistogramThreshold(gray));
  const dark = new Float32Array(modules * modules);
  const light = new Float32Array(modules * modules);
  const half = PX_PER_MODULE / 2;
  for (let i = 0; i < dark.length; i++) {
    const x = (i % modules) * PX_PER_MODULE + half;
    const y = Math.floor(i / modules) * PX_PER_MODULE + half;
    const near = local?.at(x, y) ?? 128;
    const lowest = Math.min(near, global ?? near);
    const highest = Math.max(near, global ?? near);
    const weight = 0.5 + saliency[i]!;
    dark[i] = weight * visibility(means.data[i]! - lowest + EASE);
    light[i] = weight * visibility(highest + EASE - means.data[i]!);
  }
  return { dark, light };
}

const visibility = (change: number): number => (change <= 0 ? 0 : change / (change + HALF_VISIBLE));
