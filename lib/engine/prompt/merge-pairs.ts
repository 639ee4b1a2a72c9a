/** Merges of a byte-pair encoding: which two neighbouring tokens become which, the lowest rank first. */
export interface MergeTable {
  /** Rank of the merge of two token ids, or undefined. */
  rankOf(left: number, right: number): number | undefined;
  /** Token id that the merge of a rank makes. */
  readonly mergedIds: readonly number[];
}

/** Positions in a word are below this, so that (rank, position) sorts as one number. */
const POSITIONS = 2 ** 31;

/**
 * Byte-pair encoding of one word: always the merge of the lowest rank, the leftmost of equals, until none applies.
 * O(n log n) also for words without end.
 * @param ids the word's letters as token ids.
 * @source arXiv:1508.07909
 */
export function mergePairs(ids: readonly number[], merges: MergeTable): number[] {
  const tokens = [...ids];
  const next = tokens.map((_, i) => (i + 1 < tokens.length ? i + 1 : -1));
  const previous = tokens.map((_, i) => i - 1);
  const gone = new Uint8Array(tokens.length);
  const heap: number[] = [];

  const rankAt = (at: number): number | undefined =>
    at < 0 || next[at]! < 0 ? undefined : merges.rankOf(tokens[at]!, tokens[next[at]!]!);
  const offer = (at: number): void => {
    const rank = rankAt(at);
    if (rank !== undefined) push(heap, rank * POSITIONS + at);
  };

  for (let at = 0; at < tokens.length; at++) offer(at);
  while (heap.length > 0) {
    const best = pop(heap);
    const at = best % POSITIONS;
    const rank = (best - at) / POSITIONS;
    // The neighbours may have changed since this merge was offered.
    if (gone[at] || rankAt(at) !== rank) continue;
    const right = next[at]!;
    tokens[at] = merges.mergedIds[rank]!;
    gone[right] = 1;
    next[at] = next[right]!;
    if (next[at]! >= 0) previous[next[at]!] = at;
    offer(previous[at]!);
    offer(at);
  }
  return tokens.filter((_, at) => !gone[at]);
}

function push(heap: number[], value: number): void {
  let at = heap.push(value) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (heap[parent]! <= value) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = value;
}

function pop(heap: number[]): number {
  const least = heap[0]!;
  const last = heap.pop()!;
  if (heap.length === 0) return least;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child++;
    if (heap[child]! >= last) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
  return least;
}
