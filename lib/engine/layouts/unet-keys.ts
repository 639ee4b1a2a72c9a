import { type KeyMap, keyMap, type PathPairs, under } from "./key-map";

/** As much of a UNet's architecture as its names depend on. */
export interface UNetLayout {
  /** Residual blocks of one down block; an up block has one more. */
  readonly layersPerBlock: number;
  /** Whether there is cross attention, one entry a down block; up blocks mirror them. */
  readonly attention: readonly boolean[];
  /** What the added condition goes through: SDXL's `add_embedding`, or `class_embedding`. */
  readonly labels?: "add_embedding" | "class_embedding";
}

const RESNET: PathPairs = [
  ["norm1", "in_layers.0"],
  ["conv1", "in_layers.2"],
  ["time_emb_proj", "emb_layers.1"],
  ["norm2", "out_layers.0"],
  ["conv2", "out_layers.3"],
  ["conv_shortcut", "skip_connection"],
];

/**
 * Names of UNet2DConditionModel ↔ names of LDM's UNetModel.
 * @source https://github.com/CompVis/latent-diffusion/blob/main/ldm/modules/diffusionmodules/openaimodel.py
 */
export const unetKeyMap = (layout: UNetLayout): KeyMap =>
  keyMap([...stem(layout), ...downBlocks(layout), ...MID_BLOCK, ...upBlocks(layout), ...OUT]);

const OUT: PathPairs = [
  ["conv_norm_out", "out.0"],
  ["conv_out", "out.2"],
];

const MID_BLOCK: PathPairs = [
  ...under("mid_block.resnets.0", "middle_block.0", RESNET),
  ["mid_block.attentions.0", "middle_block.1"],
  ...under("mid_block.resnets.1", "middle_block.2", RESNET),
];

/**
 * Names of ControlNetModel ↔ names of the original ControlNet.
 * @param hintBlocks  convolutions between the first and the last of the condition's own encoder.
 * @source https://github.com/lllyasviel/ControlNet/blob/main/cldm/cldm.py
 */
export function controlNetKeyMap(layout: UNetLayout, hintBlocks: number): KeyMap {
  const zeros = layout.attention.length * (layout.layersPerBlock + 1);
  return keyMap([
    ...stem(layout),
    ...downBlocks(layout),
    ...MID_BLOCK,
    ["controlnet_cond_embedding.conv_in", "input_hint_block.0"],
    ...count(hintBlocks).map(
      (i) => [`controlnet_cond_embedding.blocks.${i}`, `input_hint_block.${2 * (i + 1)}`] as const,
    ),
    ["controlnet_cond_embedding.conv_out", `input_hint_block.${2 * (hintBlocks + 1)}`],
    ...count(zeros).map((i) => [`controlnet_down_blocks.${i}`, `zero_convs.${i}.0`] as const),
    ["controlnet_mid_block", "middle_block_out.0"],
  ]);
}

const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

const stem = ({ labels }: UNetLayout): PathPairs => [
  ["time_embedding.linear_1", "time_embed.0"],
  ["time_embedding.linear_2", "time_embed.2"],
  ["conv_in", "input_blocks.0.0"],
  ...(labels ? ([[`${labels}.linear_1`, "label_emb.0.0"]] as const) : []),
  ...(labels ? ([[`${labels}.linear_2`, "label_emb.0.2"]] as const) : []),
];

/** LDM numbers the layers of all blocks through, each downsampler a layer of its own. */
function downBlocks({ layersPerBlock, attention }: UNetLayout): PathPairs {
  return attention.flatMap((attends, block) => {
    const path = `down_blocks.${block}`;
    const first = 1 + block * (layersPerBlock + 1);
    const layers = count(layersPerBlock).flatMap(
      (layer): PathPairs => [
        ...under(`${path}.resnets.${layer}`, `input_blocks.${first + layer}.0`, RESNET),
        ...(attends ? ([[`${path}.attentions.${layer}`, `input_blocks.${first + layer}.1`]] as const) : []),
      ],
    );
    if (block === attention.length - 1) return layers;
    return [...layers, [`${path}.downsamplers.0.conv`, `input_blocks.${first + layersPerBlock}.0.op`]];
  });
}

/** An upsampler comes last in its block's last layer. */
function upBlocks({ layersPerBlock, attention }: UNetLayout): PathPairs {
  return attention.toReversed().flatMap((attends, block) => {
    const path = `up_blocks.${block}`;
    const first = block * (layersPerBlock + 1);
    const layers = count(layersPerBlock + 1).flatMap(
      (layer): PathPairs => [
        ...under(`${path}.resnets.${layer}`, `output_blocks.${first + layer}.0`, RESNET),
        ...(attends ? ([[`${path}.attentions.${layer}`, `output_blocks.${first + layer}.1`]] as const) : []),
      ],
    );
    if (block === attention.length - 1) return layers;
    const place = `output_blocks.${first + layersPerBlock}.${attends ? 2 : 1}`;
    return [...layers, [`${path}.upsamplers.0.conv`, `${place}.conv`]];
  });
}
