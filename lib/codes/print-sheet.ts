import PDFDocument from "pdfkit";
import sharp from "sharp";
import { boxOf, type Colour, type Drawing, type ImageShape, type Shape } from "@/lib/qr/drawing/drawing";
import { groupByColour } from "@/lib/qr/drawing/group-by-colour";
import type { Raster } from "@/lib/qr/raster";

export interface PrintSheetOptions {
  /** Width and height of the printed code, quiet zone included. */
  readonly sizeMm: number;
  readonly title: string;
  /** Corner marks outside the code, to cut along. */
  readonly cropMarks?: boolean;
  /** One line below the code, in the letters of Western Europe (the fonts that every PDF viewer has). */
  readonly caption?: string;
}

/**
 * What the printer should know:
 * - `modules_small`: a module is under 0.33 mm, the least that phones resolve and printers keep apart.
 * - `caption_left_out`: the caption has letters that the sheet's font does not have.
 */
export type PrintWarning = "modules_small" | "caption_left_out";

export interface PrintSheet {
  readonly pdf: Uint8Array;
  readonly moduleMm: number;
  /** From about how far it is read: ten times the symbol's width, quiet zone not counted. */
  readonly distanceMm: number;
  readonly warnings: readonly PrintWarning[];
}

const LEAST_MODULE_MM = 0.33;
const POINTS_PER_MM = 72 / 25.4;
const MARGIN_MM = 10;
const MARK_MM = 5;
const MARK_GAP_MM = 2;
const CAPTION_POINTS = 9;
const BLACK: Colour = [0, 0, 0];
/** The time that every sheet is stamped with, so that the same code is the same file. */
const STAMP = new Date("2000-01-01T00:00:00Z");

/**
 * A drawing as a one-page PDF in its real size, everything but pictures as vectors.
 * Print it at 100 %, not "fit to page".
 * @param quietModules modules of the drawing's margin on each side.
 */
export async function makePrintSheet(
  drawing: Drawing,
  quietModules: number,
  options: PrintSheetOptions,
): Promise<PrintSheet> {
  const { sizeMm, title, cropMarks = false, caption = "" } = options;
  const moduleMm = sizeMm / drawing.sideModules;
  const warnings: PrintWarning[] = [];
  if (moduleMm < LEAST_MODULE_MM) warnings.push("modules_small");
  const printable = isPrintable(caption);
  if (!printable) warnings.push("caption_left_out");
  const captionMm = printable && caption !== "" ? CAPTION_POINTS : 0;
  const doc = new PDFDocument({
    size: [(sizeMm + 2 * MARGIN_MM) * POINTS_PER_MM, (sizeMm + 2 * MARGIN_MM + captionMm) * POINTS_PER_MM],
    margin: 0,
    info: { Title: title, Creator: "Mosaiq Studio", CreationDate: STAMP, ModDate: STAMP },
  });
  const pdf = collect(doc);
  doc.scale(POINTS_PER_MM);
  if (cropMarks) markCorners(doc, sizeMm);
  doc.save().translate(MARGIN_MM, MARGIN_MM).scale(moduleMm);
  doc.rect(0, 0, drawing.sideModules, drawing.sideModules).fill([...drawing.background]);
  const pictures = await encodePictures(drawing.shapes);
  for (const { fill, shapes } of groupByColour(drawing.shapes)) {
    if (!fill) {
      placePicture(doc, shapes[0] as ImageShape, pictures);
      continue;
    }
    for (const shape of shapes) trace(doc, shape);
    doc.fill(fill.map(Math.round) as [number, number, number], "nonzero");
  }
  doc.restore();
  if (captionMm > 0) writeCaption(doc, caption, sizeMm);
  doc.end();
  const distanceMm = 10 * moduleMm * (drawing.sideModules - 2 * quietModules);
  return { pdf: await pdf, moduleMm, distanceMm, warnings };
}

/** Latin-1 is what Helvetica, the font of every viewer, shows without an embedded font. */
const isPrintable = (text: string): boolean => /^[\x20-\x7e\xa0-\xff]*$/.test(text);

function trace(doc: PDFKit.PDFDocument, shape: Shape): void {
  if (shape.kind === "circle") doc.circle(shape.x, shape.y, shape.radius);
  else if (shape.kind === "path")
    for (const step of shape.steps) {
      if (step[0] === "M") doc.moveTo(step[1], step[2]);
      else if (step[0] === "L") doc.lineTo(step[1], step[2]);
      else if (step[0] === "C") doc.bezierCurveTo(step[1], step[2], step[3], step[4], step[5], step[6]);
      else doc.closePath();
    }
  else traceBox(doc, shape);
}

function traceBox(doc: PDFKit.PDFDocument, shape: Exclude<Shape, { kind: "circle" | "path" }>): void {
  const { x0, y0, x1, y1 } = boxOf(shape);
  const radius = Math.min(shape.radius, (x1 - x0) / 2, (y1 - y0) / 2);
  if (radius > 0) doc.roundedRect(x0, y0, x1 - x0, y1 - y0, radius);
  else doc.rect(x0, y0, x1 - x0, y1 - y0);
}

async function encodePictures(shapes: readonly Shape[]): Promise<Map<Raster, Buffer>> {
  const encoded = new Map<Raster, Buffer>();
  for (const shape of shapes) {
    if (shape.kind !== "image" || encoded.has(shape.raster)) continue;
    const { width, height, data } = shape.raster;
    const png = await sharp(data, { raw: { width, height, channels: 4 } })
      .removeAlpha()
      .png()
      .toBuffer();
    encoded.set(shape.raster, png);
  }
  return encoded;
}

function placePicture(
  doc: PDFKit.PDFDocument,
  shape: ImageShape,
  pictures: ReadonlyMap<Raster, Buffer>,
): void {
  doc.save();
  traceBox(doc, shape);
  doc.clip();
  doc.image(pictures.get(shape.raster)!, shape.x, shape.y, { width: shape.side, height: shape.side });
  doc.restore();
}

function markCorners(doc: PDFKit.PDFDocument, sizeMm: number): void {
  const near = MARGIN_MM - MARK_GAP_MM;
  for (const edge of [MARGIN_MM, MARGIN_MM + sizeMm])
    for (const [from, to] of [
      [near - MARK_MM, near],
      [MARGIN_MM + sizeMm + MARK_GAP_MM, MARGIN_MM + sizeMm + MARK_GAP_MM + MARK_MM],
    ] as const) {
      doc.moveTo(edge, from).lineTo(edge, to);
      doc.moveTo(from, edge).lineTo(to, edge);
    }
  doc.lineWidth(0.1).stroke([...BLACK]);
}

function writeCaption(doc: PDFKit.PDFDocument, caption: string, sizeMm: number): void {
  const points = CAPTION_POINTS / POINTS_PER_MM;
  doc
    .font("Helvetica")
    .fontSize(points)
    .fillColor([...BLACK]);
  // A long line is set smaller rather than broken, down to what is still legible; then it is cut.
  const width = doc.widthOfString(caption);
  doc.fontSize(Math.max(points * 0.6, Math.min(points, (points * sizeMm) / width)));
  doc.text(caption, MARGIN_MM, MARGIN_MM * 2 + sizeMm - CAPTION_POINTS / 2, {
    width: sizeMm,
    align: "center",
    lineBreak: false,
    ellipsis: true,
  });
}

async function collect(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of doc) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
