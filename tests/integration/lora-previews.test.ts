import { copyFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { GET } from "@/app/api/models/preview/route";
import { listDrawingModels } from "@/lib/drawing/list-drawing-models";
import { listLoraCards } from "@/lib/drawing/list-lora-cards";
import { writeSafetensors } from "@/lib/engine/safetensors/write-safetensors";
import { call } from "../support/api";
import { ownModels } from "../support/own-models";

const alpha = { dtype: "F32", shape: [], data: () => Float32Array.of(1) } as const;

ownModels(async (models) => {
  const loras = path.join(models, "loras");
  await mkdir(path.join(loras, "people"), { recursive: true });
  await writeSafetensors(
    path.join(loras, "people", "ink.safetensors"),
    new Map([["lora_unet_a.alpha", alpha]]),
  );
  await writeFile(path.join(loras, "people", "ink.preview.png"), "no picture at all");
  await copyFile("models/seedling/loras/momo.safetensors", path.join(loras, "faint.safetensors"));
  await writeFile(path.join(loras, "faint.json"), JSON.stringify({ "preferred weight": 0.7 }));
  await writeFile(path.join(loras, "broken.safetensors"), "no model at all");
  await writeFile(path.join(models, "secret.preview.png"), await sharp(plain).png().toBuffer());
});
const plain = { create: { width: 8, height: 8, channels: 3, background: "#456" } } as const;

const preview = (lora: string) => call(GET, null, `/api/models/preview?lora=${encodeURIComponent(lora)}`, {});

test("a character is shown small; what has no preview, is damaged or is no name of a model is not there", async () => {
  const shown = await preview("momo");
  expect(shown.headers.get("content-type")).toBe("image/webp");
  const bytes = Buffer.from(await shown.arrayBuffer());
  expect(await sharp(bytes).metadata()).toMatchObject({ format: "webp", width: 320, height: 320 });
  for (const name of ["people/ink", "nobody", "../secret", "/etc/passwd", "momo.json"])
    expect((await preview(name)).status, name).toBe(404);
  expect((await preview("")).status).toBe(422);
});

test("what cannot be opened is left out of the cards", async () => {
  const cards = await listLoraCards(null);
  expect(cards.map(({ name }) => name)).toEqual([
    ...["bruno", "chalkboard", "faint", "halftone", "kai", "luna", "momo", "mosaic", "people/ink"],
  ]);
  expect(cards.find(({ name }) => name === "momo")).toMatchObject({ draws: "character", hasPreview: true });
  expect(cards.find(({ name }) => name === "people/ink")).toMatchObject({ draws: null, title: null });
});

test("a LoRA is chosen as its makers recommend, and a model tells whether its drawings can follow lines", async () => {
  const { loras, checkpoints } = await listDrawingModels(null);
  expect(loras.find(({ id }) => id === "faint")?.weight).toBe(0.7);
  expect(loras.find(({ id }) => id === "momo")?.weight).toBe(1);
  // By its own recommendation: no name says so.
  expect(checkpoints.find(({ id }) => id === "seedling")?.followsLines).toBe(true);
});
