import { findUserByEmail } from "../db/users";
import { AppError } from "../errors";
import type { SignInInput } from "./credentials";
import { limitRate } from "./limit-rate";
import { type Owner, ownerFromRow } from "./owner";
import { verifyPassword } from "./password-hash";

/**
 * The account that an e-mail and a password open.
 * @throws AppError credentials_wrong, the same and as slowly for an unknown e-mail as for a wrong password;
 *         rate_limited
 */
export async function signIn({ email, password }: SignInInput, address: string): Promise<Owner> {
  await limitRate("sign_in_address", address);
  await limitRate("sign_in", email);
  const row = await findUserByEmail(email);
  const right = await verifyPassword(row?.passwordHash ?? null, password);
  if (!row || !right) throw new AppError("credentials_wrong");
  return ownerFromRow(row);
}
