import { readTextOf } from "../db/texts";
import { requirePicture } from "../pictures/require-picture";

/** What a machine read in a picture. */
export interface TextView {
  /** In lines; null where nothing was read, or where its owner says that it is not so. */
  readonly text: string | null;
  /** Whether its owner says that it is not so. */
  readonly isDenied: boolean;
}

/** @throws AppError not_found */
export async function showText(ownerId: string, id: string): Promise<TextView> {
  const { textDenied } = await requirePicture(ownerId, id);
  return { text: textDenied ? null : await readTextOf(ownerId, id), isDenied: textDenied };
}
