import { restorePictures } from "./restore-pictures";
import { setFavourites } from "./set-favourite";
import { trashPictures } from "./trash-pictures";

/** What can be done with several pictures at once. */
export const PICTURE_ACTS = ["trash", "restore", "favourite", "unfavourite"] as const;
export type PictureAct = (typeof PICTURE_ACTS)[number];

type Change = (ownerId: string, ids: readonly string[]) => Promise<string[]>;

const CHANGES: Readonly<Record<PictureAct, Change>> = {
  trash: trashPictures,
  restore: restorePictures,
  favourite: (ownerId, ids) => setFavourites(ownerId, ids, true),
  unfavourite: (ownerId, ids) => setFavourites(ownerId, ids, false),
};

/**
 * Does one thing with several pictures.
 * @returns the ids of those that it changed.
 * @throws AppError not_found where one of them isn't the owner's; then none is changed.
 */
export const changePictures = (ownerId: string, ids: readonly string[], act: PictureAct): Promise<string[]> =>
  CHANGES[act](ownerId, ids);
