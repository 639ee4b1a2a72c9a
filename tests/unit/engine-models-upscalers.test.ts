import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { readRrdbNetConfig, rrdbNet } from "@/lib/engine/models/rrdbnet";
import { readSrvggConfig, srvgg } from "@/lib/engine/models/srvgg";
import type { Scope } from "@/lib/engine/nn/scope";
import type { Value } from "@/lib/engine/onnx/graph";
import type { Weights } from "@/lib/engine/safetensors/stored-tensor";
import { testForms, within } from "../support/engine-device";
import { type GoldenTensor, relativeError, runTiny, tinyInput } from "../support/run-model";

interface Case {
  name: string;
  config: { scale: number };
  shapes: Record<string, number[]>;
  picture: number[];
  outputs: { picture: GoldenTensor };
}

const goldens = (model: string): Case[] =>
  JSON.parse(readFileSync(path.resolve(import.meta.dirname, `../golden/models/${model}.json`), "utf8")).cases;

/** Greatest difference, relative to the reference's greatest magnitude. */
const BOUND = within(1e-5);

const enlarge =
  (draw: (s: Scope, weights: Weights, picture: Value) => Value) => (s: Scope, weights: Weights) => {
    const picture = s.graph.input("picture_in", "float32", ["B", 3, "h", "w"]);
    s.graph.output("picture", draw(s, weights, picture), "float32", ["B", 3, "H", "W"]);
  };

describe.each(testForms)("on the forms of %s", (forms) => {
  test.each(goldens("rrdbnet"))("RRDBNet $name", async ({ config, shapes, picture, outputs }) => {
    const emit = enlarge((s, weights, x) => {
      const told = readRrdbNetConfig(weights);
      const expected = { inChannels: 3, outChannels: 3, features: 8, growth: 4, blocks: 2, upConvs: 2 };
      expect(told).toEqual({ ...expected, scale: config.scale, fold: 4 / config.scale });
      return rrdbNet(s, told, x);
    });
    const got = await runTiny(shapes, emit, { picture_in: tinyInput("picture", picture) }, { forms });
    expect(relativeError(got.picture!, outputs.picture)).toBeLessThanOrEqual(BOUND);
  });

  test.each(goldens("srvgg"))("SRVGGNetCompact $name", async ({ config, shapes, picture, outputs }) => {
    const emit = enlarge((s, weights, x) => {
      const told = readSrvggConfig(weights);
      expect(told).toEqual({ channels: 3, features: 8, convolutions: 2, scale: config.scale });
      return srvgg(s, told, x);
    });
    const got = await runTiny(shapes, emit, { picture_in: tinyInput("picture", picture) }, { forms });
    expect(relativeError(got.picture!, outputs.picture)).toBeLessThanOrEqual(BOUND);
  });
});

test("weights of something else are refused by the key that is missing", () => {
  for (const [read, key] of [
    [readRrdbNetConfig, "conv_first.weight"],
    [readSrvggConfig, "body.0.weight"],
  ] as const)
    expect(() => read(new Map())).toThrowError(
      expect.objectContaining({
        code: "weights_key_missing",
        details: expect.objectContaining({ key }),
      }),
    );
});
