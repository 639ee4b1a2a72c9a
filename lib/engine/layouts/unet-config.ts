import { requireWeight } from "../safetensors/require-weight";
import type { Weights } from "../safetensors/stored-tensor";
import type { Config } from "./checkpoint";
import { countModules } from "./select-weights";
import type { UNetLayout } from "./unet-keys";

/** What the names in a single file depend on, read from those names. @param weights  LDM's, without prefix. */
export function readUNetLayout(weights: Weights): UNetLayout {
  const attention: boolean[] = [];
  let layersPerBlock = 0;
  let layers = 0;
  const inputs = countModules(weights, "input_blocks.");
  for (let i = 1; i <= inputs; i++) {
    const isLast = i === inputs;
    if (isLast || weights.has(`input_blocks.${i}.0.op.weight`)) {
      attention.push(weights.has(`input_blocks.${i - 1}.1.proj_in.weight`));
      layersPerBlock = Math.max(layersPerBlock, layers);
      layers = 0;
    } else layers++;
  }
  const labelled = weights.has("label_emb.0.0.weight");
  // unCLIP's condition has no transformer deeper than one layer; SDXL's always has.
  const deep = [...weights.keys()].some((key) => key.includes("transformer_blocks.1."));
  return {
    layersPerBlock,
    attention,
    ...(labelled && { labels: deep ? "add_embedding" : "class_embedding" }),
  };
}

/** The same from a config.json, for giving LDM's names to a model in diffusers' layout. */
export function layoutOfConfig(config: Config): UNetLayout {
  const layers = config.layers_per_block ?? 2;
  const down = config.down_block_types as readonly string[];
  const labels = config.addition_embed_type
    ? "add_embedding"
    : config.class_embed_type
      ? "class_embedding"
      : undefined;
  return {
    layersPerBlock: Array.isArray(layers) ? Math.max(...layers) : (layers as number),
    attention: down.map((type) => type.includes("CrossAttn")),
    ...(labels && { labels }),
  };
}

/**
 * config.json of a UNet2DConditionModel or ControlNetModel, from its weights alone.
 *
 * The number of heads leaves no trace in the weights. As in the reference: networks with linear projections (SD 2, SDXL)
 * have heads of 64, the others (SD 1) have 8 heads. Transformers that are not as deep in every layer of a block, or on
 * the way up as on the way down, are told layer by layer (SSD-1B).
 * @param weights  under diffusers' names.
 * @throws EngineError weights_key_missing.
 */
export function inferUNetConfig(weights: Weights): Config {
  const shapeOf = (key: string) => requireWeight(weights, key, "unet").shape;
  const blocks = countModules(weights, "down_blocks.");
  const down = Array.from({ length: blocks }, (_, i) => `down_blocks.${i}`);
  const channels = down.map((path) => shapeOf(`${path}.resnets.0.conv1.weight`)[0]!);
  const attends = down.map((path) => weights.has(`${path}.attentions.0.proj_in.weight`));
  const first = [...weights.keys()].find((key) => key.endsWith("attn2.to_k.weight"));
  const linear = first !== undefined && proj(weights, first)?.length === 2;
  const labels = ["add_embedding", "class_embedding"].find((name) => weights.has(`${name}.linear_1.weight`));
  return {
    in_channels: shapeOf("conv_in.weight")[1],
    ...(weights.has("conv_out.weight") && { out_channels: shapeOf("conv_out.weight")[0] }),
    block_out_channels: channels,
    layers_per_block: countModules(weights, "down_blocks.0.resnets."),
    down_block_types: attends.map((yes) => (yes ? "CrossAttnDownBlock2D" : "DownBlock2D")),
    up_block_types: attends.toReversed().map((yes) => (yes ? "CrossAttnUpBlock2D" : "UpBlock2D")),
    mid_block_type: midBlockType(weights),
    ...(first !== undefined && { cross_attention_dim: shapeOf(first)[1] }),
    attention_head_dim: linear ? channels.map((size) => Math.max(1, Math.floor(size / 64))) : 8,
    use_linear_projection: linear,
    ...transformerLayers(weights, attends),
    addition_embed_type: labels === "add_embedding" ? "text_time" : null,
    class_embed_type: labels === "class_embedding" ? "projection" : null,
    ...(labels && { projection_class_embeddings_input_dim: shapeOf(`${labels}.linear_1.weight`)[1] }),
    ...(labels === "add_embedding" && { addition_time_embed_dim: 256 }),
    ...(weights.has("time_embedding.cond_proj.weight") && {
      time_cond_proj_dim: shapeOf("time_embedding.cond_proj.weight")[1],
    }),
  };
}

function midBlockType(weights: Weights): string | null {
  if (weights.has("mid_block.attentions.0.proj_in.weight")) return "UNetMidBlock2DCrossAttn";
  return weights.has("mid_block.resnets.0.conv1.weight") ? "UNetMidBlock2D" : null;
}

/** How deep the transformers are. @param attends  an entry a down block; up blocks mirror them. */
function transformerLayers(weights: Weights, attends: readonly boolean[]): Config {
  const last = attends.length - 1;
  const down = attends.map((yes, i) => {
    if (yes) return transformerDepth(weights, `down_blocks.${i}`);
    // The middle is as deep as the last block, which need not attend.
    return (i === last && transformerDepth(weights, "mid_block")) || 1;
  });
  const mirrored = down.toReversed();
  if (!weights.has("up_blocks.0.resnets.0.conv1.weight")) return { transformer_layers_per_block: down };
  const up = attends
    .toReversed()
    .map((yes, i) => (yes ? transformerDepth(weights, `up_blocks.${i}`) : mirrored[i]!));
  const isMirrored = up.every((depth, i) => typeof depth === "number" && depth === mirrored[i]);
  return {
    transformer_layers_per_block: down,
    ...(!isMirrored && { reverse_transformer_layers_per_block: up }),
  };
}

/** One number for the layers of a block, or a list with an entry a layer where they differ. */
function transformerDepth(weights: Weights, block: string): number | number[] {
  const layers = Array.from({ length: countModules(weights, `${block}.attentions.`) }, (_, i) =>
    countModules(weights, `${block}.attentions.${i}.transformer_blocks.`),
  );
  return layers.every((depth) => depth === layers[0]) ? (layers[0] ?? 0) : layers;
}

/** config.json of a ControlNetModel. @param weights  under diffusers' names. */
export function inferControlNetConfig(weights: Weights): Config {
  const { out_channels: _none, up_block_types: _up, ...config } = inferUNetConfig(weights);
  const path = "controlnet_cond_embedding";
  const shapeOf = (key: string) => requireWeight(weights, `${path}.${key}.weight`, "controlnet").shape;
  const blocks = countModules(weights, `${path}.blocks.`);
  // Convolutions come in pairs: one keeps the channels, one goes to the next count.
  const wider = Array.from({ length: blocks / 2 }, (_, i) => shapeOf(`blocks.${2 * i + 1}`)[0]!);
  return {
    ...config,
    conditioning_channels: shapeOf("conv_in")[1],
    conditioning_embedding_out_channels: [shapeOf("conv_in")[0], ...wider],
  };
}

/** The shape of the `proj_in` of the transformer that an `attn2.to_k` belongs to. */
const proj = (weights: Weights, key: string) =>
  weights.get(`${key.slice(0, key.indexOf(".transformer_blocks."))}.proj_in.weight`)?.shape;
