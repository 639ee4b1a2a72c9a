import type { ModelPart } from "../layouts/checkpoint";
import { type ControlNetConfig, conditioningEmbedding, controlNet } from "../models/controlnet";
import { unet2dCondition } from "../models/unet-2d-condition";
import { readUNetConfig, type UNetConfig } from "../models/unet-config";
import type { Patch } from "../nn/scope";
import type { Graph, GraphModel, Value } from "../onnx/graph";
import type { Device } from "../runtime/session";
import { emitNetwork } from "./emit-network";

export type Patches = ReadonlyMap<string, readonly Patch[]>;

/** Sizes that are free until a run, so that one session serves every size and batch. */
const LATENT = ["batch", null, "height", "width"] as const;

/**
 * A UNet with the inputs `sample`, `timestep`, `encoder_hidden_states`; where its config asks for them `timestep_cond`,
 * `text_embeds` and `time_ids`; with `control` also `down_residual_N` and `mid_residual`. Its output is `noise`.
 */
export function unetGraph(
  { config: json, weights }: ModelPart,
  device: Device,
  { control = false, patches }: { readonly control?: boolean; readonly patches?: Patches } = {},
): GraphModel {
  const config = readUNetConfig(json);
  return emitNetwork({ weights, ...(patches && { patches }) }, device, (scope) => {
    const { graph } = scope;
    const noise = unet2dCondition(scope, config, {
      ...conditions(graph, config),
      ...(control && { residuals: residualInputs(graph, config) }),
    });
    graph.output("noise", noise, "float32", latent(config.outChannels));
  });
}

/** What a ControlNet makes of its `picture` before the first step: `hint`. */
export function controlHintGraph({ config: json, weights }: ModelPart, device: Device): GraphModel {
  const config = readControlNetConfig(json);
  return emitNetwork({ weights }, device, (scope) => {
    const { graph } = scope;
    const shape = ["batch", config.conditioningChannels, "picture_height", "picture_width"];
    const picture = graph.input("picture", "float32", shape);
    const hint = conditioningEmbedding(scope.at("controlnet_cond_embedding"), config, picture);
    graph.output("hint", hint, "float32", latent(config.blockOutChannels[0]!));
  });
}

/** A ControlNet with the inputs of its UNet and `hint`; outputs `down_residual_N` and `mid_residual`. */
export function controlNetGraph({ config: json, weights }: ModelPart, device: Device): GraphModel {
  const config = readControlNetConfig(json);
  return emitNetwork({ weights }, device, (scope) => {
    const { graph } = scope;
    const hint = graph.input("hint", "float32", latent(config.blockOutChannels[0]!));
    const { down, mid } = controlNet(scope, config, { ...conditions(graph, config), hint });
    const free = ["batch", "channels", "h", "w"];
    down.forEach((value, i) => {
      graph.output(`down_residual_${i}`, value, "float32", free);
    });
    graph.output("mid_residual", mid, "float32", free);
  });
}

export function readControlNetConfig(json: ModelPart["config"]): ControlNetConfig {
  return {
    ...readUNetConfig(json),
    conditioningChannels: (json.conditioning_channels as number | undefined) ?? 3,
    embeddingChannels: (json.conditioning_embedding_out_channels as number[] | undefined) ?? [
      16, 32, 96, 256,
    ],
  };
}

/** Feature maps that a UNet keeps for its way up: one after conv_in, every layer and every downsampler. */
export const skipsOf = ({ layersPerBlock, downBlockTypes }: UNetConfig): number =>
  layersPerBlock.reduce((sum, layers) => sum + layers, 0) + downBlockTypes.length;

function conditions(graph: Graph, config: UNetConfig) {
  const { timeCondProjDim, addition } = config;
  return {
    sample: graph.input("sample", "float32", latent(config.inChannels)),
    timestep: graph.input("timestep", "float32", ["batch"]),
    encoderHiddenStates: graph.input("encoder_hidden_states", "float32", [
      "batch",
      "tokens",
      config.crossAttentionDim,
    ]),
    ...(timeCondProjDim !== null && {
      timestepCond: graph.input("timestep_cond", "float32", ["batch", timeCondProjDim]),
    }),
    ...(addition && {
      added: {
        textEmbeds: graph.input("text_embeds", "float32", [
          "batch",
          addition.inputDim - 6 * addition.timeDim,
        ]),
        timeIds: graph.input("time_ids", "float32", ["batch", 6]),
      },
    }),
  };
}

function residualInputs(graph: Graph, config: UNetConfig): { down: Value[]; mid: Value } {
  const residual = (name: string) =>
    graph.input(name, "float32", ["batch", `${name}_c`, `${name}_h`, `${name}_w`]);
  return {
    down: Array.from({ length: skipsOf(config) }, (_, i) => residual(`down_residual_${i}`)),
    mid: residual("mid_residual"),
  };
}

const latent = (channels: number) => LATENT.map((dim) => dim ?? channels);
