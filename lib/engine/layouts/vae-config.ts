import { requireWeight } from "../safetensors/require-weight";
import type { StoredTensor, Weights } from "../safetensors/stored-tensor";
import type { Config } from "./checkpoint";
import { countModules } from "./select-weights";
import type { VaeLayout } from "./vae-keys";

/** @param weights  LDM's, without prefix; decoder alone will do. */
export const readVaeLayout = (weights: Weights): VaeLayout => ({
  blocks: Math.max(countModules(weights, "encoder.down."), countModules(weights, "decoder.up.")),
  layersPerBlock: countModules(weights, "decoder.up.0.block.") - 1,
});

/**
 * config.json of an AutoencoderKL, from its weights alone.
 * @param weights        under diffusers' names.
 * @param scalingFactor  latent × factor has unit variance; not to be read from the weights.
 * @throws EngineError weights_key_missing.
 */
export function inferVaeConfig(weights: Weights, scalingFactor: number): Config {
  const shapeOf = (key: string) => requireWeight(weights, key, "vae").shape;
  const blocks = countModules(weights, "decoder.up_blocks.");
  const up = Array.from({ length: blocks }, (_, i) => `decoder.up_blocks.${i}`);
  const channels = up.map((path) => shapeOf(`${path}.resnets.0.conv1.weight`)[0]!);
  return {
    _class_name: "AutoencoderKL",
    in_channels: shapeOf("decoder.conv_out.weight")[0],
    out_channels: shapeOf("decoder.conv_out.weight")[0],
    latent_channels: shapeOf("decoder.conv_in.weight")[1],
    block_out_channels: channels.toReversed(),
    layers_per_block: countModules(weights, "decoder.up_blocks.0.resnets.") - 1,
    down_block_types: up.map(() => "DownEncoderBlock2D"),
    up_block_types: up.map(() => "UpDecoderBlock2D"),
    use_quant_conv: weights.has("quant_conv.weight"),
    use_post_quant_conv: weights.has("post_quant_conv.weight"),
    scaling_factor: scalingFactor,
  };
}

/** Attention as it was named until diffusers 0.13. */
const OLD_ATTENTION: Readonly<Record<string, string>> = {
  query: "to_q",
  key: "to_k",
  value: "to_v",
  proj_attn: "to_out.0",
};

/** diffusers' own former names, and LDM's 1×1 convolutions as the matrices that they are: the same bytes. */
export function modernVaeWeights(weights: Weights): Weights {
  const modern = new Map<string, StoredTensor>();
  for (const [key, stored] of weights) {
    const name = key.replace(
      /(\.attentions\.\d+)\.(query|key|value|proj_attn)\./,
      (_, path, old) => `${path}.${OLD_ATTENTION[old]}.`,
    );
    const isMatrix = /\.(to_q|to_k|to_v|to_out\.0)\.weight$/.test(name);
    modern.set(name, isMatrix ? { ...stored, shape: stored.shape.slice(0, 2) } : stored);
  }
  return modern;
}

/**
 * config.json of an AutoencoderTiny, from its weights alone.
 * @param weights  under diffusers' names; encoder or decoder alone will do.
 */
export function inferTinyVaeConfig(weights: Weights): Config {
  const side = weights.has("decoder.layers.0.weight") ? "decoder" : "encoder";
  const ends = [0, countModules(weights, `${side}.layers.`) - 1].map(
    (i) => requireWeight(weights, `${side}.layers.${i}.weight`, "vae").shape,
  ) as [readonly number[], readonly number[]];
  const latent = side === "decoder" ? ends[0][1] : ends[1][0];
  const picture = side === "decoder" ? ends[1][0] : ends[0][1];
  const channels = ends[0][0]!;
  return {
    _class_name: "AutoencoderTiny",
    in_channels: picture,
    out_channels: picture,
    latent_channels: latent,
    encoder_block_out_channels: blockChannels(weights, "encoder", channels),
    decoder_block_out_channels: blockChannels(weights, "decoder", channels),
    num_encoder_blocks: blockCounts(weights, "encoder"),
    num_decoder_blocks: blockCounts(weights, "decoder"),
    scaling_factor: 1,
  };
}

/** Residual blocks of each stage of TAESD: runs of modules with a `conv`, parted by plain convolutions. */
function blockCounts(weights: Weights, side: "encoder" | "decoder"): number[] {
  const counts: number[] = [];
  let run = 0;
  const layers = countModules(weights, `${side}.layers.`);
  for (let i = 0; i < layers; i++) {
    if (weights.has(`${side}.layers.${i}.conv.0.weight`)) run++;
    else if (weights.has(`${side}.layers.${i}.weight`)) {
      if (run > 0) counts.push(run);
      run = 0;
    }
  }
  return counts;
}

const blockChannels = (weights: Weights, side: "encoder" | "decoder", channels: number): number[] =>
  blockCounts(weights, side).map(() => channels);

/**
 * TAESD as its author publishes it: bare `N.…` for the encoder or the decoder alone (prefixed or not). The decoder's
 * first layer there is a clamp without weights, which diffusers does not count.
 * @source https://github.com/madebyollin/taesd/blob/main/taesd.py
 */
export function renameTinyVae(weights: Weights): Weights {
  const renamed = new Map<string, StoredTensor>();
  for (const [key, stored] of weights) {
    const match = /^(?:(encoder|decoder)\.)?(\d+)\.(.+)$/.exec(key);
    if (!match) continue;
    const side = match[1] ?? (weights.has("0.weight") ? "encoder" : "decoder");
    const layer = Number(match[2]) - (side === "decoder" ? 1 : 0);
    renamed.set(`${side}.layers.${layer}.${match[3]}`, stored);
  }
  return renamed;
}
