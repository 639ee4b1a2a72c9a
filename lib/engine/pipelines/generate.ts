import { EngineError } from "../engine-error";
import {
  type BatchSeeds,
  batchNoise,
  type NoiseGenerator,
  noiseGenerators,
  pictureSeeds,
} from "../noise/batch";
import { brownianNoise } from "../noise/brownian";
import { gaussianNoise, type NoiseSampler, type NoiseSource } from "../noise/noise-source";
import { combine } from "../schedulers/arithmetic";
import {
  type Convention,
  makeSchedule,
  type SamplerName,
  type ScheduleName,
  samplers,
} from "../schedulers/registry";
import type { SamplerStep } from "../schedulers/sampler";
import { addNoise, type Schedule, startAt } from "../schedulers/schedule";
import type { SchedulerConfig } from "../schedulers/scheduler-config";
import { type Tensor, tensor } from "../tensor";
import type { Autoencoder } from "./autoencoder";
import type { Control } from "./control";
import { guidedDenoise } from "./guided-denoise";
import { keepUnmasked, maskedPicture, maskOfLatents } from "./inpaint";
import { type Condition, repeatTo, type UNet } from "./unet";

export interface Models {
  readonly scheduler: SchedulerConfig;
  readonly unet: UNet;
  readonly autoencoder: Autoencoder;
}

export interface GenerateRequest {
  /** Pixels, multiples of the autoencoder's factor. */
  readonly width: number;
  readonly height: number;
  readonly steps: number;
  readonly sampler: SamplerName;
  readonly schedule: ScheduleName;
  readonly convention: Convention;
  /** Classifier-free guidance; 1 is none. */
  readonly guidance: number;
  /** Part of the steps in which there is any, 0 … 1, all by default; each of the others takes half the time. */
  readonly guidanceEnd?: number;
  readonly seeds: BatchSeeds;
  readonly generator: NoiseGenerator;
  readonly eta?: number;
  /** What holds in each step. */
  readonly positive: (index: number) => Condition;
  readonly negative: (index: number) => Condition;
  /** Begins with a picture [1, 3, height, width] in [−1, 1]; `strength` 0 … 1 is how much of it is forgotten. */
  readonly init?: { readonly picture: Tensor; readonly strength: number };
  /** [1, 1, height, width]: 1 is drawn anew, 0 kept. Needs `init`. */
  readonly mask?: Tensor;
  readonly controls?: readonly Control[];
  /** Asked between two calls of a network; throws to stop. */
  readonly check?: () => Promise<void>;
}

/**
 * Draws: yields after every step, returns the finished latents [count, c, h, w].
 * @throws EngineError size_invalid · setting_invalid · those of the networks · what `check` throws
 */
export async function* generate(
  models: Models,
  request: GenerateRequest,
): AsyncGenerator<SamplerStep, Tensor> {
  const { scheduler, unet, autoencoder } = models;
  const { convention, seeds, generator, mask, init } = request;
  const shape = latentShape(autoencoder, request);
  const full = makeSchedule(scheduler, request);
  const schedule = init
    ? startAt(full, init.strength, convention === "diffusers" ? "diffusers" : "a1111")
    : full;
  const noise = batchNoise(generator, seeds);
  const start = await begin(autoencoder, request, { full, schedule, noise, shape, unet });
  const denoise = guidedDenoise({
    unet,
    prediction: scheduler.predictionType,
    scale: unet.config.timeCondProjDim === null ? request.guidance : 1,
    ...(request.guidanceEnd !== undefined && { end: request.guidanceEnd }),
    controls: request.controls ?? [],
    steps: schedule.steps.length,
    positive: request.positive,
    negative: request.negative,
    ...(start.beside && { beside: start.beside }),
    ...(request.check && { check: request.check }),
  });
  const { sample } = samplers[request.sampler];
  const options = request.eta === undefined ? {} : { eta: request.eta };
  const steps = sample(denoise, start.x, schedule, noiseSampler(request, full, noise, shape), options);
  const keep = mask && start.kept && keepUnmasked(maskOfLatents(mask, shape), start.kept, start.noise);
  let next = await steps.next();
  while (!next.done) {
    yield next.value;
    // Outside the mask the picture goes down the noise levels as it is.
    next = await steps.next(keep?.(next.value));
  }
  return next.value;
}

interface Beginning {
  /** The latent that sampling begins with. */
  readonly x: Tensor;
  readonly noise: Tensor;
  /** The picture's own latent. */
  readonly kept?: Tensor;
  /** What inpainting models see beside it. */
  readonly beside?: Tensor;
}

/** Draws in the order in which the reference does: the picture's latent, the noise, the masked picture's latent. */
async function begin(
  autoencoder: Autoencoder,
  { init, mask, seeds }: GenerateRequest,
  {
    full,
    schedule,
    noise,
    shape,
    unet,
  }: { full: Schedule; schedule: Schedule; noise: NoiseSource; shape: readonly number[]; unet: UNet },
): Promise<Beginning> {
  const inpaintsByItself = unet.config.inChannels === 2 * autoencoder.latentChannels + 1;
  if (inpaintsByItself !== Boolean(mask && init) && inpaintsByItself)
    throw new EngineError("setting_invalid", "an inpainting model needs a picture and a mask", {
      setting: "mask",
    });
  const forgets = mask !== undefined && init?.strength === 1;
  const kept =
    init && !(forgets && inpaintsByItself)
      ? await autoencoder.encode(repeatTo(seeds.count, init.picture), noise)
      : undefined;
  const drawn = noise.randn(shape);
  const sigma = schedule.steps[0]!.sigma;
  const x = kept && !forgets ? addNoise(kept, drawn, sigma) : combine([full.initNoiseScale, drawn]);
  if (!inpaintsByItself || !mask || !init) return { x, noise: drawn, ...(kept && { kept }) };
  const hidden = await autoencoder.encode(repeatTo(seeds.count, maskedPicture(init.picture, mask)), noise);
  return { x, noise: drawn, beside: besideOf(maskOfLatents(mask, shape), hidden) };
}

/** Mask and masked picture's latent, as an inpainting model's further channels: [1, 1 + c, h, w]. */
function besideOf(mask: Tensor, hidden: Tensor): Tensor {
  const [, channels, height, width] = hidden.shape as [number, number, number, number];
  const data = new Float32Array((1 + channels) * height * width);
  data.set(mask.data, 0);
  data.set(hidden.data.subarray(0, channels * height * width), height * width);
  return tensor([1, 1 + channels, height, width], data);
}

function latentShape(autoencoder: Autoencoder, { width, height, seeds }: GenerateRequest): readonly number[] {
  const { latentChannels, spatialFactor: f } = autoencoder;
  for (const [name, size] of Object.entries({ width, height }))
    if (!Number.isInteger(size) || size < f || size % f !== 0)
      throw new EngineError("size_invalid", `the ${name} of ${size} is not a multiple of ${f}`, {
        ...{ setting: name, got: size, expected: f },
      });
  return [seeds.count, latentChannels, height / f, width / f];
}

/** The references' fresh noise: from a Brownian path for A1111's SDE samplers, else from the seed's own stream. */
function noiseSampler(
  { sampler, convention, generator, seeds }: GenerateRequest,
  full: Schedule,
  noise: NoiseSource,
  shape: readonly number[],
): NoiseSampler {
  if (!samplers[sampler].brownian.includes(convention)) return gaussianNoise(noise, shape);
  const sigmas = full.steps.flatMap(({ sigma, next }) => [sigma, next]).filter((sigma) => sigma > 0);
  return brownianNoise({
    generator: noiseGenerators[generator],
    seeds: pictureSeeds(seeds).map(({ seed }) => seed),
    shape: shape.slice(1),
    sigmaMin: Math.min(...sigmas),
    sigmaMax: Math.max(...sigmas),
  });
}
