/**
 * Draws the data set:
 * `npx tsx training/world/draw.ts --out DIR --count N --size 256 --split train --seed 1 [--from INDEX] [--workers N] [--name Momo | --taught mosaic]`
 *
 * Writes shards of 2,048 pictures: `pictures-0000.bin`, uint8 RGB [n, size, size, 3], and `captions-0000.jsonl`,
 * one line a picture: {index, kind, record, en[3], zh[3], told}, where told is what of the record the first
 * captions tell; then `world.json`, which names them. A shard that is
 * there is not drawn again, so a stopped run goes on where it was.
 */
import { fork } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { captionsFile, type DrawJob, picturesFile, SHARD } from "./shard";

const { values } = parseArgs({
  options: {
    out: { type: "string" },
    count: { type: "string", default: "2048" },
    size: { type: "string", default: "256" },
    split: { type: "string", default: "train" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    workers: { type: "string", default: String(os.availableParallelism()) },
    name: { type: "string" },
    taught: { type: "string" },
  },
});

function readOptions(): {
  out: string;
  count: number;
  job: Omit<DrawJob, "first" | "count" | "shard"> & { from: number };
} {
  const { out, split, name, taught } = values;
  const [count, size, seed, from] = [values.count, values.size, values.seed, values.from].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  if (!out) throw new Error("--out DIR is needed");
  if (split !== "train" && split !== "test") throw new Error(`--split is train or test, not ${split}`);
  if (!Number.isInteger(size) || size < 32 || size % 4 !== 0)
    throw new Error(`--size is a multiple of 4, at least 32, not ${values.size}`);
  if (!Number.isInteger(count) || count < 1)
    throw new Error(`--count is a whole number above 0, not ${values.count}`);
  return {
    out,
    count,
    job: { out, size, seed, split, from, ...(name ? { name } : {}), ...(taught ? { taught } : {}) },
  };
}

/** What makes two runs the same data: a folder holds one such run, grown by a larger count. */
function checkSameRun(file: string, facts: Record<string, unknown>): void {
  if (!existsSync(file)) return;
  const before = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  for (const [key, value] of Object.entries(facts)) {
    if (before[key] !== value)
      throw new Error(`${file} was drawn with ${key} ${before[key]}, not ${value}: choose another folder`);
  }
}

async function main(): Promise<void> {
  const { out, count, job } = readOptions();
  mkdirSync(out, { recursive: true });
  const { from, ...common } = job;
  const facts = {
    size: job.size,
    seed: job.seed,
    split: job.split,
    from,
    name: job.name ?? null,
    ...(job.taught && { taught: job.taught }),
    shardSize: SHARD,
    told: true,
  };
  const manifest = path.join(out, "world.json");
  checkSameRun(manifest, facts);
  const shards = Array.from(
    { length: Math.ceil(count / SHARD) },
    (_, shard): DrawJob => ({
      ...common,
      shard,
      first: from + shard * SHARD,
      count: Math.min(SHARD, count - shard * SHARD),
    }),
  );
  writeFileSync(
    manifest,
    `${JSON.stringify({ ...facts, count, shards: shards.map((s) => ({ pictures: picturesFile(s.shard), captions: captionsFile(s.shard), count: s.count })) }, null, 2)}\n`,
  );
  const started = Date.now();
  let [drawn, next] = [0, 0];
  const report = (more: number) => {
    drawn += more;
    const seconds = (Date.now() - started) / 1000;
    process.stdout.write(`drew ${drawn} pictures, ${(drawn / seconds).toFixed(1)} a second\n`);
  };
  const runWorker = () =>
    new Promise<void>((resolve, reject) => {
      const child = fork(fileURLToPath(new URL("./draw-worker.ts", import.meta.url)), {
        execArgv: process.execArgv,
      });
      const give = () => (next < shards.length ? child.send(shards[next++]!) : child.disconnect());
      child.on("message", (message: { drawn: number; done: boolean }) => {
        if (message.drawn > 0) report(message.drawn);
        if (message.done) give();
      });
      child.on("error", reject);
      child.on("exit", (code) =>
        code === 0 ? resolve() : reject(new Error(`a drawing process ended with code ${code}`)),
      );
      give();
    });
  await Promise.all(Array.from({ length: Math.min(Number(values.workers), shards.length) }, runWorker));
}

await main();
