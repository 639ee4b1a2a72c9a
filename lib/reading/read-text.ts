import type { GreyPlane } from "./grey-plane";
import { openTesseract, type Tesseract } from "./open-tesseract";
import { type ReadLine, readLines } from "./read-lines";
import { type TextRow, textRows } from "./text-rows";

/** Rows that are read by themselves: what has more is a page, or a texture. */
const MOST_ROWS = 24;
/** Longest text that is kept of a picture. */
const MOST_CHARS = 20_000;
/** Luminance that is surely not the ink's, away from it, of 255. */
const OFF_INK = 80;

/** Beyond a row, in its heights: of Chinese signs, which have many parts, it may hold only some. */
const AROUND = { sides: 0.8, height: 0.3 };

/**
 * Reads the text in a picture. Slow, up to some seconds, and it blocks its thread.
 * @returns lines from the top, with newlines between them; empty where there is no text.
 */
export async function readText(plane: GreyPlane): Promise<string> {
  const rows = textRows(plane);
  if (rows.length === 0) return "";
  const tesseract = await openTesseract();
  const lines = readLines(tesseract.recognise(plane, "page"));
  for (const row of rows.slice(0, MOST_ROWS))
    if (!lines.some((line) => isWithin(row, line))) lines.push(...readRow(tesseract, plane, row));
  return lines
    .sort((a, b) => a.top - b.top || a.left - b.left)
    .map(({ text }) => text)
    .join("\n")
    .slice(0, MOST_CHARS);
}

/** Whether a row was read already: its middle lies in the line. */
function isWithin(row: TextRow, line: ReadLine): boolean {
  const [x, y] = [(row.left + row.right) / 2, (row.top + row.bottom) / 2];
  return x >= line.left && x <= line.right && y >= line.top && y <= line.bottom;
}

/**
 * A row by itself, where it is not part of a page: letters on a photograph, on a sign. What has not its ink's luminance
 * becomes paper, whether it is darker or lighter.
 */
function readRow(tesseract: Tesseract, plane: GreyPlane, row: TextRow): ReadLine[] {
  const high = row.bottom - row.top;
  const [left, top] = [
    Math.max(0, Math.floor(row.left - AROUND.sides * high)),
    Math.max(0, Math.floor(row.top - AROUND.height * high)),
  ];
  const width = Math.min(plane.width, Math.ceil(row.right + AROUND.sides * high)) - left;
  const height = Math.min(plane.height, Math.ceil(row.bottom + AROUND.height * high)) - top;
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const off = Math.abs(plane.data[(top + y) * plane.width + left + x]! - row.ink);
      data[y * width + x] = Math.min(255, (off * 255) / OFF_INK);
    }
  return readLines(tesseract.recognise({ width, height, data }, "line")).map(({ text, ...box }) => ({
    text,
    left: box.left + left,
    top: box.top + top,
    right: box.right + left,
    bottom: box.bottom + top,
  }));
}
