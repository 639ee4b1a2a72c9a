import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { beforeAll, expect, test } from "vitest";
import type { Owner } from "@/lib/accounts/owner";
import { db } from "@/lib/db/client";
import { findJobByKey } from "@/lib/db/jobs";
import { listLoraCards } from "@/lib/drawing/list-lora-cards";
import { runJob } from "@/lib/jobs/run-job";
import { addOwnLora } from "@/lib/models/own-loras/add-own-lora";
import { clearOwnLoras } from "@/lib/models/own-loras/clear-own-loras";
import { listOwnPreviews, previewKey, readOwnPreview } from "@/lib/models/own-loras/own-previews";
import { removeOwnLora } from "@/lib/models/own-loras/remove-own-lora";
import { drawPreviewAgain } from "@/lib/scenarios/lora-preview/draw-preview-again";
import { requestPreview } from "@/lib/scenarios/lora-preview/request-preview";
import { jobHandlers } from "@/lib/scenarios/registry";
import { ownModels } from "../support/own-models";
import { codeOf, onBothWithFiles, someAccount } from "../support/pictures";
import { galleryOf } from "../support/scenarios";
import { writeLora } from "../support/tiny-lora";

const never = new AbortController().signal;

const folder = ownModels(async (models) => {
  const attention = "lora_unet_input_blocks_1_1_transformer_blocks_0_attn2_to_k";
  const shapes = { [`${attention}.lora_down.weight`]: [4, 768], [`${attention}.lora_up.weight`]: [320, 4] };
  await writeLora(path.join(models, "sd1.safetensors"), shapes, "sd1");
});

onBothWithFiles(
  "the preview of a LoRA of one's own",
  () => {
    let ann: Owner;
    beforeAll(async () => {
      ann = await someAccount();
    });
    const shipped = (name: string) => path.resolve(`models/seedling/loras/${name}.safetensors`);
    const add = async (file: string) => {
      const { lora } = await addOwnLora(ann.id, { file, name: path.basename(file) });
      await requestPreview(ann.id, lora);
      return lora.id;
    };
    const stands = async (id: string) => (await listOwnPreviews(ann.id, [id]))[id];
    const draw = async (id: string) =>
      runJob(jobHandlers, (await findJobByKey(ann.id, previewKey(id)))!.id, never);

    test("is drawn in the background, shows what it draws, is in no gallery, and counts towards no day", async () => {
      const [momo, kai] = [await add(shipped("momo")), await add(shipped("kai"))];
      expect(await stands(momo)).toEqual({ state: "drawing", error: null });
      expect(await codeOf(readOwnPreview(ann.id, momo))).toBe("not_found");
      await draw(momo);
      await draw(kai);
      expect(await stands(momo)).toEqual({ state: "there", error: null });
      const pixels = async (id: string) =>
        sharp(await readOwnPreview(ann.id, id))
          .raw()
          .toBuffer();
      expect(await sharp(await readOwnPreview(ann.id, momo)).metadata()).toMatchObject({
        format: "webp",
        width: 320,
      });
      // Each by its own words and weights.
      const [one, other] = [await pixels(momo), await pixels(kai)];
      const difference = one.reduce((sum, value, i) => sum + Math.abs(value - other[i]!), 0) / one.length;
      expect(difference).toBeGreaterThan(5);
      expect(await galleryOf(ann.id)).toEqual([]);
      expect(await db().dailyUse.count()).toBe(0);
      for (const id of [momo, kai]) await removeOwnLora(ann.id, id);
      expect(await readdir(path.join(folder(), ".own", ann.id))).toEqual([]);
    });

    test("is drawn once its model is here, and again where that failed; then the cards show it", async () => {
      const id = await add(path.join(folder(), "sd1.safetensors"));
      expect(await codeOf(drawPreviewAgain(ann.id, id))).toBe("weights_missing");
      // As if its model had come in by now.
      await db().ownLora.update({ where: { id }, data: { family: "seedling" } });
      expect(await stands(id)).toEqual({ state: "undrawn", error: null });
      await drawPreviewAgain(ann.id, id);
      expect(await stands(id)).toEqual({ state: "drawing", error: null });
      // It does not fit that model, whatever was said of it.
      await draw(id);
      expect(await stands(id)).toMatchObject({ state: "failed" });
      await drawPreviewAgain(ann.id, id);
      expect(await stands(id)).toEqual({ state: "drawing", error: null });
      await removeOwnLora(ann.id, id);

      const luna = await add(shipped("luna"));
      const card = async () => (await listLoraCards(ann.id)).find(({ name }) => name === luna);
      expect(await card()).toMatchObject({ isOwn: true, hasPreview: false });
      await draw(luna);
      expect(await card()).toMatchObject({ isOwn: true, hasPreview: true });
      await removeOwnLora(ann.id, luna);
    });

    test("whose file was lost is told as that, and drawn again; one that is there is left alone", async () => {
      const id = await add(shipped("luna"));
      await draw(id);
      const first = await readOwnPreview(ann.id, id);
      const job = async () => (await findJobByKey(ann.id, previewKey(id)))!;
      await drawPreviewAgain(ann.id, id);
      expect(await job()).toMatchObject({ state: "done" });
      await rm(path.join(folder(), ".own", ann.id, `${id}.preview.webp`));
      expect(await stands(id)).toEqual({ state: "lost", error: null });
      await drawPreviewAgain(ann.id, id);
      expect(await stands(id)).toEqual({ state: "drawing", error: null });
      // Asked twice, it is drawn once.
      await drawPreviewAgain(ann.id, id);
      expect(await job()).toMatchObject({ state: "queued", attempts: 0 });
      await draw(id);
      expect(await stands(id)).toEqual({ state: "there", error: null });
      expect(await readOwnPreview(ann.id, id)).toEqual(first);
      await removeOwnLora(ann.id, id);
    });

    test("is not asked for where nothing that it goes with is here", async () => {
      const id = await add(path.join(folder(), "sd1.safetensors"));
      expect(await findJobByKey(ann.id, previewKey(id))).toBeNull();
      expect(await stands(id)).toEqual({ state: "none", error: null });
      await removeOwnLora(ann.id, id);
    });

    test("that cannot be drawn is told with why, and the LoRA stays", async () => {
      const id = await add(shipped("luna"));
      await db().ownLora.update({ where: { id }, data: { family: "sdxl" } });
      await draw(id);
      expect(await stands(id)).toMatchObject({ state: "failed", error: { code: "weights_missing" } });
      expect(await db().ownLora.count({ where: { id } })).toBe(1);
      await removeOwnLora(ann.id, id);
    });

    test("of a LoRA that is removed meanwhile leaves nothing", async () => {
      const id = await add(shipped("bruno"));
      await removeOwnLora(ann.id, id);
      await draw(id);
      const job = await findJobByKey(ann.id, previewKey(id));
      expect(job).toMatchObject({ state: "failed", errorCode: "lora_gone" });
      expect(await readdir(path.join(folder(), ".own", ann.id))).toEqual([]);
      expect(await clearOwnLoras()).toBe(0);
    });
  },
  { only: "embedded" },
);
