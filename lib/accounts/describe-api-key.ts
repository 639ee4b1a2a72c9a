import type { ApiKey } from "../db/client";
import type { ApiScope } from "./api-key.input";

/** A key as its owner sees it; the key itself is told only once, when it is made. */
export interface ApiKeyView {
  id: string;
  name: string;
  scopes: readonly ApiScope[];
  /** ISO 8601. */
  createdAt: string;
  /** To the minute; null for a key that was never used. */
  lastUsedAt: string | null;
  /** Null for as long as nobody revokes it. */
  expiresAt: string | null;
  isExpired: boolean;
  webhooksOff: boolean;
  /** For how many hours none of the ends that it told was heard, from 1 on; null while they are, or but for a while. */
  failingHours: number | null;
}

/** A server that is set up anew, or a line that is down for a while, is nothing to worry anybody with. */
const HOUR_MS = 60 * 60_000;

export function describeApiKey(row: ApiKey, now: Date): ApiKeyView {
  const { id, name, scopes, createdAt, lastUsedAt, expiresAt, webhooksOff, failingSince } = row;
  const hours = failingSince ? Math.floor((now.getTime() - failingSince.getTime()) / HOUR_MS) : 0;
  return {
    ...{ id, name, scopes, webhooksOff },
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
    isExpired: expiresAt !== null && expiresAt <= now,
    failingHours: hours >= 1 ? hours : null,
  };
}
