import { mkdir, open, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { readClipTextConfig, readClipVisionConfig } from "@/lib/engine/models/clip-config";
import { clipText } from "@/lib/engine/models/clip-text";
import { clipVision } from "@/lib/engine/models/clip-vision";
import { writeSafetensors } from "@/lib/engine/safetensors/write-safetensors";
import { randomFloats } from "./random-weights";
import { recordShapes } from "./record-shapes";

// A CLIP whose vision tower is that of ViT-B/32, with random weights; who compares pictures needs next to no words.

const TEXT = {
  ...{ hidden_size: 64, intermediate_size: 64, num_hidden_layers: 1, num_attention_heads: 1 },
  ...{ vocab_size: 49408, eos_token_id: 49407 },
};
const VISION = {
  ...{ hidden_size: 768, intermediate_size: 3072, num_hidden_layers: 12, num_attention_heads: 12 },
  ...{ image_size: 224, patch_size: 32, hidden_act: "quick_gelu", num_channels: 3 },
};
const CONFIG = {
  ...{ model_type: "clip", projection_dim: 512, text_config: TEXT, vision_config: VISION },
};
const PREPROCESSOR = {
  ...{
    image_processor_type: "CLIPImageProcessor",
    do_resize: true,
    do_center_crop: true,
    do_normalize: true,
  },
  ...{ size: { shortest_edge: 224 }, crop_size: { width: 224, height: 224 }, resample: 3 },
  image_mean: [0.48145466, 0.4578275, 0.40821073],
  image_std: [0.26862954, 0.26130258, 0.27577711],
};

const x = { name: "x" };

/** Writes it for the engine: safetensors in transformers' layout, 360 MB. */
export async function writeClip(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const shapes = recordShapes((s) => {
    clipText(s, readClipTextConfig(CONFIG), { ids: x }, { pooled: "text_embeds" });
    clipVision(s, readClipVisionConfig(CONFIG), x);
  }, hasParameter);
  const tensors = Array.from(shapes, ([key, shape]) => {
    const data = () => randomFloats(key, shape);
    return [key, { dtype: "F32" as const, shape, data }] as const;
  });
  await writeSafetensors(path.join(folder, "model.safetensors"), new Map(tensors));
  await writeConfigs(folder, CONFIG);
}

/** Writes the vision tower for transformers.js: torch's own export (`export_clip.py`) and the same numbers beside it. */
export async function writeClipOnnx(folder: string): Promise<void> {
  await mkdir(path.join(folder, "onnx"), { recursive: true });
  const graph = gunzipSync(await readFile("scripts/bench/kit/clip-vit-b32.onnx.gz"));
  await writeFile(path.join(folder, "onnx", "vision_model.onnx"), graph);
  const shapes = recordShapes((s) => void clipVision(s, readClipVisionConfig(CONFIG), x), hasParameter);
  const data = await open(path.join(folder, "onnx", "vision_model.onnx_data"), "w");
  try {
    for (const key of [...shapes.keys()].sort()) {
      const shape = shapes.get(key)!;
      const numbers = randomFloats(key, shape);
      const isLinear = shape.length === 2 && !key.includes("embedding");
      await data.writeFile(new Uint8Array((isLinear ? turned(numbers, shape) : numbers).buffer));
    }
  } finally {
    await data.close();
  }
  await writeConfigs(folder, { ...CONFIG, architectures: ["CLIPVisionModelWithProjection"] });
}

/** What the reference's layers have. */
const hasParameter = (key: string): boolean =>
  !key.endsWith("projection.bias") && !key.endsWith("patch_embedding.bias");

async function writeConfigs(folder: string, config: object): Promise<void> {
  await writeFile(path.join(folder, "config.json"), JSON.stringify(config));
  await writeFile(path.join(folder, "preprocessor_config.json"), JSON.stringify(PREPROCESSOR));
}

/** [rows, columns] → [columns, rows]. */
function turned(numbers: Float32Array, [rows = 0, columns = 0]: readonly number[]): Float32Array {
  const out = new Float32Array(numbers.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      out[column * rows + row] = numbers[row * columns + column]!;
  return out;
}
