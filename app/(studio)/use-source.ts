"use client";

import { useMemo } from "react";
import type { PictureChoice } from "./_form/studio-form";
import { pictureUrl } from "./_picture/picture-api";
import { type Sample, sampleUrl } from "./_picture/sample";
import { readSquare } from "./_preview/read-square";
import { usePicture } from "./_preview/use-picture";

/** Plenty for a preview; the job takes the original. */
const SOURCE_PX = 512;

/** Address of a chosen picture. @param localUrls the browser's own copies of pictures just uploaded, by id. */
export function sourceUrl(
  picture: PictureChoice | null,
  samples: readonly Sample[],
  localUrls: ReadonlyMap<string, string>,
): string | null {
  if (!picture) return null;
  if (picture.from === "gallery") return localUrls.get(picture.id) ?? pictureUrl(picture.id, 1280);
  const sample = samples.find(({ name }) => name === picture.name);
  return sample ? sampleUrl(sample) : null;
}

/** The picture behind an address, decoded, and its square as pixels for the preview. */
export function useSource(url: string | null, focus: { x: number; y: number }) {
  const { image, broken } = usePicture(url);
  const square = useMemo(() => (image ? readSquare(image, focus, SOURCE_PX) : null), [image, focus]);
  return { image, broken, square };
}
