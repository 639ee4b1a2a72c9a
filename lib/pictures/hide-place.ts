import { setPlaceHidden } from "../db/places";
import { AppError } from "../errors";
import { fillPlaces } from "./fill-places";
import { recordAct } from "./record-act";

/**
 * Hides where a picture was taken: it has no place any more, is found by none, and gets none again by itself. Or takes that
 * back. The original is never changed, so its owner's own copy says it still.
 * @throws AppError not_found
 */
export async function hidePlace(ownerId: string, id: string, hidden: boolean): Promise<void> {
  if (!(await setPlaceHidden(ownerId, id, hidden, recordAct))) throw new AppError("not_found");
  if (!hidden) await fillPlaces(id);
}
