import type { ModelPart } from "../layouts/checkpoint";
import { readUNetConfig, type UNetConfig } from "../models/unet-config";
import { type Device, openSession } from "../runtime/session";
import { type Tensor, tensor } from "../tensor";
import { type Patches, unetGraph } from "./graphs";

/** What ControlNets add to a UNet's skip connections and middle, by the names of the graph's inputs. */
export type Residuals = Readonly<Record<string, Tensor>>;

export interface Condition {
  /** Text embeddings [1 or n, T, D]. */
  readonly context: Tensor;
  /** SDXL's: pooled text [1 or n, P], sizes and crops [1 or n, 6]. */
  readonly added?: { readonly textEmbeds: Tensor; readonly timeIds: Tensor };
  /** For models distilled with their guidance (LCM): that scale. */
  readonly guidance?: number;
}

export interface UNet {
  readonly config: UNetConfig;
  /**
   * The network's output, of the sample's shape: noise or velocity.
   * @param sample [n, inChannels, h, w], of variance 1.
   */
  predict(sample: Tensor, timestep: number, condition: Condition, residuals?: Residuals): Promise<Tensor>;
  release(): Promise<void>;
}

/** Opens a UNet, with or without a place for ControlNets. @throws those of `unetGraph` and `openSession`. */
export async function openUNet(
  part: ModelPart,
  device: Device,
  options: { readonly control?: boolean; readonly patches?: Patches } = {},
): Promise<UNet> {
  const config = readUNetConfig(part.config);
  const session = await openSession(unetGraph(part, device, options), device);
  return {
    config,
    async predict(sample, timestep, condition, residuals = {}) {
      const feeds = { sample, ...conditionFeeds(sample.shape[0]!, timestep, condition, config) };
      return (await session.run({ ...feeds, ...residuals })).noise!;
    },
    release: session.release,
  };
}

/** What UNets and ControlNets are told besides the sample. */
export function conditionFeeds(
  count: number,
  timestep: number,
  { context, added, guidance }: Condition,
  { timeCondProjDim }: UNetConfig,
): Record<string, Tensor> {
  return {
    timestep: tensor([count], new Float32Array(count).fill(timestep)),
    encoder_hidden_states: repeatTo(count, context),
    ...(timeCondProjDim !== null && {
      timestep_cond: repeatTo(count, guidanceEmbedding((guidance ?? 1) - 1, timeCondProjDim)),
    }),
    ...(added && {
      text_embeds: repeatTo(count, added.textEmbeds),
      time_ids: repeatTo(count, added.timeIds),
    }),
  };
}

/** One of something as many times as a batch is large; what is as many already is left as it is. */
export function repeatTo(count: number, one: Tensor): Tensor {
  const [first, ...rest] = one.shape;
  if (first === count) return one;
  const data = new Float32Array(one.data.length * count);
  for (let i = 0; i < count; i++) data.set(one.data, i * one.data.length);
  return tensor([count, ...rest], data);
}

/**
 * Sines and cosines of a guidance scale: [1, channels].
 * @source diffusers pipeline_latent_consistency_text2img.py get_guidance_scale_embedding · arXiv:2006.11239 4.
 */
function guidanceEmbedding(scale: number, channels: number): Tensor {
  const half = Math.floor(channels / 2);
  const data = new Float32Array(channels);
  for (let i = 0; i < half; i++) {
    const angle = scale * 1000 * Math.exp((-Math.log(10000) * i) / (half - 1));
    data[i] = Math.sin(angle);
    data[half + i] = Math.cos(angle);
  }
  return tensor([1, channels], data);
}
