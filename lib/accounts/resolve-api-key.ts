import { findLiveApiKey, touchApiKey } from "../db/api-keys";
import type { ApiKey } from "../db/client";
import { AppError } from "../errors";
import { apiKeySecret, hashApiKeyToken } from "./api-key-token";
import { clientAddress } from "./client-address";
import { limitRate } from "./limit-rate";
import { type Owner, ownerFromRow } from "./owner";

/** How exactly it is kept when a key was used: a write a minute, not one a request. */
const TOUCH_MS = 60_000;

/** Who asks, by which key. */
export interface KeyHolder {
  readonly owner: Owner;
  readonly key: Pick<ApiKey, "id" | "scopes">;
  /** The key's own, kept nowhere: see `apiKeySecret`. */
  readonly secret: Buffer;
}

/**
 * Whose request this is, by its `Authorization: Bearer`.
 * @throws AppError api_key_invalid alike for no key, and for one that is unknown, revoked or has run out; rate_limited for
 *   an address that sends too many of these.
 */
export async function resolveApiKey(headers: Headers): Promise<KeyHolder> {
  const [, token = ""] = /^Bearer +(\S+)$/i.exec(headers.get("authorization") ?? "") ?? [];
  const hash = hashApiKeyToken(token);
  const now = new Date();
  const row = hash && (await findLiveApiKey(hash, now));
  if (!row) {
    // Counted by address alone, so that one with a good key behind the same address comes in all the same.
    await limitRate("api_key_wrong", clientAddress(headers));
    throw new AppError("api_key_invalid");
  }
  const { id, scopes, lastUsedAt } = row;
  if (lastUsedAt === null || now.getTime() - lastUsedAt.getTime() >= TOUCH_MS) await touchApiKey(id, now);
  return { owner: ownerFromRow(row.owner), key: { id, scopes }, secret: apiKeySecret(token) };
}
