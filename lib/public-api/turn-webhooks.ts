import { setWebhooksOff } from "../db/api-keys";
import { AppError } from "../errors";

/**
 * Has the ends of a key's jobs told, or not. Those that come while it is off are not told later.
 * @throws AppError not_found
 */
export async function turnWebhooks(ownerId: string, keyId: string, turn: "on" | "off"): Promise<void> {
  if (!(await setWebhooksOff(ownerId, keyId, turn === "off"))) throw new AppError("not_found");
}
