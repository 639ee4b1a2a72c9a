import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EngineError } from "@/lib/engine/engine-error";
import type { Config, ModelPart } from "@/lib/engine/layouts/checkpoint";
import type { KeyMap } from "@/lib/engine/layouts/key-map";
import { openClipTextKeyMap, openClipVisionKeyMap, splitFused } from "@/lib/engine/layouts/open-clip-keys";
import { controlNetOf } from "@/lib/engine/layouts/open-controlnet";
import { openSingleFile, vaeOfSingleFile } from "@/lib/engine/layouts/open-single-file";
import { layoutOfConfig, readUNetLayout } from "@/lib/engine/layouts/unet-config";
import { controlNetKeyMap, unetKeyMap } from "@/lib/engine/layouts/unet-keys";
import { readVaeLayout } from "@/lib/engine/layouts/vae-config";
import { vaeKeyMap } from "@/lib/engine/layouts/vae-keys";
import type { Weights } from "@/lib/engine/safetensors/stored-tensor";
import { sizeOf } from "@/lib/engine/tensor";
import { fakeSafetensors, prefixed, type Shapes } from "@/tests/support/fake-safetensors";
import { type GoldenModel, golden, goldenModel } from "@/tests/support/layouts-golden";

const weightsOf = (shapes: Shapes): Weights => fakeSafetensors(shapes).tensors;
const unetMap = (model: GoldenModel): KeyMap => unetKeyMap(readUNetLayout(weightsOf(model.ldm)));

/** Every name of a real model, translated there and back. */
function expectBothWays(map: KeyMap, pairs: GoldenModel["pairs"]): void {
  const names = Object.entries(pairs);
  expect(names.length).toBeGreaterThan(100);
  expect(names.filter(([diffusers, ldm]) => map.toLdm(diffusers) !== ldm)).toEqual([]);
  expect(names.filter(([diffusers, ldm]) => map.toDiffusers(ldm) !== diffusers)).toEqual([]);
}

describe("key maps agree with the reference on every name, and are each other's inverse", () => {
  test.each(["sd1.unet", "sd1-inpaint.unet", "sd2.unet", "sdxl.unet", "distilled.unet", "tiny.unet"])(
    "%s",
    (name) => {
      const model = goldenModel(name);
      expectBothWays(unetMap(model), model.pairs);
      expectBothWays(unetKeyMap(layoutOfConfig(model.config)), model.pairs);
    },
  );

  test("sd1.controlnet", () => {
    const model = goldenModel("sd1.controlnet");
    expectBothWays(controlNetKeyMap(readUNetLayout(weightsOf(model.ldm)), 6), model.pairs);
  });

  test("sd1.vae", () => {
    const model = goldenModel("sd1.vae");
    expectBothWays(vaeKeyMap(readVaeLayout(weightsOf(model.ldm))), model.pairs);
  });

  test.each(["sd2.text", "sdxl.text2"])("%s", (name) => {
    const pairs = Object.entries(goldenModel(name).pairs).map(([diffusers, ldm]) => [
      diffusers,
      unfused(ldm),
    ]);
    expectBothWays(openClipTextKeyMap(32), Object.fromEntries(pairs));
  });

  test("OpenCLIP's vision tower, there and back", () => {
    const map = openClipVisionKeyMap(2);
    for (const [ours, theirs] of [
      ["vision_model.pre_layrnorm.bias", "visual.ln_pre.bias"],
      ["vision_model.embeddings.patch_embedding.weight", "visual.conv1.weight"],
      ["vision_model.encoder.layers.1.mlp.fc2.bias", "visual.transformer.resblocks.1.mlp.c_proj.bias"],
      ["visual_projection.weight", "visual.proj"],
    ] as const) {
      expect(map.toDiffusers(theirs)).toBe(ours);
      expect(map.toLdm(ours)).toBe(theirs);
    }
  });

  test("names of no module are no names", () => {
    const map = unetMap(goldenModel("sd1.unet"));
    expect(map.toDiffusers("input_blocks.99.0.weight")).toBeNull();
    expect(map.toDiffusers("input_blocks.1.7")).toBeNull();
    expect(map.toLdm("down_blocks.3.attentions.0.norm.weight")).toBeNull();
    expect(map.toLdm("")).toBeNull();
  });
});

/** `…attn.in_proj_weight#1` → `…attn.k_proj.weight`, as `splitFused` names the parts. */
const unfused = (name: string): string =>
  name
    .replace(/in_proj_(weight|bias)#(\d)$/, (_, tail, i) => `${["q", "k", "v"][i]}_proj.${tail}`)
    .replace("^T", "");

/** `part` holds exactly the tensors that the reference's model has, each where its bytes lie. */
function expectPart(part: ModelPart | null, model: GoldenModel, stored: Weights, prefix: string): void {
  expect(part).not.toBeNull();
  expect([...part!.weights.keys()].sort()).toEqual(Object.keys(model.shapes).sort());
  for (const [key, shape] of Object.entries(model.shapes)) {
    const got = part!.weights.get(key)!;
    const [name, third] = model.pairs[key]!.replace("^T", "").split("#");
    const source = stored.get(prefix + name)!;
    expect([key, got.shape]).toEqual([key, shape]);
    expect(got.byteLength).toBe(2 * sizeOf(shape));
    expect(got.offset).toBe(source.offset + Number(third ?? 0) * got.byteLength);
    expect(got.transposed ?? false).toBe(model.pairs[key]!.endsWith("^T"));
  }
}

/** The reference's config, told from shapes alone; heads are told as `attention_head_dim`, one number or a list. */
function expectConfig(got: Config, expected: Config): void {
  for (const [field, value] of Object.entries(expected))
    expect([field, got[field] ?? null]).toEqual([field, value]);
}

/** CLIP ViT-L's text tower as LDM keeps it. */
const CLIP_L: Shapes = {
  "text_model.embeddings.position_ids": [1, 77],
  "text_model.embeddings.token_embedding.weight": [49408, 768],
  "text_model.embeddings.position_embedding.weight": [77, 768],
  "text_model.encoder.layers.0.mlp.fc1.weight": [3072, 768],
  "text_model.encoder.layers.11.mlp.fc1.weight": [3072, 768],
  "text_model.final_layer_norm.weight": [768],
};

describe("a whole checkpoint in one file", () => {
  test("Stable Diffusion 1", async () => {
    const file = fakeSafetensors({
      ...prefixed("model.diffusion_model.", goldenModel("sd1.unet").ldm),
      ...prefixed("first_stage_model.", goldenModel("sd1.vae").ldm),
      ...prefixed("cond_stage_model.transformer.", CLIP_L),
      ...prefixed("model_ema.", { diffusion_modelinput_blocks00weight: [320, 4, 3, 3] }),
      "first_stage_model.loss.logvar": [1],
    });
    const opened = await openSingleFile(file);
    expect(opened.family).toBe("sd1");
    expect(opened.scheduler).toMatchObject({
      prediction_type: "epsilon",
      beta_start: 0.00085,
      beta_end: 0.012,
      beta_schedule: "scaled_linear",
      steps_offset: 1,
    });
    expectPart(opened.unet, goldenModel("sd1.unet"), file.tensors, "model.diffusion_model.");
    expectConfig(opened.unet.config, goldenModel("sd1.unet").config);
    expectPart(opened.vae, goldenModel("sd1.vae"), file.tensors, "first_stage_model.");
    expectConfig(opened.vae!.config, goldenModel("sd1.vae").config);
    expect(opened.textEncoder!.weights.size).toBe(Object.keys(CLIP_L).length - 1);
    expect(opened.textEncoder!.config).toMatchObject({
      hidden_size: 768,
      intermediate_size: 3072,
      num_hidden_layers: 12,
      num_attention_heads: 12,
      max_position_embeddings: 77,
      hidden_act: "quick_gelu",
      eos_token_id: 49407,
    });
  });

  test("Stable Diffusion 1, its text encoder without text_model", async () => {
    const bare = Object.entries(CLIP_L).map(([key, shape]) => [key.replace("text_model.", ""), shape]);
    const opened = await openSingleFile(
      fakeSafetensors({
        ...prefixed("model.diffusion_model.", goldenModel("sd1.unet").ldm),
        ...prefixed("cond_stage_model.transformer.", Object.fromEntries(bare)),
      }),
    );
    expect(opened.textEncoder!.weights.has("text_model.final_layer_norm.weight")).toBe(true);
    expect(opened.vae).toBeNull();
  });

  test("Stable Diffusion 2 leaves OpenCLIP's last layer out", async () => {
    const file = fakeSafetensors({
      ...prefixed("model.diffusion_model.", goldenModel("sd2.unet").ldm),
      ...prefixed("cond_stage_model.model.", goldenModel("sd2.text").ldm),
    });
    const opened = await openSingleFile(file);
    expect(opened.family).toBe("sd2");
    expect(opened.scheduler.prediction_type).toBe("v_prediction");
    expect((await openSingleFile(file, "epsilon")).scheduler.prediction_type).toBe("epsilon");
    expectPart(opened.unet, goldenModel("sd2.unet"), file.tensors, "model.diffusion_model.");
    expectConfig(opened.unet.config, goldenModel("sd2.unet").config);
    expectPart(opened.textEncoder, goldenModel("sd2.text"), file.tensors, "cond_stage_model.model.");
    expectConfig(opened.textEncoder!.config, goldenModel("sd2.text").config);
  });

  test("SDXL has two text encoders and an added condition", async () => {
    const file = fakeSafetensors({
      ...prefixed("model.diffusion_model.", goldenModel("sdxl.unet").ldm),
      ...prefixed("first_stage_model.", goldenModel("sd1.vae").ldm),
      ...prefixed("conditioner.embedders.0.transformer.", CLIP_L),
      ...prefixed("conditioner.embedders.1.model.", goldenModel("sdxl.text2").ldm),
    });
    const opened = await openSingleFile(file);
    expect(opened.family).toBe("sdxl");
    expectPart(opened.unet, goldenModel("sdxl.unet"), file.tensors, "model.diffusion_model.");
    expectConfig(opened.unet.config, goldenModel("sdxl.unet").config);
    expect(opened.unet.config.transformer_layers_per_block).toEqual([1, 2, 10]);
    expect(opened.vae!.config.scaling_factor).toBe(0.13025);
    expect(opened.textEncoder!.config.hidden_size).toBe(768);
    expectPart(
      opened.textEncoder2,
      goldenModel("sdxl.text2"),
      file.tensors,
      "conditioner.embedders.1.model.",
    );
    expectConfig(opened.textEncoder2!.config, goldenModel("sdxl.text2").config);
  });

  test.each(["sd1-inpaint.unet", "distilled.unet"])("a lone UNet: %s", async (name) => {
    const model = goldenModel(name);
    const bare = fakeSafetensors(model.ldm);
    expectPart((await openSingleFile(bare)).unet, model, bare.tensors, "");
    const diffusers = await openSingleFile(fakeSafetensors(model.shapes));
    expectConfig(diffusers.unet.config, model.config);
    expect([diffusers.family, diffusers.textEncoder, diffusers.vae]).toEqual(["sd1", null, null]);
  });

  test("a UNet without a middle block", async () => {
    const { ldm } = goldenModel("distilled.unet");
    const entries = Object.entries(ldm).filter(([key]) => !key.startsWith("middle_block"));
    const opened = await openSingleFile(fakeSafetensors(Object.fromEntries(entries)));
    expect(opened.unet.config.mid_block_type).toBeNull();
    expect(opened.unet.config.layers_per_block).toBe(1);
  });
});

describe("what the UNet predicts", () => {
  const sd2 = prefixed("model.diffusion_model.", goldenModel("sd2.unet").ldm);
  const prediction = async (shapes: Shapes, metadata = {}) =>
    (await openSingleFile(fakeSafetensors({ ...sd2, ...shapes }, metadata))).scheduler;

  test("is told by a marker or by metadata, before all guessing", async () => {
    expect((await prediction({}, { "modelspec.prediction_type": "epsilon" })).prediction_type).toBe(
      "epsilon",
    );
    expect(
      (await prediction({}, { "modelspec.architecture": "stable-diffusion-v2-512" })).prediction_type,
    ).toBe("epsilon");
    const marked = await prediction({ v_pred: [0], ztsnr: [0] }, { "modelspec.prediction_type": "epsilon" });
    expect(marked).toMatchObject({ prediction_type: "v_prediction", rescale_betas_zero_snr: true });
  });
});

describe("autoencoders and ControlNets on their own", () => {
  const model = goldenModel("sd1.vae");

  test.each(["", "first_stage_model.", "vae."])("a VAE under LDM's names behind '%s'", (prefix) => {
    const file = fakeSafetensors(prefixed(prefix, model.ldm));
    const part = vaeOfSingleFile(file);
    expect(part.kind).toBe("kl");
    expectPart(part, model, file.tensors, prefix);
    expectConfig(part.config, model.config);
  });

  test("a VAE under diffusers' former names", () => {
    const former = Object.entries(model.shapes).map(([key, shape]) => [
      key
        .replace(".to_q.", ".query.")
        .replace(".to_k.", ".key.")
        .replace(".to_v.", ".value.")
        .replace(".to_out.0.", ".proj_attn."),
      shape,
    ]);
    const { weights, config } = vaeOfSingleFile(fakeSafetensors(Object.fromEntries(former)));
    expect([...weights.keys()].sort()).toEqual(Object.keys(model.shapes).sort());
    expectConfig(config, model.config);
  });

  test("TAESD under diffusers' names and its author's, both halves or one", () => {
    const { shapes, config } = golden.taesd;
    const whole = vaeOfSingleFile(fakeSafetensors(shapes));
    expect(whole.kind).toBe("tiny");
    expectConfig(whole.config, config);
    for (const side of ["encoder", "decoder"] as const) {
      const own = Object.entries(shapes).filter(([key]) => key.startsWith(side));
      const authors = own.map(([key, shape]) => {
        const [, , layer, ...rest] = key.split(".");
        return [[Number(layer) + (side === "decoder" ? 1 : 0), ...rest].join("."), shape];
      });
      const { weights } = vaeOfSingleFile(fakeSafetensors(Object.fromEntries(authors)));
      expect([...weights].map(([key, stored]) => [key, stored.shape])).toEqual(own);
    }
  });

  test.each(["", "control_model."])("a ControlNet under its original names behind '%s'", (prefix) => {
    const controlnet = goldenModel("sd1.controlnet");
    const file = fakeSafetensors(prefixed(prefix, controlnet.ldm));
    const part = controlNetOf(file);
    expectPart(part, controlnet, file.tensors, prefix);
    expectConfig(part.config, controlnet.config);
    expectConfig(controlNetOf(fakeSafetensors(controlnet.shapes)).config, controlnet.config);
  });
});

describe("hostile names and shapes", () => {
  const whole: Shapes = {
    ...prefixed("model.diffusion_model.", goldenModel("tiny.unet").ldm),
    ...prefixed("first_stage_model.", goldenModel("tiny.vae").ldm),
    ...prefixed("cond_stage_model.model.", goldenModel("tiny-sd2.text").ldm),
  };
  const survives = async (open: () => unknown) => {
    try {
      await open();
    } catch (error) {
      expect(error).toBeInstanceOf(EngineError);
    }
  };

  test("a module of a huge number costs neither time nor memory", async () => {
    const huge = { ...whole };
    for (const list of ["input_blocks", "output_blocks", "down_blocks"])
      huge[`model.diffusion_model.${list}.999999999.0.op.weight`] = [1];
    for (const list of ["encoder.down", "decoder.up", "decoder.up.0.block"])
      huge[`first_stage_model.${list}.4000000000.weight`] = [1];
    const { unet, vae } = await openSingleFile(fakeSafetensors(huge));
    expectConfig(unet.config, goldenModel("tiny.unet").config);
    expectConfig(vae!.config, goldenModel("tiny.vae").config);
  });

  test("whatever is cut out, renamed or reshaped, the answer is a model or an EngineError", async () => {
    const edit = fc.record({
      at: fc.nat(),
      number: fc.option(fc.nat(300)),
      shape: fc.option(fc.array(fc.nat(70), { maxLength: 4 })),
      keep: fc.boolean(),
    });
    type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;
    const edited = (shapes: Shapes, edits: readonly Edit[]) => {
      const names = Object.keys(shapes);
      const result: Record<string, readonly number[]> = { ...shapes };
      for (const { at, number, shape, keep } of edits) {
        const key = names[at % names.length]!;
        if (!keep) delete result[key];
        result[number === null ? key : key.replace(/\d+/, `${number}`)] = shape ?? shapes[key]!;
      }
      return fakeSafetensors(result);
    };
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 8 }), async (edits) => {
        const file = edited(whole, edits);
        await survives(() => openSingleFile(file));
        await survives(() => vaeOfSingleFile(file));
        await survives(() => controlNetOf(edited(goldenModel("sd1.controlnet").ldm, edits)));
      }),
      { numRuns: 150 },
    );
  });
});

describe("fused projections", () => {
  test("rows that are no three parts are refused", () => {
    const weights = weightsOf({ "transformer.resblocks.0.attn.in_proj_weight": [10, 4] });
    expect(() => splitFused(weights)).toThrow(/10 rows/);
  });
});
