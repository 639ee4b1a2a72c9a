import { randomBytes } from "node:crypto";
import { insertApiKey } from "../db/api-keys";
import { AppError } from "../errors";
import type { ApiKeyInput } from "./api-key.input";
import { hashApiKeyToken, newApiKeyToken } from "./api-key-token";
import { type ApiKeyView, describeApiKey } from "./describe-api-key";
import { limitRate } from "./limit-rate";
import type { Owner } from "./owner";
import { requireOperator } from "./require-operator";

/** Most keys of one account that open something. */
const MAX_KEYS = 20;
const DAY_MS = 24 * 60 * 60_000;

export interface NewApiKey {
  key: ApiKeyView;
  /** What programs send. It can't be told again. */
  token: string;
  /** What webhooks of the key's jobs are signed with, as Standard Webhooks write it. Nor can this. */
  webhookSecret: string;
}

/**
 * Makes a key to the public API.
 * @throws AppError not_signed_in for guests; operator_only for the scope `models`; api_keys_full; rate_limited
 */
export async function makeApiKey(owner: Owner, { name, scopes, days }: ApiKeyInput): Promise<NewApiKey> {
  if (owner.kind !== "account") throw new AppError("not_signed_in");
  if (scopes.includes("models")) requireOperator(owner);
  await limitRate("api_key", owner.id);
  const now = new Date();
  const token = newApiKeyToken();
  const webhookSecret = `whsec_${randomBytes(32).toString("base64")}`;
  const expiresAt = days === null ? null : new Date(now.getTime() + days * DAY_MS);
  const row = await insertApiKey(
    { ownerId: owner.id, name, hash: hashApiKeyToken(token)!, scopes, webhookSecret, expiresAt },
    MAX_KEYS,
    now,
  );
  if (!row) throw new AppError("api_keys_full", { details: { limit: MAX_KEYS } });
  return { key: describeApiKey(row, now), token, webhookSecret };
}
