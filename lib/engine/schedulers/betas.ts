import { linspace, linspaceFloat32 } from "./arithmetic";
import type { SchedulerConfig } from "./scheduler-config";

const f32 = Math.fround;

/**
 * ᾱ_t for t = 0 … trainSteps − 1, falling within (0, 1]: how much of the picture's variance is left at t.
 *
 * `float32` is diffusers' arithmetic, `float64` that of the original training code, which A1111 takes its table from.
 * The two differ by 7e-5 in the lowest σ, which the last step of every picture sees.
 * @source diffusers schedulers/scheduling_*.py · ldm/modules/diffusionmodules/util.py make_beta_schedule
 * @golden tests/golden/schedulers
 */
export function alphaBars(config: SchedulerConfig, arithmetic: "float32" | "float64"): Float32Array {
  const round = arithmetic === "float32" ? f32 : (value: number) => value;
  let steps = betas(config, arithmetic).map((beta) => round(1 - beta));
  if (config.zeroTerminalSnr) steps = rescaleZeroTerminalSnr(steps, round);
  const alphaBar = cumulativeProduct(steps);
  // Not quite zero, so that σ stays finite: the smallest subnormal of fp16.
  if (config.zeroTerminalSnr) alphaBar[alphaBar.length - 1] = 2 ** -24;
  return alphaBar;
}

function betas(config: SchedulerConfig, arithmetic: "float32" | "float64"): number[] {
  const { betaStart, betaEnd, betaSchedule, trainSteps } = config;
  const ramp = arithmetic === "float32" ? linspaceFloat32 : linspace;
  const round = arithmetic === "float32" ? f32 : (value: number) => value;
  switch (betaSchedule) {
    case "linear":
      return ramp(betaStart, betaEnd, trainSteps);
    case "scaled_linear":
      return ramp(Math.sqrt(betaStart), Math.sqrt(betaEnd), trainSteps).map((root) => round(root ** 2));
    case "squaredcos_cap_v2": {
      const bar = (t: number) => Math.cos(((t / trainSteps + 0.008) / 1.008) * (Math.PI / 2)) ** 2;
      return Array.from({ length: trainSteps }, (_, t) => f32(Math.min(1 - bar(t + 1) / bar(t), 0.999)));
    }
  }
}

/** Accumulated in double, as torch and numpy do, stored in float32. */
function cumulativeProduct(factors: readonly number[]): Float32Array {
  let product = 1;
  return Float32Array.from(factors, (factor) => {
    product *= factor;
    return product;
  });
}

/**
 * The steps' factors 1 − β, shifted and scaled so that √ᾱ starts where it did and ends at 0.
 * @source Lin et al., arXiv:2305.08891, algorithm 1
 */
function rescaleZeroTerminalSnr(factors: readonly number[], round: (value: number) => number): number[] {
  const roots = Array.from(cumulativeProduct(factors), (bar) => round(Math.sqrt(bar)));
  const [first, last] = [roots[0]!, roots.at(-1)!];
  const scale = round(first / round(first - last));
  const bars = roots.map((root) => round(round(round(root - last) * scale) ** 2));
  return bars.map((bar, t) => (t === 0 ? bar : round(bar / bars[t - 1]!)));
}
