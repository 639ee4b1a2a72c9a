import { revokeShareRow } from "../db/shares";
import { AppError } from "../errors";

/**
 * Ends a link for everyone who has it, at once and for good.
 * @throws AppError not_found
 */
export async function revokeShare(ownerId: string, id: string): Promise<void> {
  if (!(await revokeShareRow(ownerId, id, new Date()))) throw new AppError("not_found");
}
