import { cp, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { listDrawingModels } from "@/lib/drawing/list-drawing-models";
import { restoreDrawing } from "@/lib/drawing/restore-drawing";
import { readPictureParameters, writePictureParameters } from "@/lib/engine/parameters/picture-parameters";
import { errorMessage } from "@/lib/errors";
import { addPicture } from "@/lib/pictures/add-picture";
import { readOriginal } from "@/lib/pictures/read-picture-file";
import { golden } from "../support/layouts-golden";
import { ownModels } from "../support/own-models";
import { onBothWithFiles, someGuest } from "../support/pictures";
import { galleryOf, madeBy, runScenario } from "../support/scenarios";
import { readPipelineGolden, writeTinyControlNet, writeTinyDiffusion } from "../support/tiny-diffusion";
import { writeTinyCheckpoint } from "../support/tiny-weights";

ownModels(async (models) => {
  const at = (...names: string[]) => path.join(models, ...names);
  const { vae } = (await readPipelineGolden()).parts;
  const [{ shapes: upscaler }] = JSON.parse(await readFile("tests/golden/models/srvgg.json", "utf8")).cases;
  await writeTinyDiffusion(at("checkpoints", "tiny"));
  await writeTinyControlNet(at("controlnet", "lineart"), "a");
  // By its name it would be the first to follow lines with.
  await cp("models/seedling/controlnet/seedling-line", at("controlnet", "canny"), { recursive: true });
  const folders = ["vae", "embeddings", "upscalers"].map((name) => at(name));
  await Promise.all(folders.map((folder) => mkdir(folder, { recursive: true })));
  await writeTinyCheckpoint(at("vae", "other.safetensors"), vae!.shapes, "F32", "other:");
  await writeTinyCheckpoint(at("vae", "small.safetensors"), golden.taesd.shapes);
  await writeTinyCheckpoint(at("embeddings", "ugly.safetensors"), { emb_params: [2, 32] });
  // Of another kind of model: a word like any other here.
  await writeTinyCheckpoint(at("embeddings", "cat.safetensors"), { emb_params: [2, 768] });
  await writeTinyCheckpoint(at("upscalers", "sharp.safetensors"), upscaler);
});

const prompt = "a cat on a beach";
const ONE = { prompt, model: "tiny", count: 1, seed: 7, steps: 3, guidance: 4 };

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#3a7bd5" } })
    .composite([{ input: { create: { width: 20, height: 20, channels: 3, background: "#fc0" } } }])
    .png()
    .toBuffer();

/** Draws one. @returns its pixels, and what its file says. */
async function draw(ownerId: string, more: object) {
  const job = await runScenario(ownerId, "text-to-image", { ...ONE, ...more });
  expect(job).toMatchObject({ state: "done", errorCode: null });
  const { id } = (await madeBy(job))[0]!;
  const file = Buffer.from(await (await readOriginal(ownerId, id)).read());
  const pixels = (await sharp(file).raw().toBuffer()).toString("base64");
  return { id, pixels, text: (await readPictureParameters(file))! };
}

onBothWithFiles("free play with one's own models", () => {
  test("lists what can be chosen, each with the models that it goes with", async () => {
    const models = await listDrawingModels(null);
    expect(models).toMatchObject({ usual: "seedling", vaes: [{ id: "other" }, { id: "small" }] });
    expect(models.controlnets).toContainEqual({ id: "lineart", family: "sd1", title: "lineart" });
    expect(models.controlnets).toContainEqual(
      expect.objectContaining({ id: "seedling-line", family: "seedling" }),
    );
    expect(models.embeddings.map(({ id }) => id)).toEqual(["cat", "ugly"]);
    expect(models.upscalers.map(({ id }) => id)).toEqual(["seedling-x4", "sharp"]);
  });

  test("schedule, autoencoder and prediction change the drawing, and its file names them", async () => {
    const { id } = await someGuest();
    const first = await draw(id, {});
    const others = [
      await draw(id, { schedule: "exponential" }),
      await draw(id, { vae: "other" }),
      await draw(id, { vae: "small" }),
      await draw(id, { prediction: "v_prediction" }),
    ];
    expect(new Set([first, ...others].map(({ pixels }) => pixels)).size).toBe(5);
    expect(others[0]!.text.scheduleType).toBe("Exponential");
    expect(others[2]!.text.others).toContainEqual(["VAE", "small"]);
    expect(
      await runScenario(id, "text-to-image", { ...ONE, sampler: "lcm", schedule: "karras" }),
    ).toMatchObject({ state: "failed", errorCode: "setting_invalid", errorDetails: { setting: "schedule" } });
  });

  test("an embedding is what its word means, in prompts of the models that it goes with", async () => {
    const { id } = await someGuest();
    const drawn = await draw(id, { negativePrompt: "ugly, dark" });
    expect(drawn.text.others).toContainEqual(["TI hashes", expect.stringMatching(/^ugly: [0-9a-f]{12}$/)]);
    const word = await draw(id, { negativePrompt: "uglier, dark" });
    expect(word.text.others.map(([key]) => key)).not.toContain("TI hashes");
    expect(word.pixels).not.toBe(drawn.pixels);
  });

  test("controls follow the owner's pictures, each by its weight and time", async () => {
    const [{ id }, other] = [await someGuest(), await someGuest()];
    const { picture } = await addPicture(id, { bytes: await plain(64, 64), name: "shapes.png" });
    const lines = { model: "lineart", picture: picture.id, annotator: "canny" as const };
    const [free, half, twice] = [
      await draw(id, {}),
      await draw(id, { controls: [{ ...lines, weight: 0.5, to: 0.7 }] }),
      await draw(id, { controls: [lines, { ...lines, annotator: "none" }] }),
    ];
    expect(new Set([free, half, twice].map(({ pixels }) => pixels)).size).toBe(3);
    expect(half.text.others).toContainEqual([
      "ControlNet 0",
      expect.stringMatching(/^Module: canny, Model: lineart, Weight: 0.5, .*Guidance End: 0.7/),
    ]);
    const asked = { ...ONE, controls: [lines] };
    expect(await runScenario(other.id, "text-to-image", asked)).toMatchObject({ errorCode: "not_found" });
    expect(await galleryOf(other.id)).toEqual([]);
  });

  test("a ControlNet of another kind of model is told by its name; none of them follows lines", async () => {
    const { id } = await someGuest();
    const { picture } = await addPicture(id, { bytes: await plain(64, 64), name: "shapes.png" });
    const misfit = { ...ONE, controls: [{ model: "seedling-line", picture: picture.id }] };
    const failed = await runScenario(id, "text-to-image", misfit);
    expect(failed).toMatchObject({ state: "failed", errorCode: "controlnet_fits_nothing" });
    const details = failed.errorDetails as Record<string, string>;
    expect(details).toMatchObject({ file: "seedling-line", layer: "cross_attention_dim", expected: "32" });
    for (const locale of ["en", "zh"] as const)
      expect(errorMessage("controlnet_fits_nothing", details, locale)).toContain("seedling-line");
    const followed = await draw(id, { lines: { picture: picture.id } });
    expect(followed.text.others).toContainEqual([
      "ControlNet 0",
      expect.stringMatching(/^Module: line-art, Model: lineart/),
    ]);
  });

  test("a second pass is enlarged by what was chosen; whatever was drawn is asked for again by its file", async () => {
    const { id } = await someGuest();
    const { picture } = await addPicture(id, { bytes: await plain(64, 64), name: "shapes.png" });
    const hires = { times: 1.5, strength: 0.5, steps: 2, upscaler: "sharp" };
    const control = { model: "lineart", annotator: "canny" as const, weight: 0.5, from: 0, to: 0.8 };
    const asked = {
      ...{ size: { width: 64, height: 72 }, vae: "small", schedule: "exponential", hires, clipSkip: 2 },
      prediction: "v_prediction",
      ...{ variation: 0.3, variationSeed: 11, controls: [{ ...control, picture: picture.id }] },
    };
    const drawn = await draw(id, asked);
    const restored = (await restoreDrawing(id, drawn.id))!;
    expect(restored).toMatchObject({
      ...{ prompt, hires, size: asked.size, variation: 0.3, variationSeed: 11, missing: [] },
      options: {
        model: "tiny",
        vae: "small",
        schedule: "exponential",
        prediction: "v_prediction",
        seed: 7,
        clipSkip: 2,
      },
      controls: [control],
    });
    const { options, controls, missing: _, ...rest } = restored;
    const again = await draw(id, {
      ...{ ...options, ...rest },
      controls: controls.map((one) => ({ ...one, picture: picture.id })),
    });
    expect(again.pixels).toBe(drawn.pixels);
  });

  test("what is not installed is named, and the rest is asked for with the usual model", async () => {
    const { id } = await someGuest();
    const bytes = writePictureParameters(await plain(64, 64), {
      ...{ prompt: "a cat <lora:lost:0.7>", negativePrompt: "dark", steps: 20, sampler: "DPM++ 3M SDE" },
      ...{ cfgScale: 5, seed: 9, width: 640, height: 448, model: "photon", denoisingStrength: 0.4 },
      others: [
        ["VAE", "fine.safetensors"],
        ["TI hashes", "easynegative: 0123456789ab"],
        ["Hires upscale", "2"],
        ["Hires upscaler", "4x-UltraSharp"],
        ["ControlNet 0", "Module: lineart_anime, Model: control_v11p [3d3a8f7b], Weight: 1"],
        ["ControlNet 1", "Module: lineart_anime, Model: lineart [3d3a8f7b], Weight: 0.9"],
      ],
    });
    const { picture } = await addPicture(id, { bytes: Buffer.from(bytes), name: "theirs.png" });
    const { missing, ...restored } = (await restoreDrawing(id, picture.id))!;
    expect([...missing].sort()).toEqual([
      "4x-UltraSharp",
      "DPM++ 3M SDE",
      "control_v11p",
      "easynegative",
      "fine.safetensors",
      "lost",
      "photon",
    ]);
    expect(restored).toMatchObject({
      ...{ prompt: "a cat", size: { width: 640, height: 448 } },
      options: { model: null, vae: null, sampler: null, guidance: 5, seed: 9, negativePrompt: "dark" },
      hires: { times: 2, strength: 0.4, upscaler: null },
      controls: [{ model: "lineart", annotator: "line-art", weight: 0.9, from: 0, to: 1 }],
    });
  });
});
