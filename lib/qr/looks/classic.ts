import { rect, type Shape } from "../drawing/drawing";
import { QUIET_ZONE, Role } from "../encode/code";
import type { Raster } from "../raster";
import { inkAndPaper } from "./colours";
import { finders } from "./function-patterns";
import { logoModules } from "./logo";
import type { DrawLook } from "./look";
import { outlineOf } from "./outline";

/** Modules of paper around a logo. */
const PLATE_MARGIN = 0.4;

/**
 * The plain code in two colours, its modules flowing into each other as round as asked for, if wished with the
 * picture as a small logo on a plate in the middle. Strength straightens the corners and, near 1, leaves the logo out.
 */
export const classic: DrawLook = (code, picture, options, strength) => {
  const { ink, paper } = inkAndPaper(options);
  const radius = options.cornerRadius * (1 - strength);
  const { size, modules, roles } = code;
  const logoSide = picture && options.logo && strength < 0.95 ? logoModules(code) : 0;
  const from = (size - logoSide) / 2;
  const covered = (x: number, y: number): boolean =>
    x >= from && x < from + logoSide && y >= from && y < from + logoSide;
  const dark = (x: number, y: number): boolean => {
    if (x < 0 || y < 0 || x >= size || y >= size || covered(x, y)) return false;
    return modules[y * size + x] === 1 && roles[y * size + x] !== Role.finder;
  };
  const shapes: Shape[] = [
    outlineOf(dark, size, radius / 2, QUIET_ZONE, ink),
    ...finders(code, ink, paper, radius),
  ];
  if (picture && logoSide > 0) shapes.push(...logo(picture, from + QUIET_ZONE, logoSide, paper));
  return { sideModules: size + 2 * QUIET_ZONE, background: paper, shapes };
};

function logo(picture: Raster, at: number, side: number, paper: Parameters<typeof rect>[4]): Shape[] {
  const inner = side - 2 * PLATE_MARGIN;
  return [
    rect(at, at, side, side, paper),
    {
      kind: "image",
      x: at + PLATE_MARGIN,
      y: at + PLATE_MARGIN,
      side: inner,
      radius: inner * 0.18,
      raster: picture,
    },
  ];
}
