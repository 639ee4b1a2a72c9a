import type { SafetensorsFile } from "../safetensors/open-safetensors";
import type { StoredTensor } from "../safetensors/stored-tensor";
import { sizeOf } from "../tensor";
import { isProduct, type LoraDelta, type Product } from "./lora-delta";
import { loraDamaged, misfits } from "./lora-errors";

type Size = readonly [rows: number, columns: number];

/**
 * Whether a change has the size of the weight that it is for.
 * @param layer  the weight's key.
 * @returns the change, which fits.
 * @throws EngineError weights_shape_mismatch naming layer, expected and got; lora_damaged where factors of one change do
 *   not fit each other.
 */
export function checkDelta(
  file: SafetensorsFile,
  delta: LoraDelta,
  layer: string,
  shape: readonly number[],
): LoraDelta {
  const expected = matrixSize(shape);
  const got = sizeOfDelta(file.path, delta);
  if (got[0] !== expected[0] || got[1] !== expected[1])
    // A change of the weight's own rank can be told shape for shape; others by their size as matrices.
    throw delta.kind === "diff"
      ? misfits(file, layer, shape, delta.diff.shape)
      : misfits(file, layer, expected, got);
  const { magnitude } = delta;
  if (!magnitude) return delta;
  const lengths = shape[magnitude.axis === "out" ? 0 : 1] ?? 1;
  if (sizeOf(magnitude.lengths.shape) !== lengths)
    throw misfits(file, `${layer} (DoRA)`, [lengths], magnitude.lengths.shape);
  return delta;
}

/** [out, in, k, k] as [out, in · k · k]; a bias [out] as [out, 1]. */
const matrixSize = (shape: readonly number[]): Size => [shape[0] ?? 1, sizeOf(shape.slice(1))];

function sizeOfDelta(file: string, delta: LoraDelta): Size {
  const size = (factor: Product | StoredTensor): Size =>
    isProduct(factor) ? productSize(file, delta.module, factor) : matrixSize(factor.shape);
  switch (delta.kind) {
    case "lora":
      return size(delta.product);
    case "diff":
      return size(delta.diff);
    case "loha": {
      const [first, second] = [size(delta.first), size(delta.second)];
      if (first[0] !== second[0] || first[1] !== second[1])
        throw loraDamaged(file, delta.module, `its halves are [${first}] and [${second}]`);
      return first;
    }
    case "lokr": {
      const [first, second] = [size(delta.first), size(delta.second)];
      return [first[0] * second[0], first[1] * second[1]];
    }
  }
}

function productSize(file: string, module: string, { left, right, core }: Product): Size {
  const [rows, leftRank] = matrixSize(left.shape);
  const [rightRank, columns] = matrixSize(right.shape);
  const [coreLeft = 0, coreRight = 0, ...kernel] = core?.shape ?? [leftRank, leftRank];
  const swappable = !left.transposed || left.shape.length === 2;
  if (!swappable || rows * leftRank * columns === 0 || coreLeft !== leftRank || coreRight !== rightRank) {
    const shapes = [left, ...(core ? [core] : []), right].map(({ shape }) => `[${shape}]`);
    throw loraDamaged(file, module, `its factors ${shapes.join(" and ")} do not fit each other`);
  }
  return [rows, columns * sizeOf(kernel)];
}
