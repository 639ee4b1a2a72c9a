import { combine } from "../schedulers/arithmetic";
import { modelInput, toDenoised } from "../schedulers/prediction";
import type { Denoise } from "../schedulers/sampler";
import type { PredictionType } from "../schedulers/scheduler-config";
import type { Tensor } from "../tensor";
import { addResiduals, type Control, noResiduals, weighResiduals, worksAt } from "./control";
import type { Condition, Residuals, UNet } from "./unet";

export interface Guidance {
  readonly unet: UNet;
  readonly prediction: PredictionType;
  /** Classifier-free guidance; at 1 the negative prompt is not asked. */
  readonly scale: number;
  /** Part of the steps after which the negative prompt is asked no more, 1 by default: late steps change little by it. */
  readonly end?: number;
  readonly controls: readonly Control[];
  /** Steps in all, which the parts of controls are parts of. */
  readonly steps: number;
  /** What holds in a step. */
  readonly positive: (index: number) => Condition;
  readonly negative: (index: number) => Condition;
  /** For inpainting models: mask and masked picture [1, 5, h, w], which follow the latent's channels. */
  readonly beside?: Tensor;
  /** Asked between two calls of a network; throws to stop. */
  readonly check?: () => Promise<void>;
}

/**
 * The model as samplers see it: the latent that the network, pushed away from the negative prompt and steered by the
 * controls, takes to be under the noise.
 * @source Ho and Salimans, arXiv:2207.12598 · its end: Kynkäänniemi et al., arXiv:2404.07724
 */
export function guidedDenoise(guidance: Guidance): Denoise {
  const { unet, prediction, scale, end = 1, steps } = guidance;
  return async (x, { sigma, timestep, index }) => {
    const sample = modelInput(x, sigma);
    const ask = async (condition: Condition, side: "positive" | "negative"): Promise<Tensor> => {
      await guidance.check?.();
      const residuals = await steer(guidance, { sample, timestep, condition, index, side });
      await guidance.check?.();
      return unet.predict(withChannels(sample, guidance.beside), timestep, condition, residuals);
    };
    const positive = await ask(guidance.positive(index), "positive");
    if (scale === 1 || index >= end * steps) return toDenoised(prediction, x, positive, sigma);
    const negative = await ask(guidance.negative(index), "negative");
    return toDenoised(prediction, x, combine([scale, positive], [1 - scale, negative]), sigma);
  };
}

interface Asked {
  readonly sample: Tensor;
  readonly timestep: number;
  readonly condition: Condition;
  readonly index: number;
  readonly side: "positive" | "negative";
}

/** The sum of what the controls add in a step; zeros where none works, nothing where there are none. */
async function steer(
  { unet, controls, steps, check }: Guidance,
  { sample, timestep, condition, index, side }: Asked,
): Promise<Residuals | undefined> {
  if (controls.length === 0) return undefined;
  const all: Residuals[] = [];
  for (const control of controls) {
    if (!worksAt(control, index, steps) || (control.guess && side === "negative")) continue;
    await check?.();
    const full = await control.net.residuals(sample, timestep, condition, control.picture);
    all.push(weighResiduals(full, control.weight, control.guess));
  }
  return addResiduals(all) ?? noResiduals(unet.config, sample.shape);
}

function withChannels(sample: Tensor, beside: Tensor | undefined): Tensor {
  if (!beside) return sample;
  const [count, channels, height, width] = sample.shape as [number, number, number, number];
  const more = beside.shape[1]!;
  const plane = height * width;
  const data = new Float32Array(count * (channels + more) * plane);
  for (let i = 0; i < count; i++) {
    const at = i * (channels + more) * plane;
    data.set(sample.data.subarray(i * channels * plane, (i + 1) * channels * plane), at);
    data.set(beside.data, at + channels * plane);
  }
  return { shape: [count, channels + more, height, width], data };
}
