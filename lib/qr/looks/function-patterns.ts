import { type Colour, rect, type Shape } from "../drawing/drawing";
import { alignmentCentres } from "../encode/capacity";
import { type Code, QUIET_ZONE, Role } from "../encode/code";
import { isFree } from "../encode/encode";

/**
 * Everything of a code that is no data, flat and with straight edges: no reader forgives a bump there, and no error
 * correction covers it. To be laid over a look's shapes.
 */
export function functionPatterns(code: Code, ink: Colour, paper: Colour): Shape[] {
  return [...plainRuns(code, ink, paper), ...finders(code, ink, paper, 0), ...alignments(code, ink, paper)];
}

const isPlain = (role: number): boolean =>
  role === Role.timing || role === Role.format || role === Role.version || role === Role.separator;

/** Timing, format and version modules, runs of one colour in one rectangle. */
function plainRuns(code: Code, ink: Colour, paper: Colour): Shape[] {
  const { size, modules, roles } = code;
  const shapes: Shape[] = [];
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; ) {
      const i = y * size + x;
      let end = x + 1;
      if (isPlain(roles[i]!)) {
        while (end < size && isPlain(roles[y * size + end]!) && modules[y * size + end] === modules[i]) end++;
        shapes.push(rect(x + QUIET_ZONE, y + QUIET_ZONE, end - x, 1, modules[i] ? ink : paper));
      }
      x = end;
    }
  return shapes;
}

/**
 * The three finders, each a square of seven modules.
 * @param radius of their corners, 0 … 1; their middles keep 1:1:3:1:1 at any.
 */
export function finders({ size }: Code, ink: Colour, paper: Colour, radius: number): Shape[] {
  return [
    [0, 0],
    [size - 7, 0],
    [0, size - 7],
  ].flatMap(([x, y]) => nested(x!, y!, [7, 5, 3], ink, paper, radius));
}

function alignments({ version, size }: Code, ink: Colour, paper: Colour): Shape[] {
  const centres = alignmentCentres(version);
  return centres.flatMap((cy) =>
    centres
      .filter((cx) => !((cx === 6 && (cy === 6 || cy === size - 7)) || (cx === size - 7 && cy === 6)))
      .flatMap((cx) => nested(cx - 2, cy - 2, [5, 3, 1], ink, paper, 0)),
  );
}

/** Squares within each other, ink and paper in turn. */
function nested(
  x: number,
  y: number,
  sides: readonly number[],
  ink: Colour,
  paper: Colour,
  radius: number,
): Shape[] {
  const outer = sides[0]!;
  return sides.map((side, i) => {
    const inset = (outer - side) / 2 + QUIET_ZONE;
    // A quarter of the side at most: the middle half of every edge stays straight.
    return rect(x + inset, y + inset, side, side, i % 2 ? paper : ink, (radius * side) / 4);
  });
}

/** The data modules of a code with their places in a drawing. */
export function eachDataModule(
  code: Code,
  visit: (x: number, y: number, dark: boolean, module: number) => void,
): void {
  for (let m = 0; m < code.modules.length; m++)
    if (isFree(code.roles[m]!)) visit(m % code.size, Math.floor(m / code.size), code.modules[m] === 1, m);
}
