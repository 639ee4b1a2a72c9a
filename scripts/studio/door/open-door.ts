import { env } from "@/lib/env";
import { findServing } from "@/lib/serving";
import { openBackDoor } from "./back-door";
import type { Door } from "./door";
import { openFrontDoor } from "./front-door";

/**
 * Someone's gallery: through the running app, where that has the embedded database, which one process alone may open; else
 * the database itself.
 * @param email whose; null for the one person there is.
 * @throws AppError person_unknown, person_nobody, person_unclear; database_in_use
 */
export async function openDoor(email: string | null): Promise<Door> {
  const app = env().DATABASE_URL ? null : findServing();
  return app ? openFrontDoor(app, email) : openBackDoor(email);
}
