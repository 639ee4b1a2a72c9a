import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs, promisify } from "node:util";
import type { Precision } from "@/lib/inference/tasks";
import { ENGINE_PARTS, type EnginePart, measurePart } from "./kit/engine-parts";
import { writeFullSize } from "./kit/full-size";
import { printTable } from "./kit/table";

// How fast the engine is, on Stable Diffusion 1.5 in size with random weights at 512²:
// npm run bench -- engine [--parts unet,vae] [--runs 5] [--folder DIR] [--python python3] [--json]
// Every part in a process of its own, in float32 and in 8 bits; where Python has diffusers, the same weights are timed
// there right after.

const { values } = parseArgs({
  options: {
    parts: { type: "string" },
    runs: { type: "string", default: "5" },
    folder: { type: "string", default: path.join(tmpdir(), "mosaiq-bench-sd15") },
    python: { type: "string", default: "python3" },
    part: { type: "string" },
    precision: { type: "string", default: "float32" },
    json: { type: "boolean", default: false },
  },
});
const runs = Number(values.runs);
const run = promisify(execFile);

interface Measured {
  readonly openMs: number;
  readonly medianMs: number;
  readonly peakMb: number;
  /** Where the output lies as float32, for the comparison; null where there is nothing to compare. */
  readonly output: string | null;
}

/** What the reference has for a part. */
const IN_DIFFUSERS: Readonly<Partial<Record<EnginePart, string>>> = {
  unet: "unet",
  controlnet: "controlnet",
  vae: "vae",
  taesd: "taesd",
};

if (values.part) {
  const measured = await measurePart(
    values.part as EnginePart,
    values.precision as Precision,
    values.folder,
    runs,
  );
  console.log(JSON.stringify({ ...measured, peakMb: process.resourceUsage().maxRSS / 1024 }));
} else await compareAll();

async function compareAll(): Promise<void> {
  const folder = await writeFullSize(values.folder);
  const python = await hasDiffusers();
  const parts = ENGINE_PARTS.filter((part) => !values.parts || values.parts.split(",").includes(part));
  const rows = [];
  for (const part of parts) {
    const inPrecision = (precision: Precision) =>
      measure<Measured>(process.execPath, [
        ...process.execArgv,
        "scripts/bench/engine.ts",
        ...["--part", part, "--precision", precision, "--runs", `${runs}`, "--folder", folder],
      ]);
    const ours = await inPrecision("float32");
    const int8 = await inPrecision("int8");
    const reference = (name: string | undefined) =>
      python && name
        ? measure<Measured>(values.python, [
            "scripts/bench/kit/diffusers_reference.py",
            ...[folder, name, `${availableParallelism()}`, `${runs}`],
          ]).catch((error: Error & { stderr?: string }) => {
            console.error(
              `${name} in diffusers: ${error.stderr?.trim().split("\n").at(-1) ?? error.message}`,
            );
            return null;
          })
        : null;
    const name = IN_DIFFUSERS[part];
    const fp32 = await reference(name);
    const bf16 = await reference(name && `${name}-bf16`);
    const difference = fp32?.output && ours.output ? await distance(ours.output, fp32.output) : null;
    const rounding = await distance(int8.output!, ours.output!);
    rows.push({ part, ours, int8, fp32, bf16, difference, rounding, load: loadavg()[0]! });
    if (!values.json)
      console.error(`${part}: ${Math.round(ours.medianMs)} ms, in 8 bits ${Math.round(int8.medianMs)} ms`);
  }
  if (values.json) console.log(JSON.stringify({ runs, threads: availableParallelism(), rows }));
  else report(rows);
}

type Row = {
  part: EnginePart;
  ours: Measured;
  int8: Measured;
  fp32: Measured | null;
  bf16: Measured | null;
  /** Of float32 to the reference's. */
  difference: Difference | null;
  /** Of 8 bits to float32. */
  rounding: Difference;
  load: number;
};

function report(rows: readonly Row[]): void {
  const whole = (value: number | undefined): string => (value === undefined ? "" : `${Math.round(value)}`);
  const ratio = (ours: Measured, theirs: Measured | null): string =>
    theirs ? (ours.medianMs / theirs.medianMs).toFixed(2) : "";
  console.log(
    `\nSD 1.5 in size, random weights, 512², ${availableParallelism()} cores; medians of ${runs} runs`,
  );
  printTable(rows, {
    part: (r) => r.part,
    "open ms": (r) => whole(r.ours.openMs),
    ms: (r) => whole(r.ours.medianMs),
    "peak MB": (r) => whole(r.ours.peakMb),
    "off the reference": (r) => r.difference?.most.toExponential(1) ?? "",
    "diffusers fp32": (r) => whole(r.fp32?.medianMs),
    "its MB": (r) => whole(r.fp32?.peakMb),
    ratio: (r) => ratio(r.ours, r.fp32),
    "diffusers bf16": (r) => whole(r.bf16?.medianMs),
  });
  console.log("\nIn 8 bits: against float32 in time, decibels to its largest number, and against diffusers");
  printTable(rows, {
    part: (r) => r.part,
    "open ms": (r) => whole(r.int8.openMs),
    ms: (r) => whole(r.int8.medianMs),
    "peak MB": (r) => whole(r.int8.peakMb),
    "of float32": (r) => ratio(r.int8, r.ours),
    dB: (r) => r.rounding.decibel.toFixed(1),
    "of diffusers fp32": (r) => ratio(r.int8, r.fp32),
    "of diffusers bf16": (r) => ratio(r.int8, r.bf16),
    load: (r) => r.load.toFixed(1),
  });
}

async function measure<T>(command: string, args: readonly string[]): Promise<T> {
  const { stdout } = await run(command, args, { maxBuffer: 2 ** 24 });
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as T;
}

async function hasDiffusers(): Promise<boolean> {
  try {
    await run(values.python, ["-c", "import torch, diffusers"]);
    return true;
  } catch {
    console.error(`${values.python} has no diffusers: nothing to compare with`);
    return false;
  }
}

interface Difference {
  /** The largest, in parts of the reference's largest number. */
  readonly most: number;
  /** Of the root mean square to that largest number. */
  readonly decibel: number;
}

async function distance(ours: string, theirs: string): Promise<Difference> {
  const read = async (file: string) => {
    const { buffer, byteOffset, byteLength } = await readFile(file);
    return new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
  };
  const [a, b] = [await read(ours), await read(theirs)];
  let [most, scale, squares] = [0, 0, 0];
  for (let i = 0; i < b.length; i++) {
    const off = Math.abs(a[i]! - b[i]!);
    most = Math.max(most, off);
    squares += off ** 2;
    scale = Math.max(scale, Math.abs(b[i]!));
  }
  return { most: most / scale, decibel: 20 * Math.log10(scale / Math.sqrt(squares / b.length)) };
}
