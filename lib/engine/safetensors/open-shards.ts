import { readFile } from "node:fs/promises";
import path from "node:path";
import { EngineError } from "../engine-error";
import { damaged } from "./damaged";
import { openSafetensors, type SafetensorsFile } from "./open-safetensors";
import type { StoredTensor } from "./stored-tensor";

/**
 * Weights split over several files, by their `*.safetensors.index.json`.
 * @returns one file as far as a reader can tell: `path` is the index, `sizeBytes` the sum of the shards.
 * @throws EngineError as openSafetensors; weights_damaged where a shard lacks a tensor that the index promises, or
 *   where the index names a file outside its own folder.
 */
export async function openShards(indexFile: string): Promise<SafetensorsFile> {
  const index = path.resolve(indexFile);
  const shardOf = await readWeightMap(index);
  const shards = new Map<string, SafetensorsFile>();
  for (const name of new Set(shardOf.values()))
    shards.set(name, await openSafetensors(path.join(path.dirname(index), name)));
  const tensors = new Map<string, StoredTensor>();
  for (const [key, name] of shardOf) {
    const stored = shards.get(name)?.tensors.get(key);
    if (!stored) throw damaged(index, `${name} does not hold it`, key);
    tensors.set(key, stored);
  }
  const sizeBytes = [...shards.values()].reduce((sum, shard) => sum + shard.sizeBytes, 0);
  const metadata = Object.assign({}, ...[...shards.values()].map((shard) => shard.metadata));
  return { path: index, sizeBytes, tensors, metadata };
}

async function readWeightMap(index: string): Promise<Map<string, string>> {
  const text = await readFile(index, "utf8").catch((cause) => {
    throw new EngineError("weights_missing", `${index} cannot be opened`, { file: index }, { cause });
  });
  const weightMap = parseWeightMap(index, text);
  const shardOf = new Map<string, string>();
  for (const [key, name] of Object.entries(weightMap)) {
    if (typeof name !== "string") throw damaged(index, "its shard is not a name", key);
    if (/[/\\\0]/.test(name) || !name.endsWith(".safetensors"))
      throw damaged(
        index,
        `its shard ${JSON.stringify(name)} is not a .safetensors file beside the index`,
        key,
      );
    shardOf.set(key, name);
  }
  return shardOf;
}

function parseWeightMap(index: string, text: string): object {
  let parsed: { weight_map?: unknown } | null;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw damaged(index, "not JSON", undefined, cause);
  }
  const map = parsed?.weight_map;
  if (typeof map !== "object" || map === null || Array.isArray(map)) throw damaged(index, "no weight_map");
  return map;
}
