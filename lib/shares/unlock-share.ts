import { limitRate } from "../accounts/limit-rate";
import { verifyPassword } from "../accounts/password-hash";
import { AppError } from "../errors";
import { findShare } from "./open-share";
import { sealSharePass, sharePassName } from "./share-pass";

/**
 * Opens a link that is behind a password.
 * @param address where the request comes from: guesses are counted by address and by link.
 * @returns the cookie that keeps it open in this browser.
 * @throws AppError share_password_wrong, not_found, rate_limited
 */
export async function unlockShare(
  token: string,
  password: string,
  address: string,
): Promise<{ name: string; value: string }> {
  await limitRate("share_password_address", address);
  const share = await findShare(token);
  await limitRate("share_password", share.id);
  if (!(await verifyPassword(share.passwordHash, password))) throw new AppError("share_password_wrong");
  return { name: sharePassName(share.id), value: sealSharePass(share) };
}
