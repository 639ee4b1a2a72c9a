import { Role } from "@/lib/qr/encode/code";
import { layoutOf } from "@/lib/qr/encode/layout";
import type { Gray } from "@/lib/qr/raster";
import type { PlainCode } from "./plain-code";

/** Even draws in 0 … 1, the same for the same seed. */
export function draws(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Calls `paint` for every data module; function patterns keep their place. */
export function forDataModules(
  code: PlainCode,
  paint: (column: number, row: number, isDark: boolean) => void,
): void {
  const { roles } = layoutOf(code.version);
  for (let i = 0; i < roles.length; i++) {
    if (roles[i] === Role.data) paint(i % code.modules, Math.floor(i / code.modules), code.bits[i] === 1);
  }
}

/** The code with every data module in one grey: a smooth photo, `strength` darker or lighter, and some noise. */
export function randomGreyCode(code: PlainCode, strength: number, seed: number): Gray {
  const next = draws(seed);
  const data = code.data.slice();
  const [left, top] = [next() * 6, next() * 6];
  forDataModules(code, (column, row, isDark) => {
    const photo = 128 + 45 * Math.sin(left + column / 7) + 35 * Math.cos(top + row / 5);
    const grey = photo + (isDark ? -strength : strength) + (next() - 0.5) * 60;
    for (let y = code.edge(row); y < code.edge(row + 1); y++) {
      data.fill(grey, y * code.width + code.edge(column), y * code.width + code.edge(column + 1));
    }
  });
  return { width: code.width, height: code.height, data };
}
