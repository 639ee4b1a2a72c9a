import { moveGuestBelongings } from "../db/users";
import { recordAct } from "../pictures/record-act";
import { storage } from "../storage/open-storage";
import type { Owner } from "./owner";

/** Moves everything a guest made to the account they signed in to; without a guest, or for one's own row, nothing. */
export async function adoptGuest(guest: Owner | null, account: Owner): Promise<void> {
  if (guest?.kind !== "guest" || account.kind !== "account") return;
  const move = { fromOwnerId: guest.id, toOwnerId: account.id };
  await moveGuestBelongings(guest.id, account.id, async (ranks) => {
    await storage().appendManifest({ event: "moved", at: new Date().toISOString(), ...move });
    if (ranks.length > 0) await recordAct({ event: "albums-ranked", ranks });
  });
}
