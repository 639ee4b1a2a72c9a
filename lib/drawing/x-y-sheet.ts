import { type LabelFont, shorten } from "./label-font";
import type { Axes, Axis } from "./x-y-axes";

/** Where a sheet's pictures and words go, in pixels. */
export interface XYSheet {
  readonly width: number;
  readonly height: number;
  /** The upper left corner of a cell's picture. */
  cornerOf(column: number, row: number): { readonly left: number; readonly top: number };
  /** What is drawn around the pictures: paper and labels, as outlines. */
  readonly svg: string;
}

const PAPER = "#ffffff";
const INK = "#1b1b2f";
const FAINT = "#73738a";
/** Nothing is written smaller than this. */
const LEAST_FONT_PX = 13;
const MOST_FONT_PX = 44;
/** Pictures smaller than their labels are set apart up to this, so that those can be read. */
const MOST_COLUMN_FONTS = 11;
const MOST_ROW_LABEL_FONTS = 14;

/**
 * A grid of equal pictures with the first axis above it and the second at its left. Labels are `name value`, the value
 * alone where both are too wide, cut with an ellipsis where that is, too, and `#4` where the font lacks a character.
 */
export function layOutSheet(
  font: LabelFont,
  axes: Axes,
  picture: { width: number; height: number },
): XYSheet {
  const [across, down] = axes;
  const fontPx = Math.round(Math.min(MOST_FONT_PX, Math.max(LEAST_FONT_PX, picture.width / 18)));
  const gap = Math.max(4, Math.round(fontPx * 0.5));
  const margin = fontPx * 1.25;
  const columnPx = Math.max(
    picture.width,
    Math.ceil(widest(labelsOf(font, across, fontPx, fontPx * MOST_COLUMN_FONTS))),
  );
  const rowLabels = down ? labelsOf(font, down, fontPx, fontPx * MOST_ROW_LABEL_FONTS) : [];
  const rowLabelPx = Math.ceil(widest(rowLabels));
  const left = Math.ceil(margin + (down ? rowLabelPx + fontPx : 0));
  const top = Math.ceil(margin + fontPx * 1.75);
  const cornerOf = (column: number, row: number) => ({
    left: left + column * (columnPx + gap) + Math.floor((columnPx - picture.width) / 2),
    top: top + row * (picture.height + gap),
  });
  const last = cornerOf(across.values.length - 1, (down?.values.length ?? 1) - 1);
  const width = Math.ceil(left + across.values.length * (columnPx + gap) - gap + margin);
  const height = Math.ceil(last.top + picture.height + margin);
  const middle = (fontPx * font.capHeight) / 2;
  const outlines = [
    ...labelsOf(font, across, fontPx, columnPx).map((label, column) => {
      const centre = left + column * (columnPx + gap) + columnPx / 2;
      return drawLabel(font, label, centre - label.widthPx / 2, margin + fontPx * 0.5 + middle, fontPx);
    }),
    ...rowLabels.map((label, row) => {
      const centre = cornerOf(0, row).top + picture.height / 2;
      return drawLabel(font, label, left - fontPx - label.widthPx, centre + middle, fontPx);
    }),
  ];
  const size = `width="${width}" height="${height}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size}><rect ${size} fill="${PAPER}"/>${outlines.join("")}</svg>`;
  return { width, height, cornerOf, svg };
}

interface Label {
  /** The axis, with its space; empty where it does not fit. */
  readonly name: string;
  readonly value: string;
  readonly widthPx: number;
}

const widest = (labels: readonly Label[]): number => Math.max(0, ...labels.map(({ widthPx }) => widthPx));

/** All of an axis alike: with its name, or all without. */
function labelsOf(font: LabelFont, axis: Axis, fontPx: number, mostPx: number): Label[] {
  const { name } = axis;
  const values = axis.values.map((value, i) => (font.has(value) ? value : `#${i + 1}`));
  const title = `${name.replace(/^lora:/, "")} `;
  const full = values.map((value) => font.widthOf(title + value, fontPx));
  const fits = name !== "prompt" && font.has(title) && Math.max(...full) <= mostPx;
  return values.map((whole, i) => {
    const value = fits ? whole : shorten(font, whole, fontPx, mostPx);
    return {
      name: fits ? title : "",
      value,
      widthPx: fits ? full[i]! : font.widthOf(value, fontPx),
    };
  });
}

function drawLabel(font: LabelFont, { name, value }: Label, x: number, y: number, fontPx: number): string {
  const valueX = x + font.widthOf(name, fontPx);
  return (
    `<path fill="${FAINT}" d="${font.outline(name, x, y, fontPx)}"/>` +
    `<path fill="${INK}" d="${font.outline(value, valueX, y, fontPx)}"/>`
  );
}
