import { insertGuest } from "../db/users";
import { limitRate } from "./limit-rate";
import { type Owner, ownerFromRow } from "./owner";

/**
 * A new guest, made when someone without an account first keeps something.
 * @param address where the request comes from; one address can't make guests without end.
 */
export async function makeGuest(address: string): Promise<Owner> {
  await limitRate("guest", address);
  return ownerFromRow(await insertGuest());
}
