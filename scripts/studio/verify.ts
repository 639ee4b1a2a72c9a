import sharp from "sharp";
import { loadDecoders } from "@/lib/codes/load-decoders";
import { AppError } from "@/lib/errors";
import { decodePicture } from "@/lib/pictures/decode-picture";
import { inspectPicture } from "@/lib/pictures/inspect-picture";
import { judge } from "@/lib/qr/jury/judge";
import { LEVELS, passesLevel } from "@/lib/qr/jury/levels";
import { NOMINAL_PX } from "@/lib/qr/make/photo";
import type { Gray } from "@/lib/qr/raster";
import { toGray } from "@/lib/qr/weave/luma";
import { readInput } from "./files";
import { juryTable } from "./jury-table";
import { messages } from "./messages/messages";
import { parseOptions } from "./parse-options";
import { UsageError } from "./usage-error";

/** Shows any picture to the whole jury. Exit status 0 only if the text is read in the picture as it is. */
export async function verify(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions({
    args,
    allowPositionals: true,
    options: { text: { type: "string" }, json: { type: "boolean" }, lang: { type: "string" } },
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new UsageError("onePicture", "verify");
  const image = await grayOf(await readInput(file));
  const decoders = await loadDecoders();
  const texts: Record<string, string | null> = {};
  for (const decoder of decoders) texts[decoder.name] = (await decoder.read(image))?.text ?? null;
  const found = Object.values(texts).find((text) => text !== null);
  if (found === undefined) throw new AppError("nothing_read");
  const text = values.text ?? found;
  if (!Object.values(texts).includes(text)) throw new AppError("text_differs");
  const verdict = await judge(image, text, decoders);
  const levels = Object.fromEntries(LEVELS.map((level) => [level, passesLevel(level, verdict, null).pass]));
  if (values.json) console.log(JSON.stringify({ text, texts, levels, jury: verdict }));
  else {
    const passed = LEVELS.filter((level) => levels[level]);
    const { comma, qr: told } = messages();
    console.log(
      passed.length > 0
        ? told.read(text, verdict.score, passed.join(comma))
        : told.readBelow(text, verdict.score),
    );
    console.log(juryTable(verdict));
  }
  return 0;
}

/** At the size that scenes are meant for, transparent parts on white. */
async function grayOf(bytes: Buffer): Promise<Gray> {
  await inspectPicture(bytes);
  const { data, info } = await decodePicture(bytes, (picture) =>
    picture
      .flatten({ background: "#ffffff" })
      .resize(NOMINAL_PX, NOMINAL_PX, { fit: "inside", kernel: sharp.kernel.linear })
      .toColourspace("srgb")
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true }),
  );
  return toGray({ width: info.width, height: info.height, data: new Uint8ClampedArray(data) });
}
