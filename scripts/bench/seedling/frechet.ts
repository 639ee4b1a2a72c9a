import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/**
 * Fréchet distance between two sets of features, taken as normal: |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2·(Σ₁·Σ₂)^½).
 * @source arXiv:1706.08500
 */
export function frechetDistance(first: readonly Float32Array[], second: readonly Float32Array[]): number {
  const [a, b] = [statistics(first), statistics(second)];
  const apart = a.mean.reduce((sum, value, i) => sum + (value - b.mean[i]!) ** 2, 0);
  // The root of Σ₁·Σ₂ has the trace of the root of Σ₁^½·Σ₂·Σ₁^½, which is symmetric.
  const root = symmetricRoot(a.covariance);
  const middle = root.mmul(b.covariance).mmul(root);
  const shared = eigen(middle).realEigenvalues.reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0);
  return apart + a.covariance.trace() + b.covariance.trace() - 2 * shared;
}

function statistics(rows: readonly Float32Array[]) {
  const count = rows.length;
  const width = rows[0]!.length;
  const mean = Array.from({ length: width }, (_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / count);
  const centred = new Matrix(rows.map((row) => Array.from(row, (value, i) => value - mean[i]!)));
  return {
    mean,
    covariance: centred
      .transpose()
      .mmul(centred)
      .div(count - 1),
  };
}

const eigen = (matrix: Matrix) =>
  new EigenvalueDecomposition(matrix.clone().add(matrix.transpose()).div(2), { assumeSymmetric: true });

function symmetricRoot(matrix: Matrix): Matrix {
  const { eigenvectorMatrix: vectors, realEigenvalues } = eigen(matrix);
  return vectors
    .mmul(Matrix.diag(realEigenvalues.map((value) => Math.sqrt(Math.max(0, value)))))
    .mmul(vectors.transpose());
}
