import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { EngineError } from "../engine-error";
import { damaged } from "../safetensors/damaged";
import { openSafetensors, type SafetensorsFile } from "../safetensors/open-safetensors";
import { openShards } from "../safetensors/open-shards";
import { refusePickle } from "../safetensors/refuse-pickle";
import type { Config, ModelPart, TokenizerFiles } from "./checkpoint";

/** In the order of preference: full precision before half, one file before several. */
const WEIGHT_FILES = ["", ".fp16"].flatMap((variant) =>
  ["diffusion_pytorch_model", "model"].flatMap((stem) => [
    `${stem}${variant}.safetensors`,
    `${stem}${variant}.safetensors.index.json`,
    `${stem}.safetensors.index${variant}.json`,
  ]),
);

/**
 * One part of a diffusers folder, or a transformers model: config.json beside its weights.
 * @throws EngineError weights_missing, weights_pickle where there are only pickle files, or as openSafetensors.
 */
export async function openPartFolder(folder: string): Promise<ModelPart> {
  const config = await readConfig(path.join(folder, "config.json"));
  return { config, weights: (await openWeights(folder)).tensors };
}

async function openWeights(folder: string): Promise<SafetensorsFile> {
  const names = await readdir(folder);
  const name = WEIGHT_FILES.find((candidate) => names.includes(candidate));
  if (name) {
    const file = path.join(folder, name);
    return name.endsWith(".json") ? openShards(file) : openSafetensors(file);
  }
  for (const other of names) refusePickle(path.join(folder, other), new Uint8Array());
  throw new EngineError("weights_missing", `${folder} holds no weights, such as ${WEIGHT_FILES[0]}`, {
    file: folder,
    expected: WEIGHT_FILES.join(", "),
  });
}

/** @throws EngineError weights_missing, or weights_damaged where the file is no JSON object. */
export async function readConfig(file: string): Promise<Config> {
  const text = await readFile(file, "utf8").catch((cause) => {
    throw new EngineError("weights_missing", `${file} cannot be opened`, { file }, { cause });
  });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw damaged(file, "not JSON", undefined, cause);
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    throw damaged(file, "not a JSON object");
  return parsed as Config;
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

/** @returns null where the folder has no such file. */
export async function readConfigIfThere(file: string): Promise<Config | null> {
  const names = await namesIn(path.dirname(file));
  return names.includes(path.basename(file)) ? readConfig(file) : null;
}

/** @returns null where the folder is not there, or has no tokenizer in it. */
export async function findTokenizerFiles(folder: string): Promise<TokenizerFiles | null> {
  const names = await namesIn(folder);
  const find = (name: string) => (names.includes(name) ? path.join(folder, name) : null);
  const found = {
    vocab: find("vocab.json"),
    merges: find("merges.txt"),
    tokenizerJson: find("tokenizer.json"),
  };
  if (!found.tokenizerJson && !(found.vocab && found.merges)) return null;
  return { ...found, config: (await readConfigIfThere(path.join(folder, "tokenizer_config.json"))) ?? {} };
}
