import { hash, verify } from "@node-rs/argon2";

/**
 * argon2id, 19 MiB, two passes, one lane: the parameters that OWASP's password storage sheet recommends first.
 * The algorithm itself is the library's default.
 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let decoy: Promise<string> | null = null;

/** An argon2id hash in PHC form, with its own salt. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFC"), COST);
}

/**
 * Whether the password is the one that was hashed. Where there is no hash (no such account) the same work is
 * done against a decoy, so that the time taken doesn't tell whether an address is known.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword("no account has this password");
  const matches = await verify(passwordHash ?? (await decoy), password.normalize("NFC"));
  return passwordHash !== null && matches;
}
