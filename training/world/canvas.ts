/** Every drawing lives on a board of 256 × 256 units, whatever the pixels. */
export const BOARD = 256;

/**
 * What a drawing is made of: layers of SVG from back to front, so that styles can work on each layer (paper-cut
 * gives each its shadow), and shared definitions (gradients, clip paths).
 */
export type Drawing = { layers: string[]; defs: string };

export function toSvg(drawing: Drawing, size: number): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
    `width="${size}" height="${size}" viewBox="0 0 ${BOARD} ${BOARD}"><defs>${drawing.defs}</defs>${drawing.layers.join("")}</svg>`
  );
}

/** Rounds to 0.1 unit: shorter files that parse faster, and no difference at 256 pixels. */
export const r1 = (value: number): number => Math.round(value * 10) / 10;

export const circle = (x: number, y: number, r: number, fill: string, more = ""): string =>
  `<circle cx="${r1(x)}" cy="${r1(y)}" r="${r1(r)}" fill="${fill}" ${more}/>`;
export const ellipse = (x: number, y: number, rx: number, ry: number, fill: string, more = ""): string =>
  `<ellipse cx="${r1(x)}" cy="${r1(y)}" rx="${r1(rx)}" ry="${r1(ry)}" fill="${fill}" ${more}/>`;
export const rect = (x: number, y: number, w: number, h: number, fill: string, more = ""): string =>
  `<rect x="${r1(x)}" y="${r1(y)}" width="${r1(w)}" height="${r1(h)}" fill="${fill}" ${more}/>`;
export const path = (d: string, fill: string, more = ""): string => `<path d="${d}" fill="${fill}" ${more}/>`;
/** A stroke with round ends, or flat ones for dashes. */
export const line = (d: string, stroke: string, width: number, more = ""): string =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="${more.includes("dasharray") ? "butt" : "round"}" stroke-linejoin="round" ${more}/>`;
export const linear = (id: string, from: string, to: string, turned = false): string =>
  `<linearGradient id="${id}" x1="0" y1="0" x2="${turned ? 1 : 0}" y2="1"><stop stop-color="${from}"/>` +
  `<stop offset="1" stop-color="${to}"/></linearGradient>`;
/** The other half of a shape that is symmetric about x = 128. */
export const mirrored = (svg: string): string => `${svg}<g transform="matrix(-1 0 0 1 256 0)">${svg}</g>`;
