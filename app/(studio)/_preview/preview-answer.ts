import type { Raster } from "@/lib/qr/raster";

/** What the preview's worker sends back: a picture, or an error code with the facts for its message. */
export type PreviewAnswer =
  | { ok: true; raster: Raster }
  | { ok: false; code: string; details: Readonly<Record<string, string | number>> };
