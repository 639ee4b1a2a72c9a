import type { Drawing } from "./drawings";
import type { Judgement, Question } from "./judge";

/** A drawing as its prompt tells of it. */
type Asking = Pick<Drawing, "kind" | "told">;

const dot = (a: Float32Array, b: Float32Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/**
 * The share of texts whose picture is among the k nearest, for every k of `at`.
 * @param same which texts belong to which pictures: equal keys; several pictures may have the very same caption.
 */
export function recall(
  texts: readonly Float32Array[],
  pictures: readonly Float32Array[],
  keys: readonly string[],
  at: readonly number[],
): number[] {
  const ranks = texts.map((text, i) => {
    const scores = pictures.map((each) => dot(text, each));
    const best = Math.max(...scores.filter((_, j) => keys[j] === keys[i]));
    return scores.filter((score) => score > best).length;
  });
  return at.map((k) => ranks.filter((rank) => rank < k).length / ranks.length);
}

/** By class that occurs: the mean of the precision at every relevant row. @param scores rows of classes. */
export function averagePrecisions(
  scores: readonly Float32Array[],
  relevant: readonly ReadonlySet<number>[],
): Map<number, number> {
  const precisions = new Map<number, number>();
  for (let c = 0; c < scores[0]!.length; c++) {
    const order = [...scores.keys()].sort((a, b) => scores[b]![c]! - scores[a]![c]!);
    let [hits, sum] = [0, 0];
    for (const [rank, row] of order.entries())
      if (relevant[row]!.has(c)) {
        hits++;
        sum += hits / (rank + 1);
      }
    if (hits > 0) precisions.set(c, sum / hits);
  }
  return precisions;
}

export const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, each) => sum + each, 0) / Math.max(1, numbers.length);

/** What a drawing's prompt asks for, as answers to a question: indices of classes, none where it says nothing of it. */
export function asksFor({ kind, told }: Asking, question: Question): number[] {
  const values = valuesAt({ kind, ...told }, question.name.split("."));
  return [...new Set(values)].map((value) => question.classes.indexOf(value)).filter((index) => index >= 0);
}

/** `things.id` of {things: [{id: "a"}, {id: "b"}]} is a and b. */
export function valuesAt(value: unknown, path: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => valuesAt(each, path));
  if (value === null || value === undefined) return [];
  const [key, ...rest] = path;
  if (key === undefined) return typeof value === "object" ? [] : [String(value)];
  return typeof value === "object" ? valuesAt((value as Record<string, unknown>)[key], rest) : [];
}

export interface Following {
  readonly asked: number;
  readonly found: number;
}

/**
 * What prompts asked for, and how much of it the judge finds, by question: its first answer, or, where n things were
 * asked for, its first n.
 */
export function following(
  drawings: readonly Asking[],
  judged: readonly Judgement[],
  questions: readonly Question[],
): Map<string, Following> {
  const result = new Map<string, Following>();
  for (const question of questions) {
    let [asked, found] = [0, 0];
    for (const [i, drawing] of drawings.entries()) {
      const wanted = asksFor(drawing, question);
      const logits = judged[i]!.logits[question.name]!;
      asked += wanted.length;
      found += wanted.filter((index) => rankOf(index, logits) < wanted.length).length;
    }
    if (asked > 0) result.set(question.name, { asked, found });
  }
  return result;
}

const rankOf = (index: number, numbers: Float32Array): number =>
  numbers.reduce((above, each) => (each > numbers[index]! ? above + 1 : above), 0);

export const largest = (numbers: ArrayLike<number>): number => {
  let best = 0;
  for (let i = 1; i < numbers.length; i++) if (numbers[i]! > numbers[best]!) best = i;
  return best;
};

/** How well a picture agrees with a prompt: the judge's log probability of its answers, the mean over what was asked. */
export function agreement(drawing: Asking, { logits }: Judgement, questions: readonly Question[]): number {
  const scores: number[] = [];
  for (const question of questions) {
    const row = logits[question.name]!;
    for (const index of asksFor(drawing, question))
      scores.push(question.several ? -Math.log1p(Math.exp(-row[index]!)) : row[index]! - logSumExp(row));
  }
  return mean(scores);
}

function logSumExp(row: Float32Array): number {
  const most = row[largest(row)]!;
  return most + Math.log(row.reduce((sum, each) => sum + Math.exp(each - most), 0));
}
