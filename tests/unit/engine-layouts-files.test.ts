import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EngineError } from "@/lib/engine/engine-error";
import type { Checkpoint, ModelPart } from "@/lib/engine/layouts/checkpoint";
import { openCheckpoint } from "@/lib/engine/layouts/open-checkpoint";
import { openClip } from "@/lib/engine/layouts/open-clip";
import { openControlNet } from "@/lib/engine/layouts/open-controlnet";
import { openVae } from "@/lib/engine/layouts/open-vae";
import { readTensor } from "@/lib/engine/safetensors/read-tensor";
import type { Weights } from "@/lib/engine/safetensors/stored-tensor";
import { type TensorToWrite, writeSafetensors } from "@/lib/engine/safetensors/write-safetensors";
import { golden, goldenModel } from "@/tests/support/layouts-golden";
import { tinyValues, writeTinyCheckpoint } from "@/tests/support/tiny-weights";

const folder = mkdtempSync(path.join(tmpdir(), "mosaiq-layouts-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Tiny values under LDM's names, each network behind its prefix. */
async function writeLdm(file: string, parts: Record<string, string>): Promise<string> {
  const tensors = new Map<string, TensorToWrite>();
  for (const [prefix, name] of Object.entries(parts))
    for (const [key, shape] of Object.entries(goldenModel(name).ldm))
      tensors.set(prefix + key, { dtype: "F32", shape, data: () => tinyValues(key, shape) });
  await writeSafetensors(path.join(folder, file), tensors);
  return path.join(folder, file);
}

async function hashes(weights: Weights): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [key, stored] of weights) {
    const { data } = await readTensor(stored);
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    found[key] = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  }
  return found;
}

const json = (file: string, value: unknown) => {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), JSON.stringify(value));
};

/** Writes a part as diffusers' `save_pretrained` does. */
async function savePart(
  at: string,
  part: ModelPart,
  name = "diffusion_pytorch_model.safetensors",
): Promise<void> {
  json(`${at}/config.json`, part.config);
  const tensors = new Map<string, TensorToWrite>();
  for (const [key, stored] of part.weights)
    tensors.set(key, {
      dtype: stored.dtype,
      shape: stored.shape,
      data: async () => (await readTensor(stored)).data,
    });
  await writeSafetensors(path.join(folder, at, name), tensors);
}

const INDEX = {
  _class_name: "StableDiffusionPipeline",
  unet: ["diffusers", "UNet2DConditionModel"],
  vae: ["diffusers", "AutoencoderKL"],
  text_encoder: ["transformers", "CLIPTextModel"],
  tokenizer: ["transformers", "CLIPTokenizer"],
  scheduler: ["diffusers", "EulerDiscreteScheduler"],
  safety_checker: [null, null],
};

async function saveFolder(at: string, checkpoint: Checkpoint): Promise<string> {
  await savePart(`${at}/unet`, checkpoint.unet);
  await savePart(`${at}/vae`, checkpoint.vae!);
  await savePart(`${at}/text_encoder`, checkpoint.textEncoder!, "model.safetensors");
  json(`${at}/model_index.json`, INDEX);
  json(`${at}/tokenizer/vocab.json`, {});
  writeFileSync(path.join(folder, at, "tokenizer/merges.txt"), "");
  json(`${at}/scheduler/scheduler_config.json`, checkpoint.scheduler);
  return path.join(folder, at);
}

const refusal = async (work: Promise<unknown>): Promise<EngineError> => {
  const error = await work.then(
    () => undefined,
    (cause) => cause,
  );
  expect(error).toBeInstanceOf(EngineError);
  return error;
};

let single: Checkpoint;
let saved: string;
beforeAll(async () => {
  const file = await writeLdm("tiny.safetensors", {
    "model.diffusion_model.": "tiny.unet",
    "first_stage_model.": "tiny.vae",
    "cond_stage_model.model.": "tiny-sd2.text",
  });
  single = await openCheckpoint(file);
  saved = await saveFolder("tiny", single);
});

describe("a single file", () => {
  test("has the numbers that the reference's conversion gives, tensor for tensor", async () => {
    expect(await hashes(single.unet.weights)).toEqual(golden.tiny["tiny.unet"]);
    expect(await hashes(single.vae!.weights)).toEqual(golden.tiny["tiny.vae"]);
    expect(await hashes(single.textEncoder!.weights)).toEqual(golden.tiny["tiny-sd2.text"]);
  });

  test("SDXL's second text encoder, its projection transposed", async () => {
    const file = await writeLdm("tiny-xl.safetensors", {
      "model.diffusion_model.": "tiny.unet",
      "conditioner.embedders.1.model.": "tiny-sdxl.text2",
    });
    const { family, textEncoder2 } = await openCheckpoint(file);
    expect(family).toBe("sdxl");
    expect(await hashes(textEncoder2!.weights)).toEqual(golden.tiny["tiny-sdxl.text2"]);
  });

  test("Stable Diffusion 2 base is told by its step counter", async () => {
    const { ldm } = goldenModel("tiny-sd2.text");
    for (const [steps, expected] of [
      [875_000n, "epsilon"],
      [140_000n, "v_prediction"],
    ] as const) {
      const tensors = new Map<string, TensorToWrite>();
      for (const [key, shape] of Object.entries(goldenModel("tiny.unet").ldm))
        tensors.set(`model.diffusion_model.${key}`, {
          dtype: "F32",
          shape,
          data: () => tinyValues(key, shape),
        });
      for (const [key, shape] of Object.entries(ldm))
        tensors.set(`cond_stage_model.model.${key}`, {
          dtype: "F32",
          shape,
          data: () => tinyValues(key, shape),
        });
      const counter = new Uint8Array(BigInt64Array.of(steps).buffer);
      tensors.set("global_step", { dtype: "I64", shape: [], data: counter });
      const file = path.join(folder, `steps-${steps}.safetensors`);
      await writeSafetensors(file, tensors);
      expect((await openCheckpoint(file)).scheduler.prediction_type).toBe(expected);
    }
  });

  test("another kind of file is refused by its name", async () => {
    const file = path.join(folder, "lora.safetensors");
    await writeTinyCheckpoint(file, { "lora_unet_mid_block_attentions_0_proj_in.lora_down.weight": [4, 64] });
    const error = await refusal(openCheckpoint(file));
    expect([error.code, error.details.seen]).toEqual(["weights_unknown", "lora"]);
    for (const open of [openVae, openControlNet, openClip])
      expect((await refusal(open(file))).code).toBe("weights_unknown");
  });

  test("a model that the engine does not build is called by its name", async () => {
    const file = path.join(folder, "flux.safetensors");
    await writeTinyCheckpoint(file, { "double_blocks.0.img_attn.norm.key_norm.scale": [8] });
    expect((await refusal(openCheckpoint(file))).message).toMatch(/checkpoint of flux/);
  });
});

describe("a diffusers folder", () => {
  test("of the same weights is the same checkpoint", async () => {
    const opened = await openCheckpoint(saved);
    expect(opened.source).toBe(saved);
    for (const part of ["unet", "vae", "textEncoder"] as const) {
      expect(opened[part]!.config).toEqual(single[part]!.config);
      expect(await hashes(opened[part]!.weights)).toEqual(await hashes(single[part]!.weights));
    }
    expect(opened.scheduler).toEqual(single.scheduler);
    expect(opened.textEncoder2).toBeNull();
    expect(opened.tokenizerFiles).toEqual({
      vocab: path.join(saved, "tokenizer/vocab.json"),
      merges: path.join(saved, "tokenizer/merges.txt"),
      tokenizerJson: null,
      config: {},
    });
  });

  test("may be told what its UNet predicts", async () => {
    const opened = await openCheckpoint(saved, { prediction: "epsilon" });
    expect(opened.scheduler).toEqual({ ...single.scheduler, prediction_type: "epsilon" });
  });

  test.each([
    ["half precision only", "model.fp16.safetensors"],
    ["diffusers' name", "diffusion_pytorch_model.safetensors"],
  ])("text encoder under another name: %s", async (_, name) => {
    const copy = await saveFolder(`copy-${name}`, single);
    renameSync(path.join(copy, "text_encoder/model.safetensors"), path.join(copy, "text_encoder", name));
    expect((await openCheckpoint(copy)).textEncoder!.weights.size).toBe(single.textEncoder!.weights.size);
  });

  test.each(["model.safetensors.index.json", "model.safetensors.index.fp16.json"])(
    "sharded: %s",
    async (index) => {
      const copy = await saveFolder(`shards-${index}`, single);
      renameSync(
        path.join(copy, "text_encoder/model.safetensors"),
        path.join(copy, "text_encoder/model-00001-of-00001.safetensors"),
      );
      const keys = [...single.textEncoder!.weights.keys()];
      json(`shards-${index}/text_encoder/${index}`, {
        weight_map: Object.fromEntries(keys.map((key) => [key, "model-00001-of-00001.safetensors"])),
      });
      expect((await openCheckpoint(copy)).textEncoder!.weights.size).toBe(keys.length);
    },
  );

  test("with pickle files only, or with nothing, says so", async () => {
    const copy = await saveFolder("pickled", single);
    const weights = path.join(copy, "vae/diffusion_pytorch_model");
    renameSync(`${weights}.safetensors`, `${weights}.bin`);
    const pickled = await refusal(openCheckpoint(copy));
    expect([pickled.code, pickled.details.file]).toEqual(["weights_pickle", `${weights}.bin`]);
    rmSync(`${weights}.bin`);
    const gone = await refusal(openCheckpoint(copy));
    expect([gone.code, gone.details.file]).toEqual(["weights_missing", path.join(copy, "vae")]);
  });

  test("without a UNet is another kind of pipeline", async () => {
    json("flux/model_index.json", { _class_name: "FluxPipeline", transformer: ["diffusers", "F"] });
    const error = await refusal(openCheckpoint(path.join(folder, "flux")));
    expect([error.code, error.details.seen]).toEqual(["weights_unknown", "FluxPipeline"]);
  });

  test("whose config is no JSON object is damaged", async () => {
    const copy = await saveFolder("bad-config", single);
    for (const text of ["{", "[]", "null"]) {
      writeFileSync(path.join(copy, "unet/config.json"), text);
      const error = await refusal(openCheckpoint(copy));
      expect([error.code, error.details.file]).toEqual([
        "weights_damaged",
        path.join(copy, "unet/config.json"),
      ]);
    }
  });

  test("nothing at all is missing", async () => {
    expect((await refusal(openCheckpoint(path.join(folder, "nowhere")))).code).toBe("weights_missing");
    mkdirSync(path.join(folder, "empty"));
    expect((await refusal(openCheckpoint(path.join(folder, "empty")))).code).toBe("weights_missing");
  });
});

describe("parts on their own", () => {
  test("an autoencoder out of a checkpoint, a diffusers folder, and its own folder", async () => {
    const expected = golden.tiny["tiny.vae"];
    for (const source of [single.source, saved, path.join(saved, "vae")]) {
      const part = await openVae(source);
      expect(part.kind).toBe("kl");
      expect(await hashes(part.weights)).toEqual(expected);
    }
  });

  test("TAESD in a folder", async () => {
    json("taesd/config.json", { ...golden.taesd.config, _class_name: "AutoencoderTiny" });
    await writeTinyCheckpoint(
      path.join(folder, "taesd/diffusion_pytorch_model.safetensors"),
      golden.taesd.shapes,
    );
    const part = await openVae(path.join(folder, "taesd"));
    expect(part.kind).toBe("tiny");
    expect([...part.weights.keys()].sort()).toEqual(Object.keys(golden.taesd.shapes).sort());
  });

  test("a ControlNet in a folder keeps its own config", async () => {
    json("controlnet/config.json", { conditioning_channels: 3 });
    await writeTinyCheckpoint(path.join(folder, "controlnet/diffusion_pytorch_model.safetensors"), {
      "a.weight": [1],
    });
    const part = await openControlNet(path.join(folder, "controlnet"));
    expect(part.config).toEqual({ conditioning_channels: 3 });
    expect([...part.weights.keys()]).toEqual(["a.weight"]);
  });
});

describe("CLIP", () => {
  const vision = {
    "visual.conv1.weight": [64, 3, 8, 8],
    "visual.class_embedding": [64],
    "visual.positional_embedding": [17, 64],
    "visual.ln_pre.weight": [64],
    "visual.transformer.resblocks.0.ln_1.weight": [64],
    "visual.transformer.resblocks.0.attn.in_proj_weight": [192, 64],
    "visual.transformer.resblocks.0.mlp.c_fc.weight": [256, 64],
    "visual.ln_post.weight": [64],
    "visual.proj": [64, 32],
    logit_scale: [],
  };

  test("under OpenCLIP's names, its projections transposed", async () => {
    mkdirSync(path.join(folder, "open-clip"));
    const file = path.join(folder, "open-clip/open_clip_model.safetensors");
    await writeTinyCheckpoint(file, { ...goldenModel("tiny-sdxl.text2").ldm, ...vision });
    const { kind, config, weights, tokenizerFiles, preprocessor } = await openClip(file);
    expect([kind, tokenizerFiles, preprocessor]).toEqual(["clip", null, null]);
    expect(config.vision_config).toMatchObject({
      hidden_size: 64,
      patch_size: 8,
      image_size: 32,
      num_hidden_layers: 1,
      projection_dim: 32,
      hidden_act: "gelu",
    });
    expect(config.text_config).toMatchObject({ num_hidden_layers: 2, vocab_size: 49 });
    const projection = await readTensor(weights.get("visual_projection.weight")!);
    expect(projection.shape).toEqual([32, 64]);
    expect(projection.data[1]).toBe(tinyValues("visual.proj", [64, 32])[32]);
    expect(weights.get("vision_model.encoder.layers.0.self_attn.v_proj.weight")!.shape).toEqual([64, 64]);
    expect(weights.has("logit_scale")).toBe(true);
  });

  const hugging = {
    "vision_model.embeddings.patch_embedding.weight": [64, 3, 8, 8],
    "vision_model.embeddings.position_embedding.weight": [17, 64],
    "vision_model.encoder.layers.0.mlp.fc1.weight": [256, 64],
    "visual_projection.weight": [32, 64],
  };

  test("in a folder, with its tokenizer and preprocessor", async () => {
    json("clip/config.json", { model_type: "clip" });
    json("clip/preprocessor_config.json", { size: 32 });
    json("clip/tokenizer.json", {});
    await writeTinyCheckpoint(path.join(folder, "clip/model.safetensors"), hugging);
    const whole = await openClip(path.join(folder, "clip"));
    expect(whole).toEqual(await openClip(path.join(folder, "clip/model.safetensors")));
    expect(whole).toMatchObject({ kind: "clip", config: { model_type: "clip" }, preprocessor: { size: 32 } });
    expect(whole.tokenizerFiles!.tokenizerJson).toBe(path.join(folder, "clip/tokenizer.json"));
  });

  test("a lone tower without its name in front, as transformers writes since 5.6", async () => {
    for (const tower of ["vision_model", "text_model"]) {
      const stem = tower === "vision_model" ? "embeddings.patch_embedding" : "embeddings.token_embedding";
      const shapes = {
        [`${stem}.weight`]: [8, 3],
        "encoder.layers.0.mlp.fc1.bias": [8],
        "visual_projection.weight": [4, 8],
      };
      json(`${tower}/config.json`, { model_type: `clip_${tower}` });
      await writeTinyCheckpoint(path.join(folder, tower, "model.safetensors"), shapes);
      const { weights } = await openClip(path.join(folder, tower));
      expect([...weights.keys()].sort()).toEqual(
        [
          `${tower}.${stem}.weight`,
          `${tower}.encoder.layers.0.mlp.fc1.bias`,
          "visual_projection.weight",
        ].sort(),
      );
    }
  });

  test("a lone file under transformers' names tells its own shape", async () => {
    mkdirSync(path.join(folder, "lone"));
    await writeTinyCheckpoint(path.join(folder, "lone/clip.safetensors"), hugging);
    const { config } = await openClip(path.join(folder, "lone/clip.safetensors"));
    expect(config.vision_config).toMatchObject({ image_size: 32, hidden_act: "quick_gelu" });
    expect(config.text_config).toBeUndefined();
  });

  test("SigLIP needs its config.json, and is known by it", async () => {
    const file = path.join(folder, "lone/siglip.safetensors");
    await writeTinyCheckpoint(file, { ...hugging, "vision_model.head.probe": [1, 1, 64] });
    expect((await refusal(openClip(file))).message).toMatch(/config\.json/);
    json("lone/config.json", { model_type: "siglip2" });
    expect((await openClip(file)).kind).toBe("siglip");
  });
});
