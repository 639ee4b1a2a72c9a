import { countOwned, setTrashed } from "../db/pictures";
import { AppError } from "../errors";
import { recordAct } from "./record-act";

/**
 * Takes pictures out of the trash.
 * @returns the ids that moved.
 * @throws AppError not_found when any of them isn't the owner's (or is gone for good); then none moves.
 */
export async function restorePictures(ownerId: string, ids: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(ids)];
  if ((await countOwned(ownerId, wanted)) !== wanted.length) throw new AppError("not_found");
  return setTrashed(ownerId, wanted, null, recordAct);
}
