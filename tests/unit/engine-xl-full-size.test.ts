import { expect, test } from "vitest";
import { openSingleFile } from "@/lib/engine/layouts/open-single-file";
import { readClipTextConfig } from "@/lib/engine/models/clip-config";
import { clipText } from "@/lib/engine/models/clip-text";
import { unet2dCondition } from "@/lib/engine/models/unet-2d-condition";
import { readUNetConfig } from "@/lib/engine/models/unet-config";
import { fakeSafetensors, prefixed } from "../support/fake-safetensors";
import { goldenModel } from "../support/layouts-golden";
import { leftOver } from "../support/left-over";

const file = fakeSafetensors({
  ...prefixed("model.diffusion_model.", goldenModel("sdxl.unet").ldm),
  ...prefixed("conditioner.embedders.1.model.", goldenModel("sdxl.text2").ldm),
});
const checkpoint = await openSingleFile(file);

test("a full-size UNet takes every weight of its file", () => {
  const config = readUNetConfig(checkpoint.unet.config);
  const left = leftOver(checkpoint.unet, (scope) => {
    const input = (name: string, shape: readonly number[]) => scope.graph.input(name, "float32", shape);
    unet2dCondition(scope, config, {
      sample: input("sample", [1, 4, 128, 128]),
      timestep: input("timestep", [1]),
      encoderHiddenStates: input("context", [1, 77, 2048]),
      added: { textEmbeds: input("text_embeds", [1, 1280]), timeIds: input("time_ids", [1, 6]) },
    });
  });
  expect(left).toEqual([]);
});

test("so does its second text encoder, where it pools", () => {
  const part = checkpoint.textEncoder2!;
  const left = leftOver(part, (scope) => {
    const ids = scope.graph.input("ids", "int64", [1, 77]);
    const options = { clipSkip: 1, finalLayerNorm: false, pooled: "text_embeds" } as const;
    clipText(scope, readClipTextConfig(part.config), { ids }, options);
  });
  expect(left).toEqual([]);
});
