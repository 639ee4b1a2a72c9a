import { beginUploads } from "./begin-uploads";
import { followArchive } from "./follow-archive";
import type { openUppy } from "./open-uppy";
import { uploadBook } from "./upload-book";
import { readRefusal, readTaken, type UploadItem } from "./upload-item";

type Transport = ReturnType<typeof openUppy>;

/**
 * The tab's uploads, over all its pages: whoever goes from the gallery to the studio and back finds them further on.
 */
export const book = uploadBook();

/** Files that are not there yet, for another try. */
const files = new Map<string, File>();

let transport: Promise<Transport> | null = null;

/** Sends files; those that are on their way already are left alone. */
export async function addUploads(wanted: readonly File[]): Promise<void> {
  try {
    transport ??= openTransport();
    const uppy = await transport;
    const begun = await beginUploads(null);
    if (!begun.ok) throw new Refusal(begun.message);
    for (const file of wanted) enqueue(uppy, file);
  } catch (error) {
    const message = error instanceof Refusal ? error.message : "";
    for (const file of wanted) {
      const id = `unsent:${pathOf(file)}:${file.name}:${file.size}:${file.lastModified}`;
      files.set(id, file);
      book.put({ ...itemOf(id, file), state: "failed", message });
    }
  }
}

/** Tries those again that failed for a reason that may have passed. */
export async function retryUploads(): Promise<void> {
  const failed = book.failed();
  const again = failed.flatMap((id) => files.get(id) ?? []);
  const uppy = await transport;
  for (const id of failed) {
    book.remove(id);
    files.delete(id);
    if (uppy?.getFile(id)) uppy.removeFile(id);
  }
  await addUploads(again);
}

export async function pauseUploads(wish: boolean): Promise<void> {
  book.pause(wish);
  const uppy = await transport;
  if (wish) uppy?.pauseAll();
  else uppy?.resumeAll();
}

/** Gives up what is not there yet, here and on the server, and forgets the rest. */
export async function clearUploads(): Promise<void> {
  book.clear();
  files.clear();
  (await transport)?.cancelAll();
}

/** Words of the server's; other errors have none for people. */
class Refusal extends Error {}

async function openTransport(): Promise<Transport> {
  const { openUppy } = await import("./open-uppy");
  const uppy = openUppy();
  uppy.on("upload-progress", (file, { bytesUploaded }) => {
    if (file) book.change(file.id, { state: "sending", sentBytes: bytesUploaded || 0 });
  });
  uppy.on("upload-success", (file, { body }) => {
    if (!file) return;
    const taken = readTaken(answerText(body));
    if (!taken) return book.change(file.id, { state: "failed" });
    if ("jobId" in taken) void unpack(file.id, taken.jobId);
    else {
      if ("picture" in taken) book.arrive([taken.picture]);
      book.change(file.id, { state: taken.isNew ? "added" : "present" });
    }
    files.delete(file.id);
    // A transport that has forgotten it takes the same file again.
    queueMicrotask(() => uppy.removeFile(file.id));
  });
  uppy.on("upload-error", (file, _, response) => {
    if (file) book.change(file.id, readRefusal(answerText(response?.body)));
  });
  return uppy;
}

async function unpack(id: string, jobId: string): Promise<void> {
  book.change(id, { state: "unpacking" });
  const brought = await followArchive(jobId, (news) => book.change(id, news)).catch(() => []);
  book.arrive(brought);
}

function enqueue(uppy: Transport, file: File): void {
  const { name, type } = file;
  try {
    const id = uppy.addFile({ name, type, data: file, meta: { relativePath: pathOf(file) } });
    files.set(id, file);
    book.put(itemOf(id, file));
  } catch (error) {
    // The same file once more, while it is on its way.
    if (!(error as { isRestriction?: boolean }).isRestriction) throw error;
  }
}

const itemOf = (id: string, { name, size }: File): UploadItem => ({
  ...{ id, name, sizeBytes: size, sentBytes: 0, unpacked: 0, state: "waiting", message: "" },
});

/** The place in a folder that was dropped. */
const pathOf = (file: File & { path?: string }): string => file.webkitRelativePath || file.path || "";

/** What the transport got back last, as text. */
const answerText = (body: unknown): string =>
  (body as { xhr?: XMLHttpRequest } | undefined)?.xhr?.responseText ?? "";
