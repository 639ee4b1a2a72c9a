import { expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import type * as CpuPool from "@/lib/jobs/cpu-pool";
import { emptyTrash } from "@/lib/pictures/purge-trash";
import { readOriginal } from "@/lib/pictures/read-picture-file";
import { showPicture } from "@/lib/pictures/show-picture";
import { trashPictures } from "@/lib/pictures/trash-pictures";
import { QrError } from "@/lib/qr/qr-error";
import { exportCode } from "@/lib/scenarios/qr-picture/export-code";
import { readCode, saying } from "../e2e/read-code";
import { onBothWithFiles, someGuest } from "../support/pictures";
import { galleryOf, madeBy, runScenario } from "../support/scenarios";

const text = "https://mosaiq.studio";

/** So many codes are refused by the jury, whatever they look like. */
const refusing = vi.hoisted(() => ({ next: 0 }));
vi.mock("@/lib/jobs/cpu-pool", async (importActual) => {
  const actual = await importActual<typeof CpuPool>();
  const runOnCpu: typeof actual.runOnCpu = async (task, ...rest) => {
    if (task !== "qr-picture" || refusing.next === 0) return actual.runOnCpu(task, ...rest);
    refusing.next--;
    throw new QrError("level_not_reached", "read too badly", {});
  };
  return { ...actual, runOnCpu };
});

onBothWithFiles("QR art", () => {
  test("candidates are drawn, woven and judged; the best is first, and its draft stays out of sight", async () => {
    const owner = await someGuest();
    const input = { text, prompt: "mountains under a blue sky", candidates: 2, seed: 11 };
    const job = await runScenario(owner.id, "qr-art", input);
    expect(job).toMatchObject({ state: "done", errorCode: null });
    const made = await madeBy(job);
    expect(made).toHaveLength(2);
    const reports = made.map(({ verdict }) => verdict as never as Report);
    const worth = reports.map(({ fidelity, jury }) => fidelity.ssim + 0.004 * jury.score);
    expect(worth[0]).toBeGreaterThanOrEqual(worth[1]!);
    for (const { before } of reports) {
      expect(before.readers).toBeLessThanOrEqual(before.of);
      expect(before.jury.read).toBeGreaterThanOrEqual(before.readers);
      expect(before.jury.of).toBe(17 * before.of);
    }
    expect((await galleryOf(owner.id)).sort()).toEqual(made.map(({ id }) => id).sort());

    const [best] = made;
    expect(await readCode(await (await readOriginal(owner.id, best!.id)).read())).toEqual(saying(text));
    expect(await showPicture(owner.id, best!.sourceId!)).toMatchObject({ kind: "draft" });
    const small = await (await exportCode(owner.id, best!.id, { format: "png", size: 640 })).read();
    expect(await readCode(small)).toEqual(saying(text));

    // The draft goes with the last code that was made of it.
    await trashPictures(owner.id, [best!.id]);
    await emptyTrash(owner.id);
    expect(await db().picture.findMany({ where: { ownerId: owner.id, kind: "draft" } })).toHaveLength(1);
  });

  test("more of the code in the drawing leaves less to weave", async () => {
    const owner = await someGuest();
    const input = { text, prompt: "the sea with clouds", candidates: 1, seed: 5 };
    const ssim = async (blend: number) => {
      const [made] = await madeBy(await runScenario(owner.id, "qr-art", { ...input, blend }));
      return (made!.verdict as never as Report).fidelity.ssim;
    };
    expect(await ssim(0.6)).toBeGreaterThan(await ssim(0));
  });

  test("a candidate that is read too badly is left out and told; the first that passes is the job's", async () => {
    const owner = await someGuest();
    refusing.next = 1;
    const job = await runScenario(owner.id, "qr-art", { text, prompt: "the sea", candidates: 2, seed: 5 });
    expect(job).toMatchObject({ state: "done", pictureId: job.id, result: { refused: 1, of: 2 } });
    expect((await madeBy(job)).map(({ id }) => id)).toEqual([job.id]);
  });

  test("where none passes, that is why the job failed", async () => {
    const owner = await someGuest();
    refusing.next = 1;
    const job = await runScenario(owner.id, "qr-art", { text, prompt: "the sea", candidates: 1, seed: 5 });
    expect(job).toMatchObject({ state: "failed", errorCode: "level_not_reached" });
    expect(await galleryOf(owner.id)).toEqual([]);
  });

  test("a text that fits no code is told before anything is drawn", async () => {
    const owner = await someGuest();
    const job = await runScenario(owner.id, "qr-art", { text: "x".repeat(4000), prompt: "the sea" });
    expect(job).toMatchObject({ state: "failed", errorCode: "text_too_long" });
  });
});

interface Report {
  readonly fidelity: { readonly ssim: number };
  readonly jury: { readonly score: number };
  readonly before: {
    readonly readers: number;
    readonly of: number;
    readonly jury: { read: number; of: number };
  };
}
