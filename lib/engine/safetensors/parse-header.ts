import { EngineError } from "../engine-error";
import { damaged } from "./damaged";
import { DTYPE_BYTES, type Dtype, type StoredTensor } from "./stored-tensor";

/** Dtypes of the format that do not fill whole bytes, or that no weight here is kept in. */
const UNSUPPORTED = new Set(["F4", "F6_E2M3", "F6_E3M2", "F8_E8M0", "C64"]);

export interface Header {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

type Fields = Record<string, unknown>;
const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/**
 * The JSON header of a .safetensors file, checked to the letter: every tensor's bytes follow from its dtype and shape,
 * and together they fill the file without overlap or hole.
 * @param header     the bytes after the eight of the length, padding included.
 * @param dataBytes  bytes of the file behind the header.
 * @throws EngineError weights_damaged or weights_dtype_unsupported, naming file and tensor.
 * @source https://github.com/huggingface/safetensors#format
 */
export function parseHeader(file: string, header: Uint8Array, dataBytes: number): Header {
  const text = decode(file, header);
  const fields = parse(file, text);
  const { __metadata__: notes = {}, ...entries } = fields;
  const metadata = checkMetadata(file, notes);
  const dataStart = 8 + header.length;
  const tensors = new Map(
    Object.entries(entries).map(([key, entry]) => [key, readEntry(file, key, entry, dataStart)]),
  );
  // Every entry has three fields: a name given twice leaves more colons in the text than names in the object.
  const names = Object.keys(fields).length + Object.keys(metadata).length + 3 * tensors.size;
  if (countNames(text) !== names) throw damaged(file, "a name is given twice in the header");
  checkCover(file, tensors, dataStart, dataBytes);
  return { tensors, metadata };
}

function decode(file: string, header: Uint8Array): string {
  if (header[0] !== 0x7b) throw damaged(file, "the header does not begin with {");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(header);
  } catch (cause) {
    throw damaged(file, "the header is not UTF-8", undefined, cause);
  }
}

function parse(file: string, text: string): Fields {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw damaged(file, "the header is not JSON", undefined, cause);
  }
}

function checkMetadata(file: string, metadata: unknown): Record<string, string> {
  if (!isObject(metadata)) throw damaged(file, "__metadata__ is not an object");
  for (const [name, value] of Object.entries(metadata))
    if (typeof value !== "string") throw damaged(file, `__metadata__ ${name} is not text`);
  return metadata as Record<string, string>;
}

function readEntry(file: string, key: string, entry: unknown, dataStart: number): StoredTensor {
  const fail = (fault: string) => damaged(file, fault, key);
  if (!isObject(entry) || Object.keys(entry).length !== 3) throw fail("not dtype, shape and data_offsets");
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype === "string" && UNSUPPORTED.has(dtype))
    throw new EngineError("weights_dtype_unsupported", `${file}: ${key}: ${dtype} is not supported`, {
      file,
      tensor: key,
      dtype,
    });
  if (typeof dtype !== "string" || !Object.hasOwn(DTYPE_BYTES, dtype)) throw fail("unknown dtype");
  if (!Array.isArray(shape) || !shape.every(isCount)) throw fail("the shape is not a list of sizes");
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount))
    throw fail("data_offsets are not two positions");
  const [begin, end] = offsets as [number, number];
  const byteLength = shape.reduce((bytes, size) => bytes * size, DTYPE_BYTES[dtype as Dtype]);
  if (end - begin !== byteLength)
    throw fail(`${end - begin} bytes for ${dtype} [${shape}], which takes ${byteLength}`);
  return { key, dtype: dtype as Dtype, shape, file, offset: dataStart + begin, byteLength };
}

/** Colons outside strings, of text that is known to be JSON. */
function countNames(json: string): number {
  let names = 0;
  let quoted = false;
  for (let i = 0; i < json.length; i++) {
    const char = json[i];
    if (quoted && char === "\\") i++;
    else if (char === '"') quoted = !quoted;
    else if (char === ":" && !quoted) names++;
  }
  return names;
}

function checkCover(file: string, tensors: Header["tensors"], dataStart: number, dataBytes: number): void {
  const inOrder = [...tensors.values()].sort((a, b) => a.offset - b.offset || a.byteLength - b.byteLength);
  let end = dataStart;
  for (const { key, offset, byteLength } of inOrder) {
    if (offset < end) throw damaged(file, "overlaps another tensor", key);
    if (offset > end) throw damaged(file, `${offset - end} bytes before it belong to no tensor`, key);
    end = offset + byteLength;
  }
  const expected = end - dataStart;
  if (expected > dataBytes)
    throw damaged(file, `cut short: ${dataBytes} bytes of weights, ${expected} expected`);
  if (expected < dataBytes)
    throw damaged(file, `${dataBytes - expected} bytes at its end belong to no tensor`);
}
