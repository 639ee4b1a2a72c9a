import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readCode, saying } from "../e2e/read-code";
import { writeTinyDiffusion } from "../support/tiny-diffusion";

let folder: string;
const at = (name: string) => path.join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-qr-art-"));
  // Somebody's model, which nobody asked for, and a net for codes that is none of its family.
  await writeTinyDiffusion(at("models/checkpoints/another"));
  await mkdir(at("models/controlnet"));
  await writeFile(at("models/controlnet/qrcode_monster.safetensors"), "weights");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the headless command as a script would; never throws for its exit status. */
function qrArt(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const env = { ...process.env, DATA_DIR: at("data"), MODELS_DIR: at("models"), INFERENCE_DEVICE: "cpu" };
  const command = ["--import", "tsx", "scripts/studio/main.ts", "qr-art", ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { maxBuffer: 1 << 24, env }, (error, out, err) =>
      resolve({ status: error ? Number(error.code) : 0, out, err }),
    );
  });
}

const TEXT = "https://mosaiq.studio/画";

test("codes are drawn without a database by the model that ships, from words in any script", async () => {
  const asked = ["--text", TEXT, "--prompt", "夜の海 بحر море 🌊", "--candidates", "2", "--seed", "3"];
  const { status, out, err } = await qrArt(...asked, "--out", at("sea.png"), "--json");
  expect({ status, err }).toEqual({ status: 0, err: "" });
  const { model, refused, candidates } = JSON.parse(out);
  expect(model).toBe("seedling");
  expect(candidates.length + refused).toBe(2);
  for (const { file, before, score } of candidates) {
    expect(await readCode(await readFile(file))).toEqual(saying(TEXT));
    expect(before).toMatchObject({ of: 4, jury: { of: 68 } });
    expect(before.jury.score).toBeLessThanOrEqual(score);
  }
  expect(candidates[0].file).toBe(at("sea.png"));
  expect(await readdir(folder)).toEqual(expect.not.arrayContaining(["data"]));
});

test("what cannot be done is told before anything is drawn, in the language asked for", async () => {
  const codeOf = async (...args: string[]) => {
    const { status, out } = await qrArt(...args, "--out", at("never.png"), "--json", "--lang", "zh");
    return { status, ...JSON.parse(out).error };
  };
  const asked = ["--text", TEXT, "--prompt", "the sea"];
  expect(await codeOf(...asked, "--model", "another")).toMatchObject({
    ...{ status: 1, code: "weights_missing", message: expect.stringMatching(/ControlNet/) },
  });
  expect(await codeOf(...asked, "--candidates", "9")).toMatchObject({ code: "input_invalid" });
  expect(await codeOf("--text", TEXT, "--prompt", "  ")).toMatchObject({ code: "input_invalid" });
  expect(existsSync(at("never.png"))).toBe(false);
});
