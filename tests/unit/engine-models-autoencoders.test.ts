import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { decodeKl, encodeKl } from "@/lib/engine/models/autoencoder-kl";
import { readAutoencoderKlConfig } from "@/lib/engine/models/autoencoder-kl-config";
import { decodeTiny, encodeTiny } from "@/lib/engine/models/autoencoder-tiny";
import { readAutoencoderTinyConfig } from "@/lib/engine/models/autoencoder-tiny-config";
import type { Scope } from "@/lib/engine/nn/scope";
import type { Value } from "@/lib/engine/onnx/graph";
import { tensor } from "@/lib/engine/tensor";
import { testForms, within } from "../support/engine-device";
import { type GoldenTensor, relativeError, runTiny, tinyInput } from "../support/run-model";

interface Case {
  name: string;
  config: Record<string, unknown>;
  shapes: Record<string, number[]>;
  picture: number[];
  latent: number[];
  outputs: Record<string, GoldenTensor>;
}

const goldens = (model: string): Case[] =>
  JSON.parse(readFileSync(path.resolve(import.meta.dirname, `../golden/models/${model}.json`), "utf8")).cases;

/** Greatest difference, relative to the reference's greatest magnitude. */
const BOUND = within(1e-5);

const times = (factor: number, name: string, shape: readonly number[]) =>
  tensor(
    shape,
    tinyInput(name, shape).data.map((value) => value * factor),
  );

const free = (rank: string, channels: number) => ["B", channels, `${rank}H`, `${rank}W`];

/** Emits both halves on one graph, in and out under the names of the golden's outputs. */
const bothHalves =
  (
    halves: { encode: (s: Scope, x: Value) => Value; decode: (s: Scope, x: Value) => Value },
    encoded: string,
    latentChannels: number,
  ) =>
  (s: Scope) => {
    const { graph } = s;
    const picture = graph.input("picture_in", "float32", free("picture", 3));
    const latent = graph.input("latent_in", "float32", free("latent", latentChannels));
    graph.output(encoded, halves.encode(s, picture), "float32", ["B", "C", "h", "w"]);
    graph.output("picture", halves.decode(s, latent), "float32", ["B", "C", "H", "W"]);
  };

describe.each(testForms)("on the forms of %s", (forms) => {
  test.each(goldens("autoencoder-kl"))("AutoencoderKL: $name", async ({ config, shapes, ...golden }) => {
    const kl = readAutoencoderKlConfig(config);
    const halves = {
      encode: (s: Scope, x: Value) => encodeKl(s, kl, x),
      decode: (s: Scope, x: Value) => decodeKl(s, kl, x),
    };
    const feeds = {
      picture_in: tinyInput("picture", golden.picture),
      latent_in: times(3, "latent", golden.latent),
    };
    const got = await runTiny(shapes, bothHalves(halves, "moments", kl.latentChannels), feeds, { forms });
    for (const name of ["moments", "picture"])
      expect(relativeError(got[name]!, golden.outputs[name]!), name).toBeLessThanOrEqual(BOUND);
  });

  test.each(goldens("autoencoder-tiny"))("AutoencoderTiny: $name", async ({ config, shapes, ...golden }) => {
    const tiny = readAutoencoderTinyConfig(config);
    const halves = {
      encode: (s: Scope, x: Value) => encodeTiny(s, tiny, x),
      decode: (s: Scope, x: Value) => decodeTiny(s, tiny, x),
    };
    const feeds = {
      picture_in: tinyInput("picture", golden.picture),
      latent_in: times(4, "latent", golden.latent),
    };
    const got = await runTiny(shapes, bothHalves(halves, "latent", tiny.latentChannels), feeds, { forms });
    for (const name of ["latent", "picture"])
      expect(relativeError(got[name]!, golden.outputs[name]!), name).toBeLessThanOrEqual(BOUND);
  });
});

describe("configurations", () => {
  test("an AutoencoderKL has the reference's defaults", () => {
    expect(readAutoencoderKlConfig({ block_out_channels: [128, 256, 512, 512] })).toMatchObject({
      latentChannels: 4,
      layersPerBlock: 1,
      groups: 32,
      scalingFactor: 0.18215,
      shiftFactor: 0,
      forceUpcast: true,
      usePostQuantConv: true,
      midBlockAttention: true,
      spatialFactor: 8,
    });
    expect(
      readAutoencoderKlConfig({ scaling_factor: 0.3611, shift_factor: 0.1159, force_upcast: false }),
    ).toMatchObject({ scalingFactor: 0.3611, shiftFactor: 0.1159, forceUpcast: false });
  });

  test("an AutoencoderTiny has the reference's defaults", () => {
    expect(readAutoencoderTinyConfig({})).toEqual({
      inChannels: 3,
      outChannels: 3,
      latentChannels: 4,
      encoderChannels: 64,
      decoderChannels: 64,
      encoderBlocks: [1, 3, 3, 3],
      decoderBlocks: [3, 3, 3, 1],
      upsamplingFactor: 2,
      act: "relu",
      latentMagnitude: 3,
      latentShift: 0.5,
      scalingFactor: 1,
      shiftFactor: 0,
      spatialFactor: 8,
    });
  });

  test.each([
    ["down_block_types", readAutoencoderKlConfig, ["DownEncoderBlock2D", "AttnDownEncoderBlock2D"]],
    ["up_block_types", readAutoencoderKlConfig, ["AttnUpDecoderBlock2D"]],
    ["latents_mean", readAutoencoderKlConfig, [0.1, 0.2, 0.3, 0.4]],
    ["upsample_fn", readAutoencoderTinyConfig, "bilinear"],
    ["encoder_block_out_channels", readAutoencoderTinyConfig, [32, 64, 64, 64]],
    ["decoder_block_out_channels", readAutoencoderTinyConfig, [64, 64, 32, 64]],
  ])("%s of another kind is refused by name", (key, read, value) => {
    expect(() => read({ [key]: value })).toThrowError(
      expect.objectContaining({
        code: "weights_unknown",
        details: { layer: key, got: JSON.stringify(value) },
      }),
    );
  });
});
