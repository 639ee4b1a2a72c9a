import { openDiffusion } from "@/lib/engine/pipelines/diffusion";
import { median } from "../kit/table";

export interface Speed {
  readonly openMs: number;
  /** The median of a picture's time after a first one. */
  readonly pictureMs: number;
  readonly peakMb: number;
}

/** A picture of 4 steps, in a process that did nothing else. */
export async function measureSpeed(family: string, side: number, runs: number): Promise<Speed> {
  const began = performance.now();
  const diffusion = await openDiffusion(family, { device: { kind: "cpu" } });
  const openMs = performance.now() - began;
  const times: number[] = [];
  for (let i = 0; i <= runs; i++) {
    const start = performance.now();
    await diffusion.draw({
      ...{
        prompt: "a red fox in a snowy forest",
        negativePrompt: "",
        guidance: 3,
        width: side,
        height: side,
      },
      ...{ steps: 4, sampler: "lcm", schedule: "normal", convention: "diffusers", generator: "torch-cpu" },
      seeds: { seed: i, count: 1 },
    });
    times.push(performance.now() - start);
  }
  await diffusion.release();
  return { openMs, pictureMs: median(times.slice(1)), peakMb: process.resourceUsage().maxRSS / 1024 };
}
