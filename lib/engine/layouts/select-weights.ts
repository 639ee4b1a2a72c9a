import type { StoredTensor, Weights } from "../safetensors/stored-tensor";
import type { KeyMap } from "./key-map";

/** The tensors whose names begin with `prefix`, named without it. */
export function below(weights: Weights, prefix: string): Weights {
  if (prefix === "") return weights;
  const found = new Map<string, StoredTensor>();
  for (const [key, stored] of weights)
    if (key.startsWith(prefix)) found.set(key.slice(prefix.length), stored);
  return found;
}

/** LDM's names made diffusers'; what the architecture does not have (averages, losses, counters) is left out. */
export function renameToDiffusers(weights: Weights, map: KeyMap): Weights {
  const renamed = new Map<string, StoredTensor>();
  for (const [key, stored] of weights) {
    const name = map.toDiffusers(key);
    if (name !== null) renamed.set(name, stored);
  }
  return renamed;
}

/** No network here has lists of more modules; a greater number is a name made to exhaust the memory. */
const MAX_MODULES = 256;

/** How many entries a list of modules has: 1 + the greatest number right behind `prefix`, 0 without any. */
export function countModules(weights: Weights, prefix: string): number {
  let count = 0;
  for (const key of weights.keys()) {
    if (!key.startsWith(prefix)) continue;
    const number = Number.parseInt(key.slice(prefix.length), 10);
    if (number >= count && number < MAX_MODULES) count = number + 1;
  }
  return count;
}
