import { describe, expect, test } from "vitest";
import type { ModelPart } from "@/lib/engine/layouts/checkpoint";
import { openSingleFile } from "@/lib/engine/layouts/open-single-file";
import { inferUNetConfig, layoutOfConfig } from "@/lib/engine/layouts/unet-config";
import { unetKeyMap } from "@/lib/engine/layouts/unet-keys";
import { unet2dCondition } from "@/lib/engine/models/unet-2d-condition";
import { readUNetConfig } from "@/lib/engine/models/unet-config";
import { fakeSafetensors, prefixed } from "../support/fake-safetensors";
import { goldenModel } from "../support/layouts-golden";
import { leftOver } from "../support/left-over";
import { unetGolden } from "../support/unet-golden";

const leftOfUNet = (part: ModelPart): string[] =>
  leftOver(part, (scope) => {
    const input = (name: string, shape: readonly number[]) => scope.graph.input(name, "float32", shape);
    unet2dCondition(scope, readUNetConfig(part.config), {
      sample: input("sample", [1, 4, 128, 128]),
      timestep: input("timestep", [1]),
      encoderHiddenStates: input("context", [1, 77, 2048]),
      added: { textEmbeds: input("text_embeds", [1, 1280]), timeIds: input("time_ids", [1, 6]) },
    });
  });

describe.each(Object.keys(unetGolden.fullSizes))("%s at full size", (name) => {
  const { config, shapes } = unetGolden.fullSizes[name]!;

  test("asks for every weight of diffusers' model, and for no other", () => {
    expect(leftOfUNet({ config, weights: fakeSafetensors(shapes).tensors })).toEqual([]);
  });

  test("is told from its weights alone", () => {
    const inferred = readUNetConfig(inferUNetConfig(fakeSafetensors(shapes).tensors));
    expect(inferred).toEqual(readUNetConfig(config));
  });

  test("is drawn from a single file with its text encoders", async () => {
    const { toLdm } = unetKeyMap(layoutOfConfig(config));
    const ldm = Object.fromEntries(Object.entries(shapes).map(([key, shape]) => [toLdm(key)!, shape]));
    const { family, unet } = await openSingleFile(
      fakeSafetensors({
        ...prefixed("model.diffusion_model.", ldm),
        ...prefixed("conditioner.embedders.1.model.", goldenModel("sdxl.text2").ldm),
      }),
    );
    expect(family).toBe("sdxl");
    expect([...unet.weights.keys()].toSorted()).toEqual(Object.keys(shapes).toSorted());
    expect(leftOfUNet(unet)).toEqual([]);
  });
});

test("a middle deeper than its neighbour, which does not attend, is told from its weights (SDXL's refiner)", () => {
  const { shapes } = unetGolden.unets.sd1!;
  const deeper = { ...shapes, "mid_block.attentions.0.transformer_blocks.3.norm1.weight": [64] };
  const { transformerLayers } = readUNetConfig(inferUNetConfig(fakeSafetensors(deeper).tensors));
  expect(transformerLayers).toEqual({ down: [[1, 1], []], mid: [4], up: [[], [1, 1, 1]] });
});
