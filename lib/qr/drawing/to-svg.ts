import type { Raster } from "../raster";
import { boxOf, type Colour, type Drawing, type ImageShape, type PathStep, type Shape } from "./drawing";
import { groupByColour } from "./group-by-colour";

export interface SvgOptions {
  /** Read out by screen readers and shown by viewers; any text. */
  readonly title?: string;
  /** Width and height of the whole drawing; without it the picture takes the size of its place. */
  readonly sizeMm?: number;
  /** The address (a data URI) of a picture; asked for once for every image shape. Without it images are left out. */
  readonly embed?: (raster: Raster) => string;
}

/** The drawing as SVG 1.1, one unit a module, shapes of one colour in one path as far as their order allows. */
export function toSvg(drawing: Drawing, options: SvgOptions = {}): string {
  const { title, sizeMm, embed } = options;
  const side = drawing.sideModules;
  const size = sizeMm === undefined ? "" : ` width="${number(sizeMm)}mm" height="${number(sizeMm)}mm"`;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg"${size} viewBox="0 0 ${side} ${side}"${title ? ' role="img"' : ""}>`,
  ];
  if (title) parts.push(`<title>${escapeXml(title)}</title>`);
  parts.push(`<path fill="${hex(drawing.background)}" d="M0 0h${side}v${side}h-${side}z"/>`);
  let images = 0;
  for (const group of groupByColour(drawing.shapes)) {
    if (group.fill) parts.push(`<path fill="${hex(group.fill)}" d="${group.shapes.map(outline).join("")}"/>`);
    else if (embed) parts.push(image(group.shapes[0] as ImageShape, embed, images++));
  }
  parts.push("</svg>");
  return parts.join("\n");
}

/** Text for an XML element or attribute; characters that XML can't hold become U+FFFD. */
export function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
      .replace(/\p{Surrogate}/gu, "\ufffd")
      .replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
      // A parser would turn a lone carriage return into a line feed.
      .replace(/\r/g, "&#13;")
  );
}

const hex = (fill: Colour): string =>
  `#${fill
    .map((c) =>
      Math.round(Math.min(Math.max(c, 0), 255))
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;

/** Three decimals: at 30 px a module that is a thirtieth of a pixel. */
const number = (value: number): string => {
  const rounded = Math.round(value * 1000) / 1000;
  return rounded === 0 ? "0" : String(rounded).replace(/^(-?)0\./, "$1.");
};

/** Numbers with no more between them than needed. */
function numbers(...values: number[]): string {
  let line = "";
  let dotted = true;
  for (const value of values) {
    const text = number(value);
    const parts = line === "" || text.startsWith("-") || (dotted && text.startsWith("."));
    line += parts ? text : ` ${text}`;
    dotted = text.includes(".");
  }
  return line;
}

function outline(shape: Shape): string {
  if (shape.kind === "path") return pathData(shape.steps);
  if (shape.kind === "circle") {
    const { x, y, radius: r } = shape;
    return `M${numbers(x - r, y)}a${numbers(r, r)} 0 1 1 ${numbers(2 * r, 0)}a${numbers(r, r)} 0 1 1 ${numbers(-2 * r, 0)}z`;
  }
  const { x0, y0, x1, y1 } = boxOf(shape);
  const r = Math.min(shape.radius, (x1 - x0) / 2, (y1 - y0) / 2);
  const [w, h] = [x1 - x0 - 2 * r, y1 - y0 - 2 * r];
  if (r <= 0) return `M${numbers(x0, y0)}h${number(w)}v${number(h)}h${number(-w)}z`;
  const corner = (dx: number, dy: number): string => `a${numbers(r, r)} 0 0 1 ${numbers(dx, dy)}`;
  return `M${numbers(x0 + r, y0)}h${number(w)}${corner(r, r)}v${number(h)}${corner(-r, r)}h${number(-w)}${corner(-r, -r)}v${number(-h)}${corner(r, -r)}z`;
}

/** Steps relative to the last point, which is far shorter; to where it was rounded to, so that nothing drifts. */
function pathData(steps: readonly PathStep[]): string {
  let data = "";
  let letter = "";
  let x = 0;
  let y = 0;
  for (const step of steps) {
    if (step[0] === "Z") {
      data += letter = "z";
      continue;
    }
    const points = (step.slice(1) as number[]).map((value) => Math.round(value * 1000) / 1000);
    const absolute = step[0] === "M";
    const line = numbers(...points.map((value, i) => (absolute ? value : value - (i % 2 ? y : x))));
    const next = absolute ? "M" : step[0].toLowerCase();
    // A letter holds until the next one; a number that could be read as part of the last keeps a space.
    data += next === letter && !absolute ? (line.startsWith("-") ? line : ` ${line}`) : next + line;
    letter = next;
    x = points.at(-2)!;
    y = points.at(-1)!;
  }
  return data;
}

function image(shape: ImageShape, embed: (raster: Raster) => string, index: number): string {
  const { x, y, side, raster } = shape;
  const clip = shape.radius > 0 ? ` clip-path="url(#i${index})"` : "";
  const href = escapeXml(embed(raster));
  const box = `x="${number(x)}" y="${number(y)}" width="${number(side)}" height="${number(side)}"`;
  const element = `<image ${box} preserveAspectRatio="none" href="${href}"${clip}/>`;
  return shape.radius > 0
    ? `<clipPath id="i${index}"><rect ${box} rx="${number(shape.radius)}"/></clipPath>${element}`
    : element;
}
