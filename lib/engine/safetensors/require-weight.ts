import { EngineError } from "../engine-error";
import type { StoredTensor, Weights } from "./stored-tensor";

/**
 * A tensor that a model cannot do without.
 * @param part  what is being built, for the message: "unet", "vae".
 * @throws EngineError weights_key_missing, naming the key and the names most like it.
 */
export function requireWeight(weights: Weights, key: string, part?: string): StoredTensor {
  const stored = weights.get(key);
  if (stored) return stored;
  const nearest = nearestNames(weights.keys(), key);
  const [first] = weights.values();
  const whole = part ? ` of the ${part}` : "";
  const like = nearest.length > 0 ? `; nearest: ${nearest.join(", ")}` : "; there are no weights at all";
  throw new EngineError("weights_key_missing", `${key}${whole} is missing${like}`, {
    key,
    nearest: nearest.join(", "),
    ...(part && { part }),
    ...(first && { file: first.file }),
  });
}

/** Few enough to read in one line. */
const SHOWN = 3;

/** The names of least edit distance, nearest first. */
export function nearestNames(names: Iterable<string>, wanted: string): string[] {
  const best: { name: string; distance: number }[] = [];
  for (const name of names) {
    const limit = best.length < SHOWN ? Number.POSITIVE_INFINITY : best[SHOWN - 1]!.distance;
    if (Math.abs(name.length - wanted.length) >= limit) continue;
    best.push({ name, distance: editDistance(name, wanted, limit) });
    best.sort((a, b) => a.distance - b.distance);
    best.length = Math.min(best.length, SHOWN);
  }
  return best.map(({ name }) => name);
}

/** Levenshtein's, given up with `limit` once it cannot stay below. */
function editDistance(a: string, b: string, limit: number): number {
  let above = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const changed = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(changed, above[j]! + 1, row[j - 1]! + 1);
      least = Math.min(least, row[j]!);
    }
    if (least >= limit) return limit;
    above = row;
  }
  return above[b.length]!;
}
