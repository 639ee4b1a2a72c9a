import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { EngineError } from "@/lib/engine/engine-error";
import { inspect } from "@/lib/engine/layouts/inspect";
import { recognise } from "@/lib/engine/layouts/recognise";
import { requireWeight } from "@/lib/engine/safetensors/require-weight";
import { type TensorToWrite, writeSafetensors } from "@/lib/engine/safetensors/write-safetensors";
import { fakeSafetensors, prefixed, type Shapes } from "@/tests/support/fake-safetensors";
import { golden, goldenModel } from "@/tests/support/layouts-golden";

const folder = mkdtempSync(path.join(tmpdir(), "mosaiq-recognise-"));
afterAll(() => rmSync(folder, { recursive: true }));

const unet = (name: string): Shapes => prefixed("model.diffusion_model.", goldenModel(name).ldm);
const rrdb = {
  "conv_first.weight": [64, 3, 3, 3],
  "body.0.rdb1.conv1.weight": [32, 64, 3, 3],
  "body.22.rdb3.conv5.bias": [64],
};
const srvgg = {
  "body.0.weight": [64, 3, 3, 3],
  "body.1.weight": [64],
  "body.2.weight": [64, 64, 3, 3],
  "body.3.weight": [64],
  "body.4.weight": [48, 64, 3, 3],
};
const TO_K = "down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k";
const KOHYA = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k";

const VITPOSE = {
  "backbone.embeddings.position_embeddings": [1, 193, 768],
  "backbone.encoder.layer.0.layernorm_before.weight": [768],
  "head.conv.weight": [17, 768, 3, 3],
};

const CASES: [what: string, shapes: Shapes, expected: object][] = [
  [
    "a checkpoint of SD 1",
    { ...unet("sd1.unet"), "first_stage_model.decoder.conv_in.weight": [512, 4, 3, 3] },
    { kind: "checkpoint", family: "sd1", naming: "ldm", facts: { inChannels: 4, parts: "unet, vae" } },
  ],
  [
    "one of SD 2",
    { ...unet("sd2.unet"), ...prefixed("cond_stage_model.model.", goldenModel("sd2.text").ldm) },
    { kind: "checkpoint", family: "sd2", facts: { parts: "unet, text encoder" } },
  ],
  [
    "one of SDXL",
    { ...unet("sdxl.unet"), ...prefixed("conditioner.embedders.1.model.", goldenModel("sdxl.text2").ldm) },
    { kind: "checkpoint", family: "sdxl" },
  ],
  [
    "an inpainting UNet",
    unet("sd1-inpaint.unet"),
    { kind: "unet", family: "sd1", facts: { inChannels: 9, task: "inpainting" } },
  ],
  [
    "a UNet under diffusers' names",
    goldenModel("sd2.unet").shapes,
    { kind: "unet", family: "sd2", naming: "diffusers" },
  ],
  ["a tiny UNet, by its projections", goldenModel("tiny.unet").shapes, { kind: "unet", family: "sd1" }],
  [
    "SD 3",
    { "model.diffusion_model.joint_blocks.0.context_block.adaLN_modulation.1.bias": [8] },
    { kind: "checkpoint", family: "sd3" },
  ],
  ["FLUX", { "double_blocks.0.img_attn.norm.key_norm.scale": [8] }, { kind: "checkpoint", family: "flux" }],
  [
    "a ControlNet",
    prefixed("control_model.", goldenModel("sd1.controlnet").ldm),
    { kind: "controlnet", family: "sd1", naming: "ldm", prefix: "control_model." },
  ],
  [
    "a ControlNet under diffusers' names",
    goldenModel("sd1.controlnet").shapes,
    { kind: "controlnet", family: "sd1", naming: "diffusers" },
  ],
  ["a VAE", goldenModel("sd1.vae").ldm, { kind: "vae", naming: "ldm", prefix: "" }],
  ["a VAE under diffusers' names", goldenModel("sd1.vae").shapes, { kind: "vae", naming: "diffusers" }],
  ["TAESD", golden.taesd.shapes, { kind: "taesd", naming: "diffusers" }],
  [
    "TAESD's decoder, its author's",
    { "1.weight": [64, 4, 3, 3], "3.conv.0.weight": [64, 64, 3, 3] },
    { kind: "taesd", naming: "taesd" },
  ],
  [
    "kohya's LoRA",
    {
      [`${KOHYA}.lora_down.weight`]: [16, 768],
      [`${KOHYA}.lora_up.weight`]: [320, 16],
      [`${KOHYA}.alpha`]: [],
      "lora_te_text_model_encoder_layers_0_mlp_fc1.lora_down.weight": [8, 768],
    },
    {
      kind: "lora",
      family: "sd1",
      naming: "kohya",
      facts: { algorithm: "LoRA", rank: "8, 16", targets: "unet, text encoder", modules: 2 },
    },
  ],
  [
    "PEFT's",
    { [`unet.${TO_K}.lora_A.weight`]: [4, 1024], [`unet.${TO_K}.lora_B.weight`]: [320, 4] },
    {
      kind: "lora",
      family: "sd2",
      naming: "peft",
      facts: { algorithm: "LoRA", rank: "4", targets: "unet", modules: 1 },
    },
  ],
  [
    "diffusers' old one",
    { [`unet.${TO_K.replace("to_k", "processor.to_k_lora")}.down.weight`]: [4, 768] },
    { kind: "lora", naming: "diffusers" },
  ],
  [
    "SDXL's",
    { [`${KOHYA}.lora_down.weight`]: [16, 2048], [`${KOHYA}.dora_scale`]: [320, 1] },
    { kind: "lora", family: "sdxl", facts: { algorithm: "LoRA + DoRA" } },
  ],
  [
    "a Tucker LoRA",
    { "lora_unet_conv.lora_down.weight": [4, 8, 1, 1], "lora_unet_conv.lora_mid.weight": [4, 4, 3, 3] },
    { kind: "lora", facts: { algorithm: "LoRA + Tucker" } },
  ],
  [
    "LoHa",
    { [`${KOHYA}.hada_w1_a`]: [320, 8], [`${KOHYA}.hada_w1_b`]: [8, 768] },
    { kind: "lora", family: "sd1", facts: { algorithm: "LoHa", rank: "8" } },
  ],
  [
    "LoKr",
    { [`${KOHYA}.lokr_w1`]: [8, 8], [`${KOHYA}.lokr_w2`]: [40, 96] },
    { kind: "lora", facts: { algorithm: "LoKr" } },
  ],
  [
    "an embedding",
    { emb_params: [4, 768] },
    { kind: "embedding", family: "sd1", facts: { vectors: 4, width: 768 } },
  ],
  [
    "an embedding under its token",
    { "<cat>": [1024] },
    { kind: "embedding", family: "sd2", facts: { vectors: 1, width: 1024 } },
  ],
  [
    "SDXL's embedding",
    { clip_l: [2, 768], clip_g: [2, 1280] },
    { kind: "embedding", family: "sdxl", facts: { vectors: 2 } },
  ],
  [
    "Real-ESRGAN ×4",
    prefixed("params_ema.", rrdb),
    {
      kind: "upscaler",
      prefix: "params_ema.",
      facts: { network: "RRDBNet", scale: 4, features: 64, growth: 32, blocks: 23 },
    },
  ],
  [
    "Real-ESRGAN ×2",
    { ...rrdb, "conv_first.weight": [64, 12, 3, 3] },
    { kind: "upscaler", facts: { scale: 2 } },
  ],
  [
    "ESRGAN",
    {
      "model.0.weight": [64, 3, 3, 3],
      "model.1.sub.0.RDB1.conv1.0.weight": [32, 64, 3, 3],
      "model.1.sub.23.weight": [64, 64, 3, 3],
    },
    { kind: "upscaler", naming: "esrgan", facts: { blocks: 23, features: 64, growth: 32 } },
  ],
  [
    "SRVGG",
    prefixed("params.", srvgg),
    { kind: "upscaler", facts: { network: "SRVGGNetCompact", scale: 4, features: 64, convolutions: 1 } },
  ],
  [
    "CLIP",
    {
      "text_model.embeddings.token_embedding.weight": [49408, 512],
      "vision_model.embeddings.patch_embedding.weight": [768, 3, 32, 32],
    },
    { kind: "clip", naming: "transformers", facts: { parts: "text, vision" } },
  ],
  [
    "a lone text encoder",
    { "embeddings.token_embedding.weight": [49408, 768] },
    { kind: "clip", facts: { parts: "text" } },
  ],
  ["OpenCLIP", goldenModel("sd2.text").ldm, { kind: "clip", naming: "open-clip", facts: { parts: "text" } }],
  [
    "Depth Anything",
    {
      "backbone.embeddings.cls_token": [1, 1, 384],
      "backbone.embeddings.position_embeddings": [1, 1370, 384],
      "backbone.encoder.layer.11.norm1.weight": [384],
      "neck.fusion_stage.layers.0.projection.weight": [64, 64, 1, 1],
      "head.conv3.weight": [1, 32, 1, 1],
    },
    {
      kind: "depth",
      naming: "transformers",
      facts: { network: "Depth Anything", size: "small", layers: 12 },
    },
  ],
  [
    "ViTPose",
    VITPOSE,
    { kind: "pose", facts: { network: "ViTPose", size: "base", decoder: "simple", keypoints: 17 } },
  ],
  [
    "ViTPose+",
    {
      ...VITPOSE,
      "backbone.encoder.layer.0.mlp.experts.5.weight": [192, 3072],
      "head.deconv1.weight": [768, 256, 4, 4],
    },
    { kind: "pose", facts: { network: "ViTPose+", decoder: "classic" } },
  ],
  [
    "SigLIP",
    { logit_bias: [1], "vision_model.embeddings.patch_embedding.weight": [768, 3, 16, 16] },
    { kind: "siglip" },
  ],
];

describe("recognise", () => {
  test.each(CASES)("%s", (_, shapes, expected) => {
    expect(recognise(fakeSafetensors(shapes))).toMatchObject(expected);
  });

  test("a lone vision tower", () => {
    const shapes = { "embeddings.patch_embedding.weight": [768, 3, 32, 32] };
    expect(recognise(fakeSafetensors(shapes))).toMatchObject({ kind: "clip", facts: { parts: "vision" } });
  });

  test("what it does not know, it says what it saw", () => {
    const unknown = (shapes: Shapes) => () => recognise(fakeSafetensors(shapes));
    expect(unknown({ "a.b": [3, 3, 3], "c.d": [1] })).toThrow(/a\.b, c\.d/);
    expect(unknown({})).toThrow(/no tensors/);
    expect(unknown({ lonely: [] })).toThrow(EngineError);
  });

  test("no set of names and shapes makes it fail otherwise", () => {
    const names = fc.constantFrom(...CASES.flatMap(([, shapes]) => Object.keys(shapes).slice(0, 4)), "x");
    const shape = fc.array(fc.nat(2048), { maxLength: 4 });
    fc.assert(
      fc.property(fc.dictionary(names, shape, { maxKeys: 6 }), (shapes) => {
        try {
          recognise(fakeSafetensors(shapes));
        } catch (error) {
          expect(error).toBeInstanceOf(EngineError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe("inspect", () => {
  const write = async (name: string, metadata: Record<string, string>): Promise<string> => {
    const file = path.join(folder, name);
    const half = (values: number[]) => ({
      dtype: "F16" as const,
      shape: [1, values.length],
      data: Float32Array.from(values),
    });
    await writeSafetensors(
      file,
      new Map<string, TensorToWrite>([
        [`${KOHYA}.lora_down.weight`, half([1, 2, 3])],
        [`${KOHYA}.lora_up.weight`, half([4, 5])],
        [`${KOHYA}.alpha`, { dtype: "F32", shape: [], data: Float32Array.of(0.5) }],
      ]),
      metadata,
    );
    return file;
  };

  test("a LoRA: what it is, its size, its alpha and its words", async () => {
    const tags = { "10_cat": { "a cat": 3, sks: 9 }, "5_more": { "a cat ": 8, broken: "x" } };
    const file = await write("lora.safetensors", {
      ss_tag_frequency: JSON.stringify(tags),
      ss_network_dim: "1",
    });
    expect(await inspect(file)).toMatchObject({
      kind: "lora",
      file,
      tensors: 3,
      parameters: 6,
      dtypes: [
        ["F16", 5],
        ["F32", 1],
      ],
      alphas: [0.5],
      triggerWords: ["a cat", "sks"],
      metadata: { ss_network_dim: "1" },
    });
  });

  test("a stated trigger phrase goes before counted words; broken metadata are no words", async () => {
    const stated = await write("stated.safetensors", {
      "modelspec.trigger_phrase": "sks",
      ss_tag_frequency: "{}",
    });
    expect((await inspect(stated)).triggerWords).toEqual(["sks"]);
    for (const broken of ["{", "null", "3", '"text"', '{"a":null}', '{"a":[1]}'])
      expect((await inspect(await write("broken.safetensors", { ss_tag_frequency: broken }))).kind).toBe(
        "lora",
      );
  });
});

describe("requireWeight", () => {
  const { tensors } = fakeSafetensors(goldenModel("sdxl.unet").shapes);

  test("gives the tensor", () => {
    expect(requireWeight(tensors, "conv_in.weight").key).toBe("conv_in.weight");
  });

  test("names the missing key and those most like it", () => {
    const without = new Map(tensors);
    without.delete("down_blocks.1.attentions.0.proj_in.weight");
    const attempt = () => requireWeight(without, "down_blocks.1.attentions.0.proj_in.weight", "unet");
    expect(attempt).toThrow(EngineError);
    expect(attempt).toThrow(
      /^down_blocks\.1\.attentions\.0\.proj_in\.weight of the unet is missing; nearest: down_blocks\.\d\.attentions\.\d\.proj_(in|out)\.weight, /,
    );
  });

  test("without any weights there is nothing near", () => {
    expect(() => requireWeight(new Map(), "a")).toThrow(/no weights at all/);
  });
});
