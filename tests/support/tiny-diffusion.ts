import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Dtype } from "@/lib/engine/safetensors/stored-tensor";
import { writeTinyCheckpoint } from "./tiny-weights";

type Shapes = Readonly<Record<string, readonly number[]>>;

export interface TinyPart {
  readonly config: Readonly<Record<string, unknown>>;
  /** Before a name, when its numbers are made. */
  readonly salt?: string;
  readonly shapes: Shapes;
}

/** What a maker of whole pictures drew, and with what: `tests/golden/pipelines/make.py` and its kin. */
export interface PipelineGolden {
  readonly prompt: string;
  readonly negative: string;
  readonly size: number;
  readonly scheduler: Readonly<Record<string, unknown>>;
  readonly parts: Readonly<Record<string, TinyPart>>;
  readonly loras?: Readonly<Record<string, Shapes>>;
  /** Bytes of the picture, RGB, row by row. */
  readonly cases: Readonly<Record<string, { readonly picture: string }>>;
}

/** @param name  of the maker's folder. */
export const readPipelineGolden = async (name = "pipelines"): Promise<PipelineGolden> =>
  JSON.parse(await readFile(`tests/golden/${name}/golden.json`, "utf8")) as PipelineGolden;

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
  const { vae, text_encoder } = golden.parts as Record<string, TinyPart>;
  const salt = unet.startsWith("unet-") ? `${unet.slice(5)}:` : "";
  await writeTinyPipeline(folder, {
    parts: { unet: { ...golden.parts[unet]!, salt }, vae: vae!, text_encoder: text_encoder! },
    scheduler: { ...golden.scheduler, ...scheduler },
    dtype,
  });
}

/** Writes networks and a scheduler's configuration in the diffusers layout. @param index more for model_index.json. */
export async function writeTinyPipeline(
  folder: string,
  pipeline: {
    readonly parts: Readonly<Record<string, TinyPart>>;
    readonly scheduler: Readonly<Record<string, unknown>>;
    readonly index?: Readonly<Record<string, unknown>>;
    readonly dtype?: Dtype;
  },
): Promise<void> {
  const json = async (name: string, value: unknown) => {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), JSON.stringify(value));
  };
  const names = [...Object.keys(pipeline.parts), "scheduler"];
  const index = Object.fromEntries(names.map((name) => [name, ["diffusers", name]]));
  await json("model_index.json", { _class_name: "A pipeline", ...index, ...pipeline.index });
  await json("scheduler/scheduler_config.json", pipeline.scheduler);
  for (const [name, { config, shapes, salt = "" }] of Object.entries(pipeline.parts)) {
    const file = name.startsWith("text_encoder")
      ? "model.safetensors"
      : "diffusion_pytorch_model.safetensors";
    await json(`${name}/config.json`, config);
    await writeTinyCheckpoint(path.join(folder, name, file), shapes, pipeline.dtype, salt);
  }
}

/** Writes a tiny ControlNet in the diffusers layout; `salt` tells one from another. */
export async function writeTinyControlNet(folder: string, salt: string): Promise<void> {
  const { config, shapes } = (await readPipelineGolden()).parts.controlnet!;
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "config.json"), JSON.stringify(config));
  await writeTinyCheckpoint(path.join(folder, "diffusion_pytorch_model.safetensors"), shapes, "F32", salt);
}
