import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { readClipTextConfig, readClipVisionConfig } from "@/lib/engine/models/clip-config";
import { clipText } from "@/lib/engine/models/clip-text";
import { clipVision } from "@/lib/engine/models/clip-vision";
import { siglipText, siglipVision } from "@/lib/engine/models/siglip";
import { readSiglipTextConfig, readSiglipVisionConfig } from "@/lib/engine/models/siglip-config";
import type { Patch, Scope } from "@/lib/engine/nn/scope";
import type { Value } from "@/lib/engine/onnx/graph";
import { tensor } from "@/lib/engine/tensor";
import { testForms, within } from "../support/engine-device";
import { type GoldenTensor, idsOf, relativeError, runTiny, tinyInput } from "../support/run-model";

interface Case {
  name: string;
  config: Record<string, unknown>;
  shapes: Record<string, number[]>;
  ids: number[][];
  mask: number[];
  half: boolean;
  picture: number[];
  outputs: Record<string, GoldenTensor>;
}

const goldens = (model: string): Case[] =>
  JSON.parse(readFileSync(path.resolve(import.meta.dirname, `../golden/models/${model}.json`), "utf8")).cases;

/** Greatest difference, relative to the reference's greatest magnitude. */
const BOUND = within(1e-5);

function expectGolden(got: Awaited<ReturnType<typeof runTiny>>, outputs: Case["outputs"]): void {
  expect(Object.keys(got).sort()).toEqual(Object.keys(outputs).sort());
  for (const [name, golden] of Object.entries(outputs))
    expect(relativeError(got[name]!, golden), name).toBeLessThanOrEqual(BOUND);
}

describe.each(testForms)("on the forms of %s", (forms) => {
  test.each(goldens("clip-text"))(
    "CLIP text: $name",
    async ({ config, shapes, ids, mask, half, outputs }) => {
      const read = readClipTextConfig(config);
      const size = [ids.length, ids[0]!.length];
      const emit = (s: Scope) => {
        const { graph } = s;
        const output = (name: string, value: Value) => graph.output(name, value, "float32", [name]);
        const inputs = { ids: graph.input("ids", "int64", ["B", "T"]) };
        const override = {
          values: graph.input("override", "float32", ["B", "T", read.hiddenSize]),
          mask: graph.input("override_mask", "float32", ["B", "T", 1]),
        };
        const { hidden, pooled } = clipText(s, read, inputs, { pooled: "text_embeds" });
        output("hidden", hidden);
        output("text_embeds", pooled!);
        const skipped = clipText(s, read, inputs, { clipSkip: 1, pooled: "pooler_output" });
        output("skip_1", skipped.hidden);
        output("pooler_output", skipped.pooled!);
        const unnormalized = clipText(s, read, inputs, { clipSkip: 2, finalLayerNorm: false });
        output("skip_2_unnormalized", unnormalized.hidden);
        expect(unnormalized.pooled).toBeNull();
        output("overridden", clipText(s, read, { ...inputs, override }).hidden);
      };
      const feeds = {
        ids: idsOf(ids),
        override: tinyInput("override", [...size, read.hiddenSize]),
        override_mask: tensor([...size, 1], mask),
      };
      expectGolden(await runTiny(shapes, emit, feeds, { forms, dtype: half ? "F16" : "F32" }), outputs);
    },
  );

  test.each(goldens("clip-vision"))("CLIP vision: $name", async ({ config, shapes, picture, outputs }) => {
    const read = readClipVisionConfig(config);
    const emit = (s: Scope) => {
      const pixels = s.graph.input("picture", "float32", ["B", 3, read.imageSize, read.imageSize]);
      s.graph.output("image_embeds", clipVision(s, read, pixels), "float32", ["B", "D"]);
      const normalized = clipVision(s, read, pixels, { normalize: true });
      s.graph.output("normalized", normalized, "float32", ["B", "D"]);
    };
    expectGolden(await runTiny(shapes, emit, { picture: tinyInput("picture", picture) }, { forms }), outputs);
  });

  test.each(goldens("siglip"))("SigLIP: $name", async ({ config, shapes, ids, picture, outputs }) => {
    const text = readSiglipTextConfig(config);
    const vision = readSiglipVisionConfig(config);
    const emit = (s: Scope) => {
      const { graph } = s;
      const tokens = graph.input("ids", "int64", ["B", "T"]);
      const pixels = graph.input("picture", "float32", ["P", 3, "H", "W"]);
      for (const [suffix, normalize] of [
        ["embeds", false],
        ["normalized", true],
      ] as const) {
        graph.output(`text_${suffix}`, siglipText(s, text, tokens, { normalize }), "float32", ["B", "D"]);
        graph.output(`image_${suffix}`, siglipVision(s, vision, pixels, { normalize }), "float32", [
          "P",
          "D",
        ]);
      }
    };
    const feeds = { ids: idsOf(ids), picture: tinyInput("picture", picture) };
    expectGolden(await runTiny(shapes, emit, feeds, { forms }), outputs);
  });
});

test("a patch on token embeddings kept in half precision is given float32", async () => {
  const [golden] = goldens("clip-text").filter(({ half }) => half) as [Case];
  const { config, shapes, ids, outputs } = golden;
  const read = readClipTextConfig(config);
  const key = "text_model.embeddings.token_embedding.weight";
  const zero: Patch = (graph, weight) => graph.op("Add", [weight, graph.constant("float32", [], [0])]);
  const emit = (s: Scope) => {
    const { hidden } = clipText(s, read, { ids: s.graph.input("ids", "int64", ["B", "T"]) });
    s.graph.output("hidden", hidden, "float32", ["B", "T", "D"]);
  };
  const options = { dtype: "F16", patches: new Map([[key, [zero]]]) } as const;
  const got = await runTiny(shapes, emit, { ids: idsOf(ids) }, options);
  expect(relativeError(got.hidden!, outputs.hidden!)).toBeLessThanOrEqual(BOUND);
});

describe("configurations", () => {
  test("a text encoder alone and one nested in a CLIP say the same", () => {
    const own = { hidden_size: 768, num_attention_heads: 12, projection_dim: 768, eos_token_id: 2 };
    const alone = readClipTextConfig({ model_type: "clip_text_model", ...own });
    const nested = { model_type: "clip", text_config: own, text_config_dict: null, projection_dim: 768 };
    expect(readClipTextConfig(nested)).toEqual(alone);
    expect(alone).toMatchObject({
      vocabSize: 49408,
      maxPositions: 77,
      layers: 12,
      act: "quick_gelu",
      eosTokenId: 2,
    });
  });

  test("a CLIP's own projection counts, and fields that older files repeat", () => {
    const json = {
      projection_dim: 1024,
      text_config: { hidden_size: 1024, projection_dim: 512, hidden_act: "quick_gelu" },
      text_config_dict: { hidden_act: "gelu" },
      vision_config: { hidden_size: 1280, patch_size: 14 },
    };
    expect(readClipTextConfig(json)).toMatchObject({ projectionDim: 1024, hiddenSize: 1024, act: "gelu" });
    expect(readClipVisionConfig(json)).toMatchObject({
      projectionDim: 1024,
      hiddenSize: 1280,
      patchSize: 14,
    });
  });

  test("a SigLIP projects to its own width unless it says otherwise", () => {
    expect(readSiglipTextConfig({ text_config: { hidden_size: 1152 } })).toMatchObject({
      projectionSize: 1152,
      maxPositions: 64,
      eps: 1e-6,
    });
    expect(readSiglipVisionConfig({})).toMatchObject({ imageSize: 224, patchSize: 16, channels: 3 });
  });

  test.each([
    ["model_type", readSiglipVisionConfig, "siglip2"],
    ["model_type", readSiglipTextConfig, "siglip2"],
    ["vision_use_head", readSiglipVisionConfig, false],
    ["model_type", readClipTextConfig, "siglip"],
    ["model_type", readClipVisionConfig, "dinov2"],
  ])("%s of another kind is refused by name", (key, read, value) => {
    expect(() => read({ [key]: value })).toThrowError(
      expect.objectContaining({
        code: "weights_unknown",
        details: { layer: key, got: JSON.stringify(value) },
      }),
    );
  });

  test("an unknown activation is refused when it is drawn", async () => {
    const [{ shapes, ids }] = goldens("clip-text") as [Case];
    const config = readClipTextConfig({ ...goldens("clip-text")[0]!.config, hidden_act: "mish" });
    const emit = (s: Scope) => clipText(s, config, { ids: s.graph.input("ids", "int64", ["B", "T"]) });
    await expect(runTiny(shapes, emit, { ids: idsOf(ids) })).rejects.toMatchObject({
      code: "weights_unknown",
      details: { layer: "text_model.encoder.layers.0.mlp", got: "mish" },
    });
  });
});
