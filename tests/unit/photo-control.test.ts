import { mkdir } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { lineControl } from "@/lib/drawing/line-control";
import { listHeldTraits } from "@/lib/drawing/list-held-traits";
import { listPhotoTraits, photoControl } from "@/lib/drawing/photo-control";
import { picture } from "@/lib/engine/picture";
import { ownModels } from "../support/own-models";
import { writeLora as writeTensors } from "../support/tiny-lora";

const folder = ownModels(async (models) => {
  await mkdir(path.join(models, "controlnet"));
  const net = (name: string, width: number) =>
    writeTensors(
      path.join(models, "controlnet", `${name}.safetensors`),
      { "controlnet_cond_embedding.conv_in.weight": [4, 3], "block.attn2.to_k.weight": [4, width] },
      name,
    );
  await net("a_canny_sdxl", 2048);
  await net("control_v11p_sd15_lineart_fp16", 768);
  await net("control_v11p_sd15_softedge_fp16", 768);
  await net("control_v11f1e_sd15_tile_fp16", 768);
});

const photo = picture(8, 8);
const sd1 = { family: "sd1", companions: {} };
const sdxl = { family: "sdxl", companions: {} };
const seedling = { family: "sd1", companions: { line: { control: "seedling-line", annotator: "canny" } } };
const fileOf = (name: string) => path.join(folder(), "controlnet", `${name}.safetensors`);

test("what can be held is told by the ControlNets that fit the model; one that brings its own has that alone", async () => {
  expect(await listPhotoTraits(sd1)).toEqual(["lines", "edges"]);
  expect(await listPhotoTraits(sdxl)).toEqual(["lines"]);
  expect(await listPhotoTraits({ family: "sd2", companions: {} })).toEqual([]);
  expect(await listPhotoTraits(seedling)).toEqual(["lines"]);
  expect(await listHeldTraits()).toEqual({ seedling: ["lines"] });
});

test("each trait is held by its own ControlNet and hint, of the model's own family", async () => {
  expect(await photoControl(sd1, photo, "edges", 0.7)).toEqual({
    ...{ model: fileOf("control_v11p_sd15_softedge_fp16"), annotator: "soft-edge", picture: photo },
    ...{ weight: 0.7, from: 0, to: 1, guess: false },
  });
  expect(await photoControl(sd1, photo, "colours", 1)).toMatchObject({ annotator: "tile" });
  expect(await photoControl(sd1, photo, "light", 1)).toBeNull();
  expect(await photoControl(seedling, photo, "colours", 1)).toBeNull();
});

test("lines are drawn along with a net of the same family, or refused by name", async () => {
  expect(await lineControl(sd1, photo, 1)).toMatchObject({
    model: fileOf("control_v11p_sd15_lineart_fp16"),
    annotator: "line-art",
  });
  expect(await lineControl(sdxl, photo, 1)).toMatchObject({ model: fileOf("a_canny_sdxl") });
  await expect(lineControl({ family: "sd2", companions: {} }, photo, 1)).rejects.toMatchObject({
    code: "weights_missing",
  });
});
