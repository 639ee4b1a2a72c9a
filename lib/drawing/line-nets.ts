import type { AnnotatorName } from "../engine/annotators/annotate";
import type { ModelFamily } from "../inference/read-model-facts";

/** ControlNets that are shown lines, as people name their files, with what draws the lines. */
export const LINE_NETS: readonly [RegExp, AnnotatorName][] = [
  [/canny/i, "canny"],
  [/line.?art/i, "line-art"],
  [/soft.?edge|hed|pidi/i, "soft-edge"],
];

interface Net {
  readonly id: string;
  readonly family: ModelFamily | null;
}

/** One that draws along lines with models of a family, and what draws the lines; null where there is none. */
export function lineNetFor<T extends Net>(
  nets: readonly T[],
  family: ModelFamily | null,
): { readonly net: T; readonly annotator: AnnotatorName } | null {
  const fitting = nets.filter((net) => net.family !== null && net.family === family);
  for (const [pattern, annotator] of LINE_NETS) {
    const net = fitting.find(({ id }) => pattern.test(id));
    if (net) return { net, annotator };
  }
  return null;
}
