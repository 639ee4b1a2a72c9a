import sharp from "sharp";
import type { DecoderName } from "@/lib/qr/jury/decoder-names";
import { toGray } from "@/lib/qr/weave/luma";
import { loadDecoders } from "@/lib/scenarios/qr-picture/load-decoders";

/** What two readers of different making read in a picture file (SVG too): the text of each, null for nothing. */
export async function readCode(file: Buffer): Promise<Partial<Record<DecoderName, string | null>>> {
  // Drawings come in millimetres: at 600 dpi, as a printer has them.
  const { data, info } = await sharp(file, { density: 600 })
    .flatten({ background: "#ffffff" })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const pixels = new Uint8ClampedArray(data.buffer, data.byteOffset, data.length);
  const gray = toGray({ width: info.width, height: info.height, data: pixels });
  const readings: Partial<Record<DecoderName, string | null>> = {};
  for (const reader of await loadDecoders())
    if (reader.name === "zxing-local" || reader.name === "jsqr")
      readings[reader.name] = (await reader.read(gray))?.text ?? null;
  return readings;
}

/** What `readCode` answers for a code that says `text`. */
export const saying = (text: string) => ({ "zxing-local": text, jsqr: text });
