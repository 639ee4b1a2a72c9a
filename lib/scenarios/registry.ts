import type { JobHandlers } from "@/lib/jobs/job-handler";
import { archiveImportHandler } from "./archive-import/archive-import.handler";
import { ARCHIVE_IMPORT } from "./archive-import/archive-import.job";
import { qrPictureHandler } from "./qr-picture/qr-picture.handler";
import { QR_PICTURE } from "./qr-picture/qr-picture.job";

/** Every scenario's handler, by the scenario's id; given to the job loop by the app and by worker nodes. */
export const jobHandlers: JobHandlers = {
  [QR_PICTURE]: qrPictureHandler,
  [ARCHIVE_IMPORT]: archiveImportHandler,
};
