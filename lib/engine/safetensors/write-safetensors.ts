import { randomBytes } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { EngineError } from "../engine-error";
import { sizeOf } from "../tensor";
import { toBfloat16, toHalf } from "./float16";
import { DTYPE_BYTES, type Dtype } from "./stored-tensor";

/** Raw little-endian bytes of the dtype, or float32 numbers for F64, F32, F16 and BF16 (rounded to nearest even). */
export type TensorData = Uint8Array | Float32Array;

export interface TensorToWrite {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** A function is called when its turn comes, and its result let go of before the next: a file larger than memory. */
  readonly data: TensorData | (() => TensorData | Promise<TensorData>);
}

/**
 * The order in which the reference lays tensors out: wider dtypes first, so that each lies aligned in the file.
 * @source https://github.com/huggingface/safetensors/blob/main/safetensors/src/tensor.rs (`prepare`, `Dtype`)
 */
const LAYOUT_ORDER: readonly Dtype[] = [
  "U64",
  "I64",
  "F64",
  "F32",
  "U32",
  "I32",
  "BF16",
  "F16",
  "U16",
  "I16",
  "F8_E4M3",
  "F8_E5M2",
  "I8",
  "U8",
  "BOOL",
];

/**
 * Writes beside `file` and renames, so that the name never stands for half a file. The bytes are those that the
 * reference's `save_file` writes.
 * @throws EngineError shape_mismatch where data are not as many as dtype and shape say; what the file system throws.
 */
export async function writeSafetensors(
  file: string,
  tensors: ReadonlyMap<string, TensorToWrite>,
  metadata?: Readonly<Record<string, string>>,
): Promise<void> {
  const inOrder = [...tensors].sort(
    ([nameA, a], [nameB, b]) =>
      LAYOUT_ORDER.indexOf(a.dtype) - LAYOUT_ORDER.indexOf(b.dtype) ||
      Buffer.compare(Buffer.from(nameA), Buffer.from(nameB)),
  );
  const aside = `${file}.${randomBytes(6).toString("hex")}.part`;
  try {
    const handle = await open(aside, "wx");
    try {
      await handle.writeFile(encodeHeader(inOrder, metadata));
      for (const [name, tensor] of inOrder) await writeTensor(handle, name, tensor);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(aside, file);
  } catch (cause) {
    await rm(aside, { force: true });
    throw cause;
  }
}

const bytesOf = ({ dtype, shape }: TensorToWrite) => DTYPE_BYTES[dtype] * sizeOf(shape);

/** Eight bytes of length, then JSON padded with spaces to a multiple of eight. */
function encodeHeader(
  tensors: readonly (readonly [string, TensorToWrite])[],
  metadata: Readonly<Record<string, string>> | undefined,
): Uint8Array {
  // A list of entries rather than an object: names that look like numbers would change places.
  const fields = metadata ? [`"__metadata__":${JSON.stringify(metadata)}`] : [];
  let offset = 0;
  for (const [name, tensor] of tensors) {
    const { dtype, shape } = tensor;
    const entry = { dtype, shape, data_offsets: [offset, offset + bytesOf(tensor)] };
    fields.push(`${JSON.stringify(name)}:${JSON.stringify(entry)}`);
    offset += bytesOf(tensor);
  }
  const json = Buffer.from(`{${fields.join(",")}}`);
  const header = Buffer.alloc(8 + Math.ceil(json.length / 8) * 8, " ");
  header.writeBigUInt64LE(BigInt(header.length - 8));
  json.copy(header, 8);
  return header;
}

async function writeTensor(handle: FileHandle, name: string, tensor: TensorToWrite): Promise<void> {
  const data = typeof tensor.data === "function" ? await tensor.data() : tensor.data;
  const bytes = data instanceof Float32Array ? encode(name, data, tensor.dtype) : data;
  if (bytes.length !== bytesOf(tensor))
    throw new EngineError(
      "shape_mismatch",
      `${name}: ${bytes.length} bytes for ${tensor.dtype} [${tensor.shape}]`,
      { layer: name, expected: bytesOf(tensor), got: bytes.length },
    );
  await handle.writeFile(bytes);
}

function encode(name: string, values: Float32Array, dtype: Dtype): Uint8Array {
  if (dtype === "F32") return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  if (dtype === "F64") return new Uint8Array(new Float64Array(values).buffer);
  if (dtype !== "F16" && dtype !== "BF16")
    throw new EngineError(
      "weights_dtype_unsupported",
      `${name}: float32 numbers are not written as ${dtype}`,
      {
        tensor: name,
        dtype,
      },
    );
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const narrow = dtype === "F16" ? toHalf : toBfloat16;
  const out = new Uint16Array(bits.length);
  for (let i = 0; i < bits.length; i++) out[i] = narrow(bits[i]!);
  return new Uint8Array(out.buffer);
}
