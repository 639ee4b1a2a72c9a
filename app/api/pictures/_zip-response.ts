import { fileNameFromTitle } from "@/lib/pictures/picture-title";
import type { PictureZip } from "@/lib/pictures/zip-pictures";
import { contentDisposition } from "./_file-response";

/** A zip file as an answer to save; its length is told, so that a download that was cut off is known as such. */
export function zipResponse({ stream, sizeBytes }: PictureZip, title: string): Response {
  return new Response(stream, {
    headers: {
      "Content-Type": "application/zip",
      "Content-Length": String(sizeBytes),
      "Content-Disposition": contentDisposition("attachment", fileNameFromTitle(title, "zip")),
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
