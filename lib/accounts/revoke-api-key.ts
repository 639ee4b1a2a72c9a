import { revokeApiKeyRow } from "../db/api-keys";
import { AppError } from "../errors";

/**
 * Ends a key at once, for good; what is under way goes on, and its webhooks end.
 * @throws AppError not_found
 */
export async function revokeApiKey(ownerId: string, id: string): Promise<void> {
  if (!(await revokeApiKeyRow(ownerId, id, new Date()))) throw new AppError("not_found");
}
