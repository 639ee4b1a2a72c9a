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

const DTYPES: Readonly<Record<ElementType, Dtype>> = {
  float32: "F32",
  uint8: "U8",
  int8: "I8",
  int32: "I32",
  int64: "I64",
  bool: "BOOL",
  float16: "F16",
  float64: "F64",
  bfloat16: "BF16",
};

/** How numbers of an element type are stored. */
export const dtypeOf = (type: ElementType): Dtype => DTYPES[type];

/** The element type of a stored tensor; null for what onnxruntime's kernels do not take. */
export const elementOf = (dtype: Dtype): ElementType | null =>
  (Object.keys(DTYPES) as ElementType[]).find((type) => DTYPES[type] === dtype) ?? null;
