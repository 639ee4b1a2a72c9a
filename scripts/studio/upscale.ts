import path from "node:path";
import { chooseUpscaler } from "@/lib/drawing/choose-upscaler";
import { refuseSetting } from "@/lib/drawing/drawing-settings";
import { encodePng } from "@/lib/drawing/encode-png";
import { copyPictureParameters } from "@/lib/engine/parameters/picture-parameters";
import { makeLarger } from "@/lib/scenarios/upscale/make-larger";
import { TIMES, type Times } from "@/lib/scenarios/upscale/upscale.input";
import { readInput, writeOutput } from "./files";
import { assertWritable, findFile, readPicture } from "./generate-files";
import { openProgressLine, untilInterrupted } from "./generate-progress";
import { messages } from "./messages/messages";
import { parseOptions } from "./parse-options";
import { UsageError } from "./usage-error";

/** Enlarges a picture and writes it, with the settings it was drawn with where it has any. */
export async function upscale(args: string[]): Promise<number> {
  const { source, model: name, times, out, json } = readArguments(args);
  const signal = untilInterrupted();
  await assertWritable(out);
  const model = name === null ? await chooseUpscaler(null) : await findFile(name, "upscaler");
  const picture = await readPicture(source);
  const progress = openProgressLine();
  const told = messages();
  try {
    progress.say(told.progress.opening(model.name));
    const began = performance.now();
    const made = await makeLarger(picture, times, model.path, {
      signal,
      onProgress: (part) => progress.say(told.progress.part(Math.round(100 * part))),
    });
    const total = performance.now() - began;
    const png = await copyPictureParameters(await readInput(source), await encodePng(made));
    await writeOutput(out, png);
    progress.clear();
    const { width, height } = made;
    const facts = { picture: out, width, height, scale: times, model: model.name, timesMs: { total } };
    if (json) console.log(JSON.stringify(facts));
    else console.log(told.upscale.made(out, `${width}×${height}`, times, (total / 1000).toFixed(1)));
    return 0;
  } finally {
    progress.clear();
  }
}

interface Arguments {
  readonly source: string;
  /** Path or name; null: people's own, where one is installed, else the one that ships. */
  readonly model: string | null;
  readonly times: Times;
  readonly out: string;
  readonly json: boolean;
}

/** @throws UsageError · AppError setting_invalid */
function readArguments(args: string[]): Arguments {
  const text = { type: "string" } as const;
  const { values, positionals } = parseOptions({
    args,
    allowPositionals: true,
    options: { model: text, times: text, out: text, lang: text, json: { type: "boolean" } },
  });
  const [source] = positionals;
  const { model = null, times = `${TIMES[0]}`, out, json = false } = values;
  if (source === undefined || positionals.length > 1) throw new UsageError("onePicture", "upscale");
  if (out === undefined) throw new UsageError("missing", "--out");
  if (path.extname(out).toLowerCase() !== ".png") throw new UsageError("ending", "--out", ".png");
  const known = TIMES.find((one) => `${one}` === times) ?? refuseSetting("times", times, TIMES.join(", "));
  return { source, model, times: known, out, json };
}
