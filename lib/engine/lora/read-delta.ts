import { readTensor } from "../safetensors/read-tensor";
import type { StoredTensor } from "../safetensors/stored-tensor";
import { sizeOf } from "../tensor";
import type { Role, Roles } from "./collect-modules";
import { type Factors, isProduct, type LoraDelta, type Magnitude, type Product } from "./lora-delta";
import { loraDamaged } from "./lora-errors";

/** Alpha and its reading where the file keeps them in its metadata. */
export interface Scaling {
  readonly alpha: number;
  /** rsLoRA: alpha is over the root of the rank. */
  readonly rankStabilized: boolean;
}

/**
 * The changes that a module's tensors stand for, of its weight or bias or both. Reads alpha, a single number.
 * @throws EngineError lora_damaged where one of a pair is missing, or alpha is no number.
 */
export async function readDeltas(
  file: string,
  module: string,
  roles: Roles,
  noted?: Scaling,
): Promise<(readonly [parameter: "weight" | "bias", LoraDelta])[]> {
  const plain = { module, rank: null, alpha: null, scale: 1 };
  const bias = roles.diff_b && ({ kind: "diff", diff: roles.diff_b, ...plain } as const);
  const factors = factorsOf(file, module, roles);
  if (!factors && !bias) throw loraDamaged(file, module, `nothing but ${Object.keys(roles).join(", ")}`);
  return [
    ...(factors ? [["weight", await weightDelta(file, module, roles, factors, noted)] as const] : []),
    ...(bias ? [["bias", bias] as const] : []),
  ];
}

async function weightDelta(
  file: string,
  module: string,
  roles: Roles,
  factors: Factors,
  noted: Scaling | undefined,
): Promise<LoraDelta> {
  const rank = rankOf(factors);
  const stored = roles.alpha ? await readAlpha(file, module, roles.alpha) : null;
  const alpha = stored ?? noted?.alpha ?? null;
  const divisor = rank !== null && stored === null && noted?.rankStabilized ? Math.sqrt(rank) : rank;
  const scale = alpha === null || divisor === null ? 1 : alpha / divisor;
  const magnitude = magnitudeOf(roles);
  return { ...factors, module, rank, alpha, scale, ...(magnitude && { magnitude }) };
}

function factorsOf(file: string, module: string, roles: Roles): Factors | null {
  const need = (role: Role): StoredTensor => {
    const stored = roles[role];
    if (!stored) throw loraDamaged(file, module, `${role} is missing`);
    return stored;
  };
  if (roles.up || roles.down || roles.mid)
    return { kind: "lora", product: { left: need("up"), right: need("down"), ...core(roles.mid) } };
  if (roles.hada_w1_a || roles.hada_w1_b || roles.hada_w2_a || roles.hada_w2_b) {
    // Either both halves have a core or none.
    const t1 = roles.hada_t2 && need("hada_t1");
    const t2 = roles.hada_t1 && need("hada_t2");
    const first = factored(need("hada_w1_a"), need("hada_w1_b"), t1);
    return { kind: "loha", first, second: factored(need("hada_w2_a"), need("hada_w2_b"), t2) };
  }
  if (Object.keys(roles).some((role) => role.startsWith("lokr_"))) {
    const second = () => factored(need("lokr_w2_a"), need("lokr_w2_b"), roles.lokr_t2);
    const first = roles.lokr_w1 ?? factored(need("lokr_w1_a"), need("lokr_w1_b"));
    return { kind: "lokr", first, second: roles.lokr_w2 ?? second() };
  }
  return roles.diff ? { kind: "diff", diff: roles.diff } : null;
}

const core = (stored: StoredTensor | undefined) => (stored ? { core: stored } : {});

/** LyCORIS keeps the left factor of a product with a core as [r, rows]. */
function factored(a: StoredTensor, b: StoredTensor, t?: StoredTensor): Product {
  if (!t) return { left: a, right: b };
  return { left: { ...a, shape: a.shape.toReversed(), transposed: true }, right: b, core: t };
}

/** As LyCORIS counts it: a LoKr of two whole matrices has none, and takes no notice of alpha. */
function rankOf(factors: Factors): number | null {
  switch (factors.kind) {
    case "lora":
      return factors.product.right.shape[0] ?? null;
    case "loha":
      return factors.first.right.shape[0] ?? null;
    case "lokr":
      return [factors.second, factors.first].find(isProduct)?.right.shape[0] ?? null;
    case "diff":
      return null;
  }
}

async function readAlpha(file: string, module: string, stored: StoredTensor): Promise<number> {
  if (sizeOf(stored.shape) !== 1) throw loraDamaged(file, module, `alpha is [${stored.shape}]`);
  const alpha = (await readTensor(stored)).data[0]!;
  if (!Number.isFinite(alpha)) throw loraDamaged(file, module, `alpha is ${alpha}`);
  return alpha;
}

/** LyCORIS' `dora_scale` is [1, in, …] in its first version and [out, 1, …] since; PEFT's vector always of outputs. */
function magnitudeOf(roles: Roles): Magnitude | null {
  if (roles.magnitude) return { lengths: roles.magnitude, axis: "out" };
  const lengths = roles.dora_scale;
  if (!lengths) return null;
  const alongInputs = lengths.shape.length > 1 && lengths.shape[0] === 1;
  return { lengths, axis: alongInputs ? "in" : "out" };
}
