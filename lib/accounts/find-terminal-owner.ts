import { findUserByEmail, listUsers } from "../db/users";
import { AppError } from "../errors";
import { type Owner, ownerFromRow } from "./owner";

/**
 * For whom a command acts that is given at the app's own machine: the account with this e-mail; where none is named, the one
 * account there is, or the one guest.
 * @throws AppError person_unknown; person_nobody where none has used it yet; person_unclear where it could be several.
 */
export async function findTerminalOwner(email: string | null): Promise<Owner> {
  if (email !== null) {
    const named = await findUserByEmail(email.trim().toLowerCase());
    if (!named) throw new AppError("person_unknown", { details: { email } });
    return ownerFromRow(named);
  }
  const accounts = await listUsers("accounts", 2);
  const people = accounts.length > 0 ? accounts : await listUsers("guests", 2);
  const [only, other] = people;
  if (!only) throw new AppError("person_nobody");
  if (other) throw new AppError("person_unclear");
  return ownerFromRow(only);
}
