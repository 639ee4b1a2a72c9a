import { sizeOf, type Tensor } from "../tensor";
import { damaged } from "./damaged";
import { float8, halfTable } from "./float16";
import { openToRead, readUpTo } from "./open-safetensors";
import { DTYPE_BYTES, type Dtype, type StoredTensor } from "./stored-tensor";

/**
 * The numbers of one stored tensor.
 * @returns float32 of `stored.shape`; exact for F32 and narrower floats, rounded to nearest for F64 and integers past
 *   2²⁴; BOOL as 0 and 1.
 * @throws EngineError weights_missing or weights_damaged where the file has changed since it was opened.
 */
export async function readTensor(stored: StoredTensor): Promise<Tensor> {
  const data = toFloat32(await readBytes(stored), stored.dtype);
  const { shape } = stored;
  return { shape, data: stored.transposed ? transpose(data, shape[0]!, shape[1]!) : data };
}

/** The bytes as they are stored: little-endian, not transposed, at the start of a buffer of their own. */
export async function readBytes(stored: StoredTensor): Promise<Uint8Array> {
  const handle = await openToRead(stored.file);
  try {
    const bytes = await readUpTo(handle, stored.offset, stored.byteLength);
    if (bytes.length < stored.byteLength) throw damaged(stored.file, "cut short", stored.key);
    return bytes;
  } finally {
    await handle.close();
  }
}

type Plain = "F64" | "I32" | "I16" | "I8" | "U32" | "U16" | "U8";

/** Typed arrays read in the machine's order, little-endian on every machine onnxruntime is built for. */
const VIEWS: Record<
  Plain,
  new (
    buffer: ArrayBufferLike,
    byteOffset: number,
    length: number,
  ) => ArrayLike<number>
> = {
  F64: Float64Array,
  I32: Int32Array,
  I16: Int16Array,
  I8: Int8Array,
  U32: Uint32Array,
  U16: Uint16Array,
  U8: Uint8Array,
};

/** @param bytes  at the start of its buffer, or aligned to the dtype's size. */
export function toFloat32(bytes: Uint8Array, dtype: Dtype): Float32Array {
  const { buffer, byteOffset, byteLength } = bytes;
  const count = byteLength / DTYPE_BYTES[dtype];
  switch (dtype) {
    case "F32":
      return new Float32Array(buffer, byteOffset, count);
    case "F16":
      return lookUp(new Uint16Array(buffer, byteOffset, count), halfTable());
    case "BF16":
      return widen(new Uint16Array(buffer, byteOffset, count));
    case "F8_E4M3":
    case "F8_E5M2":
      return lookUp(
        bytes,
        Float32Array.from({ length: 256 }, (_, byte) => float8(byte, dtype)),
      );
    case "I64":
      return Float32Array.from(new BigInt64Array(buffer, byteOffset, count), Number);
    case "U64":
      return Float32Array.from(new BigUint64Array(buffer, byteOffset, count), Number);
    case "BOOL":
      return Float32Array.from(bytes, (byte) => (byte ? 1 : 0));
    default:
      return new Float32Array(new VIEWS[dtype](buffer, byteOffset, count));
  }
}

function lookUp(codes: Uint16Array | Uint8Array, table: Float32Array): Float32Array {
  const out = new Float32Array(codes.length);
  for (let i = 0; i < codes.length; i++) out[i] = table[codes[i]!]!;
  return out;
}

/** bfloat16 is the upper half of a float32. */
function widen(codes: Uint16Array): Float32Array {
  const out = new Uint32Array(codes.length);
  for (let i = 0; i < codes.length; i++) out[i] = codes[i]! << 16;
  return new Float32Array(out.buffer);
}

/** Stored [columns, rows] → [rows, columns]. */
function transpose(stored: Float32Array, rows: number, columns: number): Float32Array {
  const out = new Float32Array(sizeOf([rows, columns]));
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      out[row * columns + column] = stored[column * rows + row]!;
  return out;
}
