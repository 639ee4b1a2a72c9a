import { mkdtemp, readdir, readFile, rm, stat, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import * as importing from "@/app/api/models/import/route";
import * as preview from "@/app/api/models/loras/[id]/preview/route";
import * as lora from "@/app/api/models/loras/[id]/route";
import * as pull from "@/app/api/models/pulls/[id]/route";
import * as pulls from "@/app/api/models/pulls/route";
import * as removal from "@/app/api/models/remove/route";
import * as models from "@/app/api/models/route";
import { hasOperator } from "@/lib/accounts/has-operator";
import type { Owner } from "@/lib/accounts/owner";
import { ownerFromRow } from "@/lib/accounts/owner";
import { requireOperator } from "@/lib/accounts/require-operator";
import { db } from "@/lib/db/client";
import { findUser } from "@/lib/db/users";
import { forgetEnv } from "@/lib/env";
import { jobEvents } from "@/lib/jobs/job-events";
import { importModel } from "@/lib/models/import-model";
import { listModels } from "@/lib/models/list-models";
import { listPulls } from "@/lib/models/list-pulls";
import { addOwnLora } from "@/lib/models/own-loras/add-own-lora";
import { clearOwnLoras } from "@/lib/models/own-loras/clear-own-loras";
import { MOST_LORAS } from "@/lib/models/own-loras/lora-limits";
import { keepOwnPreview, readOwnPreview } from "@/lib/models/own-loras/own-previews";
import { removeOwnLora } from "@/lib/models/own-loras/remove-own-lora";
import { showOwnLora } from "@/lib/models/own-loras/show-own-lora";
import { startPullLoop } from "@/lib/models/pull-loop";
import { removeModel } from "@/lib/models/remove-model";
import { requestPull } from "@/lib/models/request-pull";
import { requireModel } from "@/lib/models/require-model";
import { steerPull } from "@/lib/models/steer-pull";
import { drawPreviewAgain } from "@/lib/scenarios/lora-preview/draw-preview-again";
import { call } from "../support/api";
import { cutAfter, etagOf, type ModelHost, startModelHost } from "../support/model-host";
import { codeOf, onBothWithFiles, someAccount, someGuest } from "../support/pictures";
import { writeTinyClip } from "../support/tiny-clip";
import { writeTinyCheckpoint } from "../support/tiny-weights";
import { begin } from "../support/tus";

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  return { ...real, rm: vi.fn(real.rm) };
});

const KEY = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k";

onBothWithFiles("the model library", () => {
  let host: ModelHost;
  let folder = "";
  let first: Owner;
  let ann: Owner;
  let guest: Owner;
  const at = (name: string) => path.join(folder, name);
  const loraFile = async (name: string, salt = name, width = 768) => {
    await writeTinyCheckpoint(
      at(name),
      { [`${KEY}.lora_down.weight`]: [4, width], [`${KEY}.lora_up.weight`]: [32, 4] },
      "F32",
      salt,
    );
    return at(name);
  };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "mosaiq-library-"));
    host = await startModelHost();
    vi.stubEnv("MODELS_DIR", at("models"));
    vi.stubEnv("HF_ENDPOINT", host.url);
    forgetEnv();
    guest = await someGuest();
    first = await someAccount();
    ann = await someAccount();
    await loraFile("ink.safetensors");
  });
  beforeEach(async () => {
    const bytes = await readFile(at("ink.safetensors"));
    host.repos["someone/ink"] = { commit: "c".repeat(40), files: { "ink.safetensors": bytes } };
    host.faults.length = 0;
    host.asked.length = 0;
  });
  afterEach(async () => {
    await rm(at("models/loras"), { recursive: true, force: true });
    await db().modelPull.deleteMany();
  });
  afterAll(async () => {
    await host.stop();
    vi.unstubAllEnvs();
    forgetEnv();
    await rm(folder, { recursive: true, force: true });
  });

  const post = (body: unknown) => ({ method: "POST", body: JSON.stringify(body) });
  const SOURCE = "hf:someone/ink/ink.safetensors";
  /** Waits until the pull's row says so; the loop writes it. */
  const reaches = (id: string, state: string) =>
    vi.waitFor(
      async () => expect(await db().modelPull.findUnique({ where: { id } })).toMatchObject({ state }),
      {
        timeout: 20_000,
      },
    );

  /** Waits until so much of a file lies where models arrive. */
  const hasArrived = (count: number) =>
    vi.waitFor(async () => {
      const names = await readdir(at("models/.incoming"), { recursive: true });
      const parts = names
        .filter((name) => name.endsWith(".part"))
        .map((name) => at(`models/.incoming/${name}`));
      const sizes = await Promise.all(parts.map(async (part) => (await stat(part)).size));
      expect(sizes).toEqual([count]);
    });

  describe("who looks after it", () => {
    test("the first account, and nobody else", async () => {
      expect([first, ann, guest].map(({ isOperator }) => isOperator)).toEqual([true, false, false]);
      for (const other of [ann, guest, null]) expect(() => requireOperator(other)).toThrow(/first account/);
    });

    test("whether anybody does is known", async () => {
      expect(await hasOperator()).toBe(true);
      await db().user.update({ where: { id: first.id }, data: { isOperator: false } });
      expect(await hasOperator()).toBe(false);
      vi.stubEnv("ADMIN_EMAILS", "keeper@example.com");
      forgetEnv();
      expect(await hasOperator()).toBe(true);
      vi.stubEnv("ADMIN_EMAILS", "");
      forgetEnv();
      await db().user.update({ where: { id: first.id }, data: { isOperator: true } });
    });

    test("those whom ADMIN_EMAILS names, and then the first account no more", async () => {
      vi.stubEnv("ADMIN_EMAILS", ` ${ann.email?.toUpperCase()} , other@example.com`);
      forgetEnv();
      const again = async ({ id }: Owner) => ownerFromRow((await findUser(id))!).isOperator;
      expect(await Promise.all([first, ann, guest].map(again))).toEqual([false, true, false]);
      vi.stubEnv("ADMIN_EMAILS", "");
      forgetEnv();
    });

    const DOORS: Record<string, (owner: Owner | null) => Promise<Response>> = {
      "POST import": (owner) => call(importing.POST, owner, "/x", post({ path: at("ink.safetensors") })),
      "POST remove": (owner) => call(removal.POST, owner, "/x", post({ kind: "lora", name: "ink" })),
      "GET pulls": (owner) => call(pulls.GET, owner, "/x"),
      "POST pulls": (owner) => call(pulls.POST, owner, "/x", post({ source: SOURCE })),
      "POST pull": (owner) =>
        call(pull.POST, owner, "/x", { ...post({ act: "pause" }), params: { id: crypto.randomUUID() } }),
    };
    test.each(Object.entries(DOORS))("%s is closed to everybody else", async (_, door) => {
      for (const other of [ann, guest, null]) {
        const answer = await door(other);
        expect([answer.status, (await answer.json()).code]).toEqual([403, "operator_only"]);
      }
      expect(await listPulls()).toEqual([]);
      expect(await readdir(at("models/loras")).catch(() => [])).toEqual([]);
      expect([201, 200, 202, 404]).toContain((await door(first)).status);
    });
  });

  describe("pulls in the background", () => {
    test("one after the other, until they are installed; the same is asked for once", async () => {
      host.repos["someone/wash"] = {
        commit: "d".repeat(40),
        files: { "wash.safetensors": await readFile(await loraFile("wash.safetensors")) },
      };
      const loop = startPullLoop({ tries: 2, firstMs: 1 });
      const one = await requestPull(SOURCE);
      const two = await requestPull("hf:someone/wash");
      await reaches(one.id, "done");
      await reaches(two.id, "done");
      await loop.stop();
      const found = await listModels(null, ["lora"]);
      expect(found).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ id: "ink", origin: "installed", family: "sd1", source: SOURCE }),
          expect.objectContaining({ id: "wash", origin: "installed" }),
        ]),
      );
      expect(host.asked.map(({ path: file }) => file).filter((file) => !file.startsWith("redirect"))).toEqual(
        [...["ink.safetensors", "wash.safetensors"]],
      );
    });

    test("the same once more is the same pull", async () => {
      const one = await requestPull(SOURCE);
      expect((await requestPull(SOURCE)).id).toBe(one.id);
      expect(await codeOf(requestPull("nonsense"))).toBe("model_source_unclear");
    });

    test("what is here already is done; one whose name another has is not, and says so", async () => {
      await importModel(at("ink.safetensors"));
      const loop = startPullLoop({ tries: 1, firstMs: 1 });
      const taken = await requestPull(SOURCE);
      await reaches(taken.id, "failed");
      expect(await listPulls()).toMatchObject([{ id: taken.id, error: { code: "model_name_taken" } }]);
      await removeModel("lora", "ink");
      await steerPull(taken.id, "resume");
      await reaches(taken.id, "done");
      const again = await requestPull(SOURCE);
      await reaches(again.id, "done");
      await loop.stop();
      expect(host.asked.filter(({ path: file }) => file === "ink.safetensors").length).toBeLessThan(3);
    });

    test("what failed says why, and goes on when asked", async () => {
      const loop = startPullLoop({ tries: 1, firstMs: 1 });
      host.faults.push(cutAfter(300));
      const { id } = await requestPull(SOURCE);
      await reaches(id, "failed");
      const answer = await call(pulls.GET, first, "/x", { headers: { "accept-language": "zh" } });
      const { pulls: told } = await answer.json();
      expect(told).toMatchObject([{ id, state: "failed", error: { code: "model_host_failed" } }]);
      expect(told[0].error.message).toMatch(/\p{Script=Han}/u);
      await steerPull(id, "resume");
      await reaches(id, "done");
      await loop.stop();
      expect(host.asked.at(-1)!.range).toBe("bytes=300-");
    });

    test("a stopped process leaves it to the next one, which goes on behind what came", async () => {
      holdAfter(host, 300);
      const loop = startPullLoop({ tries: 1, firstMs: 1 });
      const { id } = await requestPull(SOURCE);
      await hasArrived(300);
      await loop.stop();
      expect(await db().modelPull.findUnique({ where: { id } })).toMatchObject({ state: "running" });
      const next = startPullLoop({ tries: 1, firstMs: 1 });
      await reaches(id, "done");
      await next.stop();
      expect(host.asked.at(-1)!.range).toBe("bytes=300-");
    });

    test("one that runs can rest, and go on", async () => {
      holdAfter(host, 300);
      const loop = startPullLoop({ tries: 1, firstMs: 1 });
      const { id } = await requestPull(SOURCE);
      await hasArrived(300);
      expect((await steerPull(id, "pause")).state).toBe("paused");
      await vi.waitFor(async () =>
        expect((await readdir(at("models/.incoming"))).filter((name) => name.endsWith(".lock"))).toEqual([]),
      );
      await steerPull(id, "resume");
      await reaches(id, "done");
      await loop.stop();
      expect(host.asked.at(-1)!.range).toBe("bytes=300-");
    });

    test("one that is cancelled leaves nothing, running or not", async () => {
      holdAfter(host, 300);
      const loop = startPullLoop({ tries: 1, firstMs: 1 });
      const { id } = await requestPull(SOURCE);
      await hasArrived(300);
      await steerPull(id, "cancel");
      const left = async () =>
        (await readdir(at("models/.incoming"))).filter((name) => !name.startsWith("."));
      await vi.waitFor(async () => expect(await left()).toEqual([]));
      await loop.stop();
      host.faults.push(cutAfter(300));
      const another = startPullLoop({ tries: 1, firstMs: 1 });
      const failed = await requestPull(SOURCE);
      await reaches(failed.id, "failed");
      await another.stop();
      await steerPull(failed.id, "cancel");
      expect(await left()).toEqual([]);
      expect(await listPulls()).toEqual([]);
      expect(await codeOf(steerPull(crypto.randomUUID(), "cancel"))).toBe("not_found");
      expect(await codeOf(steerPull("1", "cancel"))).toBe("not_found");
    });

    test("one of an entry that left the catalogue can be cancelled, waiting or running", async () => {
      const { id } = await db().modelPull.create({ data: { source: "left-the-catalogue", state: "failed" } });
      expect((await steerPull(id, "cancel")).state).toBe("cancelled");
      expect(await listPulls()).toEqual([]);
    });
  });

  describe("models of this machine", () => {
    test("a file is imported by another name for the same bytes, and removed without its original", async () => {
      const { path: installed, name } = await importModel(at("ink.safetensors"));
      expect([name, (await stat(installed)).ino]).toEqual(["ink", (await stat(at("ink.safetensors"))).ino]);
      expect(await codeOf(importModel(at("ink.safetensors")))).toBe("model_present");
      expect((await importModel(at("ink.safetensors"), "../ink two")).name).toBe("_ink two");
      expect((await listModels(null, ["lora"])).map(({ id }) => id)).toEqual(
        expect.arrayContaining(["ink", "_ink two"]),
      );
      await removeModel("lora", "ink");
      expect((await listModels(null, ["lora"])).map(({ id }) => id)).not.toContain("ink");
      expect((await stat(at("ink.safetensors"))).isFile()).toBe(true);
      expect(await readdir(path.dirname(installed))).toEqual([
        "_ink two.library.json",
        "_ink two.safetensors",
      ]);
    });

    test("a name of two hundred Chinese characters is cut to what a disk takes", async () => {
      const { path: installed, name } = await importModel(at("ink.safetensors"), "墨".repeat(200));
      expect(name).toMatch(/^墨+$/);
      expect((await listModels(null, ["lora"])).map(({ id }) => id)).toContain(name);
      expect((await stat(installed)).isFile()).toBe(true);
    });

    test("a folder loses its name before its files go: no half model is found", async () => {
      await writeTinyClip(at("tiny"), "clip");
      const { path: installed } = await importModel(at("tiny"));
      const names = new Set<string>();
      vi.mocked(rm).mockImplementationOnce(async (file) => {
        // What lies there under the model's name when the first file goes.
        for (const name of await readdir(path.dirname(installed))) names.add(name);
        throw new Error(`a crash before ${file} is gone`);
      });
      await expect(removeModel("clip", "tiny")).rejects.toThrow("a crash");
      expect([...names]).toEqual(["tiny.library.json"]);
      expect(await listModels(null, ["clip"])).not.toContainEqual(expect.objectContaining({ id: "tiny" }));
    });

    test("a CLIP that comes or goes wakes those who see pictures", async () => {
      await writeTinyClip(at("seer"), "clip");
      let woken = 0;
      const count = () => {
        woken++;
      };
      jobEvents().on("picture", count);
      await importModel(at("seer"));
      expect(woken).toBe(1);
      await removeModel("clip", "seer");
      await importModel(at("ink.safetensors"));
      expect(woken).toBe(2);
      jobEvents().off("picture", count);
    });

    test("what ships stays, and what is not there is not there", async () => {
      expect(await codeOf(removeModel("checkpoint", "seedling"))).toBe("model_shipped");
      expect(await codeOf(removeModel("lora", "momo"))).toBe("model_shipped");
      for (const name of ["none", "../ink", at("ink.safetensors"), ""])
        expect(await codeOf(removeModel("lora", name))).toBe("not_found");
      expect(await codeOf(importModel(at("none.safetensors")))).toBe("file_unreadable");
      expect(await codeOf(importModel("package.json"))).toBe("weights_damaged");
      expect((await readdir(at("models/.incoming"))).filter((name) => !name.startsWith("."))).toEqual([]);
    });

    test("everybody is told what there is, with its family and the words that call it", async () => {
      const { models: told } = await (await call(models.GET, null, "/x")).json();
      expect(told).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            kind: "checkpoint",
            id: "seedling",
            family: "seedling",
            origin: "shipped",
          }),
          expect.objectContaining({ kind: "lora", id: "momo", family: "seedling", triggerWords: ["Momo"] }),
          expect.objectContaining({ kind: "controlnet", id: "seedling-qr", family: "seedling" }),
        ]),
      );
      expect(JSON.stringify(told)).not.toContain(folder);
    });
  });

  describe("LoRAs of one's own", () => {
    const add = async (owner: Owner, name = "mine.safetensors", salt = name) =>
      (await addOwnLora(owner.id, { file: await loraFile(name, salt), name })).lora;
    afterEach(async () => {
      for (const { ownerId, id } of await db().ownLora.findMany()) await removeOwnLora(ownerId, id);
    });

    const goesWithSeedling = async (ownerId: string, id: string) => {
      if (await db().ownLora.findFirst({ where: { id, ownerId } }))
        await db().ownLora.update({ where: { id }, data: { family: "seedling" } });
    };
    /** Every door to one LoRA: a new one belongs in here. */
    const FEATURES: Record<string, (ownerId: string, id: string) => Promise<unknown>> = {
      showOwnLora,
      readOwnPreview: async (ownerId, id) => {
        if (await db().ownLora.findFirst({ where: { id, ownerId } }))
          await keepOwnPreview(ownerId, id, Buffer.from("a picture"));
        return readOwnPreview(ownerId, id);
      },
      drawPreviewAgain: async (ownerId, id) => {
        await goesWithSeedling(ownerId, id);
        await drawPreviewAgain(ownerId, id);
      },
      requireModel: (ownerId, id) => requireModel(ownerId, "lora", id),
      removeOwnLora,
    };
    const ROUTES: Record<string, (owner: Owner | null, id: string) => Promise<Response>> = {
      "GET lora": (owner, id) => call(lora.GET, owner, "/x", { params: { id } }),
      "GET preview": async (owner, id) => {
        if (owner === ann && id !== "%00") await keepOwnPreview(ann.id, id, Buffer.from("a picture"));
        return call(preview.GET, owner, "/x", { params: { id } });
      },
      "POST preview": async (owner, id) => {
        if (owner && id !== "%00") await goesWithSeedling(owner.id, id);
        return call(preview.POST, owner, "/x", { params: { id }, method: "POST" });
      },
      "DELETE lora": (owner, id) => call(lora.DELETE, owner, "/x", { params: { id }, method: "DELETE" }),
    };

    test.each(Object.entries(FEATURES))("feature %s: another's does not exist", async (_, feature) => {
      const { id } = await add(ann);
      for (const other of [first, guest]) expect(await codeOf(feature(other.id, id))).toBe("not_found");
      expect(await codeOf(feature(ann.id, crypto.randomUUID()))).toBe("not_found");
      for (const bad of ["1", "", "../x", "' or 1=1"])
        expect(await codeOf(feature(ann.id, bad))).not.toBe("no error");
      expect(await codeOf(feature(ann.id, id))).toBe("no error");
    });

    test.each(Object.entries(ROUTES))(
      "route %s: another's is a 404, the first account's too",
      async (_, door) => {
        const { id } = await add(ann);
        for (const other of [first, guest, null]) {
          const answer = await door(other, id);
          expect([answer.status, (await answer.json()).code]).toEqual([404, "not_found"]);
        }
        expect((await door(ann, "%00")).status).toBe(404);
        expect((await door(ann, id)).status).toBeLessThan(300);
      },
    );

    test("they are listed for their owner alone, and found by nobody's name", async () => {
      const { id } = await add(ann, "secret.safetensors");
      expect((await listModels(ann.id, ["lora"]))[0]).toMatchObject({
        ...{ id, title: "secret", origin: "own", family: "sd1" },
      });
      for (const other of [first.id, guest.id, null])
        expect((await listModels(other)).filter(({ origin }) => origin === "own")).toEqual([]);
      expect(await codeOf(requireModel(first.id, "lora", "secret"))).toBe("weights_missing");
      expect(await codeOf(requireModel(first.id, "lora", `../.own/${ann.id}/${id}`))).toBe("weights_missing");
      const { path: file } = await requireModel(ann.id, "lora", id);
      expect(path.relative(at("models/.own"), file)).toBe(path.join(ann.id, `${id}.safetensors`));
    });

    test("come by an upload in parts, for accounts alone", async () => {
      const bytes = await readFile(await loraFile("up.safetensors"));
      const upload = async (owner: Owner, name: string, file: Buffer) => {
        const answer = await begin(owner, { length: file.length, name, first: file });
        return { status: answer.status, body: await answer.json() };
      };
      expect(await upload(ann, "Up.safetensors", bytes)).toMatchObject({
        ...{ status: 201, body: { isNew: true, lora: { title: "Up", family: "sd1" } } },
      });
      expect(await upload(ann, "again.safetensors", bytes)).toMatchObject({
        body: { isNew: false, lora: { title: "Up" } },
      });
      expect((await upload(guest, "Up.safetensors", bytes)).body).toMatchObject({ code: "not_signed_in" });
      const refused = await upload(ann, "bad.safetensors", Buffer.from("<html>".padEnd(200)));
      expect(refused).toMatchObject({
        status: 422,
        body: { code: "weights_damaged", details: { file: "bad.safetensors" } },
      });
      expect(JSON.stringify(refused.body)).not.toContain(folder);
      expect(await db().ownLora.count({ where: { ownerId: ann.id } })).toBe(1);
    });

    test("what is none is refused, and leaves nothing", async () => {
      const refuse = (name: string) => codeOf(addOwnLora(ann.id, { file: at(name), name }));
      await writeTinyCheckpoint(at("vae.safetensors"), { "decoder.mid.block_1.conv1.weight": [4, 4, 3, 3] });
      expect(await refuse("vae.safetensors")).toBe("lora_expected");
      const { writeFile } = await import("node:fs/promises");
      await writeFile(at("pickle.safetensors"), Buffer.from("PK\u0003\u0004".padEnd(200, "x")));
      expect(await refuse("pickle.safetensors")).toBe("weights_pickle");
      const head = Buffer.alloc(8);
      head.writeBigUInt64LE(9n * 1024n * 1024n);
      await writeFile(at("vast.safetensors"), Buffer.concat([head, Buffer.alloc(10 * 1024 * 1024, "{")]));
      expect(await refuse("vast.safetensors")).toBe("weights_damaged");
      await writeFile(at("short.safetensors"), "abc");
      expect(await refuse("short.safetensors")).toBe("weights_damaged");
      expect(await readdir(at(`models/.own/${ann.id}`)).catch(() => [])).toEqual([]);
      expect(await db().ownLora.count()).toBe(0);
    });

    test("there are so many and no more", async () => {
      for (let i = 0; i < MOST_LORAS; i++) await add(ann, "many.safetensors", `${i}`);
      expect(await codeOf(add(ann, "many.safetensors", "one more"))).toBe("lora_too_many");
      expect(await codeOf(add(first, "many.safetensors", "one more"))).toBe("no error");
    });

    test("of several at once no more than there may be come in, and nothing is left of the others", async () => {
      for (let i = 0; i < MOST_LORAS - 1; i++) await add(ann, "many.safetensors", `${i}`);
      const names = ["a", "b", "c"].map((name) => `${name}.safetensors`);
      for (const name of names) await loraFile(name);
      const codes = await Promise.all(
        names.map((name) => codeOf(addOwnLora(ann.id, { file: at(name), name }))),
      );
      expect(codes.sort()).toEqual(["lora_too_many", "lora_too_many", "no error"]);
      expect(await readdir(at(`models/.own/${ann.id}`))).toHaveLength(MOST_LORAS);
    });

    test("files that are nobody's go after a day", async () => {
      const { id } = await add(ann);
      await db().ownLora.delete({ where: { id } });
      const kept = await add(ann, "kept.safetensors");
      expect(await clearOwnLoras()).toBe(0);
      // Renamed between the list of names and the look at it.
      await symlink("gone", at(`models/.own/${ann.id}/${crypto.randomUUID()}.safetensors`));
      expect(await clearOwnLoras(Date.now() + 2 * 24 * 60 * 60_000)).toBe(1);
      expect(await readdir(at(`models/.own/${ann.id}`))).toContain(`${kept.id}.safetensors`);
    });

    test("Seedling's are known by their width", async () => {
      const file = await loraFile("small.safetensors", "small", 256);
      expect((await addOwnLora(ann.id, { file, name: "small.safetensors" })).lora.family).toBe("seedling");
    });
  });
});

/** Sends so many bytes of the next file and then nothing. */
function holdAfter(host: ModelHost, count: number): void {
  host.faults.push((_, response, bytes) => {
    response.writeHead(200, { "content-length": bytes.length, etag: etagOf(bytes) });
    response.write(bytes.subarray(0, count));
    return true;
  });
}
