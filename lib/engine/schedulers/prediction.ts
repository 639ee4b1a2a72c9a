import type { Tensor } from "../tensor";
import { combine } from "./arithmetic";
import { signalRate } from "./schedule";
import type { PredictionType } from "./scheduler-config";

/** What the network is fed at a level: x·c_in, of variance 1. @param x x₀ + σ·n. */
export const modelInput = (x: Tensor, sigma: number): Tensor => combine([signalRate(sigma), x]);

/**
 * The clean latent that a network's output stands for.
 * @param x      x₀ + σ·n, before `modelInput`.
 * @param output the network's: noise (epsilon), velocity α·n − σ·x₀ (v_prediction) or the latent itself (sample).
 * @source Salimans and Ho, arXiv:2202.00512 (v) · k_diffusion/external.py
 */
export function toDenoised(type: PredictionType, x: Tensor, output: Tensor, sigma: number): Tensor {
  const alpha = signalRate(sigma);
  switch (type) {
    case "epsilon":
      return combine([1, x], [-sigma, output]);
    case "v_prediction":
      return combine([alpha ** 2, x], [-sigma * alpha, output]);
    case "sample":
      return output;
  }
}
