import { findTerminalOwner } from "@/lib/accounts/find-terminal-owner";
import { closeDatabase } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { closeInference } from "@/lib/inference/client";
import { findPictures } from "@/lib/search/find-pictures";
import { showTags } from "@/lib/search/show-tags";
import type { Door } from "./door";

/** The database itself, which this process then has open. */
export async function openBackDoor(email: string | null): Promise<Door> {
  const close = async () => {
    await closeInference();
    await closeDatabase();
  };
  try {
    await migrate();
    const { id } = await findTerminalOwner(email);
    return {
      search: (words, count) => findPictures(id, { words, count }),
      tags: (pictureId) => showTags(id, pictureId),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
