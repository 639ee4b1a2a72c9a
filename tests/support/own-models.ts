import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, vi } from "vitest";
import { forgetEnv } from "@/lib/env";
import { closeInference } from "@/lib/inference/client";

/**
 * Gives a test file a models folder of its own, and inference on the CPU, until its last test is over.
 * @param fill puts models into the folder; left alone, only what ships is there.
 * @returns the folder, absolute, once tests run.
 */
export function ownModels(fill: (folder: string) => Promise<void> = async () => {}): () => string {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "mosaiq-models-"));
    await fill(folder);
    vi.stubEnv("MODELS_DIR", folder);
    vi.stubEnv("INFERENCE_DEVICE", "cpu");
    forgetEnv();
  });
  afterAll(async () => {
    await closeInference();
    vi.unstubAllEnvs();
    forgetEnv();
    await rm(folder, { recursive: true });
  });
  return () => folder;
}
