import type { Tensor } from "../tensor";
import { combine } from "./arithmetic";
import type { Sampler } from "./sampler";

/** A point the path went through: what was predicted there, and λ = −ln σ. */
interface Point {
  readonly denoised: Tensor;
  readonly lambda: number;
}

/**
 * UniPC of order 2 with B₂(h) = eʰ − 1: each prediction first corrects the step that led to it (UniC), then the next
 * step is predicted (UniP). The last step is of first order.
 * @source Zhao et al., arXiv:2302.04867 · diffusers UniPCMultistepScheduler (bh2, predict_x0, lower_order_final)
 */
export const sampleUniPc: Sampler = async function* (denoise, start, { steps }) {
  let x = start;
  let departed: { x: Tensor; sigma: number; order: number } | undefined;
  let before: Point | undefined;
  let current: Point | undefined;
  for (const [index, { sigma, timestep, next }] of steps.entries()) {
    const denoised = await denoise(x, { sigma, timestep, index });
    const here = { denoised, lambda: -Math.log(sigma) };
    if (departed && current)
      x = correct(departed, current, departed.order === 2 ? before : undefined, here, sigma);
    [before, current] = [current, here];

    const order = before && index < steps.length - 1 ? 2 : 1;
    departed = { x, sigma, order };
    x = predict(x, sigma, next, here, order === 2 ? before : undefined);
    x = (yield { index, of: steps.length, x, denoised, sigma, next }) ?? x;
  }
  return x;
};

/** UniP: from `sigma` to `next`; of second order where the point before is given. */
function predict(x: Tensor, sigma: number, next: number, here: Point, before: Point | undefined): Tensor {
  const reach = 1 - next / sigma; // 1 − e^(−h)
  const lead = before ? (reach * 0.5) / ratio(before, here, -Math.log(next)) : 0;
  return combine([next / sigma, x], [reach - lead, here.denoised], [lead, before?.denoised ?? here.denoised]);
}

/** UniC: the step from `departed` to `sigma` again, now that the prediction at its end is known. */
function correct(
  departed: { x: Tensor; sigma: number },
  from: Point,
  before: Point | undefined,
  here: Point,
  sigma: number,
): Tensor {
  const reach = 1 - sigma / departed.sigma;
  const r = before ? ratio(before, from, here.lambda) : 0;
  const [weightBefore, weightHere] = before ? correctorWeights(here.lambda - from.lambda, r) : [0, 0.5];
  const lead = before ? (reach * weightBefore) / r : 0;
  const pull = reach * weightHere;
  return combine(
    [sigma / departed.sigma, departed.x],
    [reach - lead - pull, from.denoised],
    [lead, before?.denoised ?? from.denoised],
    [pull, here.denoised],
  );
}

/** Where the point before lies, in units of the step from `from` to `lambda`: negative. */
const ratio = (before: Point, from: Point, lambda: number): number =>
  (before.lambda - from.lambda) / (lambda - from.lambda);

/** ρ of eq. 8 for order 2: the weights of the differences at the point before and at the step's end. */
function correctorWeights(h: number, r: number): [number, number] {
  const b = Math.expm1(-h);
  const phi2 = b / -h - 1;
  const phi3 = phi2 / -h - 0.5;
  const [b1, b2] = [phi2 / b, (2 * phi3) / b];
  // ρ₁ + ρ₂ = b₁ and r·ρ₁ + ρ₂ = b₂
  const first = (b1 - b2) / (1 - r);
  return [first, b1 - first];
}
