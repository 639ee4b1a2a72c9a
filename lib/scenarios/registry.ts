import type { JobHandlers } from "@/lib/jobs/job-handler";
import { archiveImportHandler } from "./archive-import/archive-import.handler";
import { ARCHIVE_IMPORT } from "./archive-import/archive-import.job";
import { characterAlbumHandler } from "./character-album/character-album.handler";
import { CHARACTER_ALBUM } from "./character-album/character-album.job";
import { redrawPagesHandler } from "./character-album/redraw-pages.handler";
import { REDRAW_PAGES } from "./character-album/redraw-pages.job";
import { loraPreviewHandler } from "./lora-preview/lora-preview.handler";
import { LORA_PREVIEW } from "./lora-preview/lora-preview.job";
import { portraitHandler } from "./portrait/portrait.handler";
import { PORTRAIT } from "./portrait/portrait.job";
import { productHandler } from "./product/product.handler";
import { PRODUCT } from "./product/product.job";
import { qrArtHandler } from "./qr-art/qr-art.handler";
import { QR_ART } from "./qr-art/qr-art.job";
import { qrPictureHandler } from "./qr-picture/qr-picture.handler";
import { QR_PICTURE } from "./qr-picture/qr-picture.job";
import { textToImageHandler } from "./text-to-image/text-to-image.handler";
import { TEXT_TO_IMAGE } from "./text-to-image/text-to-image.job";
import { upscaleHandler } from "./upscale/upscale.handler";
import { UPSCALE } from "./upscale/upscale.job";

/** Every scenario's handler, by the scenario's id; given to the job loop by the app and by worker nodes. */
export const jobHandlers: JobHandlers = {
  [QR_PICTURE]: qrPictureHandler,
  [ARCHIVE_IMPORT]: archiveImportHandler,
  [QR_ART]: qrArtHandler,
  [PORTRAIT]: portraitHandler,
  [PRODUCT]: productHandler,
  [TEXT_TO_IMAGE]: textToImageHandler,
  [CHARACTER_ALBUM]: characterAlbumHandler,
  [REDRAW_PAGES]: redrawPagesHandler,
  [UPSCALE]: upscaleHandler,
  [LORA_PREVIEW]: loraPreviewHandler,
};
