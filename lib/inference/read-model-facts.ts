import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { Family } from "../engine/layouts/checkpoint";
import { openCheckpoint } from "../engine/layouts/open-checkpoint";
import { openControlNet } from "../engine/layouts/open-controlnet";
import { openPartFolder } from "../engine/layouts/open-part-folder";
import { type Kind, recognise } from "../engine/layouts/recognise";
import { describeLora } from "../engine/lora/describe-lora";
import { openSafetensors } from "../engine/safetensors/open-safetensors";
import type { Weights } from "../engine/safetensors/stored-tensor";
import { SHIPPED_FAMILY } from "./model-files";

/** What goes with what: a LoRA or a ControlNet draws with checkpoints of its own family. */
export type ModelFamily = Family | typeof SHIPPED_FAMILY;

/** What a model is, from its headers alone. */
export interface ModelFacts {
  readonly what: Kind;
  readonly family: ModelFamily | null;
  readonly layout: "file" | "folder";
  readonly sizeBytes: number;
  /** What its maker calls it in the file; null where they do not. */
  readonly title: string | null;
  /** Words that a LoRA answers to, the most frequent first. */
  readonly triggerWords: readonly string[];
}

/** Width of the text that Seedling's UNet attends to: `cross_attention_dim` of models/seedling/unet. */
const SHIPPED_WIDTH = 256;

/**
 * @param model absolute: a .safetensors file, a diffusers folder, or one network's folder.
 * @throws EngineError weights_missing · weights_pickle · weights_damaged · weights_dtype_unsupported · weights_unknown ·
 *   lora_damaged
 */
export async function readModelFacts(model: string): Promise<ModelFacts> {
  const isFolder = (await stat(model)).isDirectory();
  return isFolder ? readFolder(model) : readSingle(model);
}

async function readSingle(model: string): Promise<ModelFacts> {
  const file = await openSafetensors(model);
  const { kind: what, family } = recognise(file);
  const { tensors, metadata, sizeBytes } = file;
  const facts = { what, layout: "file", sizeBytes, title: metadata["modelspec.title"] ?? null } as const;
  if (what !== "lora") return { ...facts, family: shippedOr(family, tensors), triggerWords: [] };
  const { name, triggerWords: inFile } = await describeLora(file);
  const beside = inFile.length > 0 ? [] : await wordsBeside(model);
  return {
    ...facts,
    family: shippedOr(family, tensors),
    title: name,
    triggerWords: [...inFile, ...beside].map(shortened),
  };
}

async function readFolder(model: string): Promise<ModelFacts> {
  const names = await readdir(model);
  const facts = { layout: "folder", sizeBytes: await sizeOf(model), title: null, triggerWords: [] } as const;
  if (names.includes("model_index.json")) {
    const { family, unet } = await openCheckpoint(model);
    return { ...facts, what: "checkpoint", family: shippedOr(family, unet.weights) };
  }
  const { weights } = await openPartFolder(model);
  const { kind: what, family } = recognise({ path: model, sizeBytes: 0, tensors: weights, metadata: {} });
  if (what === "controlnet") await openControlNet(model);
  return { ...facts, what, family: shippedOr(family, weights) };
}

const CROSS_KEYS = /attn2[._](?:processor\.)?to_k(?:\.weight$|.*(?:lora_down|lora\.down|lora_A|hada_w1_b))/;

/** Networks of Seedling's width are Seedling's, whatever else their names look like. */
function shippedOr(family: Family | null, weights: Weights): ModelFamily | null {
  for (const [key, { shape }] of weights)
    if (CROSS_KEYS.test(key)) return shape[1] === SHIPPED_WIDTH ? SHIPPED_FAMILY : family;
  return family;
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  const sizes = await Promise.all(
    files.map(async (entry) => (await stat(path.join(entry.parentPath, entry.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** What A1111 keeps beside a LoRA. */
async function wordsBeside(model: string): Promise<string[]> {
  if (!model.endsWith(".safetensors")) return [];
  const text = await readFile(model.replace(/\.safetensors$/, ".json"), "utf8").catch(() => "{}");
  try {
    const words: unknown = JSON.parse(text)["activation text"];
    return typeof words === "string" && words.trim() !== "" ? [words.trim()] : [];
  } catch {
    return [];
  }
}

const MOST_CHARS = 120;
const shortened = (word: string): string => word.slice(0, MOST_CHARS);
