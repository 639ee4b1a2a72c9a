import sharp from "sharp";
import type { Decoder } from "@/lib/qr/jury/decoders";
import { toGray } from "@/lib/qr/weave/luma";

/** Width of every sheet, and the width at which a README shows it. */
const SHEET_PX = 1600;
const SHOWN_PX = 800;
const GAP_PX = 24;
const CORNER = 0.035;
const MOST_BYTES = 300_000;
/** Lossy steps, best first. */
const QUALITIES = [88, 84, 80, 76, 72, 68, 64];

/** One square of a sheet. */
export interface Tile {
  /** A PNG. */
  readonly png: Uint8Array;
  /** What it has to say when it is read off the sheet; null for what is no code. */
  readonly text: string | null;
}

interface Place {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/**
 * Squares side by side on a transparent ground, as a WebP of at most 300 kB in which every code is still read at the
 * width that a README has.
 * @throws Error naming the code that is not read.
 */
export async function drawSheet(
  tiles: readonly Tile[],
  columns: number,
  decoders: readonly Decoder[],
): Promise<Buffer> {
  const places = placesOf(tiles.length, columns);
  const last = places.at(-1)!;
  const layers = await Promise.all(
    tiles.map(async ({ png }, i) => ({ ...places[i]!, input: await roundedTile(png, places[i]!.side) })),
  );
  const sheet = sharp({
    create: { width: SHEET_PX, height: last.top + last.side, channels: 4, background: "#00000000" },
  }).composite(layers);
  const pixels = await sheet.png().toBuffer();
  for (const quality of QUALITIES) {
    const bytes = await sharp(pixels).webp({ quality, effort: 6, smartSubsample: true }).toBuffer();
    if (bytes.length > MOST_BYTES) continue;
    await checkReadable(bytes, tiles, places, decoders);
    return bytes;
  }
  throw new Error(`no quality brings the sheet under ${MOST_BYTES} bytes`);
}

function placesOf(count: number, columns: number): Place[] {
  const side = Math.floor((SHEET_PX - (columns - 1) * GAP_PX) / columns);
  return Array.from({ length: count }, (_, i) => ({
    left: (i % columns) * (side + GAP_PX),
    top: Math.floor(i / columns) * (side + GAP_PX),
    side,
  }));
}

/** The corners are quiet zone: a code loses nothing by them. */
async function roundedTile(png: Uint8Array, side: number): Promise<Buffer> {
  const radius = Math.round(side * CORNER);
  const mask = `<svg width="${side}" height="${side}"><rect width="${side}" height="${side}" rx="${radius}"/></svg>`;
  return sharp(png)
    .resize(side, side)
    .ensureAlpha()
    .composite([{ input: Buffer.from(mask), blend: "dest-in" }])
    .png()
    .toBuffer();
}

/** Holds every code, as small as a README shows it, before the reader that every level counts. */
async function checkReadable(
  sheet: Buffer,
  tiles: readonly Tile[],
  places: readonly Place[],
  decoders: readonly Decoder[],
): Promise<void> {
  const reader = decoders.find(({ name }) => name === "zxing-local")!;
  const scale = SHOWN_PX / SHEET_PX;
  const shown = await sharp(sheet).flatten({ background: "#ffffff" }).resize(SHOWN_PX).png().toBuffer();
  for (const [i, { text }] of tiles.entries()) {
    if (text === null) continue;
    const { left, top, side } = places[i]!;
    const { data, info } = await sharp(shown)
      .extract({
        left: Math.round(left * scale),
        top: Math.round(top * scale),
        width: Math.floor(side * scale),
        height: Math.floor(side * scale),
      })
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width, height } = info;
    const reading = await reader.read(toGray({ width, height, data: new Uint8ClampedArray(data) }));
    if (reading?.text !== text)
      throw new Error(
        `code ${i + 1} of the sheet is not read at ${SHOWN_PX} px: ${reading?.text ?? "nothing"}`,
      );
  }
}
