import { createHash, randomInt } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import type { PictureView } from "@/lib/pictures/describe-picture";
import { type AppServer, removeData, startApp } from "../support/app-server";
import { zipOf } from "../support/archives";

const [FILES, PACKED, DEATHS, AT_ONCE] = [300, 40, 20, 3];
const OCTETS = { "content-type": "application/offset+octet-stream" };
const TUS = { "tus-resumable": "1.0.0" };

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Pictures of noise, no two alike. */
function draw(count: number): Promise<Buffer[]> {
  const create = {
    ...{ width: 96, height: 72, channels: 3 as const, background: "#777" },
    noise: { type: "gaussian" as const, mean: 128, sigma: 40 },
  };
  return Promise.all(Array.from({ length: count }, () => sharp({ create }).jpeg().toBuffer()));
}

/** Somebody whose browser uploads files in parts, and takes up again what was cut off. */
class Importer {
  private cookie = "";
  private readonly begun = new Map<string, string>();
  /** By hash: what the app said that became of it. */
  readonly acknowledged = new Map<string, { pictureId?: string; jobId?: string }>();

  constructor(private readonly files: readonly Buffer[]) {}

  /** Sends what was not acknowledged yet until all is, or the app is gone. */
  async send(url: string, onAcknowledged: () => void): Promise<void> {
    const waiting = this.files.filter((bytes) => !this.acknowledged.has(hashOf(bytes)));
    const work = async () => {
      for (let bytes = waiting.shift(); bytes; bytes = waiting.shift()) {
        if (!(await this.sendFile(url, bytes).catch(isGone))) return;
        onAcknowledged();
      }
    };
    // The first brings the cookie.
    if (!this.cookie) await this.sendFile(url, waiting.shift()!);
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  private async sendFile(url: string, bytes: Buffer): Promise<true> {
    const hash = hashOf(bytes);
    let at = this.begun.get(hash);
    let offset = at === undefined ? null : await this.offsetOf(url + at);
    if (at === undefined || offset === null) {
      const headers = { "upload-length": `${bytes.length}`, "upload-metadata": "name bi5qcGc=" };
      const answer = await this.ask(`${url}/api/uploads`, "POST", headers);
      expect(answer.status).toBe(201);
      this.cookie ||= answer.headers.getSetCookie()[0]!.split(";")[0]!;
      at = new URL(answer.headers.get("location")!, url).pathname;
      this.begun.set(hash, at);
      offset = 0;
    }
    for (const end of [Math.ceil(bytes.length / 2), bytes.length]) {
      if (offset >= end && end < bytes.length) continue;
      const headers = { ...OCTETS, "upload-offset": `${offset}` };
      const answer = await this.ask(url + at, "PATCH", headers, bytes.subarray(offset, end));
      expect(answer.ok, `${answer.status}`).toBe(true);
      offset = end;
      if (end < bytes.length) continue;
      const became = (await answer.json()) as { picture?: PictureView; jobId?: string };
      const { picture, jobId } = became;
      this.acknowledged.set(hash, { ...(picture && { pictureId: picture.id }), ...(jobId && { jobId }) });
    }
    return true;
  }

  /** @returns null where the app knows no such upload (any more). */
  private async offsetOf(address: string): Promise<number | null> {
    const answer = await this.ask(address, "HEAD");
    return answer.ok ? Number(answer.headers.get("upload-offset")) : null;
  }

  ask(address: string, method: string, headers = {}, body?: Uint8Array): Promise<Response> {
    const cookie = this.cookie;
    const sent = body === undefined ? {} : { body: new Uint8Array(body) };
    return fetch(address, { method, headers: { ...TUS, ...headers, cookie }, ...sent });
  }

  async json<T>(address: string): Promise<T> {
    return (await (await this.ask(address, "GET")).json()) as T;
  }
}

/** What fetch says when nobody listens any more. */
const isGone = (error: unknown): false => {
  if (error instanceof TypeError) return false;
  throw error;
};

async function listAll(importer: Importer, { url }: AppServer): Promise<PictureView[]> {
  const pictures: PictureView[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const at = `${url}/api/pictures?count=100${cursor && `&cursor=${cursor}`}`;
    const page: { pictures: PictureView[]; nextCursor: string | null } = await importer.json(at);
    pictures.push(...page.pictures);
    cursor = page.nextCursor;
  }
  return pictures;
}

test("an import that is killed twenty times loses nothing that was acknowledged, and has everything once", async () => {
  const [files, packed] = [await draw(FILES), await draw(PACKED)];
  const archive = await zipOf(packed.map((bytes, i) => ({ name: `${i}.jpg`, bytes })));
  const importer = new Importer([archive, ...files]);
  let app = await startApp();
  for (let deaths = 0; deaths < DEATHS; deaths++) {
    // Somewhere within this many more, whatever the others that are on their way have come to.
    let left = randomInt(3, Math.floor((2 * FILES) / DEATHS) - 6);
    let kill = () => {};
    const killed = new Promise<void>((resolve) => {
      kill = () => resolve();
    });
    const sending = importer.send(app.url, () => --left === 0 && kill());
    await Promise.race([killed, sending]);
    await app.stop("SIGKILL");
    await sending;
    app = await startApp({ dataDir: app.dataDir });
  }
  await importer.send(app.url, () => {});

  const wanted = [...files, ...packed].map(hashOf).sort();
  const { jobId } = importer.acknowledged.get(hashOf(archive))!;
  const address = `${app.url}/api/jobs/${jobId}`;
  const job = () => importer.json<{ state: string; errorCode: string | null }>(address);
  // A job that was interrupted again and again is given up, until somebody asks for it again.
  const { state, errorCode } = await job();
  if (state === "failed") {
    expect(errorCode).toBe("job_interrupted");
    expect((await importer.ask(`${address}/retry`, "POST")).ok).toBe(true);
  }
  await expect.poll(job, { timeout: 60_000, interval: 500 }).toMatchObject({
    state: "done",
    archive: { added: PACKED, present: 0, refused: 0 },
  });
  const pictures = await listAll(importer, app);
  const originals = new Map<string, string>();
  for (const { id } of pictures) {
    const answer = await importer.ask(`${app.url}/api/pictures/${id}/download`, "GET");
    originals.set(id, hashOf(new Uint8Array(await answer.arrayBuffer())));
  }
  expect([...originals.values()].sort()).toEqual(wanted);
  for (const [hash, { pictureId }] of importer.acknowledged)
    if (pictureId) expect(originals.get(pictureId)).toBe(hash);

  await app.stop();
  const folder = path.join(app.dataDir, "originals");
  const kept = (await readdir(folder, { recursive: true })).filter((name) => /[0-9a-f]{64}$/.test(name));
  expect(kept.map((name) => path.basename(name)).sort()).toEqual(wanted);
  for (const name of kept) expect(hashOf(await readFile(path.join(folder, name)))).toBe(path.basename(name));
  await removeData(app);
}, 600_000);
