import { type PromptNode, parseGroups } from "./prompt-groups";

/** A prompt that holds from the end of the span before it up to and with step `until` (steps count from 1). */
export interface PromptSpan {
  readonly until: number;
  readonly text: string;
}

export interface ScheduleOptions {
  /** Sampling steps, at least 1. */
  readonly steps: number;
  /**
   * For a second pass (hires fix): the steps of the first. Whole numbers go on counting from there,
   * fractions from 1 to 2 are the second pass.
   */
  readonly firstPassSteps?: number;
}

/** The last step before the change: a number with a point is a fraction of the steps. */
function stepOf(when: string, { steps, firstPassSteps }: ScheduleOptions): number {
  const second = firstPassSteps !== undefined;
  const step = when.includes(".")
    ? (Number(when) - (second ? 1 : 0)) * steps
    : Number(when) - (firstPassSteps ?? 0);
  return Math.min(steps, Math.trunc(step));
}

/** Every step after which the text may change. */
function collectSteps(nodes: readonly PromptNode[], options: ScheduleOptions, into: Set<number>): void {
  for (const node of nodes) {
    if (typeof node === "string") continue;
    if (node.kind === "scheduled") {
      const step = stepOf(node.when, options);
      if (step >= 1) into.add(step);
      collectSteps(node.before, options, into);
      collectSteps(node.after, options, into);
    } else {
      for (let step = 1; step <= options.steps; step++) into.add(step);
      for (const option of node.options) collectSteps(option, options, into);
    }
  }
}

function textAt(step: number, nodes: readonly PromptNode[], options: ScheduleOptions): string {
  let text = "";
  for (const node of nodes) {
    if (typeof node === "string") text += node;
    else if (node.kind === "alternating")
      text += textAt(step, node.options[(step - 1) % node.options.length]!, options);
    else text += textAt(step, step <= stepOf(node.when, options) ? node.before : node.after, options);
  }
  return text;
}

/**
 * A1111's prompt editing: `[a:b:0.4]` turns a into b after 40 % of the steps (a whole number: after that step),
 * `[a:0.4]` adds a, `[a::0.4]` takes a away, `[a|b]` alternates; brackets nest. Emphasis stays in the text.
 * A bracket that means something is always read; A1111 skips some of them where others stand unbalanced.
 * @returns spans in order, the last until `steps`; one span where nothing is edited.
 * @source https://github.com/AUTOMATIC1111/stable-diffusion-webui/wiki/Features#prompt-editing
 */
export function parseSchedule(prompt: string, options: ScheduleOptions): PromptSpan[] {
  const nodes = parseGroups(prompt);
  if (nodes === null) return [{ until: options.steps, text: prompt }];
  const ends = new Set([options.steps]);
  collectSteps(nodes, options, ends);
  return [...ends].sort((a, b) => a - b).map((until) => ({ until, text: textAt(until, nodes, options) }));
}

/** The text that holds at a step. @param step from 1 to the last span's `until`. */
export function promptAt(spans: readonly PromptSpan[], step: number): string {
  return (spans.find(({ until }) => step <= until) ?? spans.at(-1))?.text ?? "";
}
