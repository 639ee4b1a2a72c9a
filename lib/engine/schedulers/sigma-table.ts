import { linspace } from "./arithmetic";

const f32 = Math.fround;

/** The noise levels a model was trained on: σ_t = √((1 − ᾱ_t) / ᾱ_t), rising with t. */
export interface SigmaTable {
  /** float32 [trainSteps]. */
  readonly sigmas: Float32Array;
  /** float32 [trainSteps], natural logarithms. */
  readonly logSigmas: Float32Array;
}

/** @param alphaBar float32 [trainSteps], from `alphaBars`. */
export function sigmaTable(alphaBar: Float32Array): SigmaTable {
  const sigmas = alphaBar.map((bar) => Math.sqrt(f32(f32(1 - bar) / bar)));
  return { sigmas, logSigmas: sigmas.map((sigma) => Math.log(sigma)) };
}

/** The timestep of a noise level, interpolated in log σ between the trained ones; levels outside go to the ends. */
export function sigmaToTimestep({ logSigmas }: SigmaTable, sigma: number): number {
  const logSigma = Math.log(Math.max(sigma, 1e-10));
  let low = 0;
  let high = logSigmas.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (logSigmas[middle]! <= logSigma) low = middle;
    else high = middle;
  }
  const weight = (logSigma - logSigmas[low]!) / f32(logSigmas[high]! - logSigmas[low]!);
  return low + Math.min(1, Math.max(0, weight));
}

/** The noise level of a timestep; σ itself is interpolated, as diffusers does. `t` within [0, trainSteps − 1]. */
export function timestepToSigma({ sigmas }: SigmaTable, t: number): number {
  const low = Math.min(Math.max(Math.floor(t), 0), sigmas.length - 2);
  return sigmas[low]! + (t - low) * (sigmas[low + 1]! - sigmas[low]!);
}

/**
 * n noise levels from `max` down to `min`, dense where little noise is left.
 * @source Karras et al., arXiv:2206.00364, eq. 5, ρ = 7
 */
export function karrasSigmas(n: number, min: number, max: number, rho = 7): number[] {
  const [from, to] = [max ** (1 / rho), min ** (1 / rho)];
  return linspace(0, 1, n).map((share) => (from + share * (to - from)) ** rho);
}

/** n noise levels from `max` down to `min`, evenly spaced in log σ. */
export function exponentialSigmas(n: number, min: number, max: number): number[] {
  return linspace(Math.log(max), Math.log(min), n).map(Math.exp);
}
