import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LABELS } from "@/lib/engine/parameters/generation-parameters";
import { readPictureParameters, writePictureParameters } from "@/lib/engine/parameters/picture-parameters";
import { pngChunk, pngChunks } from "@/lib/engine/parameters/png-chunks";
import { readPngText, writePngText } from "@/lib/engine/parameters/png-text";
import { readParameters } from "@/lib/engine/parameters/read-parameters";
import { type WritableParameters, writeParameters } from "@/lib/engine/parameters/write-parameters";

const whole: WritableParameters = {
  prompt: "a fox in (snow:1.2),\n<lora:ink:0.8>",
  negativePrompt: "blurry, [text]",
  steps: 20,
  sampler: "DPM++ 2M",
  scheduleType: "Karras",
  cfgScale: 7.5,
  seed: 42,
  width: 512,
  height: 768,
  modelHash: "6ce0161689",
  model: "v1-5-pruned",
  denoisingStrength: 0.6,
  clipSkip: 2,
  rng: "CPU",
  loraHashes: [
    { name: "ink", hash: "123abc" },
    { name: "b", hash: "456" },
  ],
  version: "1.0",
  others: [
    ["ControlNet 0", 'Module: canny, Weight: 1, Resize "mode"'],
    ["Tiling", "Tiling"],
  ],
};
const wholeText = `a fox in (snow:1.2),
<lora:ink:0.8>
Negative prompt: blurry, [text]
Steps: 20, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7.5, Seed: 42, Size: 512x768, \
Model hash: 6ce0161689, Model: v1-5-pruned, Denoising strength: 0.6, Clip skip: 2, RNG: CPU, \
Lora hashes: "ink: 123abc, b: 456", ControlNet 0: "Module: canny, Weight: 1, Resize \\"mode\\"", Tiling, Version: 1.0`;

describe("text", () => {
  test("is written as A1111 writes it", () => {
    expect(writeParameters(whole)).toBe(wholeText);
  });

  test("is read to what was written", () => {
    expect(readParameters(wholeText)).toEqual(whole);
  });

  test("of A1111's own example", () => {
    const text = `girl with an artist's beret, determined, blue eyes, ((eyeshadow)), (coquettish), detailed
Negative prompt: ugly, fat, (((deformed))), [blurry], (poorly drawn hands), messy drawing
Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 965400086, Size: 512x512, Model hash: 45dee52b`;
    expect(readParameters(text)).toEqual({
      prompt: "girl with an artist's beret, determined, blue eyes, ((eyeshadow)), (coquettish), detailed",
      negativePrompt: "ugly, fat, (((deformed))), [blurry], (poorly drawn hands), messy drawing",
      steps: 20,
      sampler: "Euler a",
      cfgScale: 7,
      seed: 965400086,
      width: 512,
      height: 512,
      modelHash: "45dee52b",
      others: [],
    });
  });

  test.each([
    ["DPM++ 2M Karras", "DPM++ 2M", "Karras"],
    ["DPM++ 2M SDE Exponential", "DPM++ 2M SDE", "Exponential"],
    ["Euler a", "Euler a", undefined],
  ])("an old sampler, %s", (old, sampler, scheduleType) => {
    const read = readParameters(`x\nSteps: 5, Sampler: ${old}, Seed: 1`);
    expect([read.sampler, read.scheduleType]).toEqual([sampler, scheduleType]);
  });

  test("a sampler stays whole where a schedule is named", () => {
    const read = readParameters("x\nSteps: 5, Sampler: DPM++ 2M Karras, Schedule type: Karras");
    expect([read.sampler, read.scheduleType]).toEqual(["DPM++ 2M Karras", "Karras"]);
  });

  test.each([
    ["", "", ""],
    ["just a prompt", "just a prompt", ""],
    ["a: b, c: d", "a: b, c: d", ""],
    ["two\nlines\nNegative prompt: bad", "two\nlines", "bad"],
    ["Steps: 20, Seed: 1", "Steps: 20, Seed: 1", ""],
  ])("without settings, %j", (text, prompt, negativePrompt) => {
    expect(readParameters(text)).toEqual({ prompt, negativePrompt, others: [] });
  });

  test("of settings alone, or with Windows' line ends and an empty line behind", () => {
    const settings = { steps: 20, seed: 1, cfgScale: 7, others: [] };
    const line = "Steps: 20, Seed: 1, CFG scale: 7";
    expect(readParameters(line)).toEqual({ prompt: "", negativePrompt: "", ...settings });
    expect(readParameters(`a\r\nNegative prompt: b\r\n${line}\r\n\r\n`)).toEqual({
      prompt: "a",
      negativePrompt: "b",
      ...settings,
    });
  });

  test("keeps what it does not understand", () => {
    const line =
      'Steps: many, Size: large, Seed: 99999999999999999999, Lora hashes: none, Odd: "un"closed, !!, Hires upscale: 2';
    expect(readParameters(`x\n${line}`)).toEqual({
      prompt: "x",
      negativePrompt: "",
      others: [
        ["Steps", "many"],
        ["Size", "large"],
        ["Seed", "99999999999999999999"],
        ["Lora hashes", "none"],
        ["Odd", '"un"closed'],
        ["Hires upscale", "2"],
      ],
    });
  });

  test.each(["", "a", "a,b", "-ab", "a:b", "ab "])("a setting can't be named %j", (key) => {
    expect(() => writeParameters({ ...whole, others: [[key, "x"]] })).toThrow(
      expect.objectContaining({ code: "setting_invalid" }),
    );
  });

  const line = fc.string({ unit: "grapheme", maxLength: 30 }).map((s) => s.replaceAll(/[\r]/g, ""));
  const prompt = fc
    .array(fc.oneof(line, fc.constantFrom("", " ", "Steps: 1, a: b", "(a:1.2)", '"')), { maxLength: 4 })
    .map((lines) => lines.join("\n"))
    .filter((text) => !text.split("\n").some((l) => l.startsWith("Negative prompt:")));
  const value = fc.oneof(
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.string({ unit: fc.constantFrom('"', ",", ":", " ", "\\", "\n", "a", "7", "\u2028"), maxLength: 8 }),
  );
  const key = fc
    .string({
      unit: fc.constantFrom("a", "Z", "é", "猫", "0", " ", "-", "/", "_"),
      minLength: 2,
      maxLength: 8,
    })
    .filter((text) => /^[^ \-/].*[^ ]$/u.test(text) && !LABELS.has(text));
  const number = fc.oneof(
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }).map((n) => n + 0),
  );
  const sampler = value.filter((text) => !/ (Karras|Exponential)$/.test(text));
  const hash = fc.record({
    name: fc.stringMatching(/^[a-z][a-z0-9_ .-]{0,8}[a-z]$/),
    hash: fc.stringMatching(/^[0-9a-f]{4,10}$/),
  });
  const parameters = fc.record(
    {
      prompt,
      negativePrompt: prompt,
      steps: fc.nat(),
      sampler,
      cfgScale: number,
      seed: fc.maxSafeInteger(),
      width: fc.nat({ max: 999_999 }),
      height: fc.nat({ max: 999_999 }),
      scheduleType: value,
      modelHash: value,
      model: value,
      variationSeed: fc.nat(),
      variationSeedStrength: number,
      denoisingStrength: number,
      clipSkip: fc.nat(),
      rng: value,
      loraHashes: fc.array(hash, { maxLength: 3 }),
      version: value,
      others: fc.array(fc.tuple(key, value), { maxLength: 5 }),
    },
    {
      requiredKeys: [
        "prompt",
        "negativePrompt",
        "steps",
        "sampler",
        "cfgScale",
        "seed",
        "width",
        "height",
        "others",
      ],
    },
  );

  test("object → text → object is the identity", () => {
    fc.assert(
      fc.property(parameters, (given) => {
        // Minus zero is zero in text.
        const plain = JSON.parse(JSON.stringify(given));
        expect(readParameters(writeParameters(plain))).toEqual(plain);
      }),
      { numRuns: 1000 },
    );
  });

  test("any text is read", () => {
    const bits = fc.constantFrom(
      "\n",
      "Negative prompt:",
      "Steps: 1",
      ",",
      ":",
      '"',
      "\\",
      " ",
      "Size: 1x1",
      "a b",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(bits, fc.string({ unit: "binary" })), { maxLength: 30 }), (given) => {
        expect(typeof readParameters(given.join("")).prompt).toBe("string");
      }),
    );
  });
});

const golden = JSON.parse(readFileSync("tests/golden/parameters/golden.json", "utf8"));
const bytesOf = (name: string): Uint8Array =>
  new Uint8Array(Buffer.from(golden.files[name].base64, "base64"));
const plain = bytesOf("tEXt");
const refused = expect.objectContaining({ name: "EngineError", code: "parameters_damaged" });

/** A PNG of these chunks between header and end. */
const pngWith = (...chunks: Uint8Array[]): Uint8Array => {
  const [header] = pngChunks(plain);
  return Uint8Array.from([
    ...plain.subarray(0, header!.end),
    ...chunks.flatMap((chunk) => [...chunk]),
    ...pngChunk("IEND", new Uint8Array()),
  ]);
};
const ascii = (text: string) => new TextEncoder().encode(text);
const textChunk = (type: string, text: string, ...more: Uint8Array[]) =>
  pngChunk(type, Buffer.concat([ascii(text), ...more]));

describe("pictures", () => {
  test.each(Object.keys(golden.files))("of Pillow's: %s", async (name) => {
    expect(await readPictureParameters(bytesOf(name))).toEqual(readParameters(golden.files[name].text));
  });

  test.each(["a café", "狐狸 🦊", "", "ÿ\u0080 curly ’"])("keep a text: %j", async (text) => {
    const written = writePngText(plain, "parameters", text);
    expect(await readPngText(written, "parameters")).toBe(text);
    const types = [...pngChunks(written)].map(({ type }) => type);
    expect(types[1]).toBe([...text].every((letter) => letter <= "ÿ") ? "tEXt" : "iTXt");
  });

  test("have one text under a keyword, keep the others and all else", async () => {
    const written = writePictureParameters(writePngText(plain, "parameters", "once"), whole);
    expect(await readPictureParameters(written)).toEqual(whole);
    expect(await readPngText(written, "Software")).toBe("a program");
    const types = [...pngChunks(written)].map(({ type }) => type);
    expect(types).toEqual(["IHDR", "tEXt", "tEXt", "IDAT", "IEND"]);
    const again = writePngText(
      writePngText(plain, "parameters", "other"),
      "parameters",
      golden.files.tEXt.text,
    );
    expect([...again].sort()).toEqual([...plain].sort());
  });

  test("in chunks that end with the checksum of type and data", () => {
    expect([...pngChunk("IEND", ascii(""))]).toEqual([
      0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
    ]);
  });

  test("that say nothing, or are none, give null", async () => {
    expect(await readPictureParameters(pngWith())).toBeNull();
    expect(await readPictureParameters(new Uint8Array())).toBeNull();
    expect(await readPictureParameters(ascii("RIFF....WEBP"))).toBeNull();
    expect(await readPictureParameters(Uint8Array.from([0xff, 0xd8, 0xff, 0xda, 0, 2]))).toBeNull();
  });
});

describe("hostile pictures", () => {
  const bomb = deflateSync(Buffer.alloc(64 * 2 ** 20));

  test.each([
    ["cut off within its text", plain.subarray(0, 120)],
    ["a signature alone", plain.subarray(0, 8)],
    ["a chunk of 4 GB", pngWith(Uint8Array.from([255, 255, 255, 255, 116, 69, 88, 116, 0, 0, 0, 0]))],
    ["a bomb in zTXt", pngWith(textChunk("zTXt", "parameters\0\0", bomb))],
    ["a bomb in iTXt", pngWith(textChunk("iTXt", "parameters\0\u0001\0\0\0", bomb))],
    ["a text of 2 MB", pngWith(textChunk("tEXt", "parameters\0", new Uint8Array(2 ** 21)))],
    ["no zlib stream", pngWith(textChunk("zTXt", "parameters\0\0not zlib"))],
    [
      "half a zlib stream",
      pngWith(textChunk("zTXt", "parameters\0\0", deflateSync("abc".repeat(99)).subarray(0, 9))),
    ],
    ["no keyword", pngWith(textChunk("tEXt", "\0parameters"))],
    ["a keyword without end", pngWith(textChunk("tEXt", "parameters".repeat(20)))],
    ["half an iTXt", pngWith(textChunk("iTXt", "parameters\0\0\0en"))],
    ["a wrong checksum", pngWith(textChunk("tEXt", "parameters\0text").fill(0, -4))],
  ])("%s", async (_, file) => {
    await expect(readPictureParameters(file)).rejects.toEqual(refused);
  });

  test("cut off behind their text still say it", async () => {
    expect((await readPictureParameters(plain.subarray(0, plain.length - 20)))?.seed).toBe(42);
  });

  test("fifty thousand chunks are read through", async () => {
    const empty = pngChunk("teSt", new Uint8Array());
    const many = new Uint8Array(empty.length * 50_000);
    for (let at = 0; at < many.length; at += empty.length) many.set(empty, at);
    const [header] = pngChunks(plain);
    const file = Buffer.concat([plain.subarray(0, header!.end), many, plain.subarray(header!.end)]);
    expect((await readPictureParameters(new Uint8Array(file)))?.seed).toBe(42);
  });

  test("are not written to", () => {
    expect(() => writePngText(ascii("no PNG"), "parameters", "x")).toThrow(refused);
    expect(() => writePngText(plain.subarray(0, 40), "parameters", "x")).toThrow(refused);
  });

  test.each(Object.keys(golden.files))(
    "changed bytes of %s give a text, null or the one error",
    async (name) => {
      const file = bytesOf(name);
      const changes = fc.array(fc.tuple(fc.nat({ max: file.length - 1 }), fc.nat({ max: 255 })), {
        maxLength: 6,
      });
      await fc.assert(
        fc.asyncProperty(changes, fc.nat({ max: file.length }), fc.boolean(), async (edits, length, cut) => {
          const changed = file.slice(0, cut ? length : file.length);
          for (const [at, byte] of edits) if (at < changed.length) changed[at] = byte;
          await readPictureParameters(changed).catch((error: unknown) => expect(error).toEqual(refused));
        }),
        { numRuns: 300 },
      );
    },
  );

  test("any bytes behind a signature", async () => {
    const heads = fc.constantFrom(
      [...plain.subarray(0, 8)],
      [0xff, 0xd8],
      [...ascii("RIFF\0\0\0\0WEBPEXIF")],
    );
    await fc.assert(
      fc.asyncProperty(heads, fc.uint8Array({ maxLength: 200 }), async (head, body) => {
        const file = Uint8Array.from([...head, ...body]);
        await readPictureParameters(file).catch((error: unknown) => expect(error).toEqual(refused));
      }),
      { numRuns: 500 },
    );
  });
});
