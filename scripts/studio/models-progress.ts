import { formatBytes } from "@/lib/models/format-bytes";
import type { PullProgress } from "@/lib/models/pull-model";
import { messages } from "./messages/messages";

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
    const leftMs = totalBytes !== null && perMs > 0 ? (totalBytes - receivedBytes) / perMs : null;
    const told = messages().progress;
    const received = formatBytes(receivedBytes);
    return [
      totalBytes === null
        ? told.received(what, received)
        : told.receivedOf(what, received, formatBytes(totalBytes)),
      perMs > 0 ? told.rate(formatBytes(perMs * 1000)) : "",
      leftMs === null ? "" : told.left(Math.ceil(leftMs / 1000)),
    ].join("");
  };
}
