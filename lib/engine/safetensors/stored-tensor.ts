/** Bytes of one element, for every whole-byte dtype of the format. */
export const DTYPE_BYTES = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  F8_E4M3: 1,
  F8_E5M2: 1,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U64: 8,
  U32: 4,
  U16: 2,
  U8: 1,
  BOOL: 1,
} as const;

export type Dtype = keyof typeof DTYPE_BYTES;

/** Where a tensor's bytes lie; nothing is read yet. */
export interface StoredTensor {
  /** As in its file. */
  readonly key: string;
  readonly dtype: Dtype;
  /** As it is to be used; for the file's own, see `transposed`. */
  readonly shape: readonly number[];
  /** Absolute path. */
  readonly file: string;
  /** From the start of the file, in bytes; not always aligned. */
  readonly offset: number;
  readonly byteLength: number;
  /** The file holds a matrix of `[shape[1], shape[0]]`: its axes are to be swapped. */
  readonly transposed?: boolean;
}

/** Tensors by the name under which they are asked for. */
export type Weights = ReadonlyMap<string, StoredTensor>;
