import { rm } from "node:fs/promises";
import path from "node:path";
import { FileStore } from "@tus/file-store";
import { env } from "../env";
import { AppError } from "../errors";

/** How long an upload that was interrupted can be taken up again. */
export const DRAFT_HOURS = 24;

/** What has arrived of an upload. */
export interface Draft {
  id: string;
  file: string;
  /** As the sender named it; may be empty, and may be anything. */
  name: string;
  sizeBytes: number;
  receivedBytes: number;
}

const ID = /^[0-9a-f]{32}$/;

let opened: FileStore | undefined;

export const draftFolder = (): string => path.join(env().DATA_DIR, "uploads");

/** Uploads that are not whole yet, on this node's disk: `<id>` with the bytes, `<id>.json` with what they will be. */
export function draftStore(): FileStore {
  if (opened?.directory !== draftFolder())
    opened = new FileStore({
      directory: draftFolder(),
      expirationPeriodInMilliseconds: DRAFT_HOURS * 60 * 60 * 1000,
    });
  return opened;
}

/**
 * The access check of everything that has to do with one upload.
 * @throws AppError not_found alike for what doesn't exist, what is another's, and what was taken in already.
 */
export async function requireDraft(ownerId: string, id: string): Promise<Draft> {
  const upload = ID.test(id) ? await findUpload(id) : null;
  if (!upload || upload.metadata?.ownerId !== ownerId) throw new AppError("not_found");
  return {
    ...{ id, file: path.join(draftFolder(), id), name: upload.metadata.name ?? "" },
    ...{ sizeBytes: upload.size ?? 0, receivedBytes: upload.offset },
  };
}

async function findUpload(id: string) {
  try {
    return await draftStore().getUpload(id);
  } catch (error) {
    // What the store says when it has no such upload, and what a description says that a crash cut off.
    if ((error as { status_code?: number }).status_code || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Removes a draft and its description, whichever of them there are. */
export async function removeDraft(id: string): Promise<void> {
  for (const name of [id, `${id}.json`]) await rm(path.join(draftFolder(), name), { force: true });
}
