import sharp, { type Sharp } from "sharp";
import { loadDecoders } from "@/lib/codes/load-decoders";
import type { DecoderName } from "@/lib/qr/jury/decoder-names";
import { toGray } from "@/lib/qr/weave/luma";

const PX_PER_MODULE = 20;

/** What two readers of different making read in a picture file (SVG too): the text of each, null for nothing. */
export async function readCode(file: Buffer): Promise<Partial<Record<DecoderName, string | null>>> {
  const { data, info } = await opened(file)
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

/** Drawings at whole pixels a module, as the jury has them. */
function opened(file: Buffer): Sharp {
  const [, modules] = /viewBox="0 0 (\d+) \d+"/.exec(file.toString("utf8", 0, 400)) ?? [];
  return modules ? sharp(file, { density: 600 }).resize(Number(modules) * PX_PER_MODULE) : sharp(file);
}

/** What `readCode` answers for a code that says `text`. */
export const saying = (text: string) => ({ "zxing-local": text, jsqr: text });
