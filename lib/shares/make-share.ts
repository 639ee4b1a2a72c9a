import { z } from "zod";
import { hashPassword } from "../accounts/password-hash";
import { showAlbum } from "../albums/show-album";
import { insertShare, type SharedThing } from "../db/shares";
import { AppError } from "../errors";
import { requirePicture } from "../pictures/require-picture";
import { describeShare, type ShareView } from "./describe-share";
import { hashShareToken, newShareToken } from "./share-token";

/** What is shared: an album or a picture, by its id. */
export const sharedThing = z.union([
  z.object({ albumId: z.string().max(64) }),
  z.object({ pictureId: z.string().max(64) }),
]);

export const shareTerms = z.object({
  /** Empty for none. */
  password: z.string().max(200).default(""),
  /** How long the link opens; null for as long as nobody revokes it. */
  days: z.number().int().min(1).max(3650).nullable().default(null),
  /** Whether those who have the link may save the pictures in full size. */
  withOriginals: z.boolean().default(false),
});
export type ShareTerms = z.input<typeof shareTerms>;

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Makes a link that shows an album, or a picture, to whoever has it.
 * @returns the token that the link ends with: it is kept nowhere, and told this once.
 * @throws AppError not_found
 */
export async function makeShare(
  ownerId: string,
  thing: SharedThing,
  terms: ShareTerms = {},
  now = new Date(),
): Promise<{ share: ShareView; token: string }> {
  const { password, days, withOriginals } = shareTerms.parse(terms);
  await requireThing(ownerId, thing);
  const token = newShareToken();
  const row = await insertShare({
    ...{ ...thing, ownerId, withOriginals, tokenHash: hashShareToken(token)! },
    passwordHash: password === "" ? null : await hashPassword(password),
    expiresAt: days === null ? null : new Date(now.getTime() + days * DAY_MS),
  });
  return { share: describeShare(row), token };
}

/** @throws AppError not_found when the thing isn't the owner's, or lies in the trash. */
export async function requireThing(ownerId: string, thing: SharedThing): Promise<void> {
  if ("albumId" in thing) await showAlbum(ownerId, thing.albumId);
  else if ((await requirePicture(ownerId, thing.pictureId)).trashedAt) throw new AppError("not_found");
}
