import Uppy, { type Body, type Meta } from "@uppy/core";
import Tus from "@uppy/tus";
import { arrive } from "@/app/_ui/api/arrive";
import { UPLOAD_PART_BYTES } from "@/lib/uploads/upload-limits";

/** Files in flight: enough to fill a line, few enough for the server to look at. */
const AT_ONCE = 3;

const RETRY_MS = [500, 1_000, 3_000, 5_000, 10_000, 20_000];

interface FileMeta extends Meta {
  /** The place in a folder that was dropped; empty for single files. */
  relativePath: string;
}

/** The transport: chunks by the tus protocol, taken up again after a broken line or a reload. */
export function openUppy(): Uppy<FileMeta, Body> {
  const uppy = new Uppy<FileMeta, Body>({ autoProceed: true });
  uppy.addPreProcessor(arrive);
  return uppy.use(Tus, {
    endpoint: "/api/uploads",
    chunkSize: UPLOAD_PART_BYTES,
    uploadDataDuringCreation: true,
    removeFingerprintOnSuccess: true,
    limit: AT_ONCE,
    retryDelays: RETRY_MS,
    allowedMetaFields: ["name"],
  });
}
