import { env } from "../env";

/** Whoever the pictures belong to: someone with an account, or a guest who has not signed up yet. */
export interface Owner {
  readonly id: string;
  readonly kind: "account" | "guest";
  readonly email: string | null;
  readonly name: string | null;
  /** False for those who only sign in at another provider. */
  readonly hasPassword: boolean;
  /** Whether they may change what everybody here draws with: see `isOperator`. */
  readonly isOperator: boolean;
  /** Sessions and guest cookies made under an older number count no more. */
  readonly sessionEpoch: number;
}

/** Reads a cookie of the request by name. */
export type ReadCookie = (name: string) => string | undefined;

interface UserRow {
  id: string;
  email: string | null;
  name: string | null;
  passwordHash: string | null;
  isOperator: boolean;
  sessionEpoch: number;
}

/** A user's row as the rest of the app may see it: the password's hash stays behind. */
export function ownerFromRow(row: UserRow): Owner {
  return {
    id: row.id,
    kind: row.email === null ? "guest" : "account",
    email: row.email,
    name: row.name,
    hasPassword: row.passwordHash !== null,
    isOperator: isOperator(row),
    sessionEpoch: row.sessionEpoch,
  };
}

/** Those whom ADMIN_EMAILS names; where it names none, the first account. Never a guest. */
function isOperator({ email, isOperator: isFirst }: UserRow): boolean {
  const named = env().ADMIN_EMAILS;
  if (email === null) return false;
  return named.length > 0 ? named.includes(email) : isFirst;
}
