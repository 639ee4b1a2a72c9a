import path from "node:path";
import { encodeDrawing } from "@/lib/drawing/encode-drawing";
import { openEasel } from "@/lib/drawing/open-easel";
import { cutThing } from "@/lib/scenarios/product/cut-thing";
import { drawGround } from "@/lib/scenarios/product/draw-ground";
import { drawProduct } from "@/lib/scenarios/product/draw-product";
import { productInput } from "@/lib/scenarios/product/product.job";
import { writeOutput } from "./files";
import { assertWritable, readPicture } from "./generate-files";
import { openProgressLine, untilInterrupted } from "./generate-progress";
import { messages } from "./messages/messages";
import { parseOptions } from "./parse-options";
import { readNumber, readPlan } from "./scenario-arguments";
import { UsageError } from "./usage-error";

const text = { type: "string" } as const;
const OPTIONS = {
  ...{ photo: text, prompt: text, out: text, sizes: text, scale: text, light: text, shadow: text },
  ...{ model: text, seed: text, lang: text, json: { type: "boolean" as const } },
} as const;
const NOBODY = "00000000-0000-4000-8000-000000000000";
const MOST_PX = 1536;

/** Sets a thing from a photo's file before a drawn ground; one file a size. */
export async function product(args: string[]): Promise<number> {
  const { values } = parseOptions({ args, options: OPTIONS });
  const { photo, out, prompt, json, model, sizes } = values;
  if (photo === undefined) throw new UsageError("missing", "--photo");
  if (prompt === undefined) throw new UsageError("missing", "--prompt");
  if (out === undefined || path.extname(out).toLowerCase() !== ".png")
    throw new UsageError("ending", "--out", ".png");
  const numbers = (["scale", "light", "shadow", "seed"] as const).map((name) => [
    name,
    readNumber(name, values[name]),
  ]);
  const input = readPlan(productInput, {
    ...{ photo: NOBODY, prompt, model, ...Object.fromEntries(numbers) },
    // Twice the same would be written into one file.
    ...{ sizes: [...new Set(sizes?.split(",").map((name) => name.trim()) ?? ["square"])] },
  });
  const seed = input.seed ?? 1;
  await assertWritable(out);
  const signal = untilInterrupted();
  const whole = await readPicture(photo, {
    resize: (decoded) => decoded.resize(MOST_PX, MOST_PX, { fit: "inside", withoutEnlargement: true }),
  });
  const progress = openProgressLine();
  const told = messages();
  const drawing = (what: string) => (part: number) =>
    progress.say(what + told.colon + told.progress.drawing(Math.round(100 * part)));
  const began = performance.now();
  try {
    progress.say(told.progress.cutting());
    const easel = await openEasel(input, null);
    const thing = await cutThing(whole, signal);
    const ground = await drawGround(
      easel,
      { ...input, seed },
      {
        signal,
        onProgress: drawing(told.progress.place()),
      },
    );
    const pictures: { file: string; size: string; width: number; height: number }[] = [];
    for (const size of input.sizes) {
      const { drawn, enlarged } = await drawProduct(
        easel,
        { thing, ground },
        { ...input, size, seed },
        { signal, onProgress: drawing(size) },
      );
      const file = input.sizes.length === 1 ? out : out.replace(/\.png$/i, `-${size}.png`);
      await writeOutput(file, await encodeDrawing(drawn, enlarged));
      const { width, height } = enlarged.picture;
      pictures.push({ file, size, width, height });
    }
    progress.clear();
    const timesMs = { total: Math.round(performance.now() - began) };
    if (json) console.log(JSON.stringify({ pictures, prompt, seed, timesMs }));
    else
      for (const { file, width, height } of pictures)
        console.log(told.product.made(file, `${width}×${height}`, seed));
    return 0;
  } finally {
    progress.clear();
  }
}
