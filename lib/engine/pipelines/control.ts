import { EngineError } from "../engine-error";
import type { ModelPart } from "../layouts/checkpoint";
import { readUNetConfig, type UNetConfig } from "../models/unet-config";
import { type Device, openSession } from "../runtime/session";
import { combine } from "../schedulers/arithmetic";
import { sizeOf, type Tensor, tensor } from "../tensor";
import { controlHintGraph, controlNetGraph, readControlNetConfig } from "./graphs";
import { type Condition, conditionFeeds, type Residuals, repeatTo } from "./unet";

export interface ControlNet {
  /** Residuals at full strength. @param picture [1 or n, 3, 8·h, 8·w] in [0, 1]. */
  residuals(sample: Tensor, timestep: number, condition: Condition, picture: Tensor): Promise<Residuals>;
  release(): Promise<void>;
}

/** How a picture steers a drawing. */
export interface Control {
  readonly net: ControlNet;
  /** [1, 3, H, W] in [0, 1]. */
  readonly picture: Tensor;
  readonly weight: number;
  /** Part of the steps in which it works, 0 … 1. */
  readonly from: number;
  readonly to: number;
  /** Steers the wanted picture alone, less in its fine layers: it may guess what the control shows, without a prompt. */
  readonly guess: boolean;
}

/** The picture's own layers run once a picture, the others in every step. @throws those of `openSession` and the graphs. */
export async function openControlNet(part: ModelPart, device: Device): Promise<ControlNet> {
  const config = readControlNetConfig(part.config);
  const embedding = await openSession(controlHintGraph(part, device), device, { keepsMemory: false });
  const session = await openSession(controlNetGraph(part, device), device);
  const hints = new WeakMap<Tensor, Tensor>();
  const hintOf = async (picture: Tensor): Promise<Tensor> => {
    const hint = hints.get(picture) ?? (await embedding.run({ picture })).hint!;
    hints.set(picture, hint);
    return hint;
  };
  return {
    async residuals(sample, timestep, condition, picture) {
      const count = sample.shape[0]!;
      const feeds = conditionFeeds(count, timestep, condition, config);
      return session.run({ sample, ...feeds, hint: repeatTo(count, await hintOf(picture)) });
    },
    async release() {
      await embedding.release();
      await session.release();
    },
  };
}

/** What a ControlNet is a copy of, by the names that config.json has for it. */
const COPIED: Readonly<Record<string, (config: UNetConfig) => unknown>> = {
  cross_attention_dim: ({ crossAttentionDim }) => crossAttentionDim,
  block_out_channels: ({ blockOutChannels }) => blockOutChannels,
  layers_per_block: ({ layersPerBlock }) => layersPerBlock,
  addition_embed_type: ({ addition }) => (addition ? "text_time" : "none"),
};

/**
 * Refuses a ControlNet that was made for another kind of model, before its residuals fit into nothing.
 * @param source its path. @throws EngineError controlnet_fits_nothing, naming what differs
 */
export function assertControlFits(unet: ModelPart, control: ModelPart, source: string): void {
  const [own, other] = [readUNetConfig(unet.config), readControlNetConfig(control.config)];
  for (const [layer, read] of Object.entries(COPIED)) {
    const [expected, got] = [String(read(own)), String(read(other))];
    if (got !== expected)
      throw new EngineError("controlnet_fits_nothing", `${source}: ${layer} is ${got}, not ${expected}`, {
        ...{ file: source, layer, expected, got },
      });
  }
}

/** Whether a control works in a step. @source diffusers pipeline_controlnet.py controlnet_keep */
export const worksAt = ({ from, to }: Control, index: number, of: number): boolean =>
  index / of >= from && (index + 1) / of <= to;

/** Residuals times the control's weight; in guess mode from a tenth in the first to all of it in the last. */
export function weighResiduals(full: Residuals, weight: number, guess: boolean): Residuals {
  const names = Object.keys(full);
  const scale = (i: number): number => (guess ? weight * 10 ** (i / (names.length - 1) - 1) : weight);
  return Object.fromEntries(names.map((name, i) => [name, combine([scale(i), full[name]!])]));
}

/** Residuals of several controls add up. */
export function addResiduals(all: readonly Residuals[]): Residuals | undefined {
  const [first, ...rest] = all;
  if (!first) return undefined;
  return Object.fromEntries(
    Object.entries(first).map(([name, value]) => [
      name,
      rest.reduce((sum, more) => combine([1, sum], [1, more[name]!]), value),
    ]),
  );
}

/** What a UNet with a place for controls is fed where none of them works, for a sample [n, c, h, w]. */
export function noResiduals(config: UNetConfig, [count, , height, width]: readonly number[]): Residuals {
  const { blockOutChannels, layersPerBlock } = config;
  const last = blockOutChannels.length - 1;
  const skips = blockOutChannels.flatMap((channels, level) => [
    ...new Array<[number, number]>(layersPerBlock[level]!).fill([channels, level]),
    ...(level < last ? [[channels, level + 1] as [number, number]] : []),
  ]);
  const zeros = ([channels, level]: [number, number]): Tensor => {
    const side = (pixels: number) => Math.ceil(pixels / 2 ** level);
    const shape = [count!, channels, side(height!), side(width!)];
    return tensor(shape, new Float32Array(sizeOf(shape)));
  };
  const down = [[blockOutChannels[0]!, 0] as [number, number], ...skips].map(zeros);
  return {
    ...Object.fromEntries(down.map((value, i) => [`down_residual_${i}`, value])),
    mid_residual: zeros([blockOutChannels[last]!, last]),
  };
}
