import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder: string;
const at = (name: string) => path.join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-portrait-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the headless command as a script would; never throws for its exit status. */
function studio(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const env = { ...process.env, DATA_DIR: at("data"), MODELS_DIR: at("models"), INFERENCE_DEVICE: "cpu" };
  const command = ["--import", "tsx", "scripts/studio/main.ts", ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { maxBuffer: 1 << 24, env }, (error, out, err) =>
      resolve({ status: error ? Number(error.code) : 0, out, err }),
    );
  });
}

test("a portrait is drawn without a database, the same one for the same seed", async () => {
  const draw = (out: string) =>
    studio(
      ...["portrait", "--photo", "public/samples/portrait.webp", "--style", "ink", "--out", at(out)],
      ...["--background", "#ffcc00", "--seed", "3", "--json"],
    );
  const [made, again] = [await draw("one.png"), await draw("two.png")];
  expect(made).toMatchObject({ status: 0, err: "" });
  expect(JSON.parse(made.out)).toMatchObject({ style: "ink", seed: 3, isFaceFound: true });
  expect(again.status).toBe(0);
  const pixels = (name: string) => sharp(at(name)).raw().toBuffer();
  expect(await pixels("one.png")).toEqual(await pixels("two.png"));
  expect(await readdir(folder)).toEqual(expect.not.arrayContaining(["data"]));
});

test("a product picture is written in every size asked for", async () => {
  const { status, out } = await studio(
    ...["product", "--photo", "public/samples/ramen.webp", "--prompt", "the sea", "--out", at("bowl.png")],
    ...["--sizes", "square,story,square", "--json"],
  );
  expect(status).toBe(0);
  const { pictures } = JSON.parse(out);
  expect(pictures).toHaveLength(2);
  expect(pictures).toMatchObject([
    { file: at("bowl-square.png"), width: 1200, height: 1200 },
    { file: at("bowl-story.png"), width: 1080, height: 1920 },
  ]);
  expect(await sharp(at("bowl-story.png")).metadata()).toMatchObject({ width: 1080, height: 1920 });
});

test("what cannot be done is told, in the language asked for", async () => {
  const photo = ["--photo", "public/samples/portrait.webp"];
  const out = ["--out", at("never.png"), "--json", "--lang", "zh"];
  const codeOf = async (...args: string[]) => JSON.parse((await studio(...args, ...out)).out).error;
  expect(await codeOf("portrait", ...photo, "--style", "oil")).toMatchObject({ code: "setting_invalid" });
  expect(await codeOf("portrait", "--photo", "package.json")).toMatchObject({
    ...{ code: "picture_type_unsupported", message: expect.stringMatching(/图片/) },
  });
  expect(await codeOf("portrait", ...photo, "--strength", "2")).toMatchObject({ code: "input_invalid" });
  for (const seed of ["-1", "1.5"]) {
    const asked = { code: "input_invalid", details: { field: "seed" } };
    expect(await codeOf("portrait", ...photo, `--seed=${seed}`)).toMatchObject(asked);
    expect(await codeOf("product", ...photo, "--prompt", "x", `--seed=${seed}`)).toMatchObject(asked);
  }
  expect(await codeOf("product", ...photo)).toMatchObject({ code: "usage" });
  expect(await codeOf("product", ...photo, "--prompt", "x", "--sizes", "huge")).toMatchObject({
    code: "input_invalid",
  });
});
