import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { batchNoise, pictureSeeds, stackNoise } from "@/lib/engine/noise/batch";
import { brownianNoise } from "@/lib/engine/noise/brownian";
import { mersenneTwister } from "@/lib/engine/noise/mersenne-twister";
import { gaussianNoise, type NoiseSource, seedBits } from "@/lib/engine/noise/noise-source";
import { philoxNoise } from "@/lib/engine/noise/philox";
import { seedSequence } from "@/lib/engine/noise/seed-sequence";
import { torchCpuNoise } from "@/lib/engine/noise/torch-cpu";
import { slerp, variationNoise } from "@/lib/engine/noise/variation";
import { tensor } from "@/lib/engine/tensor";

interface Draw {
  shape: number[];
  values: number[];
}
interface Golden {
  torchCpu: { seed: string; calls: Draw[] }[];
  torchCpuLatent: Draw & { seed: number; every: number };
  philox: { seed: string; calls: Draw[] }[];
  variation: (Draw & { seed: number; variationSeed: number; strength: number })[];
  seedSequence: { entropy: string; spawnKey: number[]; poolSize: number; words: number[] }[];
  brownian: {
    seeds: number[];
    shape: number[];
    sigmaMin: number;
    sigmaMax: number;
    queries: { sigma: number; next: number; values: number[] }[];
  }[];
}

const golden: Golden = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, "../golden/noise/golden.json"), "utf8"),
);

function expectClose(got: Float32Array, expected: readonly number[], atol: number): void {
  expect(got.length).toBe(expected.length);
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - got[i]!)), 0);
  expect(worst).toBeLessThanOrEqual(atol);
}

const draw = (source: NoiseSource, calls: readonly Draw[], atol: number): void => {
  for (const { shape, values } of calls) {
    const noise = source.randn(shape);
    expect(noise.shape).toEqual(shape);
    expectClose(noise.data, values, atol);
  }
};

describe("torch's CPU generator", () => {
  test("MT19937 gives the numbers of its authors' reference", () => {
    const next = mersenneTwister(5489);
    expect([next(), next(), next()]).toEqual([3499211612, 581869302, 3890346734]);
    for (let i = 4; i < 10_000; i++) next();
    expect(next()).toBe(4123659995);
  });

  test.each(golden.torchCpu)("seed $seed, call after call", ({ seed, calls }) => {
    draw(torchCpuNoise(BigInt(seed)), calls, 2.5e-7);
  });

  test("a whole latent", () => {
    const { seed, shape, every, values } = golden.torchCpuLatent;
    const noise = torchCpuNoise(seed).randn(shape).data;
    expectClose(
      noise.filter((_, i) => i % every === 0),
      values,
      2.5e-7,
    );
  });

  test("a seed is a number or a bigint of the same value, never a fraction", () => {
    expect(torchCpuNoise(42).randn([20])).toEqual(torchCpuNoise(42n).randn([20]));
    expect(seedBits(-1)).toBe(2n ** 64n - 1n);
    for (const seed of [0.5, Number.NaN, 2 ** 60])
      expect(() => torchCpuNoise(seed)).toThrow(expect.objectContaining({ code: "setting_invalid" }));
  });
});

describe("Philox", () => {
  test.each(golden.philox)("seed $seed, call after call", ({ seed, calls }) => {
    draw(philoxNoise(BigInt(seed)), calls, 1.2e-7);
  });

  test("its noise is normal", () => {
    const { data } = philoxNoise(3).randn([4, 64, 64]);
    const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
    const variance = data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length;
    // Five standard errors of 16384 samples.
    expect(Math.abs(mean)).toBeLessThan(0.04);
    expect(Math.abs(variance - 1)).toBeLessThan(0.056);
  });
});

describe("variation seeds", () => {
  test.each(golden.variation)("strength $strength", ({ seed, variationSeed, strength, shape, values }) => {
    const noise = variationNoise(torchCpuNoise(seed), torchCpuNoise(variationSeed), strength);
    expectClose(noise.randn(shape).data, values, 1e-6);
  });

  test("only the first noise varies", () => {
    const plain = torchCpuNoise(1);
    const varied = variationNoise(torchCpuNoise(1), torchCpuNoise(2), 0.5);
    expect(varied.randn([1, 4, 4])).not.toEqual(plain.randn([1, 4, 4]));
    expect(varied.randn([1, 4, 4])).toEqual(plain.randn([1, 4, 4]));
  });

  test("strength 0 is the seed's own noise, and the same seed varies into itself", () => {
    const own = torchCpuNoise(1).randn([1, 4, 4]);
    expect(variationNoise(torchCpuNoise(1), torchCpuNoise(2), 0).randn([1, 4, 4])).toEqual(own);
    expect(variationNoise(torchCpuNoise(1), torchCpuNoise(1), 0.5).randn([1, 4, 4])).toEqual(own);
  });

  test("a strength outside [0, 1] and unlike shapes are refused", () => {
    for (const strength of [-0.1, 1.1, Number.NaN])
      expect(() => variationNoise(torchCpuNoise(1), torchCpuNoise(2), strength)).toThrow(
        expect.objectContaining({ code: "setting_invalid" }),
      );
    expect(() => slerp(0.5, tensor([1, 2], [1, 2]), tensor([2, 1], [1, 2]))).toThrow(
      expect.objectContaining({ code: "shape_mismatch" }),
    );
  });
});

describe("batches", () => {
  test("every picture gets the noise it would get alone", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer({ min: 1, max: 4 }), fc.boolean(), (seed, count, varied) => {
        const variation = varied ? { seed: 5, strength: 0.3 } : undefined;
        const together = batchNoise("philox", { seed, count, variation });
        const [first, second] = [together.randn([count, 2, 3]), together.randn([count, 2, 3])];
        pictureSeeds({ seed, count, variation }).forEach((own, i) => {
          const alone = batchNoise("philox", {
            seed: own.seed,
            count: 1,
            variation: varied ? { seed: own.variationSeed!, strength: 0.3 } : undefined,
          });
          for (const all of [first, second])
            expect(all.data.slice(i * 6, i * 6 + 6)).toEqual(alone.randn([1, 2, 3]).data);
        });
      }),
      { numRuns: 30 },
    );
  });

  test("seeds count up; with a variation its seed does", () => {
    expect(pictureSeeds({ seed: 7, count: 2 })).toEqual([{ seed: 7n }, { seed: 8n }]);
    expect(pictureSeeds({ seed: 7, count: 2, variation: { seed: 1, strength: 0.1 } })).toEqual([
      { seed: 7n, variationSeed: 1n },
      { seed: 7n, variationSeed: 2n },
    ]);
    expect(pictureSeeds({ seed: 7, count: 1, variation: { seed: 1, strength: 0 } })).toEqual([{ seed: 7n }]);
  });

  test("a batch of another size is refused", () => {
    expect(() => stackNoise([torchCpuNoise(1)]).randn([2, 4])).toThrow(
      expect.objectContaining({ code: "shape_mismatch" }),
    );
  });

  test("plain noise takes the source's numbers in turn", () => {
    const [sampler, source] = [gaussianNoise(torchCpuNoise(9), [2, 8]), torchCpuNoise(9)];
    for (const sigma of [3, 2]) expect(sampler(sigma, 1)).toEqual(source.randn([2, 8]));
  });
});

describe("the Brownian path", () => {
  test.each(golden.seedSequence)("numpy's SeedSequence($entropy, $spawnKey, $poolSize)", (sequence) => {
    const { entropy, spawnKey, poolSize, words } = sequence;
    expect([...seedSequence(BigInt(entropy), spawnKey, poolSize, words.length)]).toEqual(words);
  });

  test.each(golden.brownian)("seeds $seeds, as torchsde", ({ queries, ...options }) => {
    const sampler = brownianNoise({ generator: torchCpuNoise, ...options });
    for (const { sigma, next, values } of queries) expectClose(sampler(sigma, next).data, values, 1e-6);
  });

  test("does not depend on what was asked before", () => {
    const { seeds, shape, sigmaMin, sigmaMax } = golden.brownian[0]!;
    const create = () => brownianNoise({ generator: philoxNoise, seeds, shape, sigmaMin, sigmaMax });
    const walked = create();
    for (const [sigma, next] of [
      [10, 9],
      [9, 2],
      [2, 1],
    ] as const)
      walked(sigma, next);
    expect(walked(5, 4)).toEqual(create()(5, 4));
  });

  test("gains nothing outside its range", () => {
    const { seeds, shape, sigmaMin, sigmaMax } = golden.brownian[0]!;
    const sampler = brownianNoise({ generator: philoxNoise, seeds, shape, sigmaMin, sigmaMax });
    for (const [sigma, next] of [
      [sigmaMax + 2, sigmaMax + 1],
      [sigmaMin / 2, sigmaMin / 4],
    ] as const)
      expect(sampler(sigma, next).data.every((value) => value === 0)).toBe(true);
  });
});
