import { openDiffusion } from "@/lib/engine/pipelines/diffusion";
import { median } from "../kit/table";
import type { Manner } from "./manner";

export interface Speed {
  readonly openMs: number;
  /** The median of a picture's time after a first one. */
  readonly pictureMs: number;
  readonly peakMb: number;
}

/** A picture in the family's own manner, in a process that did nothing else. */
export async function measureSpeed(family: string, manner: Manner, runs: number): Promise<Speed> {
  const began = performance.now();
  const diffusion = await openDiffusion(family, { device: { kind: "cpu" } });
  const openMs = performance.now() - began;
  const times: number[] = [];
  for (let seed = 0; seed <= runs; seed++) {
    const start = performance.now();
    await diffusion.draw({ ...manner, prompt: "a red fox in a snowy forest", seeds: { seed, count: 1 } });
    times.push(performance.now() - start);
  }
  await diffusion.release();
  return { openMs, pictureMs: median(times.slice(1)), peakMb: process.resourceUsage().maxRSS / 1024 };
}
