import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs, promisify } from "node:util";
import { ENGINE_PARTS, type EnginePart, measurePart } from "./kit/engine-parts";
import { writeFullSize } from "./kit/full-size";
import { printTable } from "./kit/table";

// How fast the engine is, on Stable Diffusion 1.5 in size with random weights at 512²:
// npm run bench -- engine [--parts unet,vae] [--runs 5] [--folder DIR] [--python python3] [--json]
// Every part in a process of its own; where Python has diffusers, the same weights are timed there right after.

const { values } = parseArgs({
  options: {
    parts: { type: "string" },
    runs: { type: "string", default: "5" },
    folder: { type: "string", default: path.join(tmpdir(), "mosaiq-bench-sd15") },
    python: { type: "string", default: "python3" },
    part: { type: "string" },
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
  const measured = await measurePart(values.part as EnginePart, values.folder, runs);
  console.log(JSON.stringify({ ...measured, peakMb: process.resourceUsage().maxRSS / 1024 }));
} else await compareAll();

async function compareAll(): Promise<void> {
  const folder = await writeFullSize(values.folder);
  const python = await hasDiffusers();
  const parts = ENGINE_PARTS.filter((part) => !values.parts || values.parts.split(",").includes(part));
  const rows = [];
  for (const part of parts) {
    const ours = await measure<Measured>(process.execPath, [
      ...process.execArgv,
      "scripts/bench/engine.ts",
      ...["--part", part, "--runs", `${runs}`, "--folder", folder],
    ]);
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
    rows.push({ part, ours, fp32, bf16, difference, load: loadavg()[0]! });
    if (!values.json) console.error(`${part}: ${Math.round(ours.medianMs)} ms`);
  }
  if (values.json) console.log(JSON.stringify({ runs, threads: availableParallelism(), rows }));
  else report(rows);
}

type Row = {
  part: EnginePart;
  ours: Measured;
  fp32: Measured | null;
  bf16: Measured | null;
  difference: Difference | null;
  load: number;
};

function report(rows: readonly Row[]): void {
  const ms = (value: number | undefined): string => (value === undefined ? "" : `${Math.round(value)}`);
  console.log(
    `\nSD 1.5 in size, random weights, 512², ${availableParallelism()} cores; medians of ${runs} runs`,
  );
  printTable(rows, {
    part: (r) => r.part,
    "open ms": (r) => ms(r.ours.openMs),
    ms: (r) => ms(r.ours.medianMs),
    "peak MB": (r) => ms(r.ours.peakMb),
    "diffusers fp32": (r) => ms(r.fp32?.medianMs),
    ratio: (r) => (r.fp32 ? (r.ours.medianMs / r.fp32.medianMs).toFixed(2) : ""),
    "its MB": (r) => ms(r.fp32?.peakMb),
    "diffusers bf16": (r) => ms(r.bf16?.medianMs),
    "ratio ": (r) => (r.bf16 ? (r.ours.medianMs / r.bf16.medianMs).toFixed(2) : ""),
    "max |Δ| / scale": (r) => r.difference?.most.toExponential(1) ?? "",
    dB: (r) => r.difference?.decibel.toFixed(0) ?? "",
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
