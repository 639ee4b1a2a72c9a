import { listApiKeyRows } from "../db/api-keys";
import { type ApiKeyView, describeApiKey } from "./describe-api-key";

/** The owner's keys that are not revoked, the newest first. */
export async function listApiKeys(ownerId: string): Promise<ApiKeyView[]> {
  const now = new Date();
  return (await listApiKeyRows(ownerId)).map((row) => describeApiKey(row, now));
}
