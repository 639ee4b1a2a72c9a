import { z } from "zod";
import { FORMATS, type Format } from "@/lib/codes/formats";
import type { CodeFile, FileRequest, RecodeRequest } from "@/lib/codes/make-file";
import { AppError } from "@/lib/errors";
import { runOnCpu } from "@/lib/jobs/cpu-pool";
import { fileNameFromTitle } from "@/lib/pictures/picture-title";
import { type PictureFile, readOriginal } from "@/lib/pictures/read-picture-file";
import { requirePicture } from "@/lib/pictures/require-picture";
import { storage } from "@/lib/storage/open-storage";
import { chosenPicture } from "./chosen-picture";
import { qrPictureInput } from "./qr-picture.job";

/** As it comes with an address. */
export const exportChoice = z.object({
  format: z.enum(FORMATS),
  size: z.coerce
    .number()
    .int()
    .min(256)
    .max(4096)
    .optional()
    .describe("Pixels a side, for PNG, WebP and JPEG; the code's own by default."),
  mm: z.coerce.number().min(10).max(1000).optional().describe("Width on paper, for SVG and PDF."),
});
export type ExportChoice = z.infer<typeof exportChoice>;

const MIME: Readonly<Record<Format, string>> = {
  png: "image/png",
  webp: "image/webp",
  jpeg: "image/jpeg",
  svg: "image/svg+xml",
  pdf: "application/pdf",
};
const EXTENSION: Readonly<Record<Format, string>> = {
  png: "png",
  webp: "webp",
  jpeg: "jpg",
  svg: "svg",
  pdf: "pdf",
};

/** Raised when the engine draws differently, so that kept exports are made again. */
const EXPORT_VERSION = 1;

/**
 * One of the owner's codes in another format or size. It is made again from its settings rather than enlarged, so it is
 * sharp, and judged again, so it passes its level; kept as a derivative once made.
 * @throws AppError not_found, also when the picture it was made from is gone · format_needs_drawing; QrError as `makeCode`.
 */
export async function exportCode(ownerId: string, id: string, choice: ExportChoice): Promise<PictureFile> {
  const row = await requirePicture(ownerId, id);
  const settings = qrPictureInput.safeParse(row.settings);
  if (row.kind !== "code" || !settings.success) throw new AppError("not_found");
  const { picture, ...input } = settings.data;
  const { format, size = row.width, mm } = choice;
  const drawn = format === "svg" || format === "pdf";
  if (drawn && input.look === "photo") throw new AppError("format_needs_drawing");
  const fileName = fileNameFromTitle(row.title, EXTENSION[format]);
  if (format === "png" && size === row.width) return { ...(await readOriginal(ownerId, id)), fileName };
  const key = `${row.blob}/export-v${EXPORT_VERSION}-${drawn ? `mm${mm ?? "auto"}` : `px${size}`}.${EXTENSION[format]}`;
  const remake = async (): Promise<Buffer> => {
    if (size === row.width && (format === "webp" || format === "jpeg")) {
      const request: RecodeRequest = { png: await storage().read(row.blob), input, format };
      return Buffer.from(await runOnCpu<Uint8Array>("qr-picture-recode", request));
    }
    const request: FileRequest = {
      input: drawn ? input : { ...input, size },
      picture: await chosenPicture(ownerId, picture),
      format,
      widthMm: mm,
    };
    return Buffer.from((await runOnCpu<CodeFile>("qr-picture", request)).bytes);
  };
  return {
    mime: MIME[format],
    etag: `"${key}"`,
    fileName,
    read: async () => {
      const kept = await storage().readDerived(key);
      if (kept) return kept;
      const bytes = await remake();
      await storage().putDerived(key, bytes);
      return bytes;
    },
  };
}
