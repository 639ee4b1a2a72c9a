import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Config } from "@/lib/engine/layouts/checkpoint";
import type { Shapes } from "./fake-safetensors";

/** One network in both layouts; see tests/golden/layouts/make.py. */
export interface GoldenModel {
  /** LDM's names, without prefix. */
  readonly ldm: Shapes;
  /** diffusers' name → LDM's; `#1` behind it is the second third of its rows, `^T` its transpose. */
  readonly pairs: Readonly<Record<string, string>>;
  /** diffusers' names. */
  readonly shapes: Shapes;
  readonly config: Config;
}

interface Golden {
  readonly models: Readonly<Record<string, GoldenModel>>;
  readonly taesd: Pick<GoldenModel, "shapes" | "config">;
  /** First 16 hex digits of SHA-256 of each converted tensor's float32 bytes. */
  readonly tiny: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export const golden: Golden = JSON.parse(
  gunzipSync(readFileSync("tests/golden/layouts/golden.json.gz")).toString(),
);

export function goldenModel(name: string): GoldenModel {
  const model = golden.models[name];
  if (!model) throw new Error(`no golden model ${name}`);
  return model;
}
