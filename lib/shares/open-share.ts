import type { ReadCookie } from "../accounts/owner";
import type { Share } from "../db/client";
import { findLiveShare } from "../db/shares";
import { AppError } from "../errors";
import { isSharePass, sharePassName } from "./share-pass";
import { hashShareToken } from "./share-token";

/** A link that opens something. */
export interface OpenShare extends Omit<Share, "tokenHash"> {
  /** Of the album or the picture. */
  title: string;
}

/**
 * What a link shows, for someone who has it.
 * @param readCookie the browser's cookies: behind a password a pass lies among them.
 * @throws AppError not_found, the same for a link that never was, has run out or is revoked; share_locked while
 *         the password has not been given.
 */
export async function openShare(token: string, readCookie: ReadCookie, now = new Date()): Promise<OpenShare> {
  const share = await findShare(token, now);
  if (share.passwordHash !== null && !isSharePass(share, readCookie(sharePassName(share.id))))
    throw new AppError("share_locked");
  return share;
}

/** The same, also while it is locked. @throws AppError not_found */
export async function findShare(token: string, now = new Date()): Promise<OpenShare> {
  const tokenHash = hashShareToken(token);
  const row = tokenHash === null ? null : await findLiveShare(tokenHash, now);
  if (!row) throw new AppError("not_found");
  const { album, picture, tokenHash: _, ...share } = row;
  return { ...share, title: album?.title ?? picture?.title ?? "" };
}
