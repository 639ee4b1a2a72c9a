import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { ensureBuild } from "@/scripts/ensure.mjs";
import { removeData, startApp } from "@/tests/support/app-server";
import { drawPhoto } from "../kit/draw-photo";
import { percentile } from "../kit/table";

/** Twelve megapixels, as cameras have them. */
const SIZE = [4000, 3000] as const;
/** Drawn once each; the others differ in a note, so that none is a duplicate. */
const DRAWN = 12;
/** As many as a browser sends at a time. */
const AT_ONCE = 3;
const [ASK_EVERY_MS, MEASURE_EVERY_MS] = [50, 100];
const RESTING = 200;

export interface Ingestion {
  readonly files: number;
  /** Of the mean file, MB. */
  readonly fileMb: number;
  readonly seconds: number;
  readonly filesPerSecond: number;
  /** The app's process at most, MB: it takes in, decodes and looks after the gallery. */
  readonly peakMb: number;
  /** Of the gallery's list, meanwhile. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of the same list just before, with nothing to do: what the machine's other work makes of it. */
  readonly restP50Ms: number;
  readonly restP99Ms: number;
}

/** How soon many photographs are taken in, and what the app's other guests feel of it; what is seen in them comes later. */
export async function measureIngestion(files: number): Promise<Ingestion> {
  await ensureBuild();
  const drawn = await Promise.all(Array.from({ length: DRAWN }, (_, i) => drawPhoto(i, SIZE)));
  const app = await startApp({ env: { LOG_LEVEL: "warn" } });
  try {
    const send = async (i: number, cookie: string): Promise<Response> => {
      const body = new Uint8Array(withNote(drawn[i % DRAWN]!));
      // Whole with its creation, as browsers send what fits into one part.
      const headers = {
        ...{ cookie, "tus-resumable": "1.0.0", "upload-length": `${body.length}` },
        "upload-metadata": `name ${Buffer.from(`${i}.jpg`).toString("base64")}`,
        "content-type": "application/offset+octet-stream",
      };
      const answer = await fetch(`${app.url}/api/uploads`, { method: "POST", body, headers });
      if (answer.status !== 201) throw new Error(`upload: ${answer.status} ${await answer.text()}`);
      return answer;
    };
    const cookie = (await send(0, "")).headers.getSetCookie()[0]!.split(";")[0]!;
    let [sent, isOver, peakMb] = [1, false, 0];
    const askOnce = async (times: number[]) => {
      const began = performance.now();
      await (await fetch(`${app.url}/api/pictures`, { headers: { cookie } })).arrayBuffer();
      times.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    };
    const [resting, times]: [number[], number[]] = [[], []];
    for (let i = 0; i < RESTING; i++) await askOnce(resting);
    const ask = async () => {
      while (!isOver) await askOnce(times);
    };
    const measure = async () => {
      while (!isOver) {
        peakMb = Math.max(peakMb, await residentMb(app.pid));
        await new Promise((resolve) => setTimeout(resolve, MEASURE_EVERY_MS));
      }
    };
    const work = async () => {
      while (sent < files) await send(sent++, cookie);
    };
    const [asking, measuring, began] = [ask(), measure(), performance.now()];
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    } finally {
      // Before the app ends: else its silence hides what went wrong.
      isOver = true;
      await Promise.all([asking, measuring]);
    }
    const seconds = (performance.now() - began) / 1000;
    return {
      ...{ files, seconds, peakMb, filesPerSecond: files / seconds },
      fileMb: drawn.reduce((sum, { length }) => sum + length, 0) / DRAWN / 1e6,
      ...{ p50Ms: percentile(times, 50), p99Ms: percentile(times, 99) },
      ...{ restP50Ms: percentile(resting, 50), restP99Ms: percentile(resting, 99) },
    };
  } finally {
    await app.stop();
    await removeData(app);
  }
}

/** The same JPEG with a comment behind its first mark: other bytes, the same picture. */
function withNote(jpeg: Buffer): Buffer {
  const note = randomBytes(16);
  const head = Buffer.from([0xff, 0xfe, 0, note.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, note, jpeg.subarray(2)]);
}

/** @source proc(5); 0 where there is no such thing. */
async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
}
