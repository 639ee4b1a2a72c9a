"use client";

import { type ReactNode, useMemo } from "react";
import "react-photo-album/rows.css";
import { type Photo, RowsPhotoAlbum } from "react-photo-album";
import SSR from "react-photo-album/ssr";
import type { PictureView } from "@/lib/pictures/describe-picture";

/** A picture's place in its row, in CSS pixels. */
export interface TilePlace<P extends Sized = PictureView> {
  picture: P;
  width: number;
  height: number;
}

type Sized = Pick<PictureView, "id" | "width" | "height">;

interface RowsProps<P extends Sized> {
  pictures: readonly P[];
  label: string;
  tile: (place: TilePlace<P>) => ReactNode;
}

interface PicturePhoto<P extends Sized> extends Photo {
  picture: P;
}

/**
 * Widths of the grid for which the server lays out rows, so that they are there before any script runs; in between
 * the rows stretch. Each width is a whole album more to render: keep them few.
 */
const BREAKPOINTS = [360, 720, 1200];

/** Justified rows; every place is known before its picture has come, so nothing jumps. */
export function JustifiedRows<P extends Sized>({ pictures, label, tile }: RowsProps<P>) {
  const photos = useMemo(() => pictures.map(photoOf), [pictures]);
  return (
    <SSR breakpoints={BREAKPOINTS}>
      <RowsPhotoAlbum<PicturePhoto<P>>
        photos={photos}
        spacing={(width) => (width < 520 ? 6 : 10)}
        targetRowHeight={(width) => (width < 520 ? 150 : width < 960 ? 190 : 230)}
        rowConstraints={{ singleRowMaxHeight: 260, minPhotos: 1 }}
        componentsProps={{ container: { "aria-label": label } }}
        render={{ photo: (_, { photo: { picture }, width, height }) => tile({ picture, width, height }) }}
      />
    </SSR>
  );
}

function photoOf<P extends Sized>(picture: P): PicturePhoto<P> {
  const { id, width, height } = picture;
  // Long strips would leave a row a few pixels high; their tile shows the middle, no longer than 3 : 1.
  const shownWidth = Math.min(Math.max(width, height / 3), height * 3);
  return { key: id, picture, src: id, width: shownWidth, height };
}
