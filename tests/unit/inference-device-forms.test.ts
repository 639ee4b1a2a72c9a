import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { FORMS } from "@/lib/engine/nn/forms";
import { openDiffusion } from "@/lib/engine/pipelines/diffusion";
import { writeTinyDiffusion } from "../support/tiny-diffusion";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-forms-"));
  await writeTinyDiffusion(folder);
});
afterAll(() => rm(folder, { recursive: true }));

test("a device's own forms reach every network of a drawing", async () => {
  const forms = {
    ...FORMS.plain,
    groupNorm: vi.fn(FORMS.plain.groupNorm),
    quickGelu: vi.fn(FORMS.plain.quickGelu),
  };
  const diffusion = await openDiffusion(folder, { device: { kind: "cpu", threads: 1, forms } });
  const inUNet = forms.groupNorm.mock.calls.length;
  expect(inUNet).toBeGreaterThan(0);
  await diffusion.draw({
    ...{ prompt: "a cat", negativePrompt: "", width: 64, height: 64, steps: 1, guidance: 1 },
    ...{ sampler: "euler", schedule: "normal", convention: "diffusers" },
    ...{ seeds: { seed: 1, count: 1 }, generator: "torch-cpu" },
  });
  await diffusion.release();
  expect(forms.groupNorm.mock.calls.length).toBeGreaterThan(inUNet);
  expect(forms.quickGelu).toHaveBeenCalledTimes(3);
});
