import path from "node:path";
import type { parseArgs } from "node:util";
import { encodeDrawing } from "@/lib/drawing/encode-drawing";
import { openEasel } from "@/lib/drawing/open-easel";
import { AppError } from "@/lib/errors";
import { drawPortrait } from "@/lib/scenarios/portrait/draw-portrait";
import { type PortraitInput, portraitInput } from "@/lib/scenarios/portrait/portrait.job";
import { PORTRAIT_STYLE_NAMES } from "@/lib/scenarios/portrait/portrait-styles.input";
import { photoSide, preparePhoto } from "@/lib/scenarios/portrait/prepare-photo";
import { writeOutput } from "./files";
import { assertWritable, readPicture } from "./generate-files";
import { openProgressLine, untilInterrupted } from "./generate-progress";
import { messages } from "./messages/messages";
import { parseOptions } from "./parse-options";
import { readNumber, readPlan } from "./scenario-arguments";
import { UsageError } from "./usage-error";

const text = { type: "string" } as const;
const OPTIONS = {
  ...{
    photo: text,
    style: text,
    out: text,
    strength: text,
    likeness: text,
    background: text,
    who: text,
    hold: text,
  },
  ...{ crop: text, model: text, seed: text, lang: text, json: { type: "boolean" as const } },
} as const;
const BACKGROUNDS = "keep, blur, style, #rrggbb, …";
/** A photo from a file is nobody's. */
const NOBODY = "00000000-0000-4000-8000-000000000000";
const MOST_PX = 1536;

/** Draws a portrait in a style from a photo's file; prints what was drawn. */
export async function portrait(args: string[]): Promise<number> {
  const { values } = parseOptions({ args, options: OPTIONS });
  const { photo, out, json } = values;
  if (photo === undefined) throw new UsageError("missing", "--photo");
  if (out === undefined || path.extname(out).toLowerCase() !== ".png")
    throw new UsageError("ending", "--out", ".png");
  const input = inputOf(values);
  await assertWritable(out);
  const signal = untilInterrupted();
  const whole = await readPicture(photo, {
    resize: (decoded) => decoded.resize(MOST_PX, MOST_PX, { fit: "inside", withoutEnlargement: true }),
  });
  const progress = openProgressLine();
  const told = messages();
  const began = performance.now();
  try {
    progress.say(told.progress.looking());
    const { side } = await openEasel(input);
    const prepared = await preparePhoto(whole, input, photoSide(side), signal);
    const onProgress = (part: number) => progress.say(told.progress.drawing(Math.round(100 * part)));
    const { drawn, enlarged } = await drawPortrait(prepared, input, { ownerId: null, signal, onProgress });
    await writeOutput(out, await encodeDrawing(drawn, enlarged));
    progress.clear();
    const { isFaceFound, square } = prepared;
    const ms = Math.round(performance.now() - began);
    const { style, strength, likeness, seed } = input;
    if (!isFaceFound) console.error(told.portrait.noFace());
    if (json)
      console.log(
        JSON.stringify({
          out,
          style,
          strength,
          likeness,
          seed,
          isFaceFound,
          crop: square,
          timesMs: { total: ms },
        }),
      );
    else console.log(told.portrait.made(out, style, seed, (ms / 1000).toFixed(1)));
    return 0;
  } finally {
    progress.clear();
  }
}

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>["values"];

function inputOf(said: Values): PortraitInput & { seed: number } {
  const { style, background, crop } = said;
  if (style !== undefined && !PORTRAIT_STYLE_NAMES.some((name) => name === style))
    throw new AppError("setting_invalid", {
      details: { setting: "style", got: style, expected: PORTRAIT_STYLE_NAMES.join(", ") },
    });
  const [x, y, side] = crop?.split(",").map(Number) ?? [];
  const input = readPlan(portraitInput, {
    ...{ photo: NOBODY, style, who: said.who, hold: said.hold, model: said.model },
    ...{
      strength: readNumber("strength", said.strength),
      likeness: readNumber("likeness", said.likeness),
      seed: readNumber("seed", said.seed),
    },
    ...(crop !== undefined && { crop: { x, y, side } }),
    ...(background !== undefined && { background: backgroundOf(background) }),
  });
  return { ...input, seed: input.seed ?? 1 };
}

function backgroundOf(said: string): unknown {
  if (said.trim() === "")
    throw new AppError("setting_invalid", {
      details: { setting: "background", got: "", expected: BACKGROUNDS },
    });
  if (said === "keep" || said === "blur") return { kind: said };
  if (said === "style") return { kind: "colour", colour: null };
  return said.startsWith("#") ? { kind: "colour", colour: said } : { kind: "prompt", prompt: said };
}
