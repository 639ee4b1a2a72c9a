import { sizeOf, type Tensor, tensor } from "../tensor";
import type { NoiseSampler, NoiseSource, Seed } from "./noise-source";
import { seedSequence } from "./seed-sequence";

const f32 = Math.fround;
const POOL_SIZE = 24;
/** Levels of the tree are told apart down to a millionth. */
const round = (level: number): number => Number(level.toFixed(6));

export interface BrownianOptions {
  /** Makes the generator that a node's seed is given to, e.g. `torchCpuNoise`. */
  readonly generator: (seed: Seed) => NoiseSource;
  /** One a picture: each has a path of its own, so that it does not depend on its neighbours in the batch. */
  readonly seeds: readonly Seed[];
  /** Of one picture's latent, e.g. [4, H/8, W/8]. */
  readonly shape: readonly number[];
  /** The lowest level above zero and the highest of the whole schedule, also where only its end is walked. */
  readonly sigmaMin: number;
  readonly sigmaMax: number;
}

/**
 * Noise for the SDE samplers taken from one Brownian path over σ per picture, so that the picture changes little with
 * the number of steps: k-diffusion's BrownianTreeNoiseSampler, which A1111 and ComfyUI use for "DPM++ SDE" and
 * "DPM++ 2M SDE".
 * @returns float32 [seeds, …shape] for each step.
 * @source k_diffusion/sampling.py BrownianTreeNoiseSampler · torchsde BrownianInterval with halfway_tree
 * @golden tests/golden/noise, max |Δ| ≤ 1e-6
 */
export function brownianNoise({
  generator,
  seeds,
  shape,
  sigmaMin,
  sigmaMax,
}: BrownianOptions): NoiseSampler {
  const size = sizeOf(shape);
  const randn = (seed: number) => generator(seed).randn(shape).data;
  const paths = seeds.map((seed) => brownianPath(seed, randn, sigmaMin, sigmaMax));
  return (sigma, next): Tensor => {
    const data = new Float32Array(seeds.length * size);
    // The path runs upwards and the sampler downwards: hence the sign.
    const scale = -f32(Math.sqrt(Math.abs(sigma - next)));
    paths.forEach((increment, i) => {
      increment(next, sigma).forEach((value, j) => {
        data[i * size + j] = value / scale;
      });
    });
    return tensor([seeds.length, ...shape], data);
  };
}

/** A stretch of the path: halved at its middle into the stretches 2·key (left) and 2·key + 1 of the next depth. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly key: number;
  readonly depth: number;
  /** What the path gains from start to end. */
  readonly gain: Float32Array;
}

function brownianPath(entropy: Seed, randn: (seed: number) => Float32Array, start: number, end: number) {
  const [rootSeed] = seedSequence(entropy, [], POOL_SIZE, 1) as unknown as [number];
  const spread = f32(Math.sqrt(end - start));
  const gain = randn(rootSeed).map((value) => value * spread);
  const root: Stretch = { start: round(start), end: round(end), key: 0, depth: 0, gain };
  // One step ends where the next begins: what the last query halved is half of what the next one needs.
  let halved = new Map<string, [Stretch, Stretch]>();
  let halvedBefore = halved;

  const halve = (stretch: Stretch): [Stretch, Stretch] => {
    const id = `${stretch.depth}:${stretch.key}`;
    const halves = halved.get(id) ?? halvedBefore.get(id) ?? bridge(stretch, entropy, randn);
    halved.set(id, halves);
    return halves;
  };
  /** The gain from a to b, both inside the stretch: its parts are added from left to right. */
  const add = (stretch: Stretch, a: number, b: number, sum: Float32Array): void => {
    if (a === stretch.start && b === stretch.end) {
      stretch.gain.forEach((value, i) => {
        sum[i] = sum[i]! + value;
      });
      return;
    }
    const [left, right] = halve(stretch);
    if (a < left.end) add(left, a, Math.min(b, left.end), sum);
    if (b > left.end) add(right, Math.max(a, left.end), b, sum);
  };

  return (a: number, b: number): Float32Array => {
    halvedBefore = halved;
    halved = new Map();
    const sum = new Float32Array(root.gain.length);
    const [from, to] = [round(Math.max(a, root.start)), round(Math.min(b, root.end))];
    if (from < to) add(root, from, to, sum);
    return sum;
  };
}

/** The Brownian bridge: where the path stands in the middle, given both ends. */
function bridge(stretch: Stretch, entropy: Seed, randn: (seed: number) => Float32Array): [Stretch, Stretch] {
  const { start, end, key, depth } = stretch;
  const middle = round(0.5 * (end + start));
  const [seed] = seedSequence(entropy, [key, depth], POOL_SIZE, 1) as unknown as [number];
  const noise = randn(seed);
  const perLength = 1 / (end - start);
  const share = f32(middle - start);
  const spread = f32(Math.sqrt((middle - start) * (end - middle) * perLength));
  // Rounded to float32 after every operation, as torch does.
  const left = stretch.gain.map(
    (gain, i) => f32(f32(share * gain) * f32(perLength)) + f32(spread * noise[i]!),
  );
  const right = stretch.gain.map((gain, i) => gain - left[i]!);
  return [
    { start, end: middle, key: 2 * key, depth: depth + 1, gain: left },
    { start: middle, end, key: 2 * key + 1, depth: depth + 1, gain: right },
  ];
}
