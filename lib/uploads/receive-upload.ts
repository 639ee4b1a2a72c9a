import { randomBytes } from "node:crypto";
import { statfs, truncate } from "node:fs/promises";
import { MemoryLocker, Server, type Upload } from "@tus/server";
import { AppError, toAppError } from "../errors";
import { type Draft, draftFolder, draftStore, removeDraft, requireDraft } from "./draft-store";
import { MAX_ARCHIVE_BYTES, mostBytes, UPLOAD_PART_BYTES } from "./upload-limits";

/** Where uploads are sent to. */
const PATH = "/api/uploads";
const MAX_NAME_CHARS = 255;

/** Longest wait for whoever writes; the protocol's library makes them end within three seconds. */
const LOCK_MS = 20_000;

const locker = new MemoryLocker();

/** Uploads that are whole and being taken in, by id. */
const beingTakenIn = new Map<string, Promise<unknown>>();

/**
 * Answers one request of the tus protocol (creation, creation with data, HEAD, PATCH, termination), for one owner. When
 * the last byte is there `takeIn` gets the file, and only then that byte is acknowledged, with what it returns as JSON.
 * @param id of an upload; undefined to begin one.
 * @throws AppError not_found for another's upload; picture_too_large; whatever `takeIn` throws: refused files are gone
 * then, and where trying again may help, the sender is asked for the last byte once more.
 * @source https://tus.io/protocols/resumable-upload 1.0.0
 */
export async function receiveUpload(
  ownerId: string,
  request: Request,
  id: string | undefined,
  takeIn: (draft: Draft) => Promise<object>,
): Promise<Response> {
  if (id !== undefined) {
    await requireDraft(ownerId, id);
    if (request.method === "HEAD") await askForLastByte(ownerId, id);
  }
  const settled: { id?: string; failure?: unknown } = {};
  const server = new Server({
    path: PATH,
    datastore: draftStore(),
    locker,
    relativeLocation: true,
    allowedOrigins: () => false,
    maxSize: MAX_ARCHIVE_BYTES,
    namingFunction: () => randomBytes(16).toString("hex"),
    onUploadCreate: async (_, upload) => ({ metadata: describe(ownerId, upload) }),
    onUploadFinish: async ({ method }, upload) => {
      const taking = requireDraft(ownerId, upload.id).then(takeIn);
      const answer = await settle(upload.id, taking, method === "POST");
      settled.id = upload.id;
      // Without a status of its own a creation is 201, which the protocol asks for.
      const status = method === "POST" ? {} : { status_code: 200 };
      return { ...status, headers: { "Content-Type": "application/json" }, body: JSON.stringify(answer) };
    },
    onResponseError: (_, error) => {
      settled.failure = error;
      return undefined;
    },
  });
  const response = await server.handleWeb(request);
  if (settled.id !== undefined) await removeDraft(settled.id);
  if (settled.failure !== undefined) await throwOurs(settled.failure);
  return response;
}

/** What is kept with an upload: whose it is and its name, and nothing else of what the sender says. */
function describe(ownerId: string, { size, metadata }: Upload): Record<string, string> {
  if (size === undefined) throw new AppError("input_invalid", { details: { field: "upload-length" } });
  const name = (metadata?.name ?? metadata?.filename ?? "").slice(0, MAX_NAME_CHARS);
  if (size > mostBytes(name)) throw tooLarge(mostBytes(name));
  return { ownerId, name };
}

/**
 * A whole upload that nobody is taking in was left by a process that ended just then, or by a failure that may pass: its
 * sender is asked for the last byte once more, and all goes its usual way. Where it is being taken in, this waits.
 */
async function askForLastByte(ownerId: string, id: string): Promise<void> {
  // Whoever writes holds this lock, and says that the upload is whole before anyone else can get it.
  const lock = locker.newLock(id);
  await lock.lock(AbortSignal.timeout(LOCK_MS), () => {});
  try {
    const { file, sizeBytes, receivedBytes } = await requireDraft(ownerId, id);
    const isWhole = sizeBytes > 0 && receivedBytes === sizeBytes;
    if (isWhole && !beingTakenIn.has(id)) await truncate(file, sizeBytes - 1);
  } finally {
    await lock.unlock();
  }
  const taking = beingTakenIn.get(id);
  if (!taking) return;
  const isTaken = await taking.then(
    () => true,
    () => false,
  );
  if (isTaken) throw new AppError("not_found");
  return askForLastByte(ownerId, id);
}

/** Waits for an upload's end, and removes what was refused for good. */
async function settle(id: string, taking: Promise<object>, isCreation: boolean): Promise<object> {
  beingTakenIn.set(id, taking);
  try {
    return await taking;
  } catch (thrown) {
    // Whose creation failed does not know the upload's address, and begins anew.
    if (isCreation || !toAppError(thrown).retryable) await removeDraft(id);
    throw thrown;
  } finally {
    beingTakenIn.delete(id);
  }
}

/** Throws our own errors, and those of the protocol that have a code of ours; the others stay the server's answer. */
async function throwOurs(failure: unknown): Promise<void> {
  const status = (failure as { status_code?: number }).status_code;
  if (status === undefined) throw failure;
  if (status === 404 || status === 410) throw new AppError("not_found", { cause: failure });
  if (status === 413) throw tooLarge(MAX_ARCHIVE_BYTES);
  // A write that failed: the library keeps the reason to itself.
  if (status >= 500)
    throw new AppError((await isFull()) ? "disk_full" : "storage_unavailable", { cause: failure });
}

/** Whether uploads have no room for as much as comes at a time. */
async function isFull(): Promise<boolean> {
  const free = await statfs(draftFolder()).catch(() => null);
  return free !== null && free.bavail * free.bsize < UPLOAD_PART_BYTES;
}

const tooLarge = (limit: number) =>
  new AppError("picture_too_large", { details: { limit: limit / 1024 / 1024 } });
