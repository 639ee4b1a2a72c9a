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
}

export function describeApiKey(row: ApiKey, now: Date): ApiKeyView {
  const { id, name, scopes, createdAt, lastUsedAt, expiresAt } = row;
  return {
    ...{ id, name, scopes },
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
    isExpired: expiresAt !== null && expiresAt <= now,
  };
}
