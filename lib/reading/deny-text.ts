import { updatePicture } from "../db/pictures";
import { AppError } from "../errors";
import { recordAct } from "../pictures/record-act";
import { showText, type TextView } from "./show-text";

/**
 * Says of one's picture that it does not say what was read in it, or that it does after all. What is denied is shown and
 * found no more, and nobody reads the picture again.
 * @throws AppError not_found
 */
export async function denyText(ownerId: string, id: string, isDenied: boolean): Promise<TextView> {
  if (!(await updatePicture(ownerId, id, { textDenied: isDenied }, recordAct)))
    throw new AppError("not_found");
  return showText(ownerId, id);
}
