import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hashFile } from "@/lib/drawing/hash-file";
import { writeSafetensors } from "@/lib/engine/safetensors/write-safetensors";
import { assertWritable, readPicture, stretchTo } from "@/scripts/studio/generate-files";
import { describeStep, openProgressLine } from "@/scripts/studio/generate-progress";

let folder: string;
const at = (name: string) => path.join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-files-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a file's hash is SHA-256 of all of it; a LoRA's leaves the description out", async () => {
  const values = Float32Array.of(1, 2, 3);
  const tensors = new Map([["a", { dtype: "F32" as const, shape: [3], data: () => values }]]);
  await writeSafetensors(at("one.safetensors"), tensors, { title: "one" });
  await writeSafetensors(at("two.safetensors"), tensors, { title: "another" });
  const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  expect(await hashFile(at("one.safetensors"))).toBe(sha256(await readFile(at("one.safetensors"))));
  expect(await hashFile(at("two.safetensors"))).not.toBe(await hashFile(at("one.safetensors")));
  for (const name of ["one", "two"])
    expect(await hashFile(at(`${name}.safetensors`), "tensors")).toBe(sha256(new Uint8Array(values.buffer)));
  expect(await hashFile(folder)).toBeNull();
});

test("pictures are read oriented, on paper where they are transparent, and stretched where that is asked", async () => {
  const half = {
    input: { create: { width: 1, height: 2, channels: 4 as const, background: "#102030" } },
    left: 0,
    top: 0,
  };
  const clear = { r: 0, g: 0, b: 0, alpha: 0 };
  const image = sharp({ create: { width: 2, height: 2, channels: 4, background: clear } }).composite([half]);
  await image.png().toFile(at("half.png"));
  await sharp({ create: { width: 4, height: 2, channels: 3, background: "#fff" } })
    .jpeg()
    .withMetadata({ orientation: 6 })
    .toFile(at("turned.jpg"));
  const [paper, black] = [
    await readPicture(at("half.png")),
    await readPicture(at("half.png"), { paper: "#000000" }),
  ];
  expect([...paper.data.subarray(0, 6)]).toEqual([16, 32, 48, 255, 255, 255]);
  expect([...black.data.subarray(0, 6)]).toEqual([16, 32, 48, 0, 0, 0]);
  expect(await readPicture(at("turned.jpg"))).toMatchObject({ width: 2, height: 4 });
  const size = { width: 5, height: 3 };
  expect(await readPicture(at("turned.jpg"), { resize: stretchTo(size) })).toMatchObject({
    ...size,
    data: { length: 45 },
  });
});

test("where nothing can be written is known before anything is drawn", async () => {
  await expect(assertWritable(at("picture.png"))).resolves.toBeUndefined();
  await writeFile(at("file"), "");
  for (const name of ["none/picture.png", "file/picture.png"])
    await expect(assertWritable(at(name))).rejects.toMatchObject({ code: "file_unwritable" });
});

test("progress is one line of a terminal, and silent elsewhere", () => {
  const written: string[] = [];
  const stream = (isTTY: boolean, columns: number) =>
    ({ isTTY, columns, write: (text: string) => written.push(text) }) as unknown as NodeJS.WriteStream;
  openProgressLine(stream(false, 80)).say("step");
  expect(written).toEqual([]);
  const line = openProgressLine(stream(true, 9));
  line.say("step 3 of 20");
  line.clear();
  expect(written).toEqual(["\r\x1b[Kstep 3 …", "\r\x1b[K"]);
  expect(describeStep(1, 20, null)).toBe("step 1 of 20");
  expect(describeStep(3, 20, 2400)).toBe("step 3 of 20, 2.4 s each, 41 s left");
});
