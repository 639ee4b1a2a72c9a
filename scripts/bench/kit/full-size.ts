import { mkdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { decodeKl, encodeKl } from "@/lib/engine/models/autoencoder-kl";
import { readAutoencoderKlConfig } from "@/lib/engine/models/autoencoder-kl-config";
import { decodeTiny, encodeTiny } from "@/lib/engine/models/autoencoder-tiny";
import { readAutoencoderTinyConfig } from "@/lib/engine/models/autoencoder-tiny-config";
import { readClipTextConfig } from "@/lib/engine/models/clip-config";
import { clipText } from "@/lib/engine/models/clip-text";
import { conditioningEmbedding, controlNet } from "@/lib/engine/models/controlnet";
import { unet2dCondition } from "@/lib/engine/models/unet-2d-condition";
import { readUNetConfig } from "@/lib/engine/models/unet-config";
import type { Scope } from "@/lib/engine/nn/scope";
import { readControlNetConfig } from "@/lib/engine/pipelines/graphs";
import { toHalf } from "@/lib/engine/safetensors/float16";
import { writeSafetensors } from "@/lib/engine/safetensors/write-safetensors";
import { randomCodes, weightValues } from "./random-weights";
import { recordShapes } from "./record-shapes";

// Stable Diffusion 1.5 in size, with random weights: what speed and memory can be measured on without any download.

const UNET = {
  _class_name: "UNet2DConditionModel",
  ...{ sample_size: 64, in_channels: 4, out_channels: 4, cross_attention_dim: 768, attention_head_dim: 8 },
  block_out_channels: [320, 640, 1280, 1280],
  layers_per_block: 2,
};
const { sample_size: _size, out_channels: _channels, ...shared } = UNET;
const CONTROLNET = { ...shared, _class_name: "ControlNetModel" };
const VAE = {
  _class_name: "AutoencoderKL",
  block_out_channels: [128, 256, 512, 512],
  down_block_types: new Array<string>(4).fill("DownEncoderBlock2D"),
  up_block_types: new Array<string>(4).fill("UpDecoderBlock2D"),
  ...{ layers_per_block: 2, latent_channels: 4, scaling_factor: 0.18215 },
};
const TAESD = { _class_name: "AutoencoderTiny", latent_channels: 4 };
const TEXT = {
  architectures: ["CLIPTextModel"],
  ...{ hidden_size: 768, intermediate_size: 3072, num_hidden_layers: 12, num_attention_heads: 12 },
  ...{
    vocab_size: 49408,
    hidden_act: "quick_gelu",
    bos_token_id: 49406,
    eos_token_id: 49407,
    pad_token_id: 49407,
  },
};
const SCHEDULER = {
  _class_name: "LCMScheduler",
  ...{ beta_start: 0.00085, beta_end: 0.012, beta_schedule: "scaled_linear", steps_offset: 1 },
  ...{ set_alpha_to_one: false, timestep_spacing: "leading", prediction_type: "epsilon" },
};

/** An input of any name, for models that are emitted to see what they ask for. */
const x = { name: "x" };
const conditions = { sample: x, timestep: x, encoderHiddenStates: x };

const PARTS: readonly { name: string; file: string; config: object; emit: (s: Scope) => void }[] = [
  {
    name: "unet",
    file: "diffusion_pytorch_model.safetensors",
    config: UNET,
    emit: (s) => void unet2dCondition(s, readUNetConfig(UNET), conditions),
  },
  {
    name: "controlnet",
    file: "diffusion_pytorch_model.safetensors",
    config: CONTROLNET,
    emit(s) {
      const config = readControlNetConfig(CONTROLNET);
      controlNet(s, config, { ...conditions, hint: x });
      conditioningEmbedding(s.at("controlnet_cond_embedding"), config, x);
    },
  },
  {
    name: "vae",
    file: "diffusion_pytorch_model.safetensors",
    config: VAE,
    emit: (s) => {
      const config = readAutoencoderKlConfig(VAE);
      encodeKl(s, config, x);
      decodeKl(s, config, x);
    },
  },
  {
    name: "taesd",
    file: "diffusion_pytorch_model.safetensors",
    config: TAESD,
    emit: (s) => {
      const config = readAutoencoderTinyConfig(TAESD);
      encodeTiny(s, config, x);
      decodeTiny(s, config, x);
    },
  },
  {
    name: "text_encoder",
    file: "model.safetensors",
    config: TEXT,
    emit: (s) => void clipText(s, readClipTextConfig(TEXT), { ids: x }),
  },
];

/** Biases that the reference's layers do not have. */
const WITHOUT: Readonly<Record<string, RegExp>> = {
  unet: /\.to_[qkv]\.bias$/,
  controlnet: /\.to_[qkv]\.bias$/,
  // What follows a change of size.
  taesd: /^(encoder\.layers\.(2|6|10)|decoder\.layers\.(6|11|16))\.bias$/,
};

/** Writes what is not there yet, 2.8 GB in half precision in all. @returns the folder, in the diffusers layout. */
export async function writeFullSize(folder: string): Promise<string> {
  for (const { name, file, config, emit } of PARTS) {
    const target = path.join(folder, name, file);
    if (await stat(target).catch(() => null)) continue;
    await mkdir(path.join(folder, name), { recursive: true });
    await writeFile(path.join(folder, name, "config.json"), JSON.stringify(config));
    const shapes = recordShapes(emit, (key) => !WITHOUT[name]?.test(key));
    await writeSafetensors(
      target,
      new Map(
        Array.from(shapes, ([key, shape]) => [
          key,
          { dtype: "F16" as const, shape, data: () => randomHalf(key, shape) },
        ]),
      ),
    );
  }
  const index = {
    _class_name: "StableDiffusionPipeline",
    unet: ["diffusers", "UNet2DConditionModel"],
    vae: ["diffusers", "AutoencoderKL"],
    text_encoder: ["transformers", "CLIPTextModel"],
    scheduler: ["diffusers", "LCMScheduler"],
  };
  await writeFile(path.join(folder, "model_index.json"), JSON.stringify(index));
  await mkdir(path.join(folder, "scheduler"), { recursive: true });
  await writeFile(path.join(folder, "scheduler", "scheduler_config.json"), JSON.stringify(SCHEDULER));
  return folder;
}

/** As bytes of float16. */
function randomHalf(key: string, shape: readonly number[]): Uint8Array {
  const halves = Array.from(weightValues(key, shape), (value) => toHalf(bitsOf(value)));
  return new Uint8Array(Uint16Array.from(randomCodes(key, shape), (code) => halves[code]!).buffer);
}

/** A number as the bits of its float32. */
const bitsOf = (value: number): number => new Uint32Array(Float32Array.of(value).buffer)[0]!;
