import { listLogins } from "../db/logins";
import type { Owner } from "./owner";

/** The providers at which the owner can sign in to this account. */
export async function listConnectedProviders(owner: Owner): Promise<string[]> {
  return (await listLogins(owner.id)).map(({ provider }) => provider);
}
