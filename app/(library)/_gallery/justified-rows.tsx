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
  /** How wide the rows are, where that is known by now: else the server lays them out for several widths. */
  width?: number | undefined;
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

/** The heights that rows are brought near to, and the room between pictures, by the width of the grid. */
export const rowHeightAt = (width: number) => (width < 520 ? 150 : width < 960 ? 190 : 230);
export const spacingAt = (width: number) => (width < 520 ? 6 : 10);
/** Of a row that is not full. */
export const SINGLE_ROW_HEIGHT = 260;

/** Justified rows; every place is known before its picture has come, so nothing jumps. */
export function JustifiedRows<P extends Sized>({ pictures, label, width, tile }: RowsProps<P>) {
  const photos = useMemo(() => pictures.map(photoOf), [pictures]);
  const rows = (
    <RowsPhotoAlbum<PicturePhoto<P>>
      photos={photos}
      {...(width !== undefined && { defaultContainerWidth: width })}
      spacing={spacingAt}
      targetRowHeight={rowHeightAt}
      rowConstraints={{ singleRowMaxHeight: SINGLE_ROW_HEIGHT, minPhotos: 1 }}
      componentsProps={{ container: { "aria-label": label } }}
      render={{
        photo: (_, { photo: { picture }, ...place }) =>
          tile({ picture, width: place.width, height: place.height }),
      }}
    />
  );
  return width === undefined ? <SSR breakpoints={BREAKPOINTS}>{rows}</SSR> : rows;
}

/** A picture's sides' ratio as its tile has it, width by height: none beyond 3 to 1. */
export const ratioOf = ({ width, height }: Pick<Sized, "width" | "height">): number =>
  Math.min(Math.max(width / height, 1 / 3), 3);

function photoOf<P extends Sized>(picture: P): PicturePhoto<P> {
  const { id, width, height } = picture;
  // Long strips would leave a row a few pixels high; their tile shows the middle, no longer than 3 : 1.
  const shownWidth = Math.min(Math.max(width, height / 3), height * 3);
  return { key: id, picture, src: id, width: shownWidth, height };
}
