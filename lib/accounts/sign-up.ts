import { saveAccount } from "../db/users";
import { AppError } from "../errors";
import type { SignUpInput } from "./credentials";
import { limitRate } from "./limit-rate";
import { type Owner, ownerFromRow } from "./owner";
import { hashPassword } from "./password-hash";

/**
 * Makes an account. A guest's own row becomes it, so that everything they made is theirs without a move.
 * @throws AppError email_taken, rate_limited
 */
export async function signUp(input: SignUpInput, guest: Owner | null, address: string): Promise<Owner> {
  await limitRate("sign_up", address);
  const passwordHash = await hashPassword(input.password);
  const guestId = guest?.kind === "guest" ? guest.id : null;
  const row = await saveAccount(guestId, { email: input.email, passwordHash });
  if (!row) throw new AppError("email_taken");
  return ownerFromRow(row);
}
