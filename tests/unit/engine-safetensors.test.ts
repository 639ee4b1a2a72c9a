import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { EngineError } from "@/lib/engine/engine-error";
import { halfTable, toBfloat16, toHalf } from "@/lib/engine/safetensors/float16";
import { openSafetensors } from "@/lib/engine/safetensors/open-safetensors";
import { openShards } from "@/lib/engine/safetensors/open-shards";
import { parseHeader } from "@/lib/engine/safetensors/parse-header";
import { readBytes, readTensor } from "@/lib/engine/safetensors/read-tensor";
import { type TensorToWrite, writeSafetensors } from "@/lib/engine/safetensors/write-safetensors";
import { tinyValues, writeTinyCheckpoint } from "@/tests/support/tiny-weights";

interface Golden {
  file: string;
  metadata: Record<string, string>;
  values: Record<string, { shape: number[]; values: (number | string)[] }>;
  roundings: { half: string; bfloat16: string; widened: string };
  tiny: Record<string, { shape: number[]; sha256: string }>;
}
const golden: Golden = JSON.parse(readFileSync("tests/golden/safetensors/golden.json", "utf8"));
const reference = Buffer.from(golden.file, "base64");

const folder = mkdtempSync(path.join(tmpdir(), "mosaiq-safetensors-"));
afterAll(() => rmSync(folder, { recursive: true }));
/** As the golden spells what JSON cannot. */
const NON_FINITE: Record<string, number> = { nan: Number.NaN, inf: Infinity, "-inf": -Infinity };
let files = 0;
/** A file of these bytes, under a name of its own. */
function put(bytes: Uint8Array | string, name = `${files++}.safetensors`): string {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
}
/** A file with this header, however wrong, and as many bytes of weights. */
function withHeader(header: string | object, dataBytes = 0): Uint8Array {
  const json = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, Buffer.alloc(dataBytes)]);
}
const sha256 = (view: ArrayBufferView) =>
  createHash("sha256")
    .update(new Uint8Array(view.buffer, view.byteOffset, view.byteLength))
    .digest("hex");
const refusal = async (work: Promise<unknown>): Promise<EngineError> => {
  const error = await work.then(
    () => undefined,
    (cause) => cause,
  );
  expect(error).toBeInstanceOf(EngineError);
  return error;
};

describe("against the reference package", () => {
  test("reads every dtype that it writes", async () => {
    const opened = await openSafetensors(put(reference));
    expect(opened.metadata).toEqual(golden.metadata);
    expect(opened.sizeBytes).toBe(reference.length);
    expect([...opened.tensors.keys()].sort()).toEqual(Object.keys(golden.values).sort());
    for (const [key, expected] of Object.entries(golden.values)) {
      const { shape, data } = await readTensor(opened.tensors.get(key)!);
      expect(shape).toEqual(expected.shape);
      expect(Array.from(data), key).toEqual(
        expected.values.map((value) => Math.fround(typeof value === "number" ? value : NON_FINITE[value]!)),
      );
    }
  });

  test("writes the same bytes, whatever the order it is given them in", async () => {
    const opened = await openSafetensors(put(reference));
    const tensors = new Map<string, TensorToWrite>();
    for (const [key, stored] of [...opened.tensors].reverse())
      tensors.set(key, { dtype: stored.dtype, shape: stored.shape, data: () => readBytes(stored) });
    const file = path.join(folder, "again.safetensors");
    await writeSafetensors(file, tensors, golden.metadata);
    expect(readFileSync(file).equals(reference)).toBe(true);
  });

  test("rounds as numpy and torch do, subnormals included", () => {
    const bits = new Uint32Array(2 ** 20);
    for (let i = 0; i < bits.length; i++) {
      const mixed = mix(i);
      bits[i] = i % 2 ? mixed : (mixed & 0x87ffffff) | 0x30000000;
    }
    const numbers = bits.filter((pattern) => (pattern & 0x7fffffff) <= 0x7f800000);
    expect(sha256(Uint16Array.from(numbers, toHalf))).toBe(golden.roundings.half);
    expect(sha256(Uint16Array.from(numbers, toBfloat16))).toBe(golden.roundings.bfloat16);
    expect(sha256(halfTable().filter((value) => !Number.isNaN(value)))).toBe(golden.roundings.widened);
  });

  test("not-a-number stays one in either width", () => {
    for (const bits of [0x7fc00000, 0x7f800001, 0xffffffff]) {
      expect(halfTable()[toHalf(bits)]).toBeNaN();
      expect(new Float32Array(Uint32Array.of(toBfloat16(bits) << 16).buffer)[0]).toBeNaN();
    }
  });

  test.each(Object.entries(golden.tiny))(
    "tiny values of %s are the twin's",
    (key, { shape, sha256: hash }) => {
      expect(sha256(tinyValues(key, shape))).toBe(hash);
    },
  );
});

/** The mixer of the tiny weights, whose patterns the golden's roundings start from. */
function mix(bits: number): number {
  let x = bits;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

describe("reading", () => {
  test("swaps the axes of a tensor that is stored transposed", async () => {
    const file = path.join(folder, "matrix.safetensors");
    await writeSafetensors(
      file,
      new Map([["m", { dtype: "F32", shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }]]),
    );
    const stored = (await openSafetensors(file)).tensors.get("m")!;
    const { shape, data } = await readTensor({ ...stored, shape: [3, 2], transposed: true });
    expect(shape).toEqual([3, 2]);
    expect([...data]).toEqual([1, 4, 2, 5, 3, 6]);
  });

  test("a file cut short after it was opened is named, with the tensor", async () => {
    const file = put(reference);
    const stored = (await openSafetensors(file)).tensors.get("yes")!;
    writeFileSync(file, reference.subarray(0, -2));
    const error = await refusal(readTensor(stored));
    expect([error.code, error.details.file, error.details.tensor]).toEqual(["weights_damaged", file, "yes"]);
  });

  test("no file at all is missing, and so is a folder", async () => {
    expect((await refusal(openSafetensors(path.join(folder, "none.safetensors")))).code).toBe(
      "weights_missing",
    );
    expect((await refusal(openSafetensors(folder))).code).toBe("weights_missing");
  });
});

describe("writing", () => {
  test("a tensor of the wrong size leaves neither the file nor its half", async () => {
    const file = path.join(folder, "wrong.safetensors");
    const wrong: TensorToWrite = { dtype: "F16", shape: [3], data: Float32Array.of(1, 2) };
    const error = await refusal(writeSafetensors(file, new Map([["a", wrong]])));
    expect([error.code, error.details.layer]).toEqual(["shape_mismatch", "a"]);
    expect(readdirSync(folder).filter((name) => name.startsWith("wrong"))).toEqual([]);
  });

  test("float numbers are not written as whole ones", async () => {
    const wrong: TensorToWrite = { dtype: "I32", shape: [1], data: Float32Array.of(1) };
    const error = await refusal(
      writeSafetensors(path.join(folder, "int.safetensors"), new Map([["a", wrong]])),
    );
    expect(error.code).toBe("weights_dtype_unsupported");
  });

  test("a tiny checkpoint reads back, rounded to its dtype, and differs by salt", async () => {
    const shapes = { "a.weight": [4, 5], "0": [3] };
    const files = ["one", "two"].map((name) => path.join(folder, `${name}.safetensors`)) as [string, string];
    await writeTinyCheckpoint(files[0], shapes);
    await writeTinyCheckpoint(files[1], shapes, "BF16", "salt");
    const [one, two] = await Promise.all(files.map((file) => openSafetensors(file)));
    expect((await readTensor(one!.tensors.get("a.weight")!)).data).toEqual(tinyValues("a.weight", [4, 5]));
    const rounded = (await readTensor(two!.tensors.get("a.weight")!)).data;
    expect(two!.tensors.get("a.weight")!.dtype).toBe("BF16");
    tinyValues("salta.weight", [4, 5]).forEach((value, i) => {
      expect(Math.abs(rounded[i]! - value)).toBeLessThanOrEqual(Math.abs(value) / 256);
    });
  });
});

describe("refusals", () => {
  const entry = (begin: number, end: number, shape: unknown = [end - begin], dtype = "U8") => ({
    dtype,
    shape,
    data_offsets: [begin, end],
  });
  const damage: [string, Uint8Array, RegExp, string?][] = [
    ["an empty file", Buffer.alloc(0), /too few/],
    ["nine bytes", withHeader("{"), /too few/],
    ["a header longer than the file", Buffer.from("ffffff0000000000207b7d", "hex"), /header of 16777215/],
    ["a header length past 2⁵³", Buffer.from("ffffffffffffffff7b7d", "hex"), /header of/],
    ["a picture", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), /not a safetensors file/],
    ["a header that is a list", withHeader("[]"), /does not begin with \{/],
    ["a header that is not JSON", withHeader('{"a":'), /not JSON/],
    [
      "a header that is not UTF-8",
      Buffer.concat([withHeader("{}").subarray(0, 8), Buffer.of(0x7b, 0xff)]),
      /UTF-8/,
    ],
    ["metadata that is no object", withHeader({ __metadata__: ["a"] }), /__metadata__/],
    ["metadata that is not text", withHeader({ __metadata__: { epoch: 3 } }), /epoch/],
    ["an entry that is no object", withHeader({ a: 3 }), /not dtype/, "a"],
    ["an unknown dtype", withHeader({ a: entry(0, 4, [4], "U9") }, 4), /unknown dtype/, "a"],
    ["a dtype of Object's own", withHeader({ a: entry(0, 4, [4], "toString") }, 4), /unknown dtype/, "a"],
    ["a negative size", withHeader({ a: entry(0, 4, [-2, -2]) }, 4), /list of sizes/, "a"],
    ["half a size", withHeader({ a: entry(0, 1, [0.5, 2]) }, 1), /list of sizes/, "a"],
    ["a size as text", withHeader({ a: entry(0, 4, ["4"]) }, 4), /list of sizes/, "a"],
    ["sizes past all counting", withHeader({ a: entry(0, 4, [2 ** 40, 2 ** 40]) }, 4), /takes/, "a"],
    [
      "an entry twice as long as its shape",
      withHeader({ a: entry(0, 4, [2]) }, 4),
      /4 bytes for U8 \[2\]/,
      "a",
    ],
    ["offsets backwards", withHeader({ a: entry(4, 0, [4]) }, 4), /-4 bytes/, "a"],
    [
      "three offsets",
      withHeader({ a: { ...entry(0, 4), data_offsets: [0, 4, 4] } }, 4),
      /two positions/,
      "a",
    ],
    ["a field too many", withHeader({ a: { ...entry(0, 4), more: 1 } }, 4), /not dtype/, "a"],
    ["an overlap", withHeader({ a: entry(0, 4), b: entry(3, 7) }, 7), /overlaps/, "b"],
    ["a hole", withHeader({ a: entry(0, 4), b: entry(5, 7) }, 7), /1 bytes before it/, "b"],
    ["a hole at the start", withHeader({ a: entry(2, 4) }, 4), /2 bytes before it/, "a"],
    ["bytes at its end", withHeader({ a: entry(0, 4) }, 6), /2 bytes at its end/],
    ["a file cut short", withHeader({ a: entry(0, 4) }, 3), /cut short: 3 bytes of weights, 4 expected/],
    [
      "a name given twice",
      withHeader(
        '{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"\\u0061":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}',
        4,
      ),
      /given twice/,
    ],
  ];
  test.each(damage)("%s", async (_, bytes, fault, tensor) => {
    const file = put(bytes);
    const error = await refusal(openSafetensors(file));
    expect(error.code).toBe("weights_damaged");
    expect(error.message).toMatch(fault);
    expect(error.details.file).toBe(file);
    expect(error.details.tensor).toBe(tensor);
  });

  test("a dtype of the format that fills no whole byte", async () => {
    const error = await refusal(openSafetensors(put(withHeader({ a: entry(0, 4, [8], "F4") }, 4))));
    expect([error.code, error.details.dtype]).toEqual(["weights_dtype_unsupported", "F4"]);
  });

  test.each([
    ["a .ckpt, whatever is in it", "model.ckpt", reference],
    ["a .PT", "model.PT", reference],
    ["a zip by another name", "zip.safetensors", Buffer.from("504b0304000008000000000000", "hex")],
    ["a pickle by another name", "pickle.safetensors", Buffer.from("80027d71002858040000", "hex")],
  ])("pickle: %s", async (_, name, bytes) => {
    const error = await refusal(openSafetensors(put(bytes, name)));
    expect(error.code).toBe("weights_pickle");
    expect(error.message).toMatch(/run any program.*\.safetensors version/);
  });

  test("colons and quotes in a name count for nothing", async () => {
    for (const name of ['a":"b', "a\\", ":", '\\":'])
      expect([
        ...(await openSafetensors(put(withHeader({ [name]: entry(0, 4) }, 4)))).tensors.keys(),
      ]).toEqual([name]);
  });

  test("a header of 640 bytes begins like a pickle and is none", async () => {
    const bytes = withHeader("{}".padEnd(640));
    expect([...bytes.subarray(0, 2)]).toEqual([0x80, 0x02]);
    expect((await openSafetensors(put(bytes))).tensors.size).toBe(0);
  });
});

describe("shards", () => {
  const index = (map: unknown) =>
    put(JSON.stringify({ weight_map: map }), `${files++}.safetensors.index.json`);
  const shard = async (name: string, ...keys: string[]) =>
    writeTinyCheckpoint(path.join(folder, name), Object.fromEntries(keys.map((key) => [key, [2]])));

  test("are one file to the reader", async () => {
    await shard("one-of-2.safetensors", "a", "b");
    await shard("two-of-2.safetensors", "c");
    const opened = await openShards(
      index({ a: "one-of-2.safetensors", b: "one-of-2.safetensors", c: "two-of-2.safetensors" }),
    );
    expect([...opened.tensors.keys()]).toEqual(["a", "b", "c"]);
    expect(path.basename(opened.tensors.get("c")!.file)).toBe("two-of-2.safetensors");
    expect((await readTensor(opened.tensors.get("c")!)).data).toEqual(tinyValues("c", [2]));
  });

  test("a missing shard and a missing tensor are named", async () => {
    await shard("here.safetensors", "a");
    const gone = await refusal(openShards(index({ a: "gone.safetensors" })));
    expect([gone.code, gone.details.file]).toEqual([
      "weights_missing",
      path.join(folder, "gone.safetensors"),
    ]);
    const lacking = await refusal(openShards(index({ b: "here.safetensors" })));
    expect([lacking.code, lacking.details.tensor]).toEqual(["weights_damaged", "b"]);
  });

  test.each(["../x.safetensors", "/etc/x.safetensors", "a\\x.safetensors", "x.bin", 3])(
    "a shard named %s is refused",
    async (name) => {
      expect((await refusal(openShards(index({ a: name })))).code).toBe("weights_damaged");
    },
  );

  test("an index that is none", async () => {
    for (const text of ["{", "null", "[]", "{}", '{"weight_map":[]}'])
      expect((await refusal(openShards(put(text, "bad.index.json")))).code).toBe("weights_damaged");
    expect((await refusal(openShards(path.join(folder, "no.index.json")))).code).toBe("weights_missing");
  });
});

describe("whatever bytes come, the parser answers with a header or an EngineError", () => {
  const survives = (header: Uint8Array, dataBytes: number) => {
    try {
      const { tensors } = parseHeader("f", header, dataBytes);
      let bytes = 0;
      for (const stored of tensors.values()) bytes += stored.byteLength;
      expect(bytes).toBe(dataBytes);
    } catch (error) {
      expect(error).toBeInstanceOf(EngineError);
    }
  };
  const headerBytes = Number(reference.readBigUInt64LE());
  const header = reference.subarray(8, 8 + headerBytes);
  const dataBytes = reference.length - 8 - headerBytes;

  test("random bytes", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(64), survives), { numRuns: 2000 });
  });

  test("random JSON", () => {
    const objects = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(objects, (object) => survives(Buffer.from(JSON.stringify(object)), 0)),
      { numRuns: 1000 },
    );
  });

  test("a good header with bytes changed, cut out or doubled", () => {
    const place = fc.nat(headerBytes - 1);
    const edit = fc.record({ at: place, cut: fc.nat(12), insert: fc.uint8Array({ maxLength: 6 }) });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        let bytes: Uint8Array = header;
        for (const { at, cut, insert } of edits)
          bytes = Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + cut)]);
        survives(bytes, dataBytes);
      }),
      { numRuns: 3000 },
    );
  });

  test("a good header with one digit changed covers the file exactly or is refused", () => {
    const digits = [...header.keys()].filter((i) => header[i]! >= 0x30 && header[i]! <= 0x39);
    fc.assert(
      fc.property(fc.constantFrom(...digits), fc.integer({ min: 0x30, max: 0x39 }), (at, digit) => {
        const bytes = Uint8Array.from(header);
        bytes[at] = digit;
        survives(bytes, dataBytes);
      }),
    );
  });
});
