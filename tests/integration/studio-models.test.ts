import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cutAfter, type ModelHost, startModelHost } from "../support/model-host";
import { writeTinyCheckpoint } from "../support/tiny-weights";

let host: ModelHost;
let folder = "";
const at = (name: string) => path.join(folder, name);

/** Runs the headless command as a script would; never throws for its exit status. */
function models(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const command = ["--import", "tsx", "scripts/studio/main.ts", "models", ...args];
  const env = {
    ...process.env,
    DATA_DIR: at("data"),
    MODELS_DIR: at("models"),
    HF_ENDPOINT: host.url,
    INFERENCE_MEMORY_MB: "20000",
  };
  return new Promise((resolve) => {
    execFile(process.execPath, command, { env }, (error, out, err) =>
      resolve({ status: error ? Number(error.code) : 0, out, err }),
    );
  });
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-models-command-"));
  const key = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k";
  await writeTinyCheckpoint(at("ink.safetensors"), {
    [`${key}.lora_down.weight`]: [4, 768],
    [`${key}.lora_up.weight`]: [32, 4],
  });
  host = await startModelHost();
  host.repos["someone/ink"] = {
    commit: "f".repeat(40),
    files: { "ink.safetensors": await readFile(at("ink.safetensors")) },
  };
});
afterAll(async () => {
  await host.stop();
  await rm(folder, { recursive: true, force: true });
});

test("a model is searched for, pulled over a line that breaks, listed and removed; no database is made", async () => {
  const found = JSON.parse((await models("search", "qr", "heart", "--json")).out);
  expect(found.models.map(({ id }: { id: string }) => id)).toEqual(["qr-monster-v2"]);
  expect(found.models[0]).toMatchObject({ sizeBytes: 722596344, fit: { memory: "fits" } });
  host.faults.push(cutAfter(500));
  const pulled = await models("pull", "hf:someone/ink", "--json");
  expect([pulled.status, pulled.err]).toEqual([0, ""]);
  expect(JSON.parse(pulled.out)).toMatchObject({ installed: [{ kind: "lora", id: "ink", family: "sd1" }] });
  const listed = JSON.parse((await models("list", "lora", "--json")).out).models;
  expect(listed).toContainEqual(expect.objectContaining({ id: "ink", origin: "installed" }));
  expect(JSON.parse((await models("remove", "ink", "--json")).out)).toEqual({
    removed: { kind: "lora", name: "ink" },
  });
  expect(await readdir(at("models/loras"))).toEqual([]);
  expect(await stat(at("data")).catch(() => null)).toBeNull();
});

test("two processes that pull the same at once: one fetches it, the other says so, and it is whole", async () => {
  let goOn = () => {};
  const begun = new Promise<void>((resolve) => {
    host.faults.push((_, response, bytes) => {
      response.writeHead(200, { "content-length": bytes.length });
      response.write(bytes.subarray(0, 400), () => resolve());
      goOn = () => response.end(bytes.subarray(400));
      return true;
    });
  });
  const first = models("pull", "hf:someone/ink", "--json");
  await begun;
  const second = await models("pull", "hf:someone/ink", "--json");
  expect([second.status, JSON.parse(second.out).error.code]).toEqual([1, "model_busy"]);
  goOn();
  expect((await first).status).toBe(0);
  expect(await readFile(at("models/loras/ink.safetensors"))).toEqual(await readFile(at("ink.safetensors")));
  expect((await models("pull", "hf:someone/ink", "--json")).out).toContain("model_present");
  await models("remove", "ink");
});

test("a file is imported under a name; its original stays", async () => {
  const { status, out } = await models("import", at("ink.safetensors"), "--name", "my ink");
  expect([status, out]).toEqual([0, expect.stringMatching(/^lora +my ink +sd1/)]);
  expect((await stat(at("models/loras/my ink.safetensors"))).ino).toBe(
    (await stat(at("ink.safetensors"))).ino,
  );
});

test("what cannot be done has its code, words in both languages, and exit status 1", async () => {
  const none = await models("pull", "hf:someone/none", "--json");
  expect([none.status, JSON.parse(none.out).error.code]).toEqual([1, "model_gone"]);
  expect((await models("remove", "checkpoint/seedling", "--lang", "zh")).err).toMatch(
    /\p{Script=Han}.*\(model_shipped\)/u,
  );
  expect((await models("pull", "nonsense")).err).toContain("(model_source_unclear)");
});

test("a search finds bundles too, says what this machine makes of them, and says so where there is nothing", async () => {
  const { bundles } = JSON.parse((await models("search", "qr", "brightness", "--json")).out);
  expect(bundles).toMatchObject([{ id: "qr-art-best", size: { is: "about" }, fit: { memory: "fits" } }]);
  const { out } = await models("search", "qr", "art");
  expect(out).toMatch(/^qr-art-best +bundle +about 4\.3 GB/);
  expect(out).toMatch(/about \d min a picture in \d+ steps on two cores/);
  expect((await models("search", "qr", "art", "--lang", "zh")).out).toMatch(/^qr-art-best +组合 +约 4\.3 GB/);
  const none = await models("search", "no-such-word");
  expect([none.status, none.out]).toEqual([0, ""]);
  expect(none.err).toContain("No model is called");
  expect((await models("search", "no-such-word", "--lang", "zh")).err).toMatch(/\p{Script=Han}/u);
});

test("of several what came before one failed is told, as installed as it is", async () => {
  const { status, out } = await models("pull", "hf:someone/ink", "hf:someone/none", "--json");
  expect(status).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    ...{ installed: [{ kind: "lora", id: "ink" }], error: { code: "model_gone" } },
  });
  const plain = await models("pull", "hf:someone/none", "--lang", "zh");
  expect([plain.status, plain.err]).toEqual([1, expect.stringMatching(/\p{Script=Han}.*\(model_gone\)/u)]);
  await models("remove", "ink");
});

test("what is to come is said before it comes", async () => {
  const { err } = await models("pull", "taesd", "4x-ultrasharp", "--lang", "zh");
  expect(err).toMatch(/^TAESD、4x-UltraSharp：约 77 MB/);
  expect(err).toContain("(model_gone)");
});

test("what is not understood is answered with the usage and exit status 2", async () => {
  for (const args of [
    [],
    ["dance"],
    ["pull"],
    ["import"],
    ["remove"],
    ["remove", "seedling"],
    ["list", "cats"],
  ])
    expect((await models(...args)).status).toBe(2);
  expect((await models("dance", "--lang", "zh")).err).toMatch(/^models 可用/);
});
