import type { Locale } from "@/lib/errors";
import { formatBytes } from "@/lib/models/format-bytes";
import type { PullProgress } from "@/lib/models/pull-model";

/** Of so much time the rate is told: lines get faster and slower. */
const WINDOW_MS = 10_000;

/** "DreamShaper 8: 1.2 GB of 2.1 GB, 8.4 MB a second, 107 s left" */
export function describeRate(what: string, locale: Locale, now: () => number = () => performance.now()) {
  const seen: { atMs: number; bytes: number }[] = [];
  return ({ receivedBytes, totalBytes }: PullProgress): string => {
    const atMs = now();
    seen.push({ atMs, bytes: receivedBytes });
    while (seen.length > 2 && seen[0]!.atMs < atMs - WINDOW_MS) seen.shift();
    const [first] = seen;
    const perMs = atMs > first!.atMs ? (receivedBytes - first!.bytes) / (atMs - first!.atMs) : 0;
    const leftMs = totalBytes !== null && perMs > 0 ? (totalBytes - receivedBytes) / perMs : null;
    const told = {
      received: formatBytes(receivedBytes),
      total: totalBytes === null ? null : formatBytes(totalBytes),
      rate: perMs > 0 ? formatBytes(perMs * 1000) : null,
      leftS: leftMs === null ? null : Math.ceil(leftMs / 1000),
    };
    return locale === "zh" ? inChinese(what, told) : inEnglish(what, told);
  };
}

interface Told {
  readonly received: string;
  readonly total: string | null;
  readonly rate: string | null;
  readonly leftS: number | null;
}

const inEnglish = (what: string, { received, total, rate, leftS }: Told): string =>
  `${what}: ${received}${total === null ? "" : ` of ${total}`}${rate === null ? "" : `, ${rate} a second`}${leftS === null ? "" : `, ${leftS} s left`}`;

const inChinese = (what: string, { received, total, rate, leftS }: Told): string =>
  `${what}：${received}${total === null ? "" : ` / ${total}`}${rate === null ? "" : `，每秒 ${rate}`}${leftS === null ? "" : `，还剩 ${leftS} 秒`}`;
