import { findUserByLogin, insertLogin } from "../db/logins";
import { saveAccount } from "../db/users";
import { AppError } from "../errors";
import { type Owner, ownerFromRow } from "./owner";

/** What GitHub or Google says about whoever signed in there. */
export interface ProviderProfile {
  provider: string;
  providerAccountId: string;
  email: string | null;
  name: string | null;
}

/**
 * The account that a sign-in at another provider opens: the one it belongs to; else the account signed in
 * right now, which it opens from then on; else a new account, made from the guest's row where there is one.
 * An account is never found by its e-mail alone: whoever registered an address first need not be its owner.
 * @throws AppError email_taken (sign in the usual way, then connect the provider on the account page),
 *         provider_without_email
 */
export async function signInWithProvider(profile: ProviderProfile, current: Owner | null): Promise<Owner> {
  const { provider, providerAccountId } = profile;
  const known = await findUserByLogin(provider, providerAccountId);
  if (known) return ownerFromRow(known);
  if (current?.kind === "account") {
    await insertLogin(current.id, provider, providerAccountId);
    return current;
  }
  if (!profile.email) throw new AppError("provider_without_email");
  const email = profile.email.normalize("NFC").trim().toLowerCase();
  const made = await saveAccount(
    current?.id ?? null,
    { email, name: profile.name },
    { provider, providerAccountId },
  );
  if (!made) throw new AppError("email_taken");
  return ownerFromRow(made);
}
