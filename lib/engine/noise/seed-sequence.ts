import { type Seed, seedBits } from "./noise-source";

const INIT_A = 0x43b0d7e5;
const MULT_A = 0x931e8875;
const INIT_B = 0x8b51f9dd;
const MULT_B = 0x58f38ded;
const MIX_LEFT = 0xca01f9dd;
const MIX_RIGHT = 0x4973f715;

/**
 * `numpy.random.SeedSequence(entropy, spawn_key=…, pool_size=…).generate_state(words)`: seeds for independent streams.
 * @param spawnKey uint32 each; empty for the root.
 * @returns uint32 [words].
 * @source Melissa O'Neill, "Developing a seed_seq alternative", 2015 · numpy/random/bit_generator.pyx
 */
export function seedSequence(
  entropy: Seed,
  spawnKey: readonly number[],
  poolSize: number,
  words: number,
): Uint32Array {
  const pool = mixEntropy(assembleEntropy(seedBits(entropy), spawnKey, poolSize), poolSize);
  const hash = hasher(INIT_B, MULT_B);
  return Uint32Array.from({ length: words }, (_, i) => hash(pool[i % poolSize]!));
}

function assembleEntropy(entropy: bigint, spawnKey: readonly number[], poolSize: number): number[] {
  const words = [Number(entropy & 0xffff_ffffn)];
  if (entropy >> 32n) words.push(Number(entropy >> 32n));
  // Zeros keep a long entropy without a key from meeting a short one with a key.
  if (spawnKey.length > 0) while (words.length < poolSize) words.push(0);
  return [...words, ...spawnKey];
}

function mixEntropy(entropy: readonly number[], poolSize: number): Uint32Array {
  const hash = hasher(INIT_A, MULT_A);
  const pool = Uint32Array.from({ length: poolSize }, (_, i) => hash(entropy[i] ?? 0));
  for (let from = 0; from < poolSize; from++)
    for (let to = 0; to < poolSize; to++) if (from !== to) pool[to] = mix(pool[to]!, hash(pool[from]!));
  for (const word of entropy.slice(poolSize))
    for (let to = 0; to < poolSize; to++) pool[to] = mix(pool[to]!, hash(word));
  return pool;
}

/** A hash whose constant moves on with every call. */
function hasher(init: number, multiplier: number): (value: number) => number {
  let constant = init;
  return (value) => {
    const keyed = value ^ constant;
    constant = Math.imul(constant, multiplier);
    const hashed = Math.imul(keyed, constant);
    return (hashed ^ (hashed >>> 16)) >>> 0;
  };
}

function mix(x: number, y: number): number {
  const mixed = (Math.imul(MIX_LEFT, x) - Math.imul(MIX_RIGHT, y)) | 0;
  return mixed ^ (mixed >>> 16);
}
