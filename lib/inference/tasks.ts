import type { AnnotatorName, ModelAnnotatorName } from "../engine/annotators/annotate";
import type { PredictionType } from "../engine/layouts/scheduler-config";
import type { NoiseGenerator } from "../engine/noise/batch";
import type { Picture } from "../engine/picture";
import type { EmphasisMode } from "../engine/prompt/apply-weights";
import type { Device } from "../engine/runtime/session";
import type { Convention, SamplerName, ScheduleName } from "../engine/schedulers/registry";

/** What a host can be asked for. Everything here is plain data that crosses between processes as it is. */
export interface Tasks {
  /** Draws pictures with a checkpoint. */
  generate: { input: GenerateInput; progress: GenerateProgress; output: GenerateOutput };
  /** Enlarges a picture. */
  upscale: { input: UpscaleInput; progress: UpscaleProgress; output: UpscaleOutput };
  /** Texts and pictures as vectors of one space, in which what belongs together is near. */
  embed: { input: EmbedInput; progress: EmbedProgress; output: EmbedOutput };
  /** Finds faces in a picture. */
  "detect-faces": { input: DetectFacesInput; progress: never; output: DetectFacesOutput };
}

export type TaskName = keyof Tasks;
export type TaskInput<N extends TaskName> = Tasks[N]["input"];
export type TaskProgress<N extends TaskName> = Tasks[N]["progress"];
export type TaskOutput<N extends TaskName> = Tasks[N]["output"];

/** All paths are absolute; `resolveModel` makes them of names. */
export interface GenerateInput {
  /** A .safetensors file or a diffusers folder. */
  readonly model: string;
  /** What it predicts, where its file does not say it right: single files of SD 2 and SD-Turbo cannot. */
  readonly prediction?: PredictionType;
  /** Another autoencoder in place of the model's own. */
  readonly vae?: string;
  /** A small autoencoder (TAESD) that previews are decoded with; the model's own by default, which is slow. */
  readonly preview?: string;
  /** Applied in this order. */
  readonly loras?: readonly LoraInput[];
  readonly embeddings?: readonly EmbeddingInput[];
  /** Of the large networks, on the CPU; other devices have theirs. float32 by default. */
  readonly precision?: Precision;
  readonly controls?: readonly ControlInput[];

  /** Without networks: `<lora:…>` is taken out by `parseNetworks` before. */
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly emphasis?: EmphasisMode;
  /** Layers of the text encoder left out at the end, 0 by default; A1111's "Clip skip" less 1. */
  readonly clipSkip?: number;

  /** Pixels, multiples of 8. */
  readonly width: number;
  readonly height: number;
  readonly steps: number;
  readonly sampler: SamplerName;
  readonly schedule: ScheduleName;
  readonly convention: Convention;
  /** Classifier-free guidance; 1 is none, and takes half the time. */
  readonly guidance: number;
  /** Part of the steps in which there is any, 0 … 1, all by default. */
  readonly guidanceEnd?: number;
  readonly eta?: number;

  readonly seed: number | bigint;
  /** Pictures: seed, seed + 1, … */
  readonly count: number;
  readonly variation?: { readonly seed: number | bigint; readonly strength: number };
  readonly generator: NoiseGenerator;

  /** Begins with a picture, which is fitted; `strength` 0 … 1 is how much of it is forgotten. */
  readonly init?: { readonly picture: Picture; readonly strength: number };
  /** White is drawn anew, black kept; fitted. Needs `init`. */
  readonly mask?: Picture;

  /** Whether progress brings pictures; each costs a decoding. */
  readonly wantsPreviews?: boolean;
  /** Time before the first of them and between two; after every step by default. */
  readonly previewPaceMs?: number;
}

/** "int8" takes about half the time and memory; whole pictures are 36–42 dB from float32. */
export type Precision = NonNullable<Device["precision"]>;

/** Weights: 1 as it was trained, 0 not at all. */
export interface LoraInput {
  readonly path: string;
  readonly unetWeight: number;
  readonly textEncoderWeight: number;
}

/** A textual inversion, standing for `name` in prompts. */
export interface EmbeddingInput {
  readonly name: string;
  readonly path: string;
}

/** A ControlNet and what steers it: the host fits the picture to the drawing and annotates it. */
export interface ControlInput {
  readonly model: string;
  /** "none" where the picture is a hint already. */
  readonly annotator: AnnotatorName | ModelAnnotatorName;
  /** The network of an annotator that is one: a folder in transformers' layout, or the .safetensors file in it. */
  readonly annotatorModel?: string;
  readonly picture: Picture;
  readonly weight: number;
  /** Part of the steps in which it works, 0 … 1. */
  readonly from: number;
  readonly to: number;
  /** Without the prompt's help: steers the wanted picture alone, less in its fine layers. */
  readonly guess: boolean;
}

/** After every step. */
export interface GenerateProgress {
  /** Steps done, from 1. */
  readonly step: number;
  readonly of: number;
  /** What is known of each picture by now, where previews are wanted. */
  readonly previews?: readonly Picture[];
}

export interface GenerateOutput {
  readonly pictures: readonly GeneratedPicture[];
  readonly timesMs: {
    /** Opening the model; next to nothing where it was resident. */
    readonly load: number;
    /** The first begins with reading the prompt, and the picture where there is one. */
    readonly steps: readonly number[];
    readonly decode: number;
  };
  /** LoRAs of which not everything fits this model. */
  readonly loraLeftovers: readonly { readonly path: string; readonly keys: number }[];
}

export interface GeneratedPicture {
  readonly picture: Picture;
  readonly seed: bigint;
  /** Where the request varies. */
  readonly variationSeed?: bigint;
}

export interface UpscaleInput {
  /** Absolute path of a .safetensors file: ESRGAN or Real-ESRGAN. */
  readonly model: string;
  readonly picture: Picture;
}

/** After every tile. */
export interface UpscaleProgress {
  /** Tiles done, from 1. */
  readonly tile: number;
  readonly of: number;
}

export interface UpscaleOutput {
  readonly picture: Picture;
  /** How many times as wide and high it became. */
  readonly scale: number;
  readonly timesMs: { readonly load: number; readonly draw: number };
}

export interface EmbedInput {
  /** Absolute path of a CLIP: a folder in transformers' layout, or the .safetensors file in it. */
  readonly model: string;
  readonly texts: readonly string[];
  readonly pictures: readonly Picture[];
}

/** After every few. */
export interface EmbedProgress {
  readonly done: number;
  readonly of: number;
}

export interface EmbedOutput {
  /** Of length 1, one each, in the order of the input. */
  readonly texts: readonly Float32Array[];
  readonly pictures: readonly Float32Array[];
  readonly timesMs: { readonly load: number; readonly embed: number };
}

export interface DetectFacesInput {
  /** Absolute path of the detector's .safetensors file. */
  readonly model: string;
  readonly picture: Picture;
}

export interface DetectFacesOutput {
  /** The surest first: where each is, in parts of the picture's sides, and how sure that is, 0 … 1. */
  readonly faces: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly score: number;
  }[];
}
