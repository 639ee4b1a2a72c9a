import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ModelPart } from "@/lib/engine/layouts/checkpoint";
import { FORMS } from "@/lib/engine/nn/forms";
import { weighResiduals } from "@/lib/engine/pipelines/control";
import { controlHintGraph, controlNetGraph, unetGraph } from "@/lib/engine/pipelines/graphs";
import { openSession } from "@/lib/engine/runtime/session";
import { openSafetensors } from "@/lib/engine/safetensors/open-safetensors";
import { sizeOf, type Tensor, tensor } from "@/lib/engine/tensor";
import { testDevice, testForms, within } from "../support/engine-device";
import { fakeSafetensors } from "../support/fake-safetensors";
import { tinyValues, writeTinyCheckpoint } from "../support/tiny-weights";
import { type GoldenControlNet, unetGolden as golden, type Shapes } from "../support/unet-golden";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "mosaiq-unet-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function part(
  name: string,
  config: Record<string, unknown>,
  shapes: Shapes,
  salt = "",
): Promise<ModelPart> {
  const file = path.join(folder, `${name}.safetensors`);
  await writeTinyCheckpoint(file, shapes, "F32", salt);
  return { config, weights: (await openSafetensors(file)).tensors };
}

/** The makers' inputs: ten times what the rule gives to a tensor that is no weight. */
const spread = (name: string, ...shape: number[]): Tensor =>
  tensor(
    shape,
    tinyValues(`input.${name}`, [sizeOf(shape)]).map((value) => Math.fround(10 * value)),
  );

function feedsOf(config: Record<string, unknown>, height: number, width: number): Record<string, Tensor> {
  return {
    sample: spread("sample", 2, (config.in_channels as number | undefined) ?? 4, height, width),
    timestep: tensor([2], [601, 37]),
    encoder_hidden_states: spread("context", 2, 5, config.cross_attention_dim as number),
    ...("time_cond_proj_dim" in config && {
      timestep_cond: spread("cond", 2, config.time_cond_proj_dim as number),
    }),
    ...("addition_embed_type" in config && {
      text_embeds: spread("text", 2, 10),
      time_ids: tensor([2, 6], [64, 48, 0, 8, 64, 48, 32, 32, 4, 0, 32, 32]),
    }),
  };
}

/** Largest difference, in parts of the reference's largest number. */
function distance(got: ArrayLike<number>, wanted: readonly number[], every = 3): number {
  const kept = Array.from(got).filter((_, i) => i % every === 0);
  expect(kept).toHaveLength(wanted.length);
  const scale = Math.max(...wanted.map(Math.abs));
  return Math.max(...kept.map((value, i) => Math.abs(value - wanted[i]!))) / scale;
}

describe.each(Object.keys(golden.unets))("UNet2DCondition %s", (name) => {
  const { config, shapes, sample } = golden.unets[name]!;
  test.each(testForms)("in the form %s is diffusers' within 1e-5", async (form) => {
    const session = await openSession(
      unetGraph(await part(name, config, shapes), { ...testDevice, forms: FORMS[form] }),
      testDevice,
    );
    const { noise } = await session.run(feedsOf(config, 10, 7));
    await session.release();
    expect(noise!.shape).toEqual([2, 4, 10, 7]);
    expect(distance(noise!.data, sample)).toBeLessThan(within(1e-5));
  });
});

/** A ControlNet's residuals at full strength, and at 0.7, once these are the reference's. */
async function residuals(
  name: string,
  { config, shapes, down, mid }: GoldenControlNet,
): Promise<Record<"full" | "weighted", Record<string, Tensor>>> {
  const weights = await part(name, config, shapes, `${name}:`);
  const embedding = await openSession(controlHintGraph(weights, testDevice), testDevice);
  const controls = await openSession(controlNetGraph(weights, testDevice), testDevice);
  const given = spread("picture", 2, 3, 32, 24);
  const picture = tensor(
    given.shape,
    given.data.map((value) => value * 0.5 + 0.5),
  );
  const { hint } = await embedding.run({ picture });
  const full = await controls.run({ ...feedsOf(config, 8, 6), hint: hint! });
  await embedding.release();
  await controls.release();
  const weighted: Record<string, Tensor> = {};
  for (const [key, { shape, data }] of Object.entries(full))
    weighted[key] = { shape, data: data.map((value) => value * 0.7) };
  expect(Object.keys(weighted)).toHaveLength(down.length + 1);
  down.forEach((wanted, i) => {
    expect(distance(weighted[`down_residual_${i}`]!.data, wanted, 41)).toBeLessThan(within(1e-5));
  });
  expect(distance(weighted.mid_residual!.data, mid)).toBeLessThan(within(1e-5));
  return { full, weighted };
}

describe("ControlNet", () => {
  const { guess, sample } = golden.controlnet;

  test("its residuals are diffusers' within 1e-5, and the UNet's answer to them too", async () => {
    const { full, weighted } = await residuals("control", golden.controlnet);
    const mean = ({ data }: Tensor) => data.reduce((sum, value) => sum + Math.abs(value), 0) / data.length;
    const guessed = Object.values(weighResiduals(full, 0.7, true)).map(mean);
    expect(guessed).toHaveLength(guess.length);
    guessed.forEach((value, i) => {
      expect(Math.abs(value / guess[i]! - 1)).toBeLessThan(within(1e-5));
    });

    const base = golden.unets.sd1!;
    const unet = await openSession(
      unetGraph(await part("base", base.config, base.shapes), testDevice, { control: true }),
      testDevice,
    );
    const { noise } = await unet.run({ ...feedsOf(base.config, 8, 6), ...weighted });
    await unet.release();
    expect(distance(noise!.data, sample)).toBeLessThan(within(1e-5));
  });

  test("distilled, without attention in the middle and with layers of its own depth, it is diffusers' too", async () => {
    await residuals("ssd", golden.ssdControlnet);
  });

  test("must have a middle", () => {
    const without = { config: { ...golden.controlnet.config, mid_block_type: null }, weights: new Map() };
    expect(() => controlNetGraph(without, testDevice)).toThrowError(
      expect.objectContaining({
        code: "weights_unknown",
        message: "a ControlNet with mid_block_type null is not supported",
      }),
    );
  });
});

describe("a checkpoint that does not fit", () => {
  const { config, shapes } = golden.unets.sd1!;
  const key = "down_blocks.0.attentions.1.transformer_blocks.0.attn2.to_k.weight";

  test("names the missing layer", async () => {
    const { [key]: _gone, ...rest } = shapes;
    const torn = await part("missing", config, rest);
    expect(() => unetGraph(torn, testDevice)).toThrowError(
      expect.objectContaining({ code: "weights_key_missing", message: expect.stringContaining(key) }),
    );
  });

  test("names the layer of a wrong shape, what was expected and what there is", async () => {
    const torn = await part("misshapen", config, { ...shapes, [key]: [32, 25] });
    expect(() => unetGraph(torn, testDevice)).toThrowError(
      expect.objectContaining({
        code: "weights_shape_mismatch",
        details: expect.objectContaining({ layer: key, expected: "[32,24]", got: "[32,25]" }),
      }),
    );
  });

  const refused = (fields: Record<string, unknown>) => () =>
    unetGraph({ config: { ...config, ...fields }, weights: new Map() }, testDevice);
  const layers = "transformer_layers_per_block";
  test.each<[string, unknown]>([
    ["resnet_time_scale_shift", "scale_shift"],
    ["mid_block_type", "UNetMidBlock2DSimpleCrossAttn"],
    ["down_block_types", ["CrossAttnDownBlock2D", "AttnDownBlock2D"]],
    ["up_block_types", ["UpBlock2D"]],
    ["block_out_channels", []],
    ["norm_num_groups", null],
    ["cross_attention_dim", [24, 24]],
    ["attention_head_dim", [4]],
    ["layers_per_block", [2, 1, 1]],
    ["layers_per_block", [2, 0]],
    ["downsample_padding", 0],
    ["center_input_sample", true],
    ["conv_out_kernel", 1],
    ["num_class_embeds", 7],
    ["encoder_hid_dim", 8],
    ["global_pool_conditions", true],
    [layers, [1]],
    [layers, [1, 1.5]],
    [layers, [1, -1]],
    [layers, [1, "2"]],
    [layers, [1, [[2], 1]]],
    [layers, "1"],
    // Two layers, one depth.
    [layers, [[1], 1]],
    // The middle has a transformer, and nothing says how deep it is.
    [layers, [1, []]],
    [`reverse_${layers}`, 1],
    [`reverse_${layers}`, [1]],
    // One layer more on the way up.
    [`reverse_${layers}`, [1, [1, 2]]],
  ])("with %s %j names that variant, which is not drawn", (field, value) => {
    expect(refused({ [field]: value })).toThrowError(
      expect.objectContaining({
        code: "weights_unknown",
        message: `a UNet with ${field} ${JSON.stringify(value)} is not supported`,
        details: { layer: field, got: JSON.stringify(value) },
      }),
    );
  });

  test("whose layers differ does not leave those of the way up to be guessed", () => {
    const unsaid = { config: { ...config, [layers]: [[1, 1], 1] }, weights: fakeSafetensors(shapes).tensors };
    expect(() => unetGraph(unsaid, testDevice)).toThrowError(
      expect.objectContaining({
        code: "weights_unknown",
        message: `a UNet with reverse_${layers} null is not supported`,
      }),
    );
  });
});
