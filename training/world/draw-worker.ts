/** A process that draws whole shards, as it is told to by `draw.ts`. */
import { existsSync, statSync } from "node:fs";
import { open, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { drawNamedSample } from "./sampler/named-sample";
import { drawSample, renderSample, type Sample } from "./sampler/sampler";
import { drawStyledSample } from "./sampler/styled-sample";
import { captionsFile, type DrawJob, picturesFile } from "./shard";

// One process is one core: more threads inside would only wait for each other.
sharp.concurrency(1);
sharp.cache(false);
const REPORT_EVERY = 256;

/** A shard is finished when its captions are there, for they are written last, and its pictures have their size. */
function isFinished(job: DrawJob): boolean {
  const [pictures, captions] = [
    path.join(job.out, picturesFile(job.shard)),
    path.join(job.out, captionsFile(job.shard)),
  ];
  return (
    existsSync(captions) &&
    existsSync(pictures) &&
    statSync(pictures).size === job.count * job.size * job.size * 3
  );
}

function sampleOf({ name, taught, seed, split }: DrawJob, index: number): Sample {
  if (name) return drawNamedSample(name, seed, index);
  return taught ? drawStyledSample(taught, seed, index) : drawSample(seed, index, split);
}

async function drawShard(job: DrawJob): Promise<void> {
  if (isFinished(job)) return;
  const pictures = path.join(job.out, picturesFile(job.shard));
  const lines: string[] = [];
  const file = await open(`${pictures}.part`, "w");
  let unreported = 0;
  for (let index = job.first; index < job.first + job.count; index += 1) {
    const sample = sampleOf(job, index);
    await file.write(await renderSample(sample, job.size));
    const { record, captions } = sample;
    lines.push(JSON.stringify({ index, kind: record.kind, record, ...captions }));
    unreported += 1;
    if (unreported === REPORT_EVERY) {
      process.send!({ drawn: unreported, done: false });
      unreported = 0;
    }
  }
  await file.close();
  await rename(`${pictures}.part`, pictures);
  await writeFile(path.join(job.out, captionsFile(job.shard)), `${lines.join("\n")}\n`);
  if (unreported > 0) process.send!({ drawn: unreported, done: false });
}

process.on("message", (job: DrawJob) => {
  drawShard(job).then(
    () => process.send!({ drawn: 0, done: true }),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});
