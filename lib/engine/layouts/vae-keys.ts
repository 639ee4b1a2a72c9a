import { type KeyMap, keyMap, type PathPairs, under } from "./key-map";

/** As much of an AutoencoderKL's architecture as its names depend on. */
export interface VaeLayout {
  readonly blocks: number;
  /** Residual blocks of one encoder block; a decoder block has one more. */
  readonly layersPerBlock: number;
}

const ATTENTION: PathPairs = [
  ["group_norm", "norm"],
  ["to_q", "q"],
  ["to_k", "k"],
  ["to_v", "v"],
  ["to_out.0", "proj_out"],
];

/**
 * Names of AutoencoderKL ↔ names of LDM's AutoencoderKL.
 * @source https://github.com/CompVis/latent-diffusion/blob/main/ldm/modules/diffusionmodules/model.py
 */
export function vaeKeyMap({ blocks, layersPerBlock }: VaeLayout): KeyMap {
  const pairs: (readonly [string, string])[] = [
    ["quant_conv", "quant_conv"],
    ["post_quant_conv", "post_quant_conv"],
    ...half("encoder"),
    ...half("decoder"),
  ];
  for (let block = 0; block < blocks; block++) {
    const down = [`encoder.down_blocks.${block}`, `encoder.down.${block}`] as const;
    // LDM counts the decoder's blocks from the picture inwards.
    const up = [`decoder.up_blocks.${block}`, `decoder.up.${blocks - 1 - block}`] as const;
    for (let layer = 0; layer < layersPerBlock; layer++)
      pairs.push(...resnet(`${down[0]}.resnets.${layer}`, `${down[1]}.block.${layer}`));
    for (let layer = 0; layer <= layersPerBlock; layer++)
      pairs.push(...resnet(`${up[0]}.resnets.${layer}`, `${up[1]}.block.${layer}`));
    pairs.push([`${down[0]}.downsamplers.0.conv`, `${down[1]}.downsample.conv`]);
    pairs.push([`${up[0]}.upsamplers.0.conv`, `${up[1]}.upsample.conv`]);
  }
  return keyMap(pairs);
}

const half = (name: "encoder" | "decoder"): PathPairs => [
  [`${name}.conv_in`, `${name}.conv_in`],
  ...resnet(`${name}.mid_block.resnets.0`, `${name}.mid.block_1`),
  ...under(`${name}.mid_block.attentions.0`, `${name}.mid.attn_1`, ATTENTION),
  ...resnet(`${name}.mid_block.resnets.1`, `${name}.mid.block_2`),
  [`${name}.conv_norm_out`, `${name}.norm_out`],
  [`${name}.conv_out`, `${name}.conv_out`],
];

const resnet = (diffusers: string, ldm: string): PathPairs => [
  [diffusers, ldm],
  [`${diffusers}.conv_shortcut`, `${ldm}.nin_shortcut`],
];
