import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Dtype } from "@/lib/engine/safetensors/stored-tensor";
import { writeTinyCheckpoint } from "./tiny-weights";

interface Part {
  readonly config: Readonly<Record<string, unknown>>;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
}

/** What `tests/golden/pipelines/make.py` drew, and with what. */
export interface PipelineGolden {
  readonly prompt: string;
  readonly negative: string;
  readonly size: number;
  readonly scheduler: Readonly<Record<string, unknown>>;
  readonly parts: Readonly<Record<string, Part>>;
  /** Final latents as diffusers has them, and bytes of the picture, RGB, row by row. */
  readonly cases: Readonly<Record<string, { readonly latents: readonly number[]; readonly picture: string }>>;
}

export const readPipelineGolden = async (): Promise<PipelineGolden> =>
  JSON.parse(await readFile("tests/golden/pipelines/golden.json", "utf8")) as PipelineGolden;

export interface TinyDiffusionOptions {
  /** "unet" by default; "unet-inpaint" and "unet-lcm" have weights of their own. */
  readonly unet?: string;
  readonly dtype?: Dtype;
  /** Over the golden's scheduler_config.json. */
  readonly scheduler?: Readonly<Record<string, unknown>>;
}

/** Writes a tiny random Stable Diffusion 1 in the diffusers layout, without tokenizer files: CLIP's own applies. */
export async function writeTinyDiffusion(
  folder: string,
  { unet = "unet", dtype = "F32", scheduler = {} }: TinyDiffusionOptions = {},
): Promise<void> {
  const golden = await readPipelineGolden();
  const json = async (name: string, value: unknown) => {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), JSON.stringify(value));
  };
  await json("model_index.json", {
    _class_name: "StableDiffusionPipeline",
    unet: ["diffusers", "UNet2DConditionModel"],
    vae: ["diffusers", "AutoencoderKL"],
    text_encoder: ["transformers", "CLIPTextModel"],
    scheduler: ["diffusers", "EulerDiscreteScheduler"],
  });
  await json("scheduler/scheduler_config.json", { ...golden.scheduler, ...scheduler });
  for (const [name, from, file] of [
    ["unet", unet, "diffusion_pytorch_model.safetensors"],
    ["vae", "vae", "diffusion_pytorch_model.safetensors"],
    ["text_encoder", "text_encoder", "model.safetensors"],
  ] as const) {
    const { config, shapes } = golden.parts[from]!;
    await json(`${name}/config.json`, config);
    const salt = from.startsWith("unet-") ? `${from.slice(5)}:` : "";
    await writeTinyCheckpoint(path.join(folder, name, file), shapes, dtype, salt);
  }
}

/** Writes a tiny ControlNet in the diffusers layout; `salt` tells one from another. */
export async function writeTinyControlNet(folder: string, salt: string): Promise<void> {
  const { config, shapes } = (await readPipelineGolden()).parts.controlnet!;
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "config.json"), JSON.stringify(config));
  await writeTinyCheckpoint(path.join(folder, "diffusion_pytorch_model.safetensors"), shapes, "F32", salt);
}
