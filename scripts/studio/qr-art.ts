import path from "node:path";
import type { parseArgs } from "node:util";
import { jobSeed } from "@/lib/drawing/job-seed";
import { openStyledEasel } from "@/lib/drawing/open-styled-easel";
import { pictureStyle } from "@/lib/drawing/picture-styles.input";
import { closeInference } from "@/lib/inference/client";
import { closeCpuPool } from "@/lib/jobs/cpu-pool";
import { parseInput } from "@/lib/parse-input";
import { type Candidate, type CandidateStage, makeCandidates } from "@/lib/scenarios/qr-art/make-candidates";
import { inOrder } from "@/lib/scenarios/qr-art/order-candidates";
import { type QrArtInput, qrArtInput } from "@/lib/scenarios/qr-art/qr-art.job";
import { writeOutput } from "./files";
import { assertWritable } from "./generate-files";
import { openProgressLine, untilInterrupted } from "./generate-progress";
import { messages } from "./messages/messages";
import { parseOptions } from "./parse-options";
import { UsageError } from "./usage-error";

const text = { type: "string" } as const;
const OPTIONS = {
  ...{
    text,
    prompt: text,
    style: text,
    out: text,
    candidates: text,
    blend: text,
    level: text,
    size: text,
    seed: text,
  },
  ...{ model: text, negative: text, steps: text, cfg: text, lang: text },
  lora: { type: "string", multiple: true },
  json: { type: "boolean" },
} as const;

/** Draws candidates of a code; the best is written as `out.png`, the others as `out-2.png`, … */
export async function qrArt(args: string[]): Promise<number> {
  const { values } = parseOptions({ args, options: OPTIONS });
  const { out } = values;
  if (out === undefined) throw new UsageError("missing", "--out");
  if (path.extname(out).toLowerCase() !== ".png") throw new UsageError("ending", "--out", ".png");
  const input = inputOf(values);
  await assertWritable(out);
  const signal = untilInterrupted();
  const progress = openProgressLine();
  const told = messages();
  try {
    const seed = jobSeed(`${process.pid} ${Date.now()}`, input.seed);
    const made = new Map<string, ReturnType<typeof madeOf>>();
    const onProgress = (done: number, stage: CandidateStage) =>
      progress.say(told.progress.stages[stage](Math.round((100 * done) / input.candidates)));
    const easel = await openStyledEasel(input, pictureStyle(input.style));
    let refused = 0;
    const onRefused = () => refused++;
    for await (const each of makeCandidates(easel, input, seed, { signal, onProgress, onRefused }))
      made.set(`${each.index}`, madeOf(each));
    const order = inOrder([...made].map(([id, { ssim, score }]) => ({ id, ssim, score })));
    const files = [];
    for (const [place, id] of order.entries()) {
      const { bytes, ...facts } = made.get(id)!;
      const file = place === 0 ? out : out.replace(/\.png$/i, `-${place + 1}.png`);
      await writeOutput(file, bytes);
      files.push({ file, ...facts });
    }
    progress.clear();
    if (values.json) console.log(JSON.stringify({ candidates: files, refused, model: easel.model.name }));
    else {
      for (const line of files.map(describe)) console.log(line);
      if (refused > 0) console.log(told.qrArt.leftOut(refused, input.candidates));
    }
    return 0;
  } finally {
    progress.clear();
    await Promise.all([closeCpuPool(), closeInference()]);
  }
}

/** What is told of a candidate. */
function madeOf({ file: { bytes, report }, before, input, drawMs }: Candidate) {
  const { version, ecc, jury, fidelity, timesMs } = report;
  return {
    ...{ bytes, seed: input.seed, version, ecc, before, score: jury.score, ssim: fidelity?.ssim ?? 0 },
    timesMs: { draw: Math.round(drawMs), weave: timesMs.total },
  };
}

type Told = Omit<ReturnType<typeof madeOf>, "bytes"> & { readonly file: string };

function describe({ file, seed, before, score, ssim, timesMs }: Told): string {
  const told = messages().qrArt;
  return [
    told.made(file, seed),
    told.before(before.readers, before.of),
    told.jury(before.jury.score, score),
    told.measured(ssim.toFixed(3), ((timesMs.draw + timesMs.weave) / 1000).toFixed(1)),
  ].join("");
}

/** Numbers as typed; what is wrong with them, the scenario's own schema says. @throws AppError input_invalid */
function inputOf(values: Values): QrArtInput {
  const number = (value: string | undefined): number | undefined =>
    value === undefined ? undefined : Number(value);
  return parseInput(qrArtInput, {
    ...{ text: values.text, prompt: values.prompt, style: values.style, level: values.level },
    ...{ model: values.model },
    ...{ candidates: number(values.candidates), blend: number(values.blend), size: number(values.size) },
    ...{ seed: number(values.seed), steps: number(values.steps), guidance: number(values.cfg) },
    negativePrompt: values.negative,
    loras: values.lora?.map((one) => {
      const [name, weight = "1"] = one.split(":");
      return { name, weight: Number(weight) };
    }),
  });
}

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>["values"];
