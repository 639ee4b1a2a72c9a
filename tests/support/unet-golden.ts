import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

export type Shapes = Record<string, number[]>;

interface Network {
  readonly config: Record<string, unknown>;
  readonly shapes: Shapes;
}

/** What a ControlNet gives at a strength of 0.7: every 41st number of each residual, every third of the middle. */
export interface GoldenControlNet extends Network {
  readonly down: number[][];
  readonly mid: number[];
}

/** See tests/golden/unet/make.py. */
export interface UNetGolden {
  readonly unets: Record<string, Network & { sample: number[] }>;
  readonly controlnet: GoldenControlNet & { guess: number[]; sample: number[] };
  readonly ssdControlnet: GoldenControlNet;
  readonly fullSizes: Record<string, Network>;
}

export const unetGolden: UNetGolden = JSON.parse(
  gunzipSync(readFileSync("tests/golden/unet/golden.json.gz")).toString(),
);
