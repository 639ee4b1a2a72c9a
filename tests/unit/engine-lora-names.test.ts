import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { collectModules } from "@/lib/engine/lora/collect-modules";
import { type LoraTargets, moduleNames } from "@/lib/engine/lora/module-names";
import { parseLora } from "@/lib/engine/lora/parse-lora";
import type { SafetensorsFile } from "@/lib/engine/safetensors/open-safetensors";
import type { StoredTensor, Weights } from "@/lib/engine/safetensors/stored-tensor";

type Pairs = readonly (readonly [key: string, weight: string])[];
interface Golden {
  readonly names: { readonly sd1: Pairs; readonly sdxl: Pairs; readonly sdxlWeights: readonly string[] };
  readonly models: Readonly<Record<"unet" | "textEncoder" | "kohya", readonly string[]>>;
}
const { names, models }: Golden = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "../golden/lora/golden.json"), "utf8"),
);

/** Nothing of a tensor but its shape is looked at. */
const stored = (key: string, shape: readonly number[]): StoredTensor => ({
  ...{ key, shape, dtype: "F16", file: "/lora.safetensors", offset: 0, byteLength: 0 },
});
const weightsOf = (keys: readonly string[]): Weights =>
  new Map(keys.map((key) => [key, stored(key, [6, 5])]));

const fileOf = (tensors: Readonly<Record<string, readonly number[]>>): SafetensorsFile => ({
  ...{ path: "/lora.safetensors", sizeBytes: 0, metadata: {} },
  tensors: new Map(Object.entries(tensors).map(([key, shape]) => [key, stored(key, shape)])),
});

const SD1: LoraTargets = { unet: weightsOf(models.unet), textEncoder: weightsOf(models.textEncoder) };
const SDXL: LoraTargets = { unet: weightsOf(names.sdxlWeights), textEncoder: null };

/** The only weight that a file of one module changes. */
async function changedBy(downKey: string, targets: LoraTargets): Promise<string[]> {
  const up = downKey.replace(/lora_A/, "lora_B").replace(/down\.weight$/, "up.weight");
  const { patches, unmatched } = await parseLora(fileOf({ [downKey]: [2, 5], [up]: [6, 2] }), targets);
  expect(unmatched).toEqual([]);
  return [...patches.unet.keys(), ...patches.textEncoder.keys()];
}

describe("names mean what they mean to diffusers", () => {
  test.each(names.sd1)("%s", async (key, weight) => {
    expect(await changedBy(key, SD1)).toEqual([weight]);
  });

  test.each(names.sdxl)("SDXL: %s", async (key, weight) => {
    expect(await changedBy(key, SDXL)).toEqual([weight]);
  });
});

describe("names are made from modules", () => {
  test("every module that kohya's trainer changes is found", async () => {
    const tensors = models.kohya.flatMap((module) => [
      [`${module}.lora_down.weight`, [2, 5]] as const,
      [`${module}.lora_up.weight`, [6, 2]] as const,
    ]);
    const { patches, unmatched } = await parseLora(fileOf(Object.fromEntries(tensors)), SD1);
    expect(unmatched).toEqual([]);
    expect(patches.unet.size + patches.textEncoder.size).toBe(models.kohya.length);
  });

  test("no name stands for two modules, and every module has one of each style", () => {
    const found = moduleNames(SD1);
    const styles = {
      unet: /^lora_unet_(?!input|middle|output)|^unet\.|^base_model/,
      textEncoder: /^lora_te1?_|^text_/,
    };
    for (const part of ["unet", "textEncoder"] as const)
      for (const key of models[part]) {
        const module = key.replace(/\.weight$/, "");
        const own = [...found].filter(([, target]) => target.part === part && target.path === module);
        expect(own.filter(([name]) => styles[part].test(name)).length, key).toBeGreaterThanOrEqual(3);
      }
    // LDM's names are dotted and underscored too, and no module lost one to another.
    const ldm = [...found.keys()].filter((name) => name.startsWith("diffusion_model."));
    expect(ldm.length).toBe(models.unet.length);
  });

  test("parsing is total over all names, all endings and all mixtures of them", async () => {
    const found = [...moduleNames(SD1)];
    const endings = [
      ["lora_up.weight", "lora_down.weight"],
      ["lora.up.weight", "lora.down.weight"],
      ["lora_B.weight", "lora_A.weight"],
      ["lora_B.default.weight", "lora_A.default.weight"],
      ["lora_linear_layer.up.weight", "lora_linear_layer.down.weight"],
      ["up.weight", "down.weight"],
    ] as const;
    const module = fc.tuple(fc.constantFrom(...found), fc.constantFrom(...endings));
    const several = fc.uniqueArray(module, {
      minLength: 1,
      maxLength: 20,
      selector: ([[, { part, path }]]) => `${part} ${path}`,
    });
    await fc.assert(
      fc.asyncProperty(several, async (modules) => {
        const tensors = modules.flatMap(([[name], [up, down]]) => [
          [`${name}.${up}`, [6, 2]] as const,
          [`${name}.${down}`, [2, 5]] as const,
        ]);
        const { patches, unmatched } = await parseLora(fileOf(Object.fromEntries(tensors)), SD1);
        expect(unmatched).toEqual([]);
        for (const [[name, { part, path }]] of modules)
          expect(patches[part].get(`${path}.weight`)?.module).toBe(name);
      }),
    );
  });

  test.each([
    ["lycoris_conv_in.diff", "conv_in.weight"],
    ["lora_unet_conv_norm_out.w_norm", "conv_norm_out.weight"],
    ["lora_unet_conv_norm_out.b_norm", "conv_norm_out.bias"],
    ["diffusion_model.input_blocks.0.0.diff", "conv_in.weight"],
  ])("LyCORIS and ComfyUI: %s", async (key, weight) => {
    const unet = new Map([
      ...SD1.unet!,
      ["conv_norm_out.bias", stored("conv_norm_out.bias", [6, 5])] as const,
    ]);
    const { patches } = await parseLora(fileOf({ [key]: [6, 5] }), { unet });
    expect([...patches.unet.keys()]).toEqual([weight]);
  });

  test("the two text encoders of SDXL are told apart", async () => {
    const weights = weightsOf(["text_model.encoder.layers.0.mlp.fc1.weight"]);
    const targets = { textEncoder: weights, textEncoder2: weights };
    const module = "text_model.encoder.layers.0.mlp.fc1";
    const underscored = "text_model_encoder_layers_0_mlp_fc1";
    for (const [prefix, part] of [
      ["lora_te1_", "textEncoder"],
      ["lora_te_", "textEncoder"],
      ["lora_te2_", "textEncoder2"],
      ["text_encoder.", "textEncoder"],
      ["base_model.model.", "textEncoder"],
      ["text_encoder_2.", "textEncoder2"],
    ] as const) {
      const name = prefix + (prefix.endsWith("_") ? underscored : module);
      const tensors = { [`${name}.lora_up.weight`]: [6, 2], [`${name}.lora_down.weight`]: [2, 5] };
      const { patches } = await parseLora(fileOf(tensors), targets);
      expect(patches[part].size, prefix).toBe(1);
    }
  });
});

describe("endings", () => {
  test("a module's tensors come together whatever their order", () => {
    const shapes = { "x.alpha": [], "y.diff": [1], "x.lora_mid.weight": [1], "x.lora_up.weight": [1] };
    const { modules, unknown } = collectModules(fileOf({ ...shapes, "x.lora_up.bias": [1] }));
    expect([...modules].map(([name, roles]) => [name, Object.keys(roles)])).toEqual([
      ["x", ["alpha", "mid", "up"]],
      ["y", ["diff"]],
    ]);
    expect(unknown).toEqual(["x.lora_up.bias"]);
  });

  test.each(["", ".weight", ".default", ".default.weight"])("PEFT's magnitudes end in %o", (ending) => {
    const { modules } = collectModules(fileOf({ [`x.lora_magnitude_vector${ending}`]: [6] }));
    expect(Object.keys(modules.get("x") ?? {})).toEqual(["magnitude"]);
  });

  test.each([
    ["lora_unet_x.on_input", "IA3"],
    ["base_model.model.x.ia3_l", "IA3"],
    ["lora_unet_x.oft_diag", "OFT"],
    ["base_model.model.x.oft_R", "OFT"],
    ["base_model.model.x.boft_R", "BOFT"],
    ["lora_unet_x.a1.weight", "GLoRA"],
  ])("%s is refused by name", (key, seen) => {
    const refusal = expect.objectContaining({
      code: "weights_unknown",
      details: expect.objectContaining({ seen }),
    });
    expect(() => collectModules(fileOf({ [key]: [2] }))).toThrow(refusal);
  });
});
