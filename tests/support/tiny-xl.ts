import { openClipTextKeyMap } from "@/lib/engine/layouts/open-clip-keys";
import { unetKeyMap } from "@/lib/engine/layouts/unet-keys";
import { vaeKeyMap } from "@/lib/engine/layouts/vae-keys";
import { type TensorToWrite, writeSafetensors } from "@/lib/engine/safetensors/write-safetensors";
import type { PipelineGolden, TinyPart } from "./tiny-diffusion";
import { tinyValues } from "./tiny-weights";

type Made = Omit<TensorToWrite, "data"> & { readonly data: () => Float32Array };
type Entry = [string, Made];

/** The golden's Stable Diffusion XL in one file, as A1111 and Civitai have it: the weights of its folder. */
export async function writeTinyXlFile(file: string, { parts }: PipelineGolden): Promise<void> {
  const unet = unetKeyMap({ layersPerBlock: 1, attention: [false, true], labels: "add_embedding" });
  await writeSafetensors(
    file,
    new Map([
      ...entries(parts.unet!, (key) => `model.diffusion_model.${unet.toLdm(key)}`),
      ...ldmVae(parts.vae!, "first_stage_model."),
      ...entries(parts.text_encoder!, (key) => `conditioner.embedders.0.transformer.${key}`),
      ...openClip(parts.text_encoder_2!, "conditioner.embedders.1.model."),
    ]),
  );
}

/** The golden's autoencoder alone in a file, under LDM's names. */
export const writeTinyXlVae = (file: string, { parts }: PipelineGolden): Promise<void> =>
  writeSafetensors(file, new Map(ldmVae(parts.vae!, "")));

const entries = ({ shapes, salt = "" }: TinyPart, rename: (key: string) => string): Entry[] =>
  Object.entries(shapes).map(([key, shape]) => [
    rename(key),
    { dtype: "F32", shape, data: () => tinyValues(salt + key, shape) },
  ]);

/** LDM keeps the autoencoder's attention as 1×1 convolutions: the same bytes in another shape. */
function ldmVae(part: TinyPart, prefix: string): Entry[] {
  const { toLdm } = vaeKeyMap({ blocks: 4, layersPerBlock: 1 });
  return entries(part, (key) => `${prefix}${toLdm(key)}`).map(([key, tensor]) => [
    key,
    tensor.shape.length === 2 ? { ...tensor, shape: [...tensor.shape, 1, 1] } : tensor,
  ]);
}

/** OpenCLIP keeps q, k and v in one matrix, and its projection the other way round. */
function openClip(part: TinyPart, prefix: string): Entry[] {
  const { toLdm } = openClipTextKeyMap(Number(part.config.num_hidden_layers));
  const fused = new Map<string, Made[]>();
  const kept: Entry[] = [];
  for (const [key, tensor] of entries(part, (name) => toLdm(name)!)) {
    const match = /^(.*\.attn)\.([qkv])_proj\.(weight|bias)$/.exec(key);
    if (!match) kept.push([prefix + key, key === "text_projection" ? transposed(tensor) : tensor]);
    else {
      const name = `${prefix}${match[1]}.in_proj_${match[3]}`;
      const three = fused.get(name) ?? [];
      three["qkv".indexOf(match[2]!)] = tensor;
      fused.set(name, three);
    }
  }
  return [...kept, ...[...fused].map(([key, three]): Entry => [key, stacked(three)])];
}

function stacked(tensors: readonly Made[]): Made {
  const [rows = 0, ...rest] = tensors[0]!.shape;
  const data = () => Float32Array.from(tensors.flatMap((tensor) => [...tensor.data()]));
  return { dtype: "F32", shape: [rows * tensors.length, ...rest], data };
}

function transposed({ shape, data }: Made): Made {
  const [rows, columns] = shape as [number, number];
  const turned = () => {
    const values = data();
    return values.map((_, i) => values[(i % rows) * columns + Math.floor(i / rows)]!);
  };
  return { dtype: "F32", shape: [columns, rows], data: turned };
}
