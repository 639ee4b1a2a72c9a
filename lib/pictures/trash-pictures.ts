import { countOwned, setTrashed } from "../db/pictures";
import { AppError } from "../errors";
import { recordAct } from "./record-act";

/**
 * Puts pictures into the trash, from where they come back until it is emptied.
 * @returns the ids that moved; those that lay there already are left out.
 * @throws AppError not_found when any of them isn't the owner's; then none moves.
 */
export async function trashPictures(ownerId: string, ids: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(ids)];
  if ((await countOwned(ownerId, wanted)) !== wanted.length) throw new AppError("not_found");
  return setTrashed(ownerId, wanted, new Date(), recordAct);
}
