import { findUser, updatePassword } from "../db/users";
import { AppError } from "../errors";
import type { ChangePasswordInput } from "./credentials";
import { limitRate } from "./limit-rate";
import { type Owner, ownerFromRow } from "./owner";
import { hashPassword, verifyPassword } from "./password-hash";

/**
 * Replaces the password and ends every other session. Someone who only signs in at another provider sets their
 * first password this way, without a current one.
 * @returns the owner under the new epoch, for a new session on this device.
 * @throws AppError credentials_wrong, rate_limited, not_signed_in
 */
export async function changePassword(owner: Owner, input: ChangePasswordInput): Promise<Owner> {
  await limitRate("sign_in", owner.id);
  const row = owner.kind === "account" ? await findUser(owner.id) : null;
  if (!row) throw new AppError("not_signed_in");
  if (row.passwordHash !== null && !(await verifyPassword(row.passwordHash, input.current)))
    throw new AppError("credentials_wrong");
  return ownerFromRow(await updatePassword(owner.id, await hashPassword(input.next)));
}
