import type { Share } from "../db/client";

/** A link as its owner sees it; the link itself is told only once, when it is made. */
export interface ShareView {
  id: string;
  hasPassword: boolean;
  withOriginals: boolean;
  /** ISO 8601. */
  createdAt: string;
  /** Null for as long as nobody revokes it. */
  expiresAt: string | null;
}

export function describeShare({ id, passwordHash, withOriginals, createdAt, expiresAt }: Share): ShareView {
  return {
    ...{ id, hasPassword: passwordHash !== null, withOriginals },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}
