import type { Split } from "./sampler/sampler";

/** Pictures in a full shard: at 256² one file of 403 MB. */
export const SHARD = 2048;

const number = (shard: number): string => String(shard).padStart(4, "0");
export const picturesFile = (shard: number): string => `pictures-${number(shard)}.bin`;
export const captionsFile = (shard: number): string => `captions-${number(shard)}.jsonl`;

/** One shard to draw: `count` pictures from index `first` on. */
export type DrawJob = {
  out: string;
  shard: number;
  first: number;
  count: number;
  size: number;
  seed: number;
  split: Split;
  /** Only pictures of this named character, for LoRA training. */
  name?: string;
  /** Only pictures in this taught style, likewise. */
  taught?: string;
};
