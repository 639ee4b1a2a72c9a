import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { drawingOptions } from "@/lib/drawing/drawing.input";
import { type DrawingModels, listDrawingModels } from "@/lib/drawing/list-drawing-models";
import { openEasel } from "@/lib/drawing/open-easel";
import { usualSettings } from "@/lib/drawing/usual-settings";
import { cellsOf, parseAxes } from "@/lib/drawing/x-y-axes";
import { picture } from "@/lib/engine/picture";
import { samplers } from "@/lib/engine/schedulers/registry";
import { forgetEnv } from "@/lib/env";
import { infer } from "@/lib/inference/client";
import { catalogue } from "@/lib/models/catalogue";
import { recordPath } from "@/lib/models/model-record";
import { recommendForLora, recommendSettings } from "@/lib/models/recommend-settings";
import { readOrder } from "@/scripts/studio/generate-options";
import { writeTinyControlNet, writeTinyDiffusion } from "../support/tiny-diffusion";

vi.mock("@/lib/inference/client", () => ({ infer: vi.fn() }));

let models: string;
const at = (name: string) => path.join(models, name);
const TURBO = { steps: 4, sampler: "euler", schedule: "sgm-uniform", guidance: 1 };
const LCM = { steps: 4, sampler: "lcm", schedule: "normal", guidance: 1.5 };
const DREAM = { steps: 25, sampler: "dpmpp-2m", schedule: "karras", guidance: 7 };
const DREAM_SHA = "879db523c30d3b9017143d56705015e15a2cb5628762c11d086fed9538abd7fd";

beforeAll(async () => {
  models = await mkdtemp(path.join(tmpdir(), "mosaiq-recommend-"));
  vi.stubEnv("MODELS_DIR", models);
  forgetEnv();
  for (const name of ["turbo", "renamed", "DreamShaper_8_pruned", "sd15", "anything"])
    await writeTinyDiffusion(at(`checkpoints/${name}`));
  await record("checkpoints/turbo", "sd-turbo");
  await record("checkpoints/renamed", null, DREAM_SHA);
  await mkdir(at("loras"));
  for (const name of ["quick", "My_LCM_weights", "ink"]) await writeFile(at(`loras/${name}.safetensors`), "");
  await record("loras/quick.safetensors", "lcm-lora-sd15");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  forgetEnv();
  await rm(models, { recursive: true });
});

async function record(model: string, catalogueId: string | null, sha256 = "0".repeat(64)): Promise<void> {
  const known = { catalogueId, source: "file", licence: null, what: "checkpoint", family: "sd1" };
  const files = [{ path: "weights", sizeBytes: 1, sha256 }];
  const more = { layout: "folder", triggerWords: [], files, installedAt: new Date(0).toISOString() };
  await writeFile(recordPath(at(model)), JSON.stringify({ ...known, ...more }));
}

const checkpoint = (name: string) => ({ name, path: at(`checkpoints/${name}`) });
const lora = (name: string) => ({ name, path: at(`loras/${name}.safetensors`) });

describe("what the catalogue recommends", () => {
  test("can be drawn with", () => {
    const recommended = catalogue().models.flatMap(({ recommended: each }) => each ?? []);
    for (const { sampler, schedule } of recommended) expect(samplers[sampler!].schedules).toContain(schedule);
    const silent = catalogue().models.filter(({ kind, recommended: each }) => kind === "checkpoint" && !each);
    expect(silent).toEqual([]);
  });

  test.each([
    ["by the record of its download", "turbo", TURBO, "epsilon"],
    ["by its bytes", "renamed", DREAM, null],
    ["by its file's name", "DreamShaper_8_pruned", DREAM, null],
    ["by its name here", "sd15", DREAM, null],
    ["of what it does not know, nothing", "anything", {}, null],
  ])("is found %s", async (_, name, settings, prediction) => {
    expect(await recommendSettings(checkpoint(name))).toMatchObject({ settings, prediction });
  });

  test("gives way to what lies within the model itself", async () => {
    const own = at("checkpoints/turbo/studio.json");
    await writeFile(own, JSON.stringify({ steps: 2 }));
    expect((await recommendSettings(checkpoint("turbo"))).settings).toEqual({ ...TURBO, steps: 2 });
    await rm(own);
  });

  test("of LoRAs is found by the record, and by the name that all LCM-LoRAs have", async () => {
    expect(await recommendForLora(lora("quick"))).toEqual(LCM);
    expect(await recommendForLora(lora("My_LCM_weights"))).toEqual(LCM);
    expect(await recommendForLora(lora("ink"))).toBeNull();
  });
});

describe("a drawing", () => {
  beforeEach(() => {
    vi.mocked(infer).mockReset();
    vi.mocked(infer).mockResolvedValue({ pictures: [{ picture: picture(8, 8) }] } as never);
  });
  /** What the host was asked for. */
  const drawn = async (options: object, prompt = "a cat") => {
    const easel = await openEasel(drawingOptions.parse(options));
    const wish = { prompt, seed: 1, width: 64, height: 64 };
    await easel.draw(wish, { signal: new AbortController().signal });
    return vi.mocked(infer).mock.calls[0]![1];
  };

  test("is made as its model's makers say, with what the UNet predicts", async () => {
    expect(await drawn({ model: "turbo" })).toMatchObject({ ...TURBO, prediction: "epsilon" });
    expect(await openEasel(drawingOptions.parse({ model: "anything" }))).toBeTruthy();
  });

  test("takes few steps where an LCM-LoRA is among its LoRAs or in its words, unless that counts for nothing", async () => {
    expect(await drawn({ model: "sd15", loras: [{ name: "quick" }] })).toMatchObject(LCM);
    vi.mocked(infer).mockClear();
    expect(await drawn({ model: "sd15" }, "a cat <lora:My_LCM_weights:0.8>")).toMatchObject(LCM);
    vi.mocked(infer).mockClear();
    expect(await drawn({ model: "sd15", loras: [{ name: "quick", weight: 0 }] })).toMatchObject(DREAM);
  });

  test("is made as people say, before all others; another sampler brings its own schedule", async () => {
    const said = { model: "sd15", loras: [{ name: "quick" }], steps: 6, guidance: 1, sampler: "euler-a" };
    const asked = { steps: 6, guidance: 1, sampler: "euler-a", schedule: "normal" };
    expect(await drawn(said)).toMatchObject(asked);
  });
});

test("a model whose recommendation is damaged does not keep the others from being listed", async () => {
  const damaged = at("checkpoints/anything/studio.json");
  await writeFile(damaged, "not JSON");
  const { checkpoints } = await listDrawingModels(null);
  expect(checkpoints.find(({ id }) => id === "anything")).toMatchObject({ settings: {}, canDrawCodes: true });
  expect(checkpoints.find(({ id }) => id === "turbo")).toMatchObject({ settings: TURBO });
  await rm(damaged);
});

describe("at a terminal", () => {
  const order = (...args: string[]) => readOrder(["--prompt", "a cat", "--out", at("out.png"), ...args]);

  test("models and LoRAs are drawn with as recommended", async () => {
    expect(await order("--model", "turbo")).toMatchObject({ settings: TURBO, prediction: "epsilon" });
    expect((await order("--model", "sd15", "--lora", "quick:0.8")).settings).toMatchObject(LCM);
    const named = await order("--model", "sd15", "--prompt", "a cat <lora:quick:1>", "--cfg", "1");
    expect(named.settings).toMatchObject({ ...LCM, guidance: 1 });
    expect((await order()).model).toBe("seedling");
  });

  test("a schedule that another sampler lacks does not go with it", async () => {
    const { settings } = await order("--model", "sd15", "--sampler", "lcm");
    expect(settings).toMatchObject({ sampler: "lcm", schedule: "automatic" });
    const axes = parseAxes("sampler=LCM,Euler");
    const { settings: base } = await order("--model", "sd15");
    expect(cellsOf(axes, base).map((cell) => [cell.settings.sampler, cell.settings.schedule])).toEqual([
      ["lcm", "automatic"],
      ["euler", "karras"],
    ]);
  });
});

test("forms are told what models are drawn with, and which can draw codes", async () => {
  const told = await listDrawingModels(null);
  const of = (name: string) => told.checkpoints.find(({ id }) => id === name);
  expect(told.usual).toBe("seedling");
  expect(of("turbo")).toMatchObject({ settings: TURBO, canDrawCodes: false });
  expect(of("seedling")).toMatchObject({ settings: { steps: 4, sampler: "lcm" }, canDrawCodes: true });
  // Named without its folder, as pictures' texts name theirs.
  const lora = { id: "quick/q", title: "q", family: null, triggerWords: [], settings: LCM, weight: 1 };
  const quick = { ...told, loras: [lora] };
  const asked = (options: object) => usualSettings(quick as DrawingModels, drawingOptions.parse(options));
  expect(asked({ model: "turbo" })).toEqual({ steps: 4, sampler: "euler", guidance: 1 });
  expect(asked({ model: "sd15", loras: [{ name: "q" }] })).toEqual({
    steps: 4,
    sampler: "lcm",
    guidance: 1.5,
  });
  expect(asked({ model: "anything" })).toEqual({ steps: 20, sampler: "dpmpp-2m", guidance: 7 });
  await writeTinyControlNet(at("controlnet/qrcode_monster"), "a");
  const later = await listDrawingModels(null);
  expect(later.checkpoints.find(({ id }) => id === "sd15")?.canDrawCodes).toBe(true);
});
