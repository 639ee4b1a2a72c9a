import sharp from "sharp";
import { AppError } from "@/lib/errors";
import { toSvg } from "@/lib/qr/drawing/to-svg";
import { QUIET_ZONE } from "@/lib/qr/encode/code";
import type { Decoder } from "@/lib/qr/jury/decoders";
import { judge, type Verdict } from "@/lib/qr/jury/judge";
import { cellsForLevel, type Level, passesLevel } from "@/lib/qr/jury/levels";
import { type MadeCode, makeCode } from "@/lib/qr/make/make-code";
import { NOMINAL_PX } from "@/lib/qr/make/photo";
import { resize } from "@/lib/qr/picture/resize";
import { QrError } from "@/lib/qr/qr-error";
import type { Raster } from "@/lib/qr/raster";
import { toGray } from "@/lib/qr/weave/luma";
import type { CodeOptions } from "./code.input";
import { type CodeReport, reportOf } from "./code-report";
import { fitPicture } from "./fit-picture";
import type { Format } from "./formats";
import { loadDecoders } from "./load-decoders";
import { makePrintSheet } from "./print-sheet";

export interface FileRequest {
  readonly input: CodeOptions;
  /** The picture's file; null only for `classic`. */
  readonly picture: Uint8Array | null;
  readonly format: Format;
  /** Width on paper, for SVG and PDF; without it an SVG has no size of its own and a PDF has 40 mm. */
  readonly widthMm?: number | undefined;
}

export interface RecodeRequest {
  readonly png: Uint8Array;
  readonly input: Pick<CodeOptions, "text" | "level">;
  readonly format: "webp" | "jpeg";
}

export interface CodeFile {
  readonly bytes: Uint8Array;
  readonly report: CodeReport;
}

const DEFAULT_WIDTH_MM = 40;

/**
 * The whole job, from a picture's file to a code's file: heavy, and free of the database, so that it runs in a thread,
 * in a terminal or in a bench alike. Lossy files are judged again as they will be read.
 * @throws AppError picture_required · format_needs_drawing · those of `fitPicture`; QrError as `makeCode`.
 */
export async function makeFile(
  { input, picture, format, widthMm }: FileRequest,
  report: (progress: number, stage: string) => void = () => {},
  signal?: AbortSignal,
): Promise<CodeFile> {
  const { size: sizePx, focus, ...request } = input;
  if (picture === null && request.look !== "classic") throw new AppError("picture_required");
  if (request.look === "photo" && (format === "svg" || format === "pdf"))
    throw new AppError("format_needs_drawing");
  const began = performance.now();
  report(0.01, "preparing");
  const [decoders, fitted] = await Promise.all([
    loadDecoders(),
    picture && fitPicture(Buffer.from(picture), focus, Math.max(NOMINAL_PX, sizePx)),
  ]);
  const prepared = performance.now();
  const made = await makeCode({ ...request, picture: fitted, sizePx }, decoders, {
    now: () => performance.now(),
    onProgress: report,
    ...(signal ? { signal } : {}),
  });
  report(0.97, "saving");
  const bytes = await encodeFile(made, input, format, widthMm, passesFor(input, decoders, made.plain));
  const ended = performance.now();
  return { bytes, report: reportOf(made, input, { prepareMs: prepared - began, totalMs: ended - began }) };
}

/**
 * A finished code's PNG as WebP or JPEG of the same size, judged again as it will be read.
 * @throws QrError level_not_reached
 */
export async function recodeFile({ png, input, format }: RecodeRequest): Promise<Uint8Array> {
  const decoders = await loadDecoders();
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const raster = { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
  return lossy(raster, format, input.level, passesFor(input, decoders, null));
}

const passesFor =
  (
    { text, level }: Pick<CodeOptions, "text" | "level">,
    decoders: readonly Decoder[],
    plain: Verdict | null,
  ) =>
  async (raster: Raster): Promise<boolean> => {
    const seen = toGray(resize(raster, NOMINAL_PX, NOMINAL_PX));
    const verdict = await judge(seen, text, decoders, { cells: cellsForLevel(level) });
    return passesLevel(level, verdict, plain).pass;
  };

async function encodeFile(
  made: MadeCode,
  { text: title, level }: Pick<CodeOptions, "text" | "level">,
  format: Format,
  widthMm: number | undefined,
  passes: (raster: Raster) => Promise<boolean>,
): Promise<Uint8Array> {
  const { drawing } = made;
  if (format === "svg" || format === "pdf") {
    if (!drawing) throw new AppError("format_needs_drawing");
    if (format === "svg") {
      const embed = await dataUris(drawing.shapes.flatMap((s) => (s.kind === "image" ? [s.raster] : [])));
      return Buffer.from(toSvg(drawing, { title, embed, ...(widthMm ? { sizeMm: widthMm } : {}) }));
    }
    return (
      await makePrintSheet(drawing, QUIET_ZONE, {
        sizeMm: widthMm ?? DEFAULT_WIDTH_MM,
        title,
        cropMarks: true,
      })
    ).pdf;
  }
  if (format === "png") return png(made.raster);
  return lossy(made.raster, format, level, passes);
}

/** A lossy file that no longer passes its level is written with less loss. @throws QrError level_not_reached */
async function lossy(
  raster: Raster,
  format: "webp" | "jpeg",
  level: Level,
  passes: (raster: Raster) => Promise<boolean>,
): Promise<Uint8Array> {
  const tries = [
    { jpeg: { quality: 92 }, webp: { quality: 92 } },
    { jpeg: { quality: 98 }, webp: { quality: 98 } },
    { jpeg: { quality: 100, chromaSubsampling: "4:4:4" }, webp: { lossless: true } },
  ];
  for (const options of tries) {
    const bytes = await rawSharp(raster)[format](options[format]).toBuffer();
    const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    if (await passes({ width: info.width, height: info.height, data: new Uint8ClampedArray(data) }))
      return bytes;
  }
  throw new QrError("level_not_reached", `not read well enough as ${format}`, { level });
}

const rawSharp = ({ data, width, height }: Raster) =>
  sharp(Buffer.from(data.buffer, data.byteOffset, data.byteLength), {
    raw: { width, height, channels: 4 },
  }).removeAlpha();

const png = (raster: Raster): Promise<Buffer> => rawSharp(raster).png({ compressionLevel: 9 }).toBuffer();

async function dataUris(rasters: readonly Raster[]): Promise<(raster: Raster) => string> {
  const uris = new Map<Raster, string>();
  for (const raster of rasters)
    uris.set(raster, `data:image/png;base64,${(await png(raster)).toString("base64")}`);
  return (raster) => uris.get(raster)!;
}
