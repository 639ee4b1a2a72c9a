import path from "node:path";
import { parseArgs } from "node:util";
import { encodePng } from "@/lib/drawing/encode-png";
import { copyPictureParameters } from "@/lib/engine/parameters/picture-parameters";
import { infer } from "@/lib/inference/client";
import { readInput, writeOutput } from "./files";
import { assertWritable, findFile, readPicture } from "./generate-files";
import { openProgressLine, untilInterrupted } from "./generate-progress";
import { UsageError } from "./usage-error";

/** Enlarges a picture with an ESRGAN model and writes it, with the settings it was drawn with where it has any. */
export async function upscale(args: string[]): Promise<number> {
  const { source, model: name, out, json } = readArguments(args);
  const signal = untilInterrupted();
  await assertWritable(out);
  const model = await findFile(name, "upscaler");
  const picture = await readPicture(source);
  const progress = openProgressLine();
  try {
    progress.say(`opening ${model.name}`);
    const made = await infer(
      "upscale",
      { model: model.path, picture },
      {
        signal,
        onProgress: ({ tile, of }) => progress.say(`tile ${tile} of ${of}`),
      },
    );
    const png = await copyPictureParameters(await readInput(source), await encodePng(made.picture));
    await writeOutput(out, png);
    progress.clear();
    const { width, height } = made.picture;
    const { scale, timesMs } = made;
    if (json) console.log(JSON.stringify({ picture: out, width, height, scale, model: model.name, timesMs }));
    else
      console.log(
        `${out}: ${width}×${height}, ×${scale}, ${((timesMs.load + timesMs.draw) / 1000).toFixed(1)} s`,
      );
    return 0;
  } finally {
    progress.clear();
  }
}

/** @throws UsageError */
function readArguments(args: string[]): { source: string; model: string; out: string; json: boolean } {
  const text = { type: "string" } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { model: text, out: text, lang: text, json: { type: "boolean" } },
  });
  const [source] = positionals;
  const { model, out, json = false } = values;
  if (source === undefined || positionals.length > 1) throw new UsageError("upscale needs one picture.");
  if (model === undefined) throw new UsageError("--model is missing.");
  if (out === undefined) throw new UsageError("--out is missing.");
  if (path.extname(out).toLowerCase() !== ".png") throw new UsageError("--out: use .png");
  return { source, model, out, json };
}
