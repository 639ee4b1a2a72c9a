import type { Dtype } from "../safetensors/stored-tensor";

/** ONNX's TensorProto.DataType. */
export const ELEMENT = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
  bfloat16: 16,
} as const;
export type ElementType = keyof typeof ELEMENT;

/** The element type of a stored tensor; null for what onnxruntime's kernels do not take. */
export function elementOf(dtype: Dtype): ElementType | null {
  const known: Partial<Record<Dtype, ElementType>> = {
    F64: "float64",
    F32: "float32",
    F16: "float16",
    BF16: "bfloat16",
    I64: "int64",
    I32: "int32",
    I8: "int8",
    U8: "uint8",
    BOOL: "bool",
  };
  return known[dtype] ?? null;
}
