import { cp, mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Owner } from "@/lib/accounts/owner";
import { findJob } from "@/lib/db/jobs";
import { errorMessage } from "@/lib/errors";
import { retryJob } from "@/lib/jobs/retry-job";
import { runJob } from "@/lib/jobs/run-job";
import { addOwnLora } from "@/lib/models/own-loras/add-own-lora";
import { removeOwnLora } from "@/lib/models/own-loras/remove-own-lora";
import { removeModel } from "@/lib/models/remove-model";
import { readOriginal } from "@/lib/pictures/read-picture-file";
import { jobHandlers } from "@/lib/scenarios/registry";
import { startScenario } from "@/lib/scenarios/start-scenario";
import { readCode, saying } from "../e2e/read-code";
import { ownModels } from "../support/own-models";
import { codeOf, onBothWithFiles, someAccount, someGuest } from "../support/pictures";
import { galleryOf, madeBy, runScenario } from "../support/scenarios";
import { writeLora } from "../support/tiny-lora";

const never = new AbortController().signal;
const ONE = { count: 1, seed: 3 } as const;

/** What people write, beyond what a vocabulary of English knows. */
const WRITTEN: Readonly<Record<string, string>> = {
  emoji: "👩‍👩‍👧‍👦 🏖️ 🇨🇳 👍🏽",
  "an emoji alone": "🐈",
  Arabic: "قطة على الشاطئ عند الغروب",
  "Hebrew among English": "a cat called חתול on a beach",
  "marks that turn the direction": "\u202Ea cat\u202C \u2067חתול\u2069",
  Chinese: "山顶的日出，水彩画",
  Japanese: "夕焼けの海と猫",
  Korean: "해변의 고양이",
  Hindi: "समुद्र तट पर बिल्ली",
  Thai: "แมวบนชายหาด",
  "many marks on one letter": `a c${"\u0301".repeat(60)}at`,
  "half an emoji": "a cat \uD83D on a beach",
  "as much as there may be": "a cat on a beach, ".repeat(120).slice(0, 2000),
  "nothing but punctuation": "((((,,,,!!!!))))",
};

const folder = ownModels(async (models) => {
  await mkdir(path.join(models, "checkpoints"));
  await cp(path.resolve("models/seedling"), path.join(models, "checkpoints", "visitor"), { recursive: true });
  const attention = "lora_unet_input_blocks_1_1_transformer_blocks_0_attn1_to_q";
  const shapes = { [`${attention}.lora_down.weight`]: [4, 320], [`${attention}.lora_up.weight`]: [320, 4] };
  await writeLora(path.join(models, "sd1.safetensors"), shapes, "sd1");
});

onBothWithFiles(
  "what nobody planned for",
  () => {
    let ann: Owner;
    beforeAll(async () => {
      ann = await someAccount();
    });
    const told = async (id: string) => {
      await runJob(jobHandlers, id, never);
      return (await findJob(ann.id, id))!;
    };
    const ask = (input: object) =>
      startScenario(ann.id, "text-to-image", { prompt: "a red ball", ...ONE, ...input }, crypto.randomUUID());

    describe("a prompt", () => {
      test.each(Object.entries(WRITTEN))("in %s is drawn, and kept as it was written", async (_, prompt) => {
        const job = await runScenario((await someGuest()).id, "text-to-image", { prompt, ...ONE });
        expect(job).toMatchObject({ state: "done", errorCode: null });
        const [made] = await madeBy(job);
        // Of half a character a mark is left that says so.
        expect(made!.settings).toMatchObject({ prompt: prompt.trim().replace(/\p{Cs}/gu, "\uFFFD") });
      });

      test("longer than there may be, or of nothing but spaces, is refused before anything is begun", async () => {
        for (const prompt of ["x".repeat(2001), "", " \n\t　"])
          expect(await codeOf(ask({ prompt }))).toBe("input_invalid");
      });
    });

    test.each([
      ["emoji and both directions", "👩‍👩‍👧‍👦 سلام שלום 你好 \u202Eabc"],
      ["line breaks", "one\ntwo\r\nthree"],
    ])("a code says %s exactly", async (_, text) => {
      const job = await runScenario(ann.id, "qr-picture", { text, look: "classic", size: 512 });
      expect(job.state).toBe("done");
      const bytes = await (await readOriginal(ann.id, job.pictureId!)).read();
      expect(await readCode(bytes)).toEqual(saying(text));
    });

    test.each(["half \uD83D of it", "nothing\0 behind"])(
      "a code that cannot say %j exactly is not made",
      async (text) => {
        expect(await codeOf(startScenario(ann.id, "qr-picture", { text }, crypto.randomUUID()))).toBe(
          "text_not_encodable",
        );
      },
    );

    test("what no database keeps is told by its field, wherever it stands", async () => {
      const loras = [{ name: "half \uD83D" }];
      await expect(ask({ loras })).rejects.toMatchObject({
        ...{ code: "input_invalid", details: { field: "loras.0.name" } },
      });
    });

    describe("a model that is removed while a job waits for it", () => {
      test("is told by name in both languages, and the same job runs once it is back", async () => {
        const { id } = await ask({ model: "visitor" });
        await removeModel("checkpoint", "visitor");
        const failed = await told(id);
        const details = { file: "visitor" };
        expect(failed).toMatchObject({
          state: "failed",
          errorCode: "weights_missing",
          errorDetails: details,
        });
        for (const language of ["en", "zh"] as const)
          expect(errorMessage("weights_missing", details, language)).toContain("visitor");
        expect(await galleryOf(ann.id)).not.toContain(id);
        const place = path.join(folder(), "checkpoints", "visitor");
        await cp(path.resolve("models/seedling"), place, { recursive: true });
        await retryJob(ann.id, id);
        expect(await told(id)).toMatchObject({ state: "done", errorCode: null });
      });

      test("a LoRA of one's own, too", async () => {
        const file = path.resolve("models/seedling/loras/momo.safetensors");
        const { lora } = await addOwnLora(ann.id, { file, name: "mine.safetensors" });
        const loras = [{ name: lora.id, weight: 1 }];
        const [drawn, waiting] = [await ask({ loras }), await ask({ loras })];
        expect(await told(drawn.id)).toMatchObject({ state: "done" });
        await removeOwnLora(ann.id, lora.id);
        expect(await told(waiting.id)).toMatchObject({ state: "failed", errorCode: "lora_gone" });
      });
    });

    test("a LoRA for another architecture is told with what it seems made for, and no picture is half drawn", async () => {
      const file = path.join(folder(), "sd1.safetensors");
      const { lora } = await addOwnLora(ann.id, { file, name: "sd1.safetensors" });
      const before = await galleryOf(ann.id);
      const { id } = await ask({ loras: [{ name: lora.id }] });
      const failed = await told(id);
      expect(failed).toMatchObject({ state: "failed", errorCode: "lora_fits_nothing" });
      const message = errorMessage("lora_fits_nothing", failed.errorDetails as Record<string, string>);
      expect(message).toMatch(/^The LoRA sd1 .*made for .+/);
      expect(message).not.toContain(folder());
      expect(await galleryOf(ann.id)).toEqual(before);
    });

    test("two tabs that ask with one key at once are one job", async () => {
      const key = crypto.randomUUID();
      const once = () => startScenario(ann.id, "text-to-image", { prompt: "a red ball", ...ONE }, key);
      const jobs = await Promise.all([once(), once(), once()]);
      expect(new Set(jobs.map(({ id }) => id)).size).toBe(1);
    });

    afterAll(() => rm(path.join(folder(), "checkpoints"), { recursive: true, force: true }));
  },
  { only: "embedded" },
);
