import { type ChildProcess, execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPictureParameters } from "@/lib/engine/parameters/picture-parameters";
import { writeSafetensors } from "@/lib/engine/safetensors/write-safetensors";
import { writeTinyControlNet, writeTinyDiffusion } from "../support/tiny-diffusion";
import { tinyValues } from "../support/tiny-weights";

let folder: string;
const at = (name: string) => path.join(folder, name);
const read = (name: string) => readFile(at(name));
const env = () => ({
  ...process.env,
  // As on a person's machine, where the log is on.
  LOG_LEVEL: "",
  ...{ DATA_DIR: at("data"), MODELS_DIR: at("models"), INFERENCE_DEVICE: "cpu", CPU_THREADS: "1" },
});

interface Ended {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the headless command as a script would; never throws for its exit status. */
function studio(args: string[], watch?: (child: ChildProcess) => void): Promise<Ended> {
  const command = ["--import", "tsx", "scripts/studio/main.ts", ...args];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, command, { maxBuffer: 1 << 24, env: env() }, (error, out, err) =>
      resolve({ status: error ? Number(error.code) : 0, out, err }),
    );
    watch?.(child);
  });
}

const generate = (...args: string[]) => studio(["generate", ...args]);
const SMALL = ["--size", "64x64", "--steps", "3"];
const tensorOf = (key: string, shape: number[]) =>
  [key, { dtype: "F32", shape, data: () => tinyValues(key, shape) }] as const;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-generate-"));
  await writeTinyDiffusion(at("models/checkpoints/tiny"));
  await writeTinyControlNet(at("models/controlnet/lines"), "a");
  await mkdir(at("models/loras"), { recursive: true });
  await mkdir(at("models/embeddings"), { recursive: true });
  const attention = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn1_to_q";
  const factors = [
    tensorOf(`${attention}.lora_down.weight`, [2, 16]),
    tensorOf(`${attention}.lora_up.weight`, [16, 2]),
  ];
  const strays = ["lora_down", "lora_up"].map((part) =>
    tensorOf(`lora_unet_elsewhere.${part}.weight`, [2, 2]),
  );
  await writeSafetensors(at("models/loras/half.safetensors"), new Map([...factors, ...strays]));
  const metadata = {
    ss_output_name: "Ink",
    ss_tag_frequency: JSON.stringify({ a: { inkstyle: 9, cat: 2 } }),
  };
  await writeSafetensors(at("models/loras/ink.safetensors"), new Map(factors), metadata);
  await writeSafetensors(
    at("models/embeddings/ugly.safetensors"),
    new Map([tensorOf("emb_params", [2, 32])]),
  );
  await sharp({ create: { width: 96, height: 64, channels: 3, background: "#336699" } })
    .composite([{ input: { create: { width: 40, height: 30, channels: 3, background: "#ffcc00" } } }])
    .jpeg()
    .toFile(at("photo.jpg"));
  for (const background of ["black", "white"])
    await sharp({ create: { width: 33, height: 99, channels: 3, background } })
      .png()
      .toFile(at(`${background}.png`));
  await writeFile(at("notes.png"), "these are notes");
  await writeFile(at("old.ckpt"), "\x80\x02}q\x00.");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("studio generate", () => {
  test("the same command writes the same bytes, and --from draws the picture again", async () => {
    const asked = [
      "--model",
      "tiny",
      "--prompt",
      "a (cat:1.2), ugly <lora:ink:0.7>",
      "--negative",
      "dark",
      ...SMALL,
    ];
    const more = [
      "--seed",
      "42",
      "--cfg",
      "5",
      "--clip-skip",
      "2",
      "--variation",
      "3:0.4",
      "--sampler",
      "euler-a",
    ];
    const all = [...asked, ...more, "--embedding", "ugly", "--convention", "diffusers"];
    const made = await generate(...all, "--out", at("one.png"), "--json");
    expect(made).toMatchObject({ status: 0, err: "" });
    expect(JSON.parse(made.out)).toMatchObject({
      pictures: [{ file: at("one.png"), seed: 42, variationSeed: 3 }],
      ...{ settings: { schedule: "normal" }, loras: [{ name: "ink" }], notes: [] },
    });
    await generate(...all, "--out", at("two.png"));
    expect(await read("two.png")).toEqual(await read("one.png"));
    expect(await generate("--from", at("one.png"), "--out", at("three.png"))).toMatchObject({
      status: 0,
      err: "",
    });
    expect(await read("three.png")).toEqual(await read("one.png"));
    await generate("--from", at("one.png"), "--seed", "43", "--out", at("four.png"));
    expect((await readPictureParameters(await read("four.png")))!).toMatchObject({
      seed: 43,
      cfgScale: 5,
      steps: 3,
    });
    expect(await read("four.png")).not.toEqual(await read("one.png"));
  });

  test("a second pass goes as far as the model does, is told, and drawn again by --from", async () => {
    const asked = ["--model", "tiny", "--prompt", "a cat", ...SMALL, "--seed", "4"];
    const hires = ["--hires", "3", "--hires-strength", "0.4", "--hires-steps", "2"];
    const made = await generate(...asked, ...hires, "--out", at("twice.png"), "--json");
    expect(JSON.parse(made.out).notes).toEqual([expect.stringContaining("×1.5, 96×96")]);
    const bytes = await read("twice.png");
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 96, height: 96 });
    expect(await readPictureParameters(bytes)).toMatchObject({
      ...{ width: 64, height: 64, denoisingStrength: 0.4 },
      others: expect.arrayContaining([
        ["Hires upscale", "1.5"],
        ["Hires steps", "2"],
        ["Hires upscaler", "Lanczos"],
      ]),
    });
    await generate("--from", at("twice.png"), "--out", at("again.png"));
    expect(await read("again.png")).toEqual(bytes);
    const small = await generate(
      ...asked,
      "--hires",
      "1.5",
      "--hires-strength",
      "0",
      "--out",
      at("plain.png"),
    );
    expect(small.out).toContain("96×96");
    expect(await read("plain.png")).not.toEqual(bytes);
  });

  test("a batch is so many files, each as it would be alone", async () => {
    const asked = ["--model", at("models/checkpoints/tiny"), "--prompt", "a cat", ...SMALL];
    await generate(...asked, "--seed", "5", "--batch", "2", "--out", at("cat.png"));
    await generate(...asked, "--seed", "6", "--out", at("alone.png"));
    const pixels = async (name: string) =>
      sharp(await read(name))
        .raw()
        .toBuffer();
    const [second, alone] = [await pixels("cat-2.png"), await pixels("alone.png")];
    const apart = Math.max(...second.map((value, i) => Math.abs(value - alone[i]!)));
    // A batch adds up in another order than a single picture does.
    expect(apart).toBeLessThanOrEqual(1);
    expect(await pixels("cat-1.png")).not.toEqual(second);
    expect(await readPictureParameters(await read("cat-2.png"))).toMatchObject({
      seed: 6,
      model: "tiny",
      rng: "CPU",
    });
  });

  test("begins with a picture of its own size and follows a control, of which --from tells what to give again", async () => {
    const asked = ["--model", "tiny", "--prompt", "a cat", "--steps", "4", "--seed", "1"];
    const init = ["--init", at("photo.jpg")];
    const control = ["--control", `canny:lines:0.8:0-1=${at("photo.jpg")}`];
    const made = await generate(
      ...asked,
      ...init,
      "--strength",
      "0.5",
      ...control,
      "--out",
      at("new.png"),
      "--json",
    );
    expect(made).toMatchObject({ status: 0 });
    expect(JSON.parse(made.out)).toMatchObject({
      ...{ settings: { width: 96, height: 64 }, controls: [{ annotator: "canny" }] },
    });
    const again = ["--from", at("new.png"), "--out", at("again.png")];
    const { out, err } = await generate(...again, "--json");
    expect(JSON.parse(out).notes).toEqual(err.trim().split("\n"));
    expect(err).toMatch(/photo.*--init\.\n.*Module: canny.*--control\.\n$/);
    expect(await read("again.png")).not.toEqual(await read("new.png"));
    expect(await generate(...again, ...init, ...control)).toMatchObject({ status: 0, err: "" });
    expect(await read("again.png")).toEqual(await read("new.png"));
  });

  test("a mask of any size keeps what is black of a whole picture, whatever the prompt says", async () => {
    const init = ["--init", at("photo.jpg"), "--inpaint-area", "whole"];
    const asked = ["--model", "tiny", "--steps", "4", "--seed", "1", ...init];
    const drawn = async (prompt: string, mask: string) => {
      await generate(...asked, "--mask", at(mask), "--prompt", prompt, "--out", at("masked.png"));
      return sharp(await read("masked.png"))
        .raw()
        .toBuffer();
    };
    expect(await drawn("a dog", "black.png")).toEqual(await drawn("a cat", "black.png"));
    expect(await drawn("a dog", "white.png")).not.toEqual(await drawn("a cat", "white.png"));
  });

  test("a LoRA of which not everything fits works, and is told of", async () => {
    const made = await generate(
      "--model",
      "tiny",
      "--prompt",
      "a cat",
      ...SMALL,
      "--lora",
      "half:0.5",
      "--out",
      at("half.png"),
    );
    expect(made).toMatchObject({
      status: 0,
      err: "half.safetensors: 2 of its weights fit nothing in this model.\n",
    });
    const { prompt, loraHashes } = (await readPictureParameters(await read("half.png")))!;
    expect(prompt).toBe("a cat <lora:half:0.5>");
    expect(loraHashes).toEqual([{ name: "half", hash: expect.stringMatching(/^[0-9a-f]{12}$/) }]);
  });

  test("a preview lies beside the picture while it is drawn, and not after", async () => {
    const vae = at("models/checkpoints/tiny/vae");
    const seen = new Set<string>();
    const watch = async (child: ChildProcess) => {
      while (child.exitCode === null) for (const name of await readdir(folder)) seen.add(name);
    };
    const asked = [
      "--model",
      "tiny",
      "--prompt",
      "a cat",
      "--size",
      "128x128",
      "--steps",
      "30",
      "--preview",
      vae,
    ];
    const { status } = await studio(["generate", ...asked, "--out", at("long.png")], watch);
    expect([status, seen.has("long.preview.png")]).toEqual([0, true]);
    expect(await readdir(folder)).not.toContain("long.preview.png");
  });

  test("a sheet is one picture with the sizes of its cells, and says what it shows", async () => {
    const asked = ["--model", "tiny", "--prompt", "a cat", ...SMALL, "--seed", "1"];
    const xy = ["--xy", "cfg=4,7,10;lora:ink=0,0.8"];
    const made = await generate(...asked, ...xy, "--out", at("sheet.png"), "--json");
    expect(JSON.parse(made.out)).toMatchObject({
      axes: [{ name: "cfg" }, { name: "lora:ink", values: ["0", "0.8"] }],
    });
    const { width, height } = await sharp(await read("sheet.png")).metadata();
    expect([width! > 3 * 64, height! > 2 * 64, height! < 4 * 64]).toEqual([true, true, true]);
    expect((await readPictureParameters(await read("sheet.png")))!.others).toEqual([
      ...[
        ["Script", "X/Y/Z plot"],
        ["X Type", "cfg"],
        ["X Values", "4,7,10"],
      ],
      ...[
        ["Y Type", "lora:ink"],
        ["Y Values", "0,0.8"],
      ],
    ]);
  });

  test("Ctrl-C ends it within a step, with exit status 130 and no file", async () => {
    const before = await readdir(folder);
    const asked = [
      "generate",
      "--model",
      "tiny",
      "--prompt",
      "a cat",
      "--size",
      "512x512",
      "--steps",
      "1000",
    ];
    const preview = ["--preview", at("models/checkpoints/tiny/vae")];
    // The first preview tells that it draws.
    const watch = async (child: ChildProcess) => {
      while (!(await readdir(folder)).includes("never.preview.png")) if (child.exitCode !== null) return;
      child.kill("SIGINT");
    };
    const { status, out } = await studio([...asked, ...preview, "--out", at("never.png"), "--json"], watch);
    expect([status, JSON.parse(out).error.code]).toEqual([130, "cancelled"]);
    expect(await readdir(folder)).toEqual(before);
  });

  const cat = (...more: string[]) => ["--model", "tiny", "--prompt", "a cat", "--out", at("x.png"), ...more];
  const refusals: [code: string, args: () => string[], says?: RegExp][] = [
    ["size_invalid", () => cat("--size", "500x512"), /504x512/],
    ["setting_invalid", () => cat("--sampler", "dance"), /euler-a, heun/],
    ["setting_invalid", () => cat("--init", at("photo.jpg"), "--strength", "1.5"), /0 … 1/],
    ["setting_invalid", () => cat("--control", `hed:lines=${at("photo.jpg")}`), /soft-edge/],
    ["annotator_missing", () => cat("--control", `pose:lines=${at("photo.jpg")}`), /ViTPose base simple/],
    ["setting_invalid", () => cat("--xy", "dance=1,2"), /clip-skip/],
    ["setting_invalid", () => cat("--hires", "9"), /1.5 … 4/],
    ["setting_invalid", () => cat("--hires-steps", "9"), /--hires/],
    ["weights_missing", () => cat("--hires", "2", "--hires-upscaler", "sharp")],
    ["setting_invalid", () => cat("--from", at("photo.jpg")), /photo\.jpg/],
    ["prompt_invalid", () => cat("--prompt", "<lora:ink:much>"), /much/],
    ["weights_missing", () => cat("--model", "tinny"), /tiny/],
    ["weights_missing", () => cat("--lora", "inc"), /ink/],
    ["weights_pickle", () => cat("--model", at("old.ckpt")), /safetensors/],
    ["weights_unknown", () => cat("--model", at("models/loras/ink.safetensors"))],
    ["picture_type_unsupported", () => cat("--init", at("notes.png"))],
    ["file_unreadable", () => cat("--init", at("none.png")), /none\.png/],
    ["file_unwritable", () => [...cat(), "--out", at("no/such/folder/x.png")]],
  ];
  for (const [code, args, says = /./] of refusals)
    test(`${code}: exit status 1, the code, the facts in words of the language asked for, and no file`, async () => {
      const before = await readdir(folder);
      const { status, out } = await generate(...args(), "--json", "--lang", "zh");
      const { error } = JSON.parse(out);
      expect([status, error.code]).toEqual([1, code]);
      expect(error.message).toMatch(/\p{Script=Han}/u);
      expect(error.message).toMatch(says);
      expect(await readdir(folder)).toEqual(before);
    });

  test("what is not understood is answered with the usage and exit status 2", async () => {
    for (const args of [
      ["--prompt", "a"],
      cat("--dance"),
      cat("--mask", "m.png"),
      cat("--init", "i.png", "--mask", "m.png", "--hires", "2"),
      cat("--control", "canny"),
    ]) {
      const { status, err } = await generate(...args);
      expect([status, err.includes("Usage:")]).toEqual([2, true]);
    }
    expect((await generate("--model", "tiny", "--prompt", "a", "--out", at("x.jpg"))).status).toBe(2);
  });
});

describe("studio inspect", () => {
  test("says what a file is", async () => {
    const { status, out } = await studio(["inspect", at("models/loras/ink.safetensors")]);
    expect(status).toBe(0);
    for (const line of [
      /^what +lora, .*kohya/m,
      /^title +Ink$/m,
      /^rank +2$/m,
      /^targets +unet$/m,
      /inkstyle, cat$/m,
    ])
      expect(out).toMatch(line);
    const unet = at("models/checkpoints/tiny/unet/diffusion_pytorch_model.safetensors");
    const { out: json } = await studio(["inspect", unet, "--json"]);
    expect(JSON.parse(json)).toMatchObject({
      kind: "unet",
      family: "sd1",
      dtypes: [["F32", expect.any(Number)]],
    });
    expect((await studio(["inspect", at("models/checkpoints/tiny")])).out).toMatch(/^text_encoder /m);
  });

  test("what it cannot open is said with its code", async () => {
    await copyFile(at("photo.jpg"), at("photo.safetensors"));
    for (const [file, code] of [
      ["none.safetensors", "weights_missing"],
      ["old.ckpt", "weights_pickle"],
      ["photo.safetensors", "weights_damaged"],
    ] as const) {
      const { status, out } = await studio(["inspect", at(file), "--json"]);
      expect([status, JSON.parse(out).error.code]).toEqual([1, code]);
    }
    expect((await studio(["inspect"])).status).toBe(2);
  });
});
