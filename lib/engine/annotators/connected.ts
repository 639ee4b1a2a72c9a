/**
 * Hysteresis: of the 8-connected groups of candidates, keeps those which hold a strength above `strong` and whose
 * longer extent, across or down, is at least `leastLengthPx`; the others are cleared in place.
 * @param candidates 1 or 0, rows of `stride`. Its outermost ring must be 0, so that no neighbour lies outside.
 * @param strength   as many, read at candidates only.
 */
export function keepStrongGroups(
  candidates: Uint8Array,
  stride: number,
  strength: Uint16Array | Float32Array,
  strong: number,
  leastLengthPx = 1,
): void {
  const neighbours = [-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1];
  const seen = new Uint8Array(candidates.length);
  const group = new Int32Array(candidates.length);
  for (let start = 0; start < candidates.length; start++) {
    if (!candidates[start] || seen[start]) continue;
    let size = 1;
    let strongest = 0;
    let [left, right] = [start % stride, start % stride];
    const top = Math.floor(start / stride);
    let bottom = top;
    group[0] = start;
    seen[start] = 1;
    // `group` is both the queue of this flood and, once it is empty, the list of what was reached.
    for (let next = 0; next < size; next++) {
      const at = group[next]!;
      const x = at % stride;
      if (x < left) left = x;
      else if (x > right) right = x;
      bottom = Math.max(bottom, Math.floor(at / stride));
      strongest = Math.max(strongest, strength[at]!);
      for (const step of neighbours) {
        const beside = at + step;
        if (!candidates[beside] || seen[beside]) continue;
        seen[beside] = 1;
        group[size++] = beside;
      }
    }
    // Rows are searched from the top: `start` lies in the group's first.
    const lengthPx = 1 + Math.max(right - left, bottom - top);
    if (strongest > strong && lengthPx >= leastLengthPx) continue;
    for (let i = 0; i < size; i++) candidates[group[i]!] = 0;
  }
}
