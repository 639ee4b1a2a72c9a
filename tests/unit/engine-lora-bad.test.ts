import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EngineError } from "@/lib/engine/engine-error";
import { describeLora } from "@/lib/engine/lora/describe-lora";
import { type Lora, parseLora } from "@/lib/engine/lora/parse-lora";
import { openSafetensors, type SafetensorsFile } from "@/lib/engine/safetensors/open-safetensors";
import type { StoredTensor, Weights } from "@/lib/engine/safetensors/stored-tensor";
import { type TensorToWrite, writeSafetensors } from "@/lib/engine/safetensors/write-safetensors";
import { sizeOf } from "@/lib/engine/tensor";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lora-bad-"));
});
afterAll(() => rm(folder, { recursive: true }));

let count = 0;
/** A file of these shapes, all zeros but for what `values` says of scalars. */
async function open(
  shapes: Readonly<Record<string, readonly number[]>>,
  values: Readonly<Record<string, number>> = {},
  metadata?: Record<string, string>,
): Promise<SafetensorsFile> {
  const file = path.join(folder, `${count++}.safetensors`);
  const tensors = Object.entries(shapes).map(([key, shape]): [string, TensorToWrite] => [
    key,
    { dtype: "F32", shape, data: new Float32Array(sizeOf(shape)).fill(values[key] ?? 0) },
  ]);
  await writeSafetensors(file, new Map(tensors), metadata);
  return openSafetensors(file);
}

const target = (key: string, shape: readonly number[]): [string, StoredTensor] => [
  key,
  { key, shape, dtype: "F32", file: "/base.safetensors", offset: 0, byteLength: 4 * sizeOf(shape) },
];
const UNET: Weights = new Map([
  target("linear.weight", [12, 8]),
  target("linear.bias", [12]),
  target("conv.weight", [6, 4, 3, 3]),
]);

const parse = async (...args: Parameters<typeof open>): Promise<Lora> =>
  parseLora(await open(...args), { unet: UNET });

const refusal = (code: string, details: Record<string, unknown>) =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

const UP = "lora_unet_linear.lora_up.weight";
const DOWN = "lora_unet_linear.lora_down.weight";

describe("a LoRA that fits nothing", () => {
  test.each([
    ["lora_te_text_model_encoder_layers_0_mlp_fc1", "another architecture"],
    ["lora_te2_text_model_encoder_layers_0_mlp_fc1", "SDXL"],
    ["lora_unet_double_blocks_0_img_attn_proj", "Flux"],
    ["transformer.transformer_blocks.0.attn.to_q", "Stable Diffusion 3"],
    ["lora_prior_unet_x", "Stable Cascade"],
  ])("%s seems made for %s", async (module, seen) => {
    const [up, down] = [`${module}.lora_up.weight`, `${module}.lora_down.weight`];
    const attempt = parse({ [up]: [4, 2], [down]: [2, 4] });
    await expect(attempt).rejects.toThrow(refusal("lora_fits_nothing", { seen, keys: `${down}, ${up}` }));
    await expect(attempt).rejects.toThrow(module);
  });

  test("by the width of the text that it reads", async () => {
    const module = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k";
    for (const [width, seen] of [
      [768, "Stable Diffusion 1"],
      [1024, "Stable Diffusion 2"],
      [2048, "SDXL"],
    ] as const) {
      const attempt = parse({
        [`${module}.lora_up.weight`]: [4, 2],
        [`${module}.lora_down.weight`]: [2, width],
      });
      await expect(attempt).rejects.toThrow(refusal("lora_fits_nothing", { seen }));
    }
  });

  test("what fits is kept, and what does not is told", async () => {
    const lora = await parse({
      ...{ [UP]: [12, 2], [DOWN]: [2, 8] },
      ...{ "lora_unet_other.lora_up.weight": [4, 2], "lora_unet_other.lora_down.weight": [2, 4], odd: [1] },
      ...{ "lora_unet_conv.diff_b": [6] },
    });
    expect([...lora.patches.unet.keys()]).toEqual(["linear.weight"]);
    expect([...lora.unmatched].sort()).toEqual([
      "lora_unet_conv.diff_b",
      "lora_unet_other.lora_down.weight",
      "lora_unet_other.lora_up.weight",
      "odd",
    ]);
  });
});

describe("shapes", () => {
  test.each([
    ["too narrow", { [UP]: [12, 2], [DOWN]: [2, 7] }, "linear.weight", "[12,8]", "[12,7]"],
    ["too short", { [UP]: [11, 2], [DOWN]: [2, 8] }, "linear.weight", "[12,8]", "[11,8]"],
    [
      "a kernel of another size",
      { "lora_unet_conv.lora_up.weight": [6, 2, 1, 1], "lora_unet_conv.lora_down.weight": [2, 4, 1, 1] },
      ...["conv.weight", "[6,36]", "[6,4]"],
    ],
    [
      "a core of another size",
      {
        "lora_unet_conv.lora_up.weight": [6, 2, 1, 1],
        "lora_unet_conv.lora_mid.weight": [2, 2, 5, 5],
        "lora_unet_conv.lora_down.weight": [2, 4, 1, 1],
      },
      ...["conv.weight", "[6,36]", "[6,100]"],
    ],
    [
      "a Kronecker product",
      { "lora_unet_linear.lokr_w1": [3, 2], "lora_unet_linear.lokr_w2": [4, 5] },
      ...["linear.weight", "[12,8]", "[12,10]"],
    ],
    ["a whole difference", { "lora_unet_linear.diff": [8, 12] }, "linear.weight", "[12,8]", "[8,12]"],
    ["a bias", { "lora_unet_linear.diff_b": [8] }, "linear.bias", "[12]", "[8]"],
    [
      "lengths",
      { [UP]: [12, 2], [DOWN]: [2, 8], "lora_unet_linear.dora_scale": [1, 12] },
      ...["linear.weight (DoRA)", "[8]", "[1,12]"],
    ],
  ] as [string, Record<string, number[]>, string, string, string][])(
    "%s: layer, expected and got",
    async (_, shapes, layer, expected, got) => {
      const details = { layer, expected, got, file: expect.stringContaining(folder) };
      await expect(parse(shapes)).rejects.toThrow(refusal("weights_shape_mismatch", details));
    },
  );
});

describe("damage", () => {
  test.each([
    ["half of a pair", { [UP]: [12, 2] }, /linear: down is missing/],
    ["the other half", { [DOWN]: [2, 8] }, /linear: up is missing/],
    ["a core alone", { "lora_unet_conv.lora_mid.weight": [2, 2, 3, 3] }, /conv: up is missing/],
    ["half of a LoHa", { "lora_unet_linear.hada_w1_a": [12, 2] }, /hada_w1_b is missing/],
    [
      "a LoHa with one core",
      {
        ...{ "lora_unet_conv.hada_w1_a": [2, 6], "lora_unet_conv.hada_w1_b": [2, 4] },
        ...{ "lora_unet_conv.hada_w2_a": [2, 6], "lora_unet_conv.hada_w2_b": [2, 4] },
        "lora_unet_conv.hada_t2": [2, 2, 3, 3],
      },
      /hada_t1 is missing/,
    ],
    [
      "a core of another rank",
      {
        "lora_unet_conv.lora_up.weight": [6, 2, 1, 1],
        "lora_unet_conv.lora_mid.weight": [3, 2, 3, 3],
        "lora_unet_conv.lora_down.weight": [2, 4, 1, 1],
      },
      /\[6,2,1,1\] and \[3,2,3,3\] and \[2,4,1,1\] do not fit/,
    ],
    [
      "a left factor of three axes",
      {
        ...{ "lora_unet_conv.hada_w1_a": [1, 2, 6], "lora_unet_conv.hada_w1_b": [2, 4] },
        ...{ "lora_unet_conv.hada_w2_a": [2, 6], "lora_unet_conv.hada_w2_b": [2, 4] },
        ...{ "lora_unet_conv.hada_t1": [2, 2, 3, 3], "lora_unet_conv.hada_t2": [2, 2, 3, 3] },
      },
      /do not fit/,
    ],
    ["half of a LoKr", { "lora_unet_linear.lokr_w1": [3, 2] }, /lokr_w2_a is missing/],
    ["an alpha alone", { "lora_unet_linear.alpha": [] }, /nothing but alpha/],
    [
      "an alpha of two numbers",
      { [UP]: [12, 2], [DOWN]: [2, 8], "lora_unet_linear.alpha": [2] },
      /alpha is \[2\]/,
    ],
    ["factors of two ranks", { [UP]: [12, 2], [DOWN]: [3, 8] }, /\[12,2\] and \[3,8\] do not fit/],
    ["no rank at all", { [UP]: [12, 0], [DOWN]: [0, 8] }, /do not fit/],
    [
      "halves of two sizes",
      {
        ...{ "lora_unet_linear.hada_w1_a": [12, 2], "lora_unet_linear.hada_w1_b": [2, 8] },
        ...{ "lora_unet_linear.hada_w2_a": [12, 2], "lora_unet_linear.hada_w2_b": [2, 7] },
      },
      /halves are \[12,8\] and \[12,7\]/,
    ],
    [
      "one weight by two names",
      { [UP]: [12, 2], [DOWN]: [2, 8], "linear.lora_A.weight": [2, 8], "linear.lora_B.weight": [12, 2] },
      /linear.weight is changed twice/,
    ],
  ] as [string, Record<string, number[]>, RegExp][])("%s", async (_, shapes, message) => {
    const attempt = parse(shapes);
    await expect(attempt).rejects.toThrow(message);
    await expect(attempt).rejects.toThrow(refusal("lora_damaged", { file: expect.stringContaining(folder) }));
  });

  test("an alpha that is no number", async () => {
    const shapes = { [UP]: [12, 2], [DOWN]: [2, 8], "lora_unet_linear.alpha": [] };
    const attempt = parse(shapes, { "lora_unet_linear.alpha": Number.NaN });
    await expect(attempt).rejects.toThrow(refusal("lora_damaged", { fault: "alpha is NaN" }));
  });

  test("tensors of any shapes under any names are a LoRA or a coded error", async () => {
    const modules = ["lora_unet_linear", "lora_unet_conv", "linear", "lora_te_x"];
    const endings = [
      ...["lora_up.weight", "lora_down.weight", "lora_mid.weight", "alpha", "dora_scale", "diff", "diff_b"],
      ...["hada_w1_a", "hada_w1_b", "hada_w2_a", "hada_w2_b", "hada_t1", "hada_t2", "lora_magnitude_vector"],
      ...["lokr_w1", "lokr_w1_a", "lokr_w1_b", "lokr_w2", "lokr_w2_a", "lokr_w2_b", "lokr_t2", "odd"],
    ];
    const key = fc
      .tuple(fc.constantFrom(...modules), fc.constantFrom(...endings))
      .map((parts) => parts.join("."));
    const shape = fc.array(fc.nat(12), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.dictionary(key, shape, { maxKeys: 8 }), async (shapes) => {
        const file = {
          ...{ path: "/lora.safetensors", sizeBytes: 0, metadata: {} },
          tensors: new Map(Object.entries(shapes).map(([name, sizes]) => target(name, sizes))),
        };
        const attempt = Promise.allSettled([parseLora(file, { unet: UNET }), describeLora(file)]);
        for (const result of await attempt)
          if (result.status === "rejected") expect(result.reason).toBeInstanceOf(EngineError);
      }),
      { numRuns: 300 },
    );
  });
});

describe("scale", () => {
  const scaleOf = async (...args: Parameters<typeof open>) =>
    (await parse(...args)).patches.unet.get("linear.weight")?.scale;
  const shapes = { [UP]: [12, 4], [DOWN]: [4, 8] };

  test("is alpha over rank, and 1 without alpha", async () => {
    expect(await scaleOf(shapes)).toBe(1);
    const withAlpha = { ...shapes, "lora_unet_linear.alpha": [1] };
    expect(await scaleOf(withAlpha, { "lora_unet_linear.alpha": 1 })).toBe(0.25);
    expect(await scaleOf(withAlpha, { "lora_unet_linear.alpha": 0 })).toBe(0);
  });

  test.each([
    ["for the network", { "unet.lora_alpha": 8 }, 2],
    ["for a file of one network", { lora_alpha: 8 }, 2],
    ["for a module", { "unet.lora_alpha": 8, "unet.alpha_pattern": { linear: 2 } }, 0.5],
    [
      "for a module from its beginning",
      { "unet.lora_alpha": 8, "unet.alpha_pattern": { "^linear": 2 } },
      0.5,
    ],
    ["for another module", { "unet.lora_alpha": 8, "unet.alpha_pattern": { near: 2 } }, 2],
    ["for another network", { "text_encoder.lora_alpha": 8 }, 1],
    ["over the root of the rank", { "unet.lora_alpha": 8, "unet.use_rslora": true }, 4],
    ["that is no number", { "unet.lora_alpha": "8" }, 1],
  ])("alpha in diffusers' metadata, %s", async (_, fields, scale) => {
    expect(await scaleOf(shapes, {}, { lora_adapter_metadata: JSON.stringify(fields) })).toBe(scale);
  });

  test("metadata that do not parse say nothing", async () => {
    for (const text of ["{", "null", "3", "[]", '{"unet.alpha_pattern": 3}', '{"unet.lora_alpha": 1e999}'])
      expect(await scaleOf(shapes, {}, { lora_adapter_metadata: text })).toBe(1);
  });

  test("an alpha of its own comes before metadata", async () => {
    const metadata = { lora_adapter_metadata: JSON.stringify({ lora_alpha: 8, use_rslora: true }) };
    const withAlpha = { ...shapes, "lora_unet_linear.alpha": [] };
    expect(await scaleOf(withAlpha, { "lora_unet_linear.alpha": 2 }, metadata)).toBe(0.5);
  });
});

describe("what a file tells of itself", () => {
  test("kinds, ranks, alphas, networks and layers", async () => {
    const file = await open(
      {
        ...{
          "lora_unet_x_attn1_to_q.lora_up.weight": [8, 4],
          "lora_unet_x_attn1_to_q.lora_down.weight": [4, 8],
        },
        ...{ "lora_unet_x_attn1_to_q.alpha": [], "lora_te_y_self_attn_q_proj.lora_up.weight": [8, 16] },
        ...{ "lora_te_y_self_attn_q_proj.lora_down.weight": [16, 8] },
      },
      { "lora_unet_x_attn1_to_q.alpha": 2 },
      { ss_output_name: "lantern", ss_base_model_version: "sd_v1" },
    );
    expect(await describeLora(file)).toEqual({
      ...{ kinds: ["LoRA"], ranks: [4, 16], alphas: [2], modules: { unet: 1, textEncoders: 1 } },
      ...{ layers: "attention", name: "lantern", baseModel: "sd_v1", triggerWords: [] },
    });
  });

  test.each([
    [
      { "unet.x.ff.net.2.lora.up.weight": [8, 4], "unet.x.ff.net.2.lora.down.weight": [4, 8] },
      "linear",
      ["LoRA"],
    ],
    [
      {
        ...{ "lora_unet_x.lora_up.weight": [8, 4, 1, 1], "lora_unet_x.lora_down.weight": [4, 8, 1, 1] },
        ...{ "lora_unet_x.lora_mid.weight": [4, 4, 3, 3], "lora_unet_x.dora_scale": [8, 1, 1, 1] },
      },
      "convolutions",
      ["LoRA", "Tucker", "DoRA"],
    ],
    [{ "lora_unet_x_conv1.lokr_w1": [2, 2], "lora_unet_x_conv1.lokr_w2": [2, 18] }, "convolutions", ["LoKr"]],
    [{ "lora_unet_x_attn2_to_k.diff": [2, 2] }, "attention", ["full difference"]],
  ])("%o", async (shapes, layers, kinds) => {
    expect(await describeLora(await open(shapes as Record<string, number[]>))).toMatchObject({
      layers,
      kinds,
    });
  });

  test("trigger words are the most frequent tags of all folders, or the phrase itself", async () => {
    const shapes = { "lora_unet_x.diff": [1] };
    const tags = {
      "10_a": { lantern: 5, "paper ": 9, odd: "many" },
      "5_b": { lantern: 6, paper: 1 },
      c: null,
    };
    const words = async (metadata: Record<string, string>) =>
      (await describeLora(await open(shapes, {}, metadata))).triggerWords;
    expect(await words({ ss_tag_frequency: JSON.stringify(tags) })).toEqual(["lantern", "paper"]);
    expect(await words({ ss_tag_frequency: "{", "modelspec.trigger_phrase": " " })).toEqual([]);
    expect(await words({ "modelspec.trigger_phrase": "a paper lantern" })).toEqual(["a paper lantern"]);
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`tag ${i}`, i]));
    expect(await words({ ss_tag_frequency: JSON.stringify({ many }) })).toHaveLength(12);
  });
});
