import { afterEach, describe, expect, test, vi } from "vitest";
import { forgetEnv } from "@/lib/env";
import { catalogue, findInCatalogue, knownSize, sizesOf } from "@/lib/models/catalogue";
import { fitOf } from "@/lib/models/fits-machine";
import { formatBytes } from "@/lib/models/format-bytes";
import { isInside, safeName } from "@/lib/models/safe-name";
import { chooseFiles } from "@/lib/models/sources/choose-files";
import { formatSource } from "@/lib/models/sources/model-source";
import { parseSource, sourceOf } from "@/lib/models/sources/parse-source";
import { sumSizes } from "@/lib/models/sum-sizes";

describe("the catalogue", () => {
  const { models, bundles } = catalogue();

  test("names everything once, and what will lie in one folder differently", () => {
    expect(new Set(models.map(({ id }) => id)).size).toBe(models.length);
    const places = models.map(({ kind, saveAs, source }) => {
      const [file] = source.from === "civitai" ? [] : source.files;
      return `${kind}/${saveAs ?? file?.path.split("/").at(-1)}`;
    });
    expect(new Set(places).size).toBe(places.length);
  });

  test("has only weights that can be read safely, and what stands beside them", () => {
    const files = models.flatMap(({ source }) => (source.from === "civitai" ? [] : source.files));
    for (const { path } of files) expect(path).toMatch(/\.(safetensors|json|txt)$/);
    expect(files.length).toBeGreaterThan(20);
  });

  test("folders are told what they will be called", () => {
    for (const { source, saveAs } of models)
      if (source.from === "huggingface" && source.files.length > 1) expect(saveAs).toBeDefined();
  });

  test("bundles are made of models that are there", () => {
    const ids = models.map(({ id }) => id);
    for (const bundle of bundles) expect(ids).toEqual(expect.arrayContaining(bundle.models));
  });

  test("a size is told where every file's is known, and only there", () => {
    const sizeOf = (id: string) => knownSize(models.find((model) => model.id === id)!);
    expect(sizeOf("taesd")).toBe(9793292);
    expect(sizeOf("siglip2-base")).toBeNull();
    expect(sizeOf("toonyou-beta6")).toBe(2299933946);
  });
});

describe("whether it fits this machine", () => {
  const GB = 1e9;
  const find = (...ids: string[]) => ids.map((id) => findInCatalogue(id)!);
  const withMemory = (megabytes: number) => {
    vi.stubEnv("INFERENCE_MEMORY_MB", `${megabytes}`);
    forgetEnv();
  };
  afterEach(() => {
    vi.unstubAllEnvs();
    forgetEnv();
  });

  test("sizes are exact, about so much, or more than that", () => {
    const sum = (...ids: string[]) => sumSizes(find(...ids).map(sizesOf));
    expect(sum("dreamshaper-8", "qr-monster-v2")).toEqual({ bytes: 2855222238, is: "exact" });
    expect(sum("dreamshaper-8", "qr-monster-v2", "controlnet-brightness")).toEqual({
      ...{ bytes: 4305222238, is: "about" },
    });
    expect(sum("taesd", "siglip2-base")).toEqual({ bytes: 9793292, is: "more" });
  });

  test("several are held against the disk together", () => {
    withMemory(20_000);
    const room = 4 * GB;
    for (const one of find("dreamshaper-8", "qr-monster-v2", "controlnet-brightness"))
      expect(fitOf([one], room).disk).toBe("fits");
    expect(fitOf(find("dreamshaper-8", "qr-monster-v2", "controlnet-brightness"), room).disk).toBe("full");
    expect(fitOf(find("siglip2-base"), room).disk).toBe("unknown");
    expect(fitOf(find("siglip2-base", "sd15"), room).disk).toBe("full");
    expect(fitOf(find("taesd"), null).disk).toBe("unknown");
  });

  test("ControlNets take their memory beside a checkpoint's", () => {
    const memoryOf = (...ids: string[]) => fitOf(find(...ids), null).memory;
    withMemory(4_700);
    expect(memoryOf("dreamshaper-8")).toBe("fits");
    expect(memoryOf("qr-monster-v2")).toBe("int8");
    expect(memoryOf("dreamshaper-8", "qr-monster-v2")).toBe("int8");
    withMemory(3_000);
    expect(memoryOf("dreamshaper-8")).toBe("int8");
    expect(memoryOf("qr-monster-v2")).toBe("short");
    expect(memoryOf("taesd")).toBe("unknown");
  });

  test("seconds are those of the steps that its makers recommend, by what was measured", () => {
    const timeOf = (...ids: string[]) => {
      const { secondsOnTwoCores, steps } = fitOf(find(...ids), null);
      return [secondsOnTwoCores, steps];
    };
    withMemory(20_000);
    const { recommended, ...plain } = find("dreamshaper-8")[0]!;
    expect(timeOf("dreamshaper-8")).toEqual([
      Math.round(recommended!.steps! * 2 * 4.75 + 12.9),
      recommended!.steps,
    ]);
    expect(fitOf([plain], null)).toMatchObject({ secondsOnTwoCores: 203, steps: 20 });
    expect(fitOf([{ ...plain, recommended: { steps: 4, guidance: 1 } }], null)).toMatchObject({
      ...{ secondsOnTwoCores: 32, steps: 4 },
    });
    const quick = find("lcm-lora-sd15")[0]!.recommended!;
    expect(timeOf("dreamshaper-8", "lcm-lora-sd15")[1]).toBe(quick.steps);
    withMemory(3_000);
    expect(fitOf([plain], null).secondsOnTwoCores).toBe(125);
    expect(fitOf(find("sd-turbo"), null).secondsOnTwoCores).toBeNull();
  });
});

describe("where a model comes from", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    forgetEnv();
  });
  test.each([
    ["hf:owner/repo", "hf:owner/repo"],
    ["hf:owner/repo@v2", "hf:owner/repo@v2"],
    [" hf:owner/repo/sub/file.safetensors ", "hf:owner/repo/sub/file.safetensors"],
    ["https://huggingface.co/owner/repo", "hf:owner/repo"],
    ["https://huggingface.co/owner/repo/blob/main/a.safetensors", "hf:owner/repo/a.safetensors"],
    [
      "https://huggingface.co/owner/repo/resolve/abc/x/a.safetensors?download=true",
      "hf:owner/repo/x/a.safetensors@abc",
    ],
    ["civitai:125771", "civitai:125771"],
    ["civitai:30240@125771", "civitai:125771"],
    ["https://civitai.com/models/30240/toonyou?modelVersionId=125771", "civitai:125771"],
    ["https://civitai.com/api/download/models/125771", "civitai:125771"],
    ["https://civitai.com/models/30240", "civitai:30240@latest"],
    ["https://civitai.com/models/30240/toonyou", "civitai:30240@latest"],
    ["civitai:30240@latest", "civitai:30240@latest"],
    ["https://hub.example.com:8443/owner/repo/blob/main/a%20b.safetensors", "hf:owner/repo/a b.safetensors"],
    ["https://huggingface.co/owner/repo/blob/main/100%.safetensors", "hf:owner/repo/100%.safetensors"],
  ])("%s", (said, understood) => {
    vi.stubEnv("HF_ENDPOINT", "https://hub.example.com:8443");
    forgetEnv();
    const { source, entry } = parseSource(said);
    expect([formatSource(source), entry]).toEqual([understood, null]);
  });

  test("a name of the catalogue", () => {
    const { source, entry } = parseSource("taesd");
    expect(entry?.name).toBe("TAESD");
    expect(source).toEqual(sourceOf(entry!));
  });

  test.each([
    ...[
      "",
      "nothing",
      "hf:owner",
      "hf:../repo",
      "hf:owner/repo/../x",
      "hf:owner/repo@../x",
      "civitai:x",
      "file:///etc/passwd",
    ],
    ...[
      "https://example.com/a.safetensors",
      "https://huggingface.co.example.com/a/b",
      "https://civitai.com/user/30240",
      "https://huggingface.co/%E0%A4%A/%",
    ],
  ])("%j is none", (said) => {
    expect(() => parseSource(said)).toThrow(expect.objectContaining({ code: "model_source_unclear" }));
  });
});

describe("what is taken of a repository", () => {
  test("a pipeline's parts in full precision, and nothing beside them", () => {
    const unet = [
      "config.json",
      "diffusion_pytorch_model.safetensors",
      "diffusion_pytorch_model.fp16.safetensors",
    ];
    const choice = chooseFiles([
      ...["model_index.json", "README.md", "v1.safetensors", "safety_checker/model.safetensors"],
      ...unet.map((name) => `unet/${name}`),
      ...["unet/diffusion_pytorch_model.bin", "scheduler/scheduler_config.json", "tokenizer/merges.txt"],
    ]);
    expect(choice).toEqual({
      layout: "folder",
      paths: [
        ...["model_index.json", "unet/config.json", "unet/diffusion_pytorch_model.safetensors"],
        ...["scheduler/scheduler_config.json", "tokenizer/merges.txt"],
      ],
    });
  });

  test("half precision where there is no other", () => {
    const choice = chooseFiles([
      "model_index.json",
      "unet/config.json",
      "unet/diffusion_pytorch_model.fp16.safetensors",
    ]);
    expect(choice?.paths).toContain("unet/diffusion_pytorch_model.fp16.safetensors");
  });

  test("a network with its settings; a lone file; and of several nothing", () => {
    const clip = ["config.json", "model.safetensors", "tokenizer.json", "merges.txt"];
    expect(chooseFiles([...clip, "pytorch_model.bin", "onnx/model.onnx"])).toEqual({
      ...{ layout: "folder", paths: ["config.json", "tokenizer.json", "merges.txt", "model.safetensors"] },
    });
    expect(chooseFiles(["README.md", "style.safetensors"])).toEqual({
      layout: "file",
      paths: ["style.safetensors"],
    });
    expect(chooseFiles(["a.safetensors", "b.safetensors"])).toBeNull();
    expect(chooseFiles(["model.ckpt"])).toBeNull();
  });
});

test("names that strangers give lead nowhere else", () => {
  expect(safeName("../../etc/passwd")).toBe("_.._etc_passwd");
  expect(safeName("..")).toBe("model");
  expect(safeName(".hidden")).toBe("hidden");
  expect(safeName("Ink & wash: 水墨 v2.")).toBe("Ink & wash_ 水墨 v2");
  expect(safeName("x".repeat(500))).toHaveLength(120);
  const most = 255 - Buffer.byteLength(".safetensors.part.json");
  for (const long of ["水".repeat(500), `x${"水墨".repeat(500)}`, "🎨".repeat(500)]) {
    expect(Buffer.byteLength(safeName(long))).toBeLessThanOrEqual(most);
    expect(safeName(long).length).toBeGreaterThan(50);
    // Half a character would come back as another.
    expect(Buffer.from(safeName(long)).toString()).toBe(safeName(long));
  }
  expect(["a/b.json", "a"].map(isInside)).toEqual([true, true]);
  expect(["../a", "/a", "a//b", "a/../b", "a\\b", ".git/x", ""].map(isInside)).toEqual(Array(7).fill(false));
});

test("sizes as disks tell them", () => {
  expect([0, 999, 1000, 9_793_292, 722_596_344, 2_855_222_238, 12e12].map(formatBytes)).toEqual([
    ...["0 B", "999 B", "1.0 KB", "9.8 MB", "723 MB", "2.9 GB", "12 TB"],
  ]);
});
