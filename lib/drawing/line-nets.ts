import type { AnnotatorName } from "../engine/annotators/annotate";
import type { ModelFamily } from "../inference/read-model-facts";
import type { PhotoTrait } from "./photo-trait.input";

/** A trait of a picture that a ControlNet can hold: what people choose from, and its colours besides. */
export type HeldTrait = PhotoTrait | "colours";

/** ControlNets as people name their files, the best first, with what makes their hint of a picture. */
const KNOWN: Readonly<Record<HeldTrait, readonly [RegExp, AnnotatorName][]>> = {
  lines: [
    [/canny/i, "canny"],
    [/line.?art/i, "line-art"],
  ],
  edges: [[/soft.?edge|hed|pidi/i, "soft-edge"]],
  light: [[/brightness|luminance/i, "luminance"]],
  colours: [[/(^|[^a-z])tile([^a-z]|$)/i, "tile"]],
};

/** Those that are shown lines, hard or soft. */
export const LINE_NETS = [...KNOWN.lines, ...KNOWN.edges];

interface Net {
  readonly id: string;
  readonly family: ModelFamily | null;
}

interface Found<T> {
  readonly net: T;
  readonly annotator: AnnotatorName;
}

/** One that holds a trait with models of a family, and what makes its hint; null where there is none. */
export function netFor<T extends Net>(
  nets: readonly T[],
  family: string | null,
  trait: HeldTrait,
): Found<T> | null {
  const fitting = nets.filter((net) => net.family !== null && net.family === family);
  for (const [pattern, annotator] of KNOWN[trait]) {
    const net = fitting.find(({ id }) => pattern.test(id));
    if (net) return { net, annotator };
  }
  return null;
}

/** One that draws along lines with models of a family, and what draws the lines; null where there is none. */
export const lineNetFor = <T extends Net>(nets: readonly T[], family: string | null): Found<T> | null =>
  netFor(nets, family, "lines") ?? netFor(nets, family, "edges");
