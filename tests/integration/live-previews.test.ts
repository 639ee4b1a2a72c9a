import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { expect, test, vi } from "vitest";
import { describeJob } from "@/app/api/jobs/_job-news";
import { findJob } from "@/lib/db/jobs";
import type { GenerateInput } from "@/lib/inference/tasks";
import { jobEvents } from "@/lib/jobs/job-events";
import { runJob } from "@/lib/jobs/run-job";
import { addPicture } from "@/lib/pictures/add-picture";
import { madePictures } from "@/lib/pictures/made-pictures";
import { jobHandlers } from "@/lib/scenarios/registry";
import type { ScenarioInput, ScenarioName } from "@/lib/scenarios/scenario-inputs";
import { startScenario } from "@/lib/scenarios/start-scenario";
import { onBothWithFiles, someGuest } from "../support/pictures";
import { galleryOf } from "../support/scenarios";

/** Every pace that was asked for; drawings here take less than people's patience, so each step is shown. */
const paces: (number | undefined)[] = [];
vi.mock(import("@/lib/inference/client"), async (original) => {
  const client = await original();
  const infer: typeof client.infer = (task, input, options) => {
    if (task !== "generate") return client.infer(task, input, options);
    const asked = input as unknown as GenerateInput;
    if (asked.wantsPreviews) paces.push(asked.previewPaceMs);
    return client.infer(task, { ...input, previewPaceMs: 0 }, options);
  };
  return { ...client, infer };
});

/** Runs a job. @returns every preview that its row had, and its id. */
async function previewsOf<N extends ScenarioName>(ownerId: string, scenario: N, input: ScenarioInput<N>) {
  const seen = new Set<string>();
  const { id } = await startScenario(ownerId, scenario, input, randomUUID());
  const look = async () => {
    const { preview } = madePictures.safeParse((await findJob(ownerId, id))?.result).data ?? {};
    if (preview) seen.add(preview);
  };
  jobEvents().on(`changed:${id}`, look);
  await runJob(jobHandlers, id, new AbortController().signal);
  jobEvents().off(`changed:${id}`, look);
  return { id, seen: [...seen] };
}

onBothWithFiles("live previews", () => {
  test("a drawing shows itself on the way, small, and nothing of that is kept", async () => {
    const owner = await someGuest();
    const input = { prompt: "mountains", count: 1, seed: 3, steps: 40 };
    const { id, seen } = await previewsOf(owner.id, "text-to-image", input);
    expect(seen.length).toBeGreaterThan(1);
    const bytes = Buffer.from(seen[0]!.slice("data:image/webp;base64,".length), "base64");
    expect(await sharp(bytes).metadata()).toMatchObject({ format: "webp", width: 128, height: 128 });
    expect(bytes.length).toBeLessThan(8_000);
    expect(paces.every((pace) => pace !== undefined && pace >= 1000)).toBe(true);
    expect(madePictures.parse((await findJob(owner.id, id))?.result).preview).toBeNull();
    expect(await galleryOf(owner.id)).toEqual([id]);
  });

  test("codes and portraits show themselves, too", async () => {
    const owner = await someGuest();
    const code = { text: "https://example.com", prompt: "mountains", candidates: 1, steps: 20 };
    expect((await previewsOf(owner.id, "qr-art", code)).seen.length).toBeGreaterThan(0);
    const bytes = await readFile("public/samples/portrait.webp");
    const { picture } = await addPicture(owner.id, { bytes, name: "portrait.webp" });
    const portrait = { photo: picture.id, steps: 40, detail: false };
    expect((await previewsOf(owner.id, "portrait", portrait)).seen.length).toBeGreaterThan(0);
  });

  test("a job that was stopped shows none", async () => {
    const owner = await someGuest();
    const { id } = await startScenario(owner.id, "text-to-image", { prompt: "mountains" }, randomUUID());
    const job = (await findJob(owner.id, id))!;
    const result = { pictures: [], of: 4, preview: "data:image/webp;base64,AAAA" };
    expect(describeJob({ ...job, state: "running", result }, "en").made?.preview).toBe(result.preview);
    expect(describeJob({ ...job, state: "cancelled", result }, "en").made?.preview).toBeNull();
  });
});
