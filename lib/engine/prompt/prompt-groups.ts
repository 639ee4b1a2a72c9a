// The brackets of a prompt that is edited while sampling: which are schedules, which alternate, which stay text.

/** `[before:after:when]`; `when` as it was written. */
export interface Scheduled {
  readonly kind: "scheduled";
  readonly before: readonly PromptNode[];
  readonly after: readonly PromptNode[];
  readonly when: string;
}

/** `[a|b|c]`, a step each in turn. */
export interface Alternating {
  readonly kind: "alternating";
  readonly options: readonly (readonly PromptNode[])[];
}

/** Text as it stands, or a bracket that changes from step to step. */
export type PromptNode = string | Scheduled | Alternating;

interface Group {
  /** Index behind the closing bracket. */
  readonly end: number;
  readonly nodes: readonly PromptNode[];
  readonly depth: number;
}

/** Deeper brackets than anyone writes are text. */
const MAX_DEPTH = 100;
const WHEN = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*$/u;

/** Text joins the text before it. */
function add(nodes: PromptNode[], node: PromptNode): void {
  const last = nodes.at(-1);
  if (typeof node === "string" && typeof last === "string") nodes[nodes.length - 1] = last + node;
  else if (node !== "") nodes.push(node);
}

/** What a closed bracket means by what separates its sections; null where it means nothing. */
function groupNodes(
  bracket: string,
  sections: readonly (readonly PromptNode[])[],
  separators: string,
): PromptNode[] | null {
  const first = sections[0]!;
  if (bracket === "(") {
    if (separators === "") return ["(", ...first, ")"];
    return separators === ":" ? ["(", ...first, ":", ...sections[1]!, ")"] : null;
  }
  if (separators === "") return ["[", ...first, "]"];
  if (!separators.includes(":")) return [{ kind: "alternating", options: sections }];
  if (separators !== ":" && separators !== "::") return null;
  const last = sections.at(-1)!;
  const when = last.length === 1 && typeof last[0] === "string" ? WHEN.exec(last[0])?.[1] : undefined;
  if (when === undefined) return null;
  const [before, after] = separators === ":" ? [[], first] : [first, sections[1]!];
  return [{ kind: "scheduled", before, after, when }];
}

/** The group that opens at `start`, if it closes and means something. Groups that open later are known already. */
function readGroup(prompt: string, start: number, known: ReadonlyMap<number, Group>): Group | null {
  const bracket = prompt[start]!;
  const sections: PromptNode[][] = [[]];
  let separators = "";
  let depth = 1;
  for (let at = start + 1; at < prompt.length; ) {
    const letter = prompt[at]!;
    if (letter === "(" || letter === "[") {
      const inner = known.get(at);
      if (inner === undefined) return null;
      for (const node of inner.nodes) add(sections.at(-1)!, node);
      depth = Math.max(depth, inner.depth + 1);
      if (depth > MAX_DEPTH) return null;
      at = inner.end;
    } else if (letter === ")" || letter === "]") {
      if ((letter === ")") !== (bracket === "(")) return null;
      const nodes = groupNodes(bracket, sections, separators);
      return nodes === null ? null : { end: at + 1, nodes, depth };
    } else if (letter === ":" || letter === "|") {
      separators += letter;
      sections.push([]);
      at += 1;
    } else {
      const length = letter === "\\" ? 2 : 1;
      add(sections.at(-1)!, prompt.slice(at, at + length));
      at += length;
    }
  }
  return null;
}

/** Indices of opening brackets that are not escaped. */
function openings(prompt: string): number[] {
  return [...prompt.matchAll(/\\[\s\S]|[([]/g)].filter(([token]) => token.length === 1).map((m) => m.index);
}

/**
 * A prompt as text and the brackets that change it. Brackets that mean nothing are text.
 * @returns null where A1111 reads no schedule in the whole prompt: `|` outside brackets, a lone `\` at the end.
 */
export function parseGroups(prompt: string): PromptNode[] | null {
  const known = new Map<number, Group>();
  for (const start of openings(prompt).reverse()) {
    const group = readGroup(prompt, start, known);
    if (group !== null) known.set(start, group);
  }
  const nodes: PromptNode[] = [];
  for (let at = 0; at < prompt.length; ) {
    const group = known.get(at);
    const length = prompt[at] === "\\" ? 2 : 1;
    if (group === undefined && (prompt[at] === "|" || at + length > prompt.length)) return null;
    for (const node of group?.nodes ?? [prompt.slice(at, at + length)]) add(nodes, node);
    at = group?.end ?? at + length;
  }
  return nodes;
}
