import { existsSync } from "node:fs";
import {
  type FileHandle,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  statfs,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { forgetEnv } from "@/lib/env";
import { AppError, errorMessage } from "@/lib/errors";
import { findModel } from "@/lib/inference/model-files";
import { readRecord } from "@/lib/models/model-record";
import { forgetPull, type PullOptions, pullModel } from "@/lib/models/pull-model";
import { parseSource } from "@/lib/models/sources/parse-source";
import { clearStaging, inStaging } from "@/lib/models/staging";
import {
  cutAfter,
  etagOf,
  type Fault,
  type ModelHost,
  refuseWith,
  sha256,
  startModelHost,
} from "../support/model-host";
import { codeOf } from "../support/pictures";
import { writeTinyCheckpoint } from "../support/tiny-weights";

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  return { ...real, statfs: vi.fn(real.statfs), open: vi.fn(real.open) };
});

vi.mock("@/lib/models/install-model", async (original) => {
  const real = await original<typeof import("@/lib/models/install-model")>();
  return { ...real, installModel: vi.fn(real.installModel) };
});

let host: ModelHost;
let folder = "";
/** A LoRA of some hundred kilobytes, so that it comes in several pieces. */
let lora: Buffer;

const at = (name: string) => path.join(folder, "models", name);
const COMMIT = "a".repeat(40);
const SOURCE = "hf:someone/ink/ink.safetensors";
const PATIENCE = { tries: 3, firstMs: 1 };
const pull = (said = SOURCE, options: Partial<PullOptions> = {}) =>
  pullModel(parseSource(said), { signal: new AbortController().signal, patience: PATIENCE, ...options });

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-download-"));
  await writeTinyCheckpoint(path.join(folder, "lora.safetensors"), {
    "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k.lora_down.weight": [32, 768],
    "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k.lora_up.weight": [320, 32],
  });
  lora = await readFile(path.join(folder, "lora.safetensors"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(async () => {
  host = await startModelHost();
  host.repos["someone/ink"] = { commit: COMMIT, license: "mit", files: { "ink.safetensors": lora } };
  vi.stubEnv("MODELS_DIR", path.join(folder, "models"));
  vi.stubEnv("HF_ENDPOINT", host.url);
  // Another origin of the same server: secrets and messages tell hosts apart.
  vi.stubEnv("CIVITAI_ENDPOINT", host.url.replace("127.0.0.1", "localhost"));
  forgetEnv();
});
afterEach(async () => {
  await host.stop();
  await rm(path.join(folder, "models"), { recursive: true, force: true });
  vi.unstubAllEnvs();
  vi.mocked(statfs).mockClear();
  forgetEnv();
});

/** No model, and no name of one. */
async function expectNothing(): Promise<void> {
  expect(await readdir(at("loras")).catch(() => [])).toEqual([]);
}

test("a model arrives under its name, with what is known of it beside it; nothing is left over", async () => {
  const seen: number[] = [];
  const installed = await pull(SOURCE, { onProgress: ({ receivedBytes }) => seen.push(receivedBytes) });
  expect(installed).toMatchObject({ kind: "lora", name: "ink", facts: { family: "sd1" } });
  expect((await readFile(at("loras/ink.safetensors"))).equals(lora)).toBe(true);
  expect(await findModel("ink", "lora")).toBe(at("loras/ink.safetensors"));
  expect(await readRecord(at("loras/ink.safetensors"))).toMatchObject({
    ...{ catalogueId: null, source: SOURCE, licence: "mit", what: "lora", family: "sd1", layout: "file" },
    files: [{ path: "ink.safetensors", sizeBytes: lora.length, sha256: sha256(lora) }],
  });
  expect(seen.at(-1)).toBe(lora.length);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(await readdir(at(".incoming"))).toEqual([]);
  host.asked.length = 0;
  expect(await codeOf(pull())).toBe("model_present");
  expect(host.asked).toEqual([]);
});

test("what another model of its kind is called already comes no further than its header, and is not kept", async () => {
  await pull();
  host.repos["other/ink"] = { commit: COMMIT, files: { "ink.safetensors": lora } };
  host.faults.push((_, response, bytes) => {
    response.writeHead(200, { "content-length": bytes.length });
    response.write(bytes.subarray(0, 1_000));
    return true;
  });
  expect(await codeOf(pull("hf:other/ink"))).toBe("model_name_taken");
  expect(await readdir(at(".incoming"))).toEqual([]);
});

test("a model whose last look finds fault is not kept either", async () => {
  const { installModel } = await import("@/lib/models/install-model");
  for (const code of ["model_present", "model_kind_differs", "weights_unknown"] as const) {
    vi.mocked(installModel).mockRejectedValueOnce(new AppError(code));
    expect(await codeOf(pull())).toBe(code);
    expect(await readdir(at(".incoming"))).toEqual([]);
  }
});

describe("a line that breaks", () => {
  test("is taken up where it broke, and what arrives is whole", async () => {
    host.faults.push(cutAfter(1000), cutAfter(50_000));
    await pull();
    expect((await readFile(at("loras/ink.safetensors"))).equals(lora)).toBe(true);
    const [first, second, third] = host.asked.filter(({ path: asked }) => asked === "ink.safetensors");
    expect([first!.range, second!.ifRange, third!.ifRange]).toEqual([undefined, etagOf(lora), etagOf(lora)]);
    expect(Number(/\d+/.exec(third!.range!)![0])).toBeGreaterThan(Number(/\d+/.exec(second!.range!)![0]));
  });

  test("may break as often as it likes while something comes through", async () => {
    host.faults.push(...Array.from({ length: 8 }, () => cutAfter(9_000)));
    await pull();
    expect((await readFile(at("loras/ink.safetensors"))).equals(lora)).toBe(true);
  });

  test("is given up where nothing comes, and the next pull goes on behind what came", async () => {
    host.faults.push(cutAfter(70_000), ...Array.from({ length: 5 }, () => cutAfter(0)));
    expect(await codeOf(pull())).toBe("model_host_failed");
    await expectNothing();
    host.faults.length = 0;
    host.asked.length = 0;
    await pull();
    expect(Number(/\d+/.exec(host.asked.at(-1)!.range!)![0])).toBeGreaterThan(0);
    expect((await readFile(at("loras/ink.safetensors"))).equals(lora)).toBe(true);
  });

  test("that falls silent is asked anew", async () => {
    const silent: Fault = (_, response, bytes) => {
      response.writeHead(200, { "content-length": bytes.length, etag: etagOf(bytes) });
      response.write(bytes.subarray(0, 5_000));
      return true;
    };
    host.faults.push(silent);
    await pull(SOURCE, { idleMs: 50 });
    expect((await readFile(at("loras/ink.safetensors"))).equals(lora)).toBe(true);
  });

  test("a body that comes in drops is waited for", async () => {
    const drops: Fault = (_, response, bytes) => {
      response.writeHead(200, { "content-length": bytes.length });
      let sent = 0;
      const drip = () => {
        if (sent >= bytes.length) return response.end();
        const drop = bytes.subarray(sent, sent + 20_000);
        sent += drop.length;
        response.write(drop, () => setImmediate(drip));
      };
      drip();
      return true;
    };
    host.faults.push(drops);
    await pull();
    expect((await readFile(at("loras/ink.safetensors"))).equals(lora)).toBe(true);
  });
});

describe("a part that was begun", () => {
  const begin = async () => {
    host.faults.push(cutAfter(70_000), ...Array.from({ length: 5 }, () => cutAfter(0)));
    await codeOf(pull());
    host.faults.length = 0;
    host.asked.length = 0;
  };

  test("of a file that was exchanged meanwhile is thrown away by its tag", async () => {
    await begin();
    const other = Buffer.from(lora);
    other[other.length - 1]! ^= 1;
    host.repos["someone/ink"]!.files["ink.safetensors"] = other;
    await pull();
    expect((await readFile(at("loras/ink.safetensors"))).equals(other)).toBe(true);
  });

  test("of another commit is not gone on with", async () => {
    await begin();
    host.repos["someone/ink"]!.commit = "b".repeat(40);
    await pull();
    expect(host.asked.at(-1)!.range).toBeUndefined();
  });

  test("is sent from the beginning by a server that knows no ranges", async () => {
    await begin();
    host.faults.push((_, response, bytes) => {
      response.writeHead(200, { "content-length": bytes.length }).end(bytes);
      return true;
    });
    await pull();
    expect((await readFile(at("loras/ink.safetensors"))).equals(lora)).toBe(true);
  });

  test("behind which another place of the file is sent is begun anew", async () => {
    await begin();
    host.faults.push((_, response, bytes) => {
      response
        .writeHead(206, { "content-range": `bytes 5-${bytes.length - 1}/${bytes.length}` })
        .end(bytes.subarray(5));
      return true;
    });
    await pull();
    expect((await readFile(at("loras/ink.safetensors"))).equals(lora)).toBe(true);
  });

  test("is thrown away where it is not wanted any more", async () => {
    await begin();
    await forgetPull(parseSource(SOURCE));
    expect(await readdir(at(".incoming"))).toEqual([]);
  });

  test("is thrown away when nobody came back for two weeks", async () => {
    await begin();
    const [name] = (await readdir(at(".incoming"))).filter((one) => !one.endsWith(".lock"));
    // Renamed between the list of names and the look at it.
    await symlink("gone", at(`.incoming/${name}/other.part`));
    expect(await clearStaging()).toBe(0);
    expect(await clearStaging(Date.now() + 15 * 24 * 60 * 60_000)).toBe(1);
    expect(await readdir(at(".incoming"))).toEqual([]);
  });

  test("waits for whoever stopped it to go on", async () => {
    const stop = new AbortController();
    const reason = new AppError("cancelled");
    const stopped = pull(SOURCE, {
      signal: stop.signal,
      onProgress: ({ receivedBytes }) => {
        if (receivedBytes > 0) stop.abort(reason);
      },
    });
    await expect(stopped).rejects.toBe(reason);
    await expectNothing();
    await pull();
    expect((await readFile(at("loras/ink.safetensors"))).equals(lora)).toBe(true);
  });
});

describe("a host that is busy", () => {
  test("is asked again when it says so", async () => {
    host.faults.push(refuseWith(429, { "retry-after": "0" }), refuseWith(503));
    host.apiFaults.push(refuseWith(429, { "retry-after": new Date().toUTCString() }), refuseWith(500));
    await pull();
    expect((await readFile(at("loras/ink.safetensors"))).equals(lora)).toBe(true);
  });

  test("is asked when it wants to be asked", async () => {
    const patience = { tries: 2, firstMs: 3_600_000 };
    host.faults.push(refuseWith(429, { "retry-after": "0" }));
    await pull(SOURCE, { patience });
    expect(existsSync(at("loras/ink.safetensors"))).toBe(true);
  });

  test("is not asked for ever", async () => {
    host.apiFaults.push(...Array.from({ length: 9 }, () => refuseWith(429, { "retry-after": "0" })));
    expect(await codeOf(pull())).toBe("model_host_failed");
    expect(host.apiFaults).toHaveLength(6);
  });

  test("and waiting ends with the pull", async () => {
    const stop = new AbortController();
    const reason = new AppError("cancelled");
    host.apiFaults.push((_, response) => {
      response.writeHead(429, { "retry-after": "600" }).end(() => setImmediate(() => stop.abort(reason)));
      return true;
    });
    await expect(pull(SOURCE, { signal: stop.signal })).rejects.toBe(reason);
  });
});

describe("what is refused, and leaves nothing behind", () => {
  afterEach(expectNothing);
  const respond =
    (bytes: Uint8Array, headers: Record<string, string> = {}): Fault =>
    (_, response) => {
      response.writeHead(200, { ...headers }).end(bytes);
      return true;
    };
  const announced = (bytes: Buffer) => {
    host.repos["someone/ink"]!.files["ink.safetensors"] = bytes;
  };

  test("other bytes than announced", async () => {
    const other = Buffer.from(lora);
    other[other.length - 1]! ^= 1;
    host.faults.push(respond(other));
    expect(await codeOf(pull())).toBe("model_differs");
    expect(
      (await readdir(at(".incoming"), { recursive: true })).filter((name) => name.includes(".part")),
    ).toEqual([]);
  });

  test("more bytes than announced", async () => {
    host.faults.push(respond(Buffer.concat([lora, lora])));
    expect(await codeOf(pull())).toBe("model_differs");
  });

  test("another length in the head of the answer", async () => {
    host.faults.push(respond(lora.subarray(0, 50_000), { "content-length": "50000" }));
    expect(await codeOf(pull())).toBe("model_differs");
  });

  test("another hash than the catalogue has", async () => {
    vi.stubEnv("HF_ENDPOINT", host.url);
    host.repos["madebyollin/taesd"] = {
      commit: COMMIT,
      files: { "diffusion_pytorch_model.safetensors": lora },
    };
    expect(await codeOf(pull("taesd"))).toBe("model_differs");
  });

  test("a web page", async () => {
    host.faults.push(
      respond(Buffer.from("<!doctype html>Sign in"), { "content-type": "text/html; charset=utf-8" }),
    );
    expect(await codeOf(pull())).toBe("model_page_instead");
    announced(Buffer.from("<html>".padEnd(2000)));
    expect(await codeOf(pull())).toBe("model_page_instead");
  });

  test("a pickle, under its own name or another's", async () => {
    announced(Buffer.from("PK\u0003\u0004".padEnd(2000, "x")));
    expect(await codeOf(pull())).toBe("weights_pickle");
    host.repos["someone/ink"]!.files = { "model.ckpt": lora };
    expect(await codeOf(pull("hf:someone/ink/model.ckpt"))).toBe("weights_pickle");
    expect(await codeOf(pull("hf:someone/ink"))).toBe("weights_pickle");
  });

  test("a header that promises more than there is", async () => {
    const header = Buffer.from('{"a":{"dtype":"F32","shape":[99999],"data_offsets":[0,399996]}}');
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    announced(Buffer.concat([length, header, Buffer.alloc(64)]));
    expect(await codeOf(pull())).toBe("weights_damaged");
  });

  test("weights that are no model", async () => {
    await writeTinyCheckpoint(path.join(folder, "strange.safetensors"), { "some.weight": [4, 4, 4] });
    announced(await readFile(path.join(folder, "strange.safetensors")));
    expect(await codeOf(pull())).toBe("weights_unknown");
  });

  test("a model of another kind than the catalogue says", async () => {
    host.repos["Kim2091/UltraSharp"] = { commit: COMMIT, files: { "4x-UltraSharp.safetensors": lora } };
    expect(await codeOf(pull("4x-ultrasharp"))).toBe("model_kind_differs");
  });

  /** Sends so many bytes of a file, and never the rest. */
  const onlyFirst =
    (count: number): Fault =>
    (_, response, bytes) => {
      response.writeHead(200, { "content-length": bytes.length });
      response.write(bytes.subarray(0, count));
      return true;
    };
  const written = async (shapes: Record<string, number[]>) => {
    await writeTinyCheckpoint(path.join(folder, "written.safetensors"), shapes);
    return readFile(path.join(folder, "written.safetensors"));
  };
  const STRANGERS: Record<string, Record<string, number[]>> = {
    FLUX: { "double_blocks.0.img_attn.norm.key_norm.scale": [128], "img_in.weight": [256, 64] },
    "Stable Diffusion 3": {
      "model.diffusion_model.joint_blocks.0.context_block.adaLN_modulation.1.bias": [64],
      "model.diffusion_model.x_embedder.proj.weight": [256, 64],
    },
  };

  test.each(Object.entries(STRANGERS))(
    "what nothing here draws with, as soon as its header says so: %s",
    async (family, shapes) => {
      announced(await written(shapes));
      host.faults.push(onlyFirst(1_000));
      await expect(pull()).rejects.toMatchObject({
        ...{ code: "model_family_unsupported", details: { file: "ink", family } },
      });
      expect(await readdir(at(".incoming"))).toEqual([]);
      expect(errorMessage("model_family_unsupported", { file: "ink", family }, "zh")).toContain(family);
    },
  );

  test("another kind than the catalogue says, and weights that are no model, before the rest of them comes", async () => {
    host.repos["Kim2091/UltraSharp"] = { commit: COMMIT, files: { "4x-UltraSharp.safetensors": lora } };
    host.faults.push(onlyFirst(1_000), onlyFirst(1_000));
    expect(await codeOf(pull("4x-ultrasharp"))).toBe("model_kind_differs");
    announced(await written({ "some.weight": [40, 4, 4] }));
    await expect(pull()).rejects.toMatchObject({
      ...{ code: "weights_unknown", details: { file: "ink.safetensors" } },
    });
    expect(await readdir(at(".incoming"))).toEqual([]);
  });

  test("what is not there, or not for everybody", async () => {
    expect(await codeOf(pull("hf:someone/none"))).toBe("model_gone");
    expect(await codeOf(pull("hf:someone/ink/other.safetensors"))).toBe("model_gone");
    host.faults.push(refuseWith(403));
    await expect(pull()).rejects.toMatchObject({ code: "model_locked", details: { variable: "HF_TOKEN" } });
    host.repos["someone/ink"]!.files = { "a.safetensors": lora, "b.safetensors": lora };
    await expect(pull("hf:someone/ink")).rejects.toMatchObject({
      ...{ code: "model_file_unclear", details: { files: "a.safetensors, b.safetensors" } },
    });
  });

  test("what the disk has no room for, before it comes and while it comes", async () => {
    vi.mocked(statfs).mockResolvedValue({ bavail: 100, bsize: 4096 } as never);
    expect(await codeOf(pull())).toBe("model_no_room");
    expect(host.asked).toEqual([]);
    vi.mocked(statfs).mockReset();
    const real = await vi.importActual<typeof import("node:fs/promises")>("node:fs/promises");
    vi.mocked(statfs).mockImplementation(real.statfs as never);
  });

  test("paths that lead out of the folder", async () => {
    host.repos["someone/ink"]!.files = { "../../ink.safetensors": lora };
    expect(await codeOf(pull("hf:someone/ink"))).not.toBe("no error");
    expect(existsSync(path.join(folder, "ink.safetensors"))).toBe(false);
  });
});

describe("a disk that fills up", () => {
  afterEach(async () => {
    const real = await vi.importActual<typeof import("node:fs/promises")>("node:fs/promises");
    vi.mocked(open).mockImplementation(real.open);
  });

  /** As systems do it: of the write that does not fit only a part is taken, and the next one is refused. */
  async function fillAfter(bytes: number, then: "full" | "room" = "full") {
    const real = await vi.importActual<typeof import("node:fs/promises")>("node:fs/promises");
    let left = bytes;
    vi.mocked(open).mockImplementation(async (file, flags, mode) => {
      const handle: FileHandle = await real.open(file, flags, mode);
      if (!String(file).endsWith(".part") || flags === undefined) return handle;
      const write = handle.write.bind(handle) as (...args: unknown[]) => Promise<{ bytesWritten: number }>;
      handle.write = (async (piece: Uint8Array, offset: number, length: number, at: number) => {
        if (left === 0) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
        const taken = Math.min(left, length);
        left = then === "full" ? left - taken : Number.POSITIVE_INFINITY;
        return write(piece, offset, taken, at);
      }) as never;
      return handle;
    });
  }

  test("in the middle of a model is told by its own name; what came is gone on with, nothing has a model's name", async () => {
    await fillAfter(70_001);
    const refusal = await pull().catch((error: AppError) => error);
    expect(refusal).toMatchObject({ code: "model_disk_full", status: 507, details: { name: "ink" } });
    expect(errorMessage("model_disk_full", { name: "ink" }, "zh")).toMatch(/\p{Script=Han}.*ink/u);
    await expectNothing();
    const asked = host.asked.filter(({ path: file }) => file === "ink.safetensors");
    // Asking the host again would help nobody.
    expect(asked).toHaveLength(1);
    await fillAfter(Number.POSITIVE_INFINITY);
    await pull();
    expect(host.asked.at(-1)!.range).toBe("bytes=70001-");
    expect((await readFile(at("loras/ink.safetensors"))).equals(lora)).toBe(true);
  });

  test("and has room again a moment later leaves no hole", async () => {
    await fillAfter(70_001, "room");
    await pull();
    expect((await readFile(at("loras/ink.safetensors"))).equals(lora)).toBe(true);
  });

  test("when all is there but the model's record is told the same, and the rest needs no second fetch", async () => {
    const full = Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    const { installModel } = await import("@/lib/models/install-model");
    vi.mocked(installModel).mockRejectedValueOnce(full);
    expect(await codeOf(pull())).toBe("model_disk_full");
    await expectNothing();
    host.asked.length = 0;
    await pull();
    expect(host.asked).toEqual([]);
    expect((await readFile(at("loras/ink.safetensors"))).equals(lora)).toBe(true);
  });
});

test("a model that another process fetches is left to it", async () => {
  const { stagingFolder } = await import("@/lib/models/staging");
  const held = inStaging(stagingFolder(SOURCE), async () => codeOf(pull()));
  expect(await held).toBe("model_busy");
});

describe("a folder", () => {
  test("arrives whole under its own name; files of it that were there are not fetched again", async () => {
    const config = Buffer.from(JSON.stringify({ _class_name: "ControlNetModel" }));
    await writeTinyCheckpoint(path.join(folder, "canny.safetensors"), {
      "controlnet_cond_embedding.conv_in.weight": [4, 3, 3, 3],
      "down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.weight": [8, 768],
    });
    const weights = await readFile(path.join(folder, "canny.safetensors"));
    host.repos["someone/canny"] = {
      commit: COMMIT,
      files: { "config.json": config, "diffusion_pytorch_model.safetensors": weights, "README.md": config },
    };
    host.faults.push(() => false, cutAfter(0), cutAfter(0), cutAfter(0));
    expect(await codeOf(pull("hf:someone/canny"))).toBe("model_host_failed");
    host.asked.length = 0;
    const { kind, name } = await pull("hf:someone/canny");
    expect([kind, name]).toEqual(["controlnet", "canny"]);
    expect((await readdir(at("controlnet/canny"))).sort()).toEqual([
      ...["config.json", "diffusion_pytorch_model.safetensors"],
    ]);
    expect(host.asked.some(({ path: asked }) => asked === "config.json")).toBe(false);
  });
});

test("a file of an earlier round is compared once more: what became another since comes anew", async () => {
  const full = Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  const { installModel } = await import("@/lib/models/install-model");
  vi.mocked(installModel).mockRejectedValueOnce(full);
  expect(await codeOf(pull())).toBe("model_disk_full");
  const names = await readdir(at(".incoming"), { recursive: true });
  const file = at(`.incoming/${names.find((name) => name.endsWith("ink.safetensors"))}`);
  const other = Buffer.from(lora);
  other[other.length - 1]! ^= 1;
  await writeFile(file, other);
  await pull();
  expect((await readFile(at("loras/ink.safetensors"))).equals(lora)).toBe(true);
});

describe("Civitai", () => {
  const version = (files: object[]) => ({ id: 7, trainedWords: ["inkwash"], files });
  const file = (name: string, more: object = {}) => ({
    ...{ name, type: "Model", sizeKB: lora.length / 1024, hashes: { SHA256: sha256(lora).toUpperCase() } },
    downloadUrl: `${host.url}/bytes/someone/ink/ink.safetensors`,
    ...more,
  });

  test("a version's safe file is taken, with the words that call it", async () => {
    host.versions["7"] = version([file("ink.ckpt", { primary: true }), file("Ink: wash.safetensors")]);
    const installed = await pull("civitai:7");
    expect(installed).toMatchObject({ kind: "lora", name: "Ink_ wash" });
    expect(await readRecord(installed.path)).toMatchObject({
      source: "civitai:7",
      triggerWords: ["inkwash"],
    });
  });

  test("of a model's page its newest version is taken, and noted as what it is", async () => {
    host.versions["7"] = version([file("ink.safetensors")]);
    host.versions["6"] = version([file("old ink.safetensors")]);
    host.pages["30240"] = { id: 30240, modelVersions: [{ id: 7 }, { id: 6 }] };
    const installed = await pull("https://civitai.com/models/30240/ink-wash");
    expect(installed.name).toBe("ink");
    expect((await readRecord(installed.path))?.source).toBe("civitai:7");
    expect(await codeOf(pull("civitai:7"))).toBe("model_present");
    host.pages["30241"] = { modelVersions: [] };
    expect(await codeOf(pull("civitai:30241@latest"))).toBe("model_file_unclear");
    expect(await codeOf(pull("civitai:30242@latest"))).toBe("model_gone");
  });

  test("of pickles alone, other hashes and other answers nothing comes", async () => {
    host.versions["8"] = version([file("ink.ckpt")]);
    expect(await codeOf(pull("civitai:8"))).toBe("weights_pickle");
    host.versions["9"] = version([file("ink.safetensors", { hashes: { SHA256: "0".repeat(64) } })]);
    expect(await codeOf(pull("civitai:9"))).toBe("model_differs");
    host.versions["10"] = { nothing: true };
    expect(await codeOf(pull("civitai:10"))).toBe("model_host_failed");
    expect(await codeOf(pull("civitai:11"))).toBe("model_gone");
    await expectNothing();
  });
});

describe("where files may come from", () => {
  let elsewhere: ModelHost;
  beforeEach(async () => {
    elsewhere = await startModelHost();
    elsewhere.repos["someone/ink"] = host.repos["someone/ink"]!;
  });
  afterEach(() => elsewhere.stop());

  test("a redirect to a host that nobody named is not followed", async () => {
    host.redirectTo = elsewhere.url;
    expect(await codeOf(pull())).toBe("model_host_refused");
    expect(elsewhere.asked).toEqual([]);
  });

  test("to one that was named it is, and the secret stays behind", async () => {
    vi.stubEnv("MODEL_HOSTS", `models.example.com, ${elsewhere.url}`);
    vi.stubEnv("HF_TOKEN", "hf_secret");
    forgetEnv();
    host.redirectTo = elsewhere.url;
    await pull();
    expect(host.asked.map(({ token }) => token)).toEqual(["Bearer hf_secret"]);
    expect(elsewhere.asked.map(({ token }) => token)).toEqual([undefined]);
  });

  test("redirects that go round in a circle end", async () => {
    host.faults.push(
      ...Array.from({ length: 40 }, () =>
        refuseWith(302, { location: "/bytes/someone/ink/ink.safetensors" }),
      ),
    );
    expect(await codeOf(pull())).toBe("model_host_failed");
  });
});
