import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pass } from "node:timers/promises";
import { expect, test } from "vitest";
import * as jobRoute from "@/app/api/jobs/[id]/route";
import * as picturesRoute from "@/app/api/pictures/route";
import type { Owner } from "@/lib/accounts/owner";
import { db } from "@/lib/db/client";
import { errorMessage } from "@/lib/errors";
import { startJobLoop } from "@/lib/jobs/job-loop";
import { reconcilePictures } from "@/lib/pictures/reconcile-pictures";
import { jobHandlers } from "@/lib/scenarios/registry";
import { storage } from "@/lib/storage/open-storage";
import { draftFolder } from "@/lib/uploads/draft-store";
import { call } from "../support/api";
import { zipOf } from "../support/archives";
import { onBothDatabases } from "../support/databases";
import { pictureFile, someAccount } from "../support/pictures";
import { begin, idOf, send, tus } from "../support/tus";

const [FILES, PACKED, AT_ONCE] = [90, 60, 3];
/** Lines that are cut and mended at once, before the long outage. */
const CUTS = 6;
/** The outage itself. */
const AWAY_MS = 10_000;
/** How long the browser here waits before it tries again. */
const RETRY_MS = 250;

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const draw = async (count: number): Promise<Buffer[]> =>
  (await Promise.all(Array.from({ length: count }, () => pictureFile()))).map(({ bytes }) => bytes);

interface Refusal {
  code: string;
  message: string;
  retryable: boolean;
}

/** Somebody's browser: it sends files in two parts, several at once, and goes on where it was after every refusal. */
class Importer {
  readonly refusals: Refusal[] = [];
  /** By hash: what the app said that became of it. */
  readonly acknowledged = new Map<string, { picture?: { id: string }; jobId?: string }>();

  constructor(private readonly owner: Owner) {}

  async send(files: readonly Buffer[], onAcknowledged: () => void): Promise<void> {
    const waiting = [...files];
    const work = async () => {
      for (let bytes = waiting.shift(); bytes; bytes = waiting.shift()) {
        await this.sendFile(bytes);
        onAcknowledged();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  private async sendFile(bytes: Buffer): Promise<void> {
    for (let id: string | null = null; ; ) {
      const answer: Response =
        id === null ? await begin(this.owner, { length: bytes.length }) : await this.sendPart(id, bytes);
      if (answer.status === 200) {
        this.acknowledged.set(hashOf(bytes), await answer.json());
        return;
      }
      // Taken in already, and the answer was lost on its way: once more from the beginning.
      if (answer.status === 404) id = null;
      else if (answer.status === 201) id = idOf(answer);
      else if (!answer.ok) {
        this.refusals.push(await answer.json());
        await pass(RETRY_MS);
      }
    }
  }

  /** The next half of what is not there yet. */
  private async sendPart(id: string, bytes: Buffer): Promise<Response> {
    const asked = await tus("HEAD", this.owner, id);
    if (!asked.ok) return asked;
    const offset = Number(asked.headers.get("upload-offset"));
    const half = Math.ceil(bytes.length / 2);
    const part = bytes.subarray(offset, offset < half ? half : bytes.length);
    return send(this.owner, id, offset, new Uint8Array(part));
  }
}

onBothDatabases(
  "the database away in the middle of an import",
  (database) => {
    test("loses nothing that was acknowledged, and has everything once when it is back", async () => {
      const owner = await someAccount();
      const [files, packed] = [await draw(FILES), await draw(PACKED)];
      const archive = await zipOf(packed.map((bytes, i) => ({ name: `${i}.jpg`, bytes })));
      const loop = await startJobLoop(jobHandlers);
      const browser = new Importer(owner);
      const outage = async (ms: number) => {
        await database.server!.lose();
        const asked = await call(picturesRoute.GET, owner, "/api/pictures");
        expect([asked.status, await asked.json()]).toMatchObject([503, { code: "database_lost" }]);
        await pass(ms);
        await database.server!.restore();
      };

      let outages = Promise.resolve();
      let sent = 0;
      await browser.send([archive, ...files], () => {
        sent++;
        // At whatever the others that are on their way, and the job, have come to.
        if (sent % 10 === 0 && sent <= 10 * CUTS) outages = outages.then(() => outage(0));
        if (sent === 10 * CUTS + 10) outages = outages.then(() => outage(AWAY_MS));
      });
      await outages;

      const { jobId } = browser.acknowledged.get(hashOf(archive))!;
      const job = async () => (await call(jobRoute.GET, owner, "/x", { params: { id: jobId } })).json();
      await expect.poll(job, { timeout: 90_000, interval: 500 }).toMatchObject({
        state: "done",
        archive: { added: PACKED, present: 0, refused: 0 },
      });
      await loop.stop();

      const refusal = { code: "database_lost", message: errorMessage("database_lost"), retryable: true };
      expect(browser.refusals.length).toBeGreaterThan(0);
      for (const told of browser.refusals) expect(told).toMatchObject(refusal);

      const wanted = [...files, ...packed].map(hashOf).sort();
      const rows = await db().picture.findMany();
      expect(rows.map(({ blob }) => blob).sort()).toEqual(wanted);
      const blobs = new Map(rows.map(({ id, blob }) => [id, blob]));
      for (const [hash, { picture }] of browser.acknowledged)
        if (picture) expect(blobs.get(picture.id)).toBe(hash);
      const kept: string[] = [];
      for await (const { hash } of storage().list()) {
        kept.push(hash);
        expect(await storage().verify(hash)).toBe(true);
      }
      expect(kept.sort()).toEqual(wanted);
      expect(await readdir(draftFolder())).toEqual([]);
      expect(await readdir(path.join(database.dataDir, "incoming"))).toEqual([]);
      expect(await reconcilePictures(storage(), { leftoversOlderThanMs: 0 })).toEqual({
        ...{ restored: 0, rebuilt: 0, noted: 0, missing: 0, leftovers: 0, orphans: 0 },
      });
      expect(await db().job.count()).toBe(1);
    }, 240_000);
  },
  { only: "server" },
);
