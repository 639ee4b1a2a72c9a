import { formatBytes } from "@/lib/models/format-bytes";
import type { PullProgress } from "@/lib/models/pull-model";

/** Of so much time the rate is told: lines get faster and slower. */
const WINDOW_MS = 10_000;

/** "DreamShaper 8: 1.2 GB of 2.1 GB, 8.4 MB a second, 107 s left" */
export function describeRate(what: string, now: () => number = () => performance.now()) {
  const seen: { atMs: number; bytes: number }[] = [];
  return ({ receivedBytes, totalBytes }: PullProgress): string => {
    const atMs = now();
    seen.push({ atMs, bytes: receivedBytes });
    while (seen.length > 2 && seen[0]!.atMs < atMs - WINDOW_MS) seen.shift();
    const [first] = seen;
    const perMs = atMs > first!.atMs ? (receivedBytes - first!.bytes) / (atMs - first!.atMs) : 0;
    const of = totalBytes === null ? "" : ` of ${formatBytes(totalBytes)}`;
    const rate = perMs > 0 ? `, ${formatBytes(perMs * 1000)} a second` : "";
    const leftMs = totalBytes !== null && perMs > 0 ? (totalBytes - receivedBytes) / perMs : null;
    return `${what}: ${formatBytes(receivedBytes)}${of}${rate}${leftMs === null ? "" : `, ${Math.ceil(leftMs / 1000)} s left`}`;
  };
}
