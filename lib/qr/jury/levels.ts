import type { DecoderName } from "./decoder-names";
import type { Cell, CellName, Verdict } from "./judge";
import { SCENES } from "./scenes";

/** How widely a delivered code must be readable; see `passesLevel`. */
export const LEVELS = ["art", "balanced", "everywhere"] as const;
export type Level = (typeof LEVELS)[number];

/** What a level asks: readers that must read the picture undistorted, and shares of the scenes. */
interface Demand {
  readonly undistorted: readonly DecoderName[];
  readonly shares: Readonly<Partial<Record<DecoderName, number>>>;
  /** Shares count only the scenes in which the same reader reads the plain code. */
  readonly besidePlain: boolean;
  /** Shares to strive for beyond those asked: what a plain dot in every module's middle is read by. */
  readonly aims: Readonly<Partial<Record<DecoderName, number>>>;
}

const DEMANDS: Readonly<Record<Level, Demand>> = {
  art: { undistorted: [], shares: { "zxing-local": 0.95 }, besidePlain: false, aims: {} },
  balanced: {
    undistorted: ["zxing-histogram", "jsqr"],
    shares: { "zxing-local": 0.95, jsqr: 0.7 },
    besidePlain: false,
    aims: { jsqr: 0.92 },
  },
  everywhere: {
    undistorted: ["zxing-local", "zxing-histogram", "zbar", "jsqr"],
    shares: { "zxing-local": 0.8, "zxing-histogram": 0.8, zbar: 0.8, jsqr: 0.8 },
    besidePlain: true,
    aims: { "zxing-local": 0.95, "zxing-histogram": 0.94, zbar: 0.95, jsqr: 0.92 },
  },
};

const ORIGINAL = SCENES[0]!.name;

/**
 * - `art`: zxing-local in ≥ 95 % of the scenes (with 17 scenes: in all of them).
 * - `balanced`: that; zxing-histogram and jsQR undistorted; jsQR in ≥ 70 % of the scenes.
 * - `everywhere`: all four undistorted, each in ≥ 80 % of the scenes in which it reads the plain code.
 *
 * A cell that was not judged counts as not read. What the jury can't do with plain codes (1024 px, versions 2–12
 * in all levels, 15–40 in L, three texts): up to version 9 it reads all of them in all scenes; from version 10
 * zbar fails at tilt-45, from 15 at tilt-30; jsQR fails at dot-gain from 15, at scale-50 from 20 (not 30), at
 * tilt-45 from 25, and from 30 at most warps and scale-25, which costs `balanced` (10 of 12); at 40
 * zxing-local fails at scale-25 (less than 2 px a module), which costs `art`.
 * @param plain the verdict on the plain code of the same text, version and size; null: it is read everywhere.
 * @returns `missing` names what stands in the way: "jsqr:original" for a reader that must read the picture as it
 * is, "jsqr:9/12" for one that reads 9 scenes and has to read 12.
 */
export function passesLevel(
  level: Level,
  verdict: Pick<Verdict, "cells">,
  plain: Pick<Verdict, "cells"> | null,
): { pass: boolean; missing: string[] } {
  const missing = [
    ...DEMANDS[level].undistorted
      .filter((decoder) => !find(verdict.cells, { decoder, scene: ORIGINAL })?.read)
      .map((decoder) => `${decoder}:${ORIGINAL}`),
    ...shortfalls(level, DEMANDS[level].shares, verdict, plain),
  ];
  return { pass: missing.length === 0, missing };
}

/** What a verdict falls short of the shares that a level strives for, named as `passesLevel` does. */
export const shortOfAim = (
  level: Level,
  verdict: Pick<Verdict, "cells">,
  plain: Pick<Verdict, "cells"> | null,
): string[] => shortfalls(level, DEMANDS[level].aims, verdict, plain);

/** The cells that a level depends on or strives for, scene by scene. */
export function cellsForLevel(level: Level): readonly CellName[] {
  const { undistorted, shares, aims } = DEMANDS[level];
  const always = Object.keys({ ...shares, ...aims }) as DecoderName[];
  return SCENES.flatMap(({ name: scene }) => {
    const decoders = scene === ORIGINAL ? new Set([...always, ...undistorted]) : always;
    return Array.from(decoders, (decoder) => ({ decoder, scene }));
  });
}

function shortfalls(
  level: Level,
  shares: Demand["shares"],
  verdict: Pick<Verdict, "cells">,
  plain: Pick<Verdict, "cells"> | null,
): string[] {
  const missing: string[] = [];
  for (const [decoder, share] of Object.entries(shares) as [DecoderName, number][]) {
    const cells = SCENES.map(({ name: scene }) => ({ decoder, scene })).filter(
      (cell) => !DEMANDS[level].besidePlain || plain === null || (find(plain.cells, cell)?.read ?? false),
    );
    const needed = Math.ceil(share * cells.length - 1e-9);
    const read = cells.filter((cell) => find(verdict.cells, cell)?.read).length;
    if (read < needed) missing.push(`${decoder}:${read}/${needed}`);
  }
  return missing;
}

const find = (cells: readonly Cell[], { decoder, scene }: CellName) =>
  cells.find((cell) => cell.decoder === decoder && cell.scene === scene);
