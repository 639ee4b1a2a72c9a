import { create } from "qrcode";
import type { Ecc } from "@/lib/qr/encode/code";
import type { Gray } from "@/lib/qr/raster";

export interface PlainCodeOptions {
  readonly version?: number;
  readonly ecc?: Ecc;
  /** Pixels a side, quiet zone included. */
  readonly size?: number;
  readonly quietZone?: number;
  readonly dark?: number;
  readonly light?: number;
}

export interface PlainCode extends Gray {
  readonly version: number;
  /** Modules a side, and 1 = dark. */
  readonly modules: number;
  readonly bits: Uint8Array;
  /** Pixels: where module `i` begins, and the middle of it. */
  edge(i: number): number;
  centre(i: number): number;
}

/**
 * A plain black-and-white code by the independent `qrcode` package; module edges at rounded pixels, so that a
 * module is sharp and at most one pixel wider than its neighbour.
 */
export function plainCode(text: string, options: PlainCodeOptions = {}): PlainCode {
  const { version, ecc = "M", size = 1024, quietZone = 4, dark = 0, light = 255 } = options;
  const bytes = [{ data: new TextEncoder().encode(text), mode: "byte" as const }];
  const symbol = create(bytes, { errorCorrectionLevel: ecc, ...(version ? { version } : {}) });
  const modules = symbol.modules.size;
  const across = modules + 2 * quietZone;
  const edge = (i: number) => Math.round(((i + quietZone) * size) / across);
  const data = new Uint8ClampedArray(size * size).fill(light);
  const bits = Uint8Array.from(symbol.modules.data);
  for (let row = 0; row < modules; row++) {
    for (let column = 0; column < modules; column++) {
      if (!bits[row * modules + column]) continue;
      for (let y = edge(row); y < edge(row + 1); y++) {
        data.fill(dark, y * size + edge(column), y * size + edge(column + 1));
      }
    }
  }
  const centre = (i: number) => Math.floor(((i + quietZone + 0.5) * size) / across);
  return { width: size, height: size, data, version: symbol.version, modules, bits, edge, centre };
}
