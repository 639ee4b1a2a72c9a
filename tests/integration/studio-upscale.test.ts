import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPngText, writePngText } from "@/lib/engine/parameters/png-text";
import { writeTinyAnnotator } from "../support/tiny-annotators";
import { writeTinyControlNet, writeTinyDiffusion } from "../support/tiny-diffusion";
import { writeTinyCheckpoint } from "../support/tiny-weights";

let folder: string;
const at = (name: string) => path.join(folder, name);

interface Ended {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the headless command as a script would; never throws for its exit status. */
function studio(args: string[], models = at("models")): Promise<Ended> {
  const env = {
    ...process.env,
    ...{ DATA_DIR: at("data"), MODELS_DIR: models, INFERENCE_DEVICE: "cpu", CPU_THREADS: "1" },
  };
  const command = ["--import", "tsx", "scripts/studio/main.ts", ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { maxBuffer: 1 << 24, env }, (error, out, err) =>
      resolve({ status: error ? Number(error.code) : 0, out, err }),
    );
  });
}

const TEXT = "a cat, 猫\nNegative prompt: dark\nSteps: 20, something: else";

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-upscale-"));
  const [{ shapes }] = JSON.parse(await readFile("tests/golden/models/srvgg.json", "utf8")).cases;
  await mkdir(at("models/upscalers"), { recursive: true });
  await writeTinyCheckpoint(at("models/upscalers/Sharp x4.safetensors"), shapes);
  await writeTinyDiffusion(at("models/checkpoints/tiny"));
  await writeTinyControlNet(at("models/controlnet/deep"), "a");
  await cp(at("models"), at("bare"), { recursive: true });
  await writeTinyAnnotator(at("models/annotators/anything"), "depth");
  await writeTinyAnnotator(at("poses"), "pose");
  const plain = await sharp({ create: { width: 30, height: 20, channels: 3, background: "#336699" } })
    .png()
    .toBuffer();
  await writeFile(at("small.png"), writePngText(plain, "parameters", TEXT));
  await writeFile(at("plain.jpg"), await sharp(plain).jpeg().toBuffer());
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const upscale = (source: string, ...more: string[]) =>
  studio(["upscale", at(source), "--out", at("large.png"), ...more]);

describe("studio upscale", () => {
  test("writes the picture enlarged, with what it says of itself to the letter", async () => {
    const made = await upscale("small.png", "--model", "sharp x4", "--times", "4", "--json");
    expect(made).toMatchObject({ status: 0, err: "" });
    expect(JSON.parse(made.out)).toMatchObject({
      ...{ picture: at("large.png"), width: 120, height: 80, scale: 4, model: "Sharp x4" },
      timesMs: { total: expect.any(Number) },
    });
    const bytes = await readFile(at("large.png"));
    expect(await sharp(bytes).metadata()).toMatchObject({ format: "png", width: 120, height: 80 });
    expect(await readPngText(bytes, "parameters")).toBe(TEXT);
    expect((await readdir(folder)).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("twice as large where nobody says how large, by the model that is installed", async () => {
    const made = await upscale("small.png", "--json");
    expect(made).toMatchObject({ status: 0, err: "" });
    expect(JSON.parse(made.out)).toMatchObject({ width: 60, height: 40, scale: 2, model: "Sharp x4" });
  });

  test("says so to people, and nothing into a picture that said nothing", async () => {
    const { status, out } = await upscale(
      "plain.jpg",
      "--model",
      at("models/upscalers/Sharp x4.safetensors"),
      ...["--times", "4"],
    );
    expect([status, out]).toEqual([0, expect.stringMatching(/large\.png: 120×80, ×4, \d+\.\d s\n$/)]);
    expect(await readPngText(await readFile(at("large.png")), "parameters")).toBeNull();
  });

  const refusals: [code: string, args: string[], says: RegExp][] = [
    ["weights_missing", ["--model", "sharp x5"], /Sharp x4/],
    ["weights_unknown", ["--model", "models/poses"], /pose/],
    ["setting_invalid", ["--times", "3"], /2, 4/],
    ["file_unwritable", ["--model", "sharp x4", "--out", "/nowhere/at/all.png"], /nowhere/],
  ];
  test.each(refusals)(
    "%s: exit status 1, the code, the facts in the language asked for",
    async (code, args, says) => {
      const own = args.map((arg) => (arg === "models/poses" ? at("poses/model.safetensors") : arg));
      const { status, out } = await upscale("small.png", ...own, "--json", "--lang", "zh");
      expect([status, JSON.parse(out).error.code]).toEqual([1, code]);
      expect(JSON.parse(out).error.message).toMatch(/[\u4e00-\u9fff]/);
      expect(JSON.parse(out).error.message).toMatch(says);
    },
  );

  test("that was not understood ends with status 2", async () => {
    expect((await studio(["upscale", at("small.png")])).status).toBe(2);
    expect((await studio(["upscale", "--model", "x", "--out", at("large.png")])).status).toBe(2);
    expect((await upscale("small.png", "--model", "x", "--out", at("large.jpg"))).status).toBe(2);
  });
});

describe("studio generate --control", () => {
  const generate = (control: string, more: string[], models?: string) =>
    studio(
      [
        ...[
          "generate",
          "--model",
          "tiny",
          "--prompt",
          "a cat",
          "--size",
          "64x64",
          "--steps",
          "2",
          "--seed",
          "3",
        ],
        ...["--control", `${control}:deep=${at("plain.jpg")}`, "--out", at("drawn.png"), "--json", ...more],
      ],
      models,
    );

  test("depth is told by the network installed, pose by the one named", async () => {
    const drawn: Buffer[] = [];
    for (const [control, more] of [
      ["none", []],
      ["depth", []],
      ["pose", ["--annotator-model", at("poses")]],
    ] as const) {
      const made = await generate(control, [...more]);
      expect(made).toMatchObject({ status: 0, err: "" });
      expect(JSON.parse(made.out).controls).toEqual([
        expect.objectContaining({ annotator: control, weight: 1, model: { name: "deep", hash: null } }),
      ]);
      drawn.push(
        await sharp(await readFile(at("drawn.png")))
          .raw()
          .toBuffer(),
      );
    }
    expect(drawn[1]).not.toEqual(drawn[0]);
    expect(drawn[2]).not.toEqual(drawn[1]);
  });

  test("without one it says what to install", async () => {
    const { status, out } = await generate("depth", ["--lang", "zh"], at("bare"));
    expect([status, JSON.parse(out).error.code]).toEqual([1, "annotator_missing"]);
    expect(JSON.parse(out).error.message).toMatch(/请将 Depth Anything V2 Small/);
  });
});

test("studio inspect names a depth network and a pose network", async () => {
  for (const [name, what] of [
    ["models/annotators/anything", /depth, transformers names.*Depth Anything/s],
    ["poses/model.safetensors", /pose, transformers names.*ViTPose/s],
  ] as const) {
    const { status, out } = await studio(["inspect", at(name)]);
    expect(status).toBe(0);
    expect(out).toMatch(what);
  }
});
