import { rm } from "node:fs/promises";
import { encodePng } from "@/lib/drawing/encode-png";
import type { Picture } from "@/lib/engine/picture";
import { writeOutput } from "./files";

/** A file beside the result that shows what is known of it while it is drawn. */
export interface PreviewFile {
  show(picture: Picture): void;
  remove(): Promise<void>;
}

/** @param out `cat.png`, whose preview is `cat.preview.png`. */
export function openPreviewFile(out: string): PreviewFile {
  const file = out.replace(/\.png$/i, ".preview.png");
  let writing: Promise<unknown> | null = null;
  return {
    show(picture) {
      // One at a time: a disk that is slower than a step misses some, and one that is full spoils no drawing.
      writing ??= encodePng(picture)
        .then((png) => writeOutput(file, png))
        .catch(() => {})
        .finally(() => {
          writing = null;
        });
    },
    async remove() {
      await writing;
      await rm(file, { force: true });
    },
  };
}
