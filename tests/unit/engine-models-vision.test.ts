import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { depthAnything } from "@/lib/engine/models/depth-anything";
import { readDepthAnythingConfig } from "@/lib/engine/models/depth-anything-config";
import { vitPose } from "@/lib/engine/models/vitpose";
import { readVitPoseConfig } from "@/lib/engine/models/vitpose-config";
import type { Scope } from "@/lib/engine/nn/scope";
import type { Value } from "@/lib/engine/onnx/graph";
import { testForms, within } from "../support/engine-device";
import { type GoldenTensor, relativeError, runTiny, tinyInput } from "../support/run-model";

interface Case {
  name: string;
  config: Record<string, unknown>;
  shapes: Record<string, number[]>;
  salt?: string;
  picture: number[];
  outputs: Record<string, GoldenTensor>;
}

const goldens = (model: string): Case[] =>
  JSON.parse(readFileSync(path.resolve(import.meta.dirname, `../golden/models/${model}.json`), "utf8")).cases;

/** Greatest difference, relative to the reference's greatest magnitude. */
const BOUND = within(1e-5);

const drawing = (draw: (s: Scope, picture: Value) => Value) => (s: Scope) => {
  const picture = s.graph.input("picture", "float32", ["B", 3, "h", "w"]);
  s.graph.output("out", draw(s, picture), "float32", ["B", "C", "H", "W"]);
};

describe.each(testForms)("on the forms of %s", (forms) => {
  test.each(goldens("depth-anything"))("Depth Anything $name", async ({ config, salt, ...golden }) => {
    const emit = drawing((s, picture) => depthAnything(s, readDepthAnythingConfig(config), picture));
    const feeds = { picture: tinyInput("picture", golden.picture) };
    const got = await runTiny(golden.shapes, emit, feeds, { forms, ...(salt && { salt }) });
    expect(relativeError(got.out!, golden.outputs.depth!)).toBeLessThanOrEqual(BOUND);
  });

  test.each(goldens("vitpose"))("ViTPose $name", async ({ config, ...golden }) => {
    const emit = drawing((s, picture) => vitPose(s, readVitPoseConfig(config, 17), picture));
    const feeds = { picture: tinyInput("picture", golden.picture) };
    const got = await runTiny(golden.shapes, emit, feeds, { forms });
    expect(relativeError(got.out!, golden.outputs.heatmaps!)).toBeLessThanOrEqual(BOUND);
  });
});

describe("variants that are not drawn are refused by their field", () => {
  test.each([
    [{ model_type: "dpt" }, "model_type"],
    [{ depth_estimation_type: "other" }, "depth_estimation_type"],
    [{ backbone_config: { model_type: "dinov2", use_swiglu_ffn: true } }, "use_swiglu_ffn"],
    [{ backbone_config: { model_type: "beit" } }, "model_type"],
  ])("Depth Anything with %j", (config, layer) => {
    expect(() => readDepthAnythingConfig(config)).toThrowError(
      expect.objectContaining({ code: "weights_unknown", details: expect.objectContaining({ layer }) }),
    );
  });

  test("ViTPose+ with its experts", () => {
    const plus = { model_type: "vitpose", backbone_config: { num_experts: 6 } };
    expect(() => readVitPoseConfig(plus, 17)).toThrowError(
      expect.objectContaining({ code: "weights_unknown", details: { layer: "num_experts", got: "6" } }),
    );
  });
});

test("what Depth Anything V2's published configurations leave out is what they mean", () => {
  const small = readDepthAnythingConfig({
    model_type: "depth_anything",
    backbone_config: {
      ...{ model_type: "dinov2", image_size: 518, patch_size: 14, hidden_size: 384, num_attention_heads: 6 },
      ...{ out_indices: [3, 6, 9, 12], reshape_hidden_states: false },
    },
  });
  expect(small.backbone).toMatchObject({
    layers: 12,
    intermediateSize: 1536,
    act: "gelu",
    applyLayernorm: true,
  });
  expect(small).toMatchObject({ fusionHiddenSize: 64, headHiddenSize: 32, metric: false, maxDepth: 1 });
});
