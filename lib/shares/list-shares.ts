import { listShareRows, type SharedThing } from "../db/shares";
import { describeShare, type ShareView } from "./describe-share";
import { requireThing } from "./make-share";

/**
 * The links to an album or a picture that open it, the newest first.
 * @throws AppError not_found
 */
export async function listShares(
  ownerId: string,
  thing: SharedThing,
  now = new Date(),
): Promise<ShareView[]> {
  await requireThing(ownerId, thing);
  return (await listShareRows(ownerId, thing, now)).map(describeShare);
}
