import { raiseSessionEpoch } from "../db/users";
import type { Owner } from "./owner";

/** Ends every session of the owner on every device, this one included, from the next request on. */
export async function signOutEverywhere(owner: Owner): Promise<void> {
  await raiseSessionEpoch(owner.id);
}
