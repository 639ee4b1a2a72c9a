import type { Picture } from "../engine/picture";
import { judge } from "../qr/jury/judge";
import { NOMINAL_PX } from "../qr/make/photo";
import { resize } from "../qr/picture/resize";
import { gridOf } from "../qr/weave/grid";
import { toGray } from "../qr/weave/luma";
import { loadDecoders } from "./load-decoders";
import { toRaster } from "./to-raster";

export interface ReadRequest {
  readonly text: string;
  readonly version: number;
  /** A drawing that is to be a code's symbol as it is. */
  readonly picture: Picture;
}

/** Who reads a drawing before anything was woven into it. */
export interface DrawingReading {
  /** Readers that read it undistorted, and how many there are. */
  readonly readers: number;
  readonly of: number;
  /** The whole jury's verdict: its score, 0 … 100, and in how many of its trials the drawing was read. */
  readonly jury: { readonly score: number; readonly read: number; readonly of: number };
}

const UNDISTORTED = "original";

/** Shows a drawing to every reader in every scene, within a white quiet zone. Heavy: for a thread. */
export async function readDrawing({ text, version, picture }: ReadRequest): Promise<DrawingReading> {
  const { originPx, codePx } = gridOf(version, NOMINAL_PX);
  const data = new Uint8ClampedArray(NOMINAL_PX ** 2 * 4).fill(255);
  const symbol = resize(toRaster(picture), codePx, codePx);
  for (let y = 0; y < codePx; y++)
    data.set(
      symbol.data.subarray(y * codePx * 4, (y + 1) * codePx * 4),
      ((originPx + y) * NOMINAL_PX + originPx) * 4,
    );
  const decoders = await loadDecoders();
  const page = toGray({ width: NOMINAL_PX, height: NOMINAL_PX, data });
  const { cells, score } = await judge(page, text, decoders);
  const readBy = (some: typeof cells) => some.filter(({ read }) => read).length;
  const undistorted = cells.filter(({ scene }) => scene === UNDISTORTED);
  const jury = { score, read: readBy(cells), of: cells.length };
  return { readers: readBy(undistorted), of: undistorted.length, jury };
}
