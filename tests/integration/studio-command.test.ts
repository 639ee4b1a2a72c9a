import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawnPicture } from "../support/qr-picture";

let folder: string;
const at = (name: string) => path.join(folder, name);

/** Runs the headless command as a script would; never throws for its exit status. */
function studio(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const command = ["--import", "tsx", "scripts/studio/main.ts", ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { maxBuffer: 1 << 24 }, (error, out, err) =>
      resolve({ status: error ? Number(error.code) : 0, out, err }),
    );
  });
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-command-"));
  const { data, width, height } = drawnPicture(640);
  await sharp(Buffer.from(data), { raw: { width, height, channels: 4 } })
    .jpeg()
    .toFile(at("photo.jpg"));
  await writeFile(at("notes.png"), "these are notes");
  await writeFile(at("drawing.svg"), '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>');
  await writeFile(at("cut.jpg"), (await readFile(at("photo.jpg"))).subarray(0, 9000));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("studio qr", () => {
  test("makes a code from a picture and reports it in one JSON object; verify reads it back", async () => {
    const text = "https://example.com/菜单";
    const made = await studio(
      "qr",
      "--text",
      text,
      "--picture",
      at("photo.jpg"),
      "--out",
      at("code.png"),
      "--json",
    );
    expect(made).toMatchObject({ status: 0, err: "" });
    const report = JSON.parse(made.out);
    expect(report).toMatchObject({ text, level: "balanced", look: "photo", size: 1024 });
    expect(report.jury.cells).toHaveLength(68);
    expect(report.fidelity.ssim).toBeGreaterThan(0.5);
    for (const key of ["version", "mask", "freeBits", "strength"])
      expect(report[key]).toEqual(expect.any(Number));
    const seen = await studio("verify", at("code.png"), "--text", text, "--json");
    expect(seen.status).toBe(0);
    const { levels, jury } = JSON.parse(seen.out);
    expect(levels).toMatchObject({ art: true, balanced: true });
    expect(jury.score).toBe(report.jury.score);
    expect((await studio("verify", at("code.png"), "--text", "something else")).status).toBe(1);
  });

  test("the same command writes the same bytes", async () => {
    const command = ["qr", "--text", "again", "--picture", at("photo.jpg"), "--level", "art"];
    await studio(...command, "--out", at("one.png"));
    await studio(...command, "--out", at("two.png"));
    expect((await readFile(at("one.png"))).equals(await readFile(at("two.png")))).toBe(true);
  });

  test("a plain code needs no picture, and a drawing has its size in millimetres", async () => {
    const { status } = await studio("qr", "--text", "plain", "--out", at("code.svg"), "--mm", "30");
    expect(status).toBe(0);
    expect(await readFile(at("code.svg"), "utf8")).toMatch(/^<svg [^>]*width="30mm" height="30mm"/);
  });

  const refusals: [code: string, args: () => string[]][] = [
    ["text_empty", () => ["--text", "", "--out", at("x.png")]],
    ["text_too_long", () => ["--text", "x".repeat(3000), "--out", at("x.png")]],
    ["text_too_long", () => ["--text", "字".repeat(9000), "--out", at("x.png")]],
    ["file_unreadable", () => ["--text", "a", "--picture", at("none.jpg"), "--out", at("x.png")]],
    ["picture_type_unsupported", () => ["--text", "a", "--picture", at("notes.png"), "--out", at("x.png")]],
    ["picture_svg", () => ["--text", "a", "--picture", at("drawing.svg"), "--out", at("x.png")]],
    ["picture_unreadable", () => ["--text", "a", "--picture", at("cut.jpg"), "--out", at("x.png")]],
    ["picture_required", () => ["--text", "a", "--look", "mosaic", "--out", at("x.png")]],
    ["format_needs_drawing", () => ["--text", "a", "--picture", at("photo.jpg"), "--out", at("x.svg")]],
    ["input_invalid", () => ["--text", "a", "--size", "99999", "--out", at("x.png")]],
    ["file_unwritable", () => ["--text", "a", "--out", at("no/such/folder/x.png")]],
  ];
  for (const [code, args] of refusals)
    test(`${code}: exit status 1, the code, words in both languages, and no file`, async () => {
      const before = await readdir(folder);
      const { status, out } = await studio("qr", ...args(), "--json");
      expect([status, JSON.parse(out).error.code]).toEqual([1, code]);
      expect((await studio("qr", ...args(), "--lang", "zh")).err).toMatch(
        new RegExp(`\\p{Script=Han}.*\\(${code}\\)`, "u"),
      );
      expect(await readdir(folder)).toEqual(before);
    });

  test("what is not understood is answered with the usage and exit status 2", async () => {
    for (const args of [[], ["dance"], ["qr"], ["qr", "--text", "a"], ["qr", "--colour", "a"], ["verify"]]) {
      const { status, err } = await studio(...args);
      expect(status).toBe(2);
      expect(err).toContain("Usage:");
    }
  });
});
