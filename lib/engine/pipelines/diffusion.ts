import { EngineError } from "../engine-error";
import type { Checkpoint, ModelPart } from "../layouts/checkpoint";
import { openCheckpoint } from "../layouts/open-checkpoint";
import { openControlNet as openControlNetPart } from "../layouts/open-controlnet";
import { openVae } from "../layouts/open-vae";
import type { PredictionType } from "../layouts/scheduler-config";
import { parseLora } from "../lora/parse-lora";
import { type LoraPatches, type LoraUse, stackLoras } from "../lora/stack-loras";
import { type Picture, pictureToTensor, tensorToPicture } from "../picture";
import type { EmphasisMode } from "../prompt/apply-weights";
import type { Device } from "../runtime/session";
import { openSafetensors } from "../safetensors/open-safetensors";
import { parseSchedulerConfig } from "../schedulers/scheduler-config";
import type { Tensor } from "../tensor";
import { type Autoencoder, openAutoencoder } from "./autoencoder";
import type { Conditioning } from "./conditioning";
import { assertControlFits, type ControlNet, openControlNet } from "./control";
import { type GenerateRequest, generate } from "./generate";
import { openConditioning } from "./open-conditioning";
import type { Embeddings } from "./text-encoder";
import { openUNet, type UNet } from "./unet";

export interface DiffusionOptions {
  readonly device: Device;
  /** What the UNet predicts, where the files do not say it right: single files of SD 2 and SD-Turbo cannot. */
  readonly prediction?: PredictionType;
  /** LoRA files by path, applied in their order; 1 is as strong as they were trained. */
  readonly loras?: readonly LoraChoice[];
  /** ControlNets by path, in the order in which `DrawRequest.controls` name them. */
  readonly controlNets?: readonly string[];
  /** Another autoencoder in place of the checkpoint's. */
  readonly vae?: string;
  /** A small one (TAESD) for pictures on the way. */
  readonly preview?: string;
  /** Textual inversions by the name that stands for them in prompts. */
  readonly embeddings?: Embeddings;
  /** The same for SDXL's second text encoder: a name that only one of them has a vector for is plain text. */
  readonly embeddings2?: Embeddings;
}

export interface LoraChoice {
  readonly path: string;
  readonly unetWeight: number;
  readonly textEncoderWeight: number;
}

export interface DrawControl {
  /** Which of `controlNets`. */
  readonly net: number;
  /** As the ControlNet wants it: annotated, of the drawing's size. */
  readonly picture: Picture;
  readonly weight: number;
  readonly from: number;
  readonly to: number;
  readonly guess: boolean;
}

export interface DrawRequest
  extends Omit<GenerateRequest, "positive" | "negative" | "init" | "mask" | "controls" | "check"> {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly clipSkip?: number;
  readonly emphasis?: EmphasisMode;
  /** Of the drawing's size. */
  readonly init?: { readonly picture: Picture; readonly strength: number };
  /** Of the drawing's size; its red channel: white is drawn anew. */
  readonly mask?: Picture;
  readonly controls?: readonly DrawControl[];
}

export interface DrawHooks {
  readonly signal?: AbortSignal;
  /** After every step; `preview` draws what is known by then, and costs a decoding. */
  readonly onStep?: (step: {
    readonly index: number;
    readonly of: number;
    readonly preview: () => Promise<readonly Picture[]>;
  }) => void | Promise<void>;
}

/** A checkpoint with what goes with it, ready to draw. */
export interface Diffusion {
  readonly checkpoint: Checkpoint;
  /** One picture for every seed. @throws EngineError · the signal's reason, within a network's call. */
  draw(request: DrawRequest, hooks?: DrawHooks): Promise<Picture[]>;
  release(): Promise<void>;
}

/** Opens what every drawing needs; encoders and decoders follow when they are asked for. */
export async function openDiffusion(source: string, options: DiffusionOptions): Promise<Diffusion> {
  const { device, loras = [], controlNets = [], embeddings, embeddings2 } = options;
  const checkpoint = await openCheckpoint(source, options.prediction && { prediction: options.prediction });
  const { family } = checkpoint;
  const scheduler = parseSchedulerConfig(checkpoint.scheduler);
  const controlParts: ModelPart[] = [];
  for (const path of controlNets) {
    const part = await openControlNetPart(path);
    assertControlFits(checkpoint.unet, part, path);
    controlParts.push(part);
  }
  const patches = await readLoras(checkpoint, loras);
  const conditioning = await openConditioning(checkpoint, device, { patches, embeddings, embeddings2 });
  const vaePart = options.vae ? await openVae(options.vae, family) : checkpoint.vae;
  if (!vaePart) throw withoutVae(checkpoint);
  const autoencoder = openAutoencoder(vaePart, device);
  const previews = options.preview
    ? openAutoencoder(await openVae(options.preview, family), device)
    : autoencoder;
  const nets: ControlNet[] = [];
  for (const part of controlParts) nets.push(await openControlNet(part, device));
  const unet = await openUNet(checkpoint.unet, device, { control: nets.length > 0, patches: patches.unet });
  return {
    checkpoint,
    draw: (request, hooks = {}) =>
      draw({ conditioning, scheduler, unet, autoencoder, previews, nets }, request, hooks),
    async release() {
      for (const part of [conditioning, unet, autoencoder, previews, ...nets]) await part.release();
    },
  };
}

/** @throws EngineError lora_fits_nothing · lora_damaged · weights_shape_mismatch */
async function readLoras(
  { unet, textEncoder, textEncoder2 }: Checkpoint,
  loras: readonly LoraChoice[],
): Promise<LoraPatches> {
  const targets = {
    unet: unet.weights,
    textEncoder: textEncoder?.weights ?? null,
    textEncoder2: textEncoder2?.weights ?? null,
  };
  const uses: LoraUse[] = [];
  for (const { path, ...weights } of loras)
    uses.push({ lora: await parseLora(await openSafetensors(path), targets), ...weights });
  return stackLoras(uses);
}

interface Opened {
  readonly conditioning: Conditioning;
  readonly scheduler: ReturnType<typeof parseSchedulerConfig>;
  readonly unet: UNet;
  readonly autoencoder: Autoencoder;
  readonly previews: Autoencoder;
  readonly nets: readonly ControlNet[];
}

async function draw(opened: Opened, request: DrawRequest, { signal, onStep }: DrawHooks): Promise<Picture[]> {
  const { conditioning, autoencoder, previews, nets } = opened;
  const { steps, clipSkip, emphasis, init, mask, controls, prompt, negativePrompt, ...settings } = request;
  const { width, height, convention } = settings;
  const read = (text: string, side: "positive" | "negative") =>
    conditioning.read({
      ...{ text, side, steps, width, height, convention },
      ...(clipSkip !== undefined && { clipSkip }),
      ...(emphasis && { emphasis }),
    });
  const positive = await read(prompt, "positive");
  const negative = settings.guidance === 1 ? positive : await read(negativePrompt, "negative");
  const { guidance } = settings;
  // A network's call blocks this thread: between two of them messages are let through, and with them the signal.
  const check = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  };
  const run = generate(opened, {
    ...settings,
    steps,
    positive: (index) => ({ ...positive(index), guidance }),
    negative: (index) => ({ ...negative(index), guidance }),
    ...(init && { init: { picture: pictureToTensor(init.picture, "signed"), strength: init.strength } }),
    ...(mask && { mask: maskTensor(mask) }),
    ...(controls && {
      controls: controls.map(({ net, picture, ...rest }) => ({
        ...rest,
        net: nets[net]!,
        picture: pictureToTensor(picture, "unit"),
      })),
    }),
    check,
  });
  let step = await run.next();
  while (!step.done) {
    const { index, of, denoised } = step.value;
    await onStep?.({ index, of, preview: async () => toPictures(await previews.decode(denoised)) });
    step = await run.next();
  }
  await check();
  return toPictures(await autoencoder.decode(step.value));
}

const toPictures = (batch: Tensor): Picture[] =>
  Array.from({ length: batch.shape[0]! }, (_, i) => tensorToPicture(batch, "signed", i));

/** Red, 0 … 1: [1, 1, H, W]. */
function maskTensor({ width, height, data }: Picture): Tensor {
  const values = new Float32Array(width * height);
  for (let i = 0; i < values.length; i++) values[i] = data[i * 3]! / 255;
  return { shape: [1, 1, height, width], data: values };
}

function withoutVae({ source }: Checkpoint): EngineError {
  return new EngineError("weights_missing", `${source} has no vae`, { file: source, part: "vae" });
}
