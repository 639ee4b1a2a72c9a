import { assertShape, sizeOf, type Tensor, tensor } from "../tensor";
import { type NoiseSource, type Seed, seedBits } from "./noise-source";
import { philoxNoise } from "./philox";
import { torchCpuNoise } from "./torch-cpu";
import { variationNoise } from "./variation";

/** Whose random numbers a seed stands for: torch's CPU generator (diffusers, ComfyUI) or CUDA's (A1111). */
export type NoiseGenerator = "torch-cpu" | "philox";

export const noiseGenerators: Record<NoiseGenerator, (seed: Seed) => NoiseSource> = {
  "torch-cpu": torchCpuNoise,
  philox: philoxNoise,
};

export interface BatchSeeds {
  readonly seed: Seed;
  /** Pictures in the batch. */
  readonly count: number;
  /** `strength` in [0, 1]; 0 is no variation. */
  readonly variation?: { readonly seed: Seed; readonly strength: number };
}

export interface PictureSeed {
  readonly seed: bigint;
  readonly variationSeed?: bigint;
}

/**
 * Each picture's seeds: seed, seed + 1, …; with a variation the seed stays and the variation's seed counts up.
 * @source A1111 modules/processing.py, process_images_inner
 */
export function pictureSeeds({ seed, count, variation }: BatchSeeds): PictureSeed[] {
  const varies = variation !== undefined && variation.strength > 0;
  return Array.from({ length: count }, (_, i) =>
    varies
      ? { seed: seedBits(seed), variationSeed: seedBits(seedBits(variation.seed) + BigInt(i)) }
      : { seed: seedBits(seedBits(seed) + BigInt(i)) },
  );
}

/** The noise of a batch [count, …], in which every picture gets what it would get alone. */
export function batchNoise(generator: NoiseGenerator, seeds: BatchSeeds): NoiseSource {
  const create = noiseGenerators[generator];
  return stackNoise(
    pictureSeeds(seeds).map(({ seed, variationSeed }) =>
      variationSeed === undefined
        ? create(seed)
        : variationNoise(create(seed), create(variationSeed), seeds.variation?.strength ?? 0),
    ),
  );
}

/**
 * Sources side by side: randn([n, …]) is one draw of each, stacked.
 * @throws EngineError shape_mismatch where the first dimension is not the number of sources.
 */
export function stackNoise(sources: readonly NoiseSource[]): NoiseSource {
  return {
    randn(shape): Tensor {
      const picture = shape.slice(1);
      assertShape("The noise of a batch", shape, [sources.length, ...picture]);
      const data = new Float32Array(sizeOf(shape));
      sources.forEach((source, i) => {
        data.set(source.randn(picture).data, i * sizeOf(picture));
      });
      return tensor(shape, data);
    },
  };
}
