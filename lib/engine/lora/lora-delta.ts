import type { StoredTensor } from "../safetensors/stored-tensor";

/**
 * A matrix given by its factors, left [rows, r] · right [r, columns]; with a core [r, r', k, k] between them (Tucker)
 * right is [r', columns] and every place of the kernel has a matrix of its own.
 */
export interface Product {
  readonly left: StoredTensor;
  readonly right: StoredTensor;
  readonly core?: StoredTensor;
}

/** What scales the rows ("out") or columns ("in") of a weight in DoRA: their lengths after the change. */
export interface Magnitude {
  readonly lengths: StoredTensor;
  readonly axis: "out" | "in";
}

/**
 * The ways in which a change ΔW is written down. Kernels count as matrices [out, in · k · k].
 * - lora: a product.
 * - loha: two products, multiplied element by element.
 * - lokr: the Kronecker product of two matrices.
 * - diff: ΔW itself.
 */
export type Factors =
  | { readonly kind: "lora"; readonly product: Product }
  | { readonly kind: "loha"; readonly first: Product; readonly second: Product }
  | { readonly kind: "lokr"; readonly first: Product | StoredTensor; readonly second: Product | StoredTensor }
  | { readonly kind: "diff"; readonly diff: StoredTensor };

/** What a LoRA does to one weight: scale · ΔW, before the weight that a person gives it. */
export type LoraDelta = Factors & {
  /** The module's name as its file spells it. */
  readonly module: string;
  /** Columns of the left factor; null where there are no factors. */
  readonly rank: number | null;
  /** As stored; null where the file leaves it to be the rank. */
  readonly alpha: number | null;
  /** alpha / rank, 1 without either. */
  readonly scale: number;
  /** DoRA. */
  readonly magnitude?: Magnitude;
};

export const isProduct = (factor: Product | StoredTensor): factor is Product => "left" in factor;

/** Every tensor that a delta is made of. */
export function tensorsOf(delta: LoraDelta): StoredTensor[] {
  const of = (factor: Product | StoredTensor) =>
    isProduct(factor) ? [factor.left, factor.right, ...(factor.core ? [factor.core] : [])] : [factor];
  const lengths = delta.magnitude ? [delta.magnitude.lengths] : [];
  switch (delta.kind) {
    case "lora":
      return [...of(delta.product), ...lengths];
    case "diff":
      return [delta.diff, ...lengths];
    default:
      return [...of(delta.first), ...of(delta.second), ...lengths];
  }
}
