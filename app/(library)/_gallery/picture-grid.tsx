"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import "react-photo-album/rows.css";
import { type Photo, RowsPhotoAlbum } from "react-photo-album";
import SSR from "react-photo-album/ssr";
import type { PictureView } from "@/lib/pictures/describe-picture";
import { fileUrl } from "./gallery-api";
import { PictureTile } from "./picture-tile";

interface GridProps {
  pictures: readonly PictureView[];
  onOpen: (picture: PictureView) => void;
  onFavourite: (picture: PictureView) => void;
  onMove: (picture: PictureView) => void;
}

interface PicturePhoto extends Photo {
  picture: PictureView;
}

/**
 * Widths of the grid for which the server lays out rows, so that they are there before any script runs; in between
 * the rows stretch. Each width is a whole album more to render: keep them few.
 */
const BREAKPOINTS = [360, 720, 1200];

/** Justified rows; every place is known before its picture has come, so nothing jumps. */
export function PictureGrid({ pictures, ...doing }: GridProps) {
  const t = useTranslations("gallery");
  const photos = useMemo(() => pictures.map(photoOf), [pictures]);
  return (
    <SSR breakpoints={BREAKPOINTS}>
      <RowsPhotoAlbum<PicturePhoto>
        photos={photos}
        spacing={(width) => (width < 520 ? 6 : 10)}
        targetRowHeight={(width) => (width < 520 ? 150 : width < 960 ? 190 : 230)}
        rowConstraints={{ singleRowMaxHeight: 260, minPhotos: 1 }}
        componentsProps={{ container: { "aria-label": t("list") } }}
        render={{
          photo: (_, { photo: { picture }, width, height }) => (
            <PictureTile key={picture.id} {...{ picture, width, height, ...doing }} />
          ),
        }}
      />
    </SSR>
  );
}

function photoOf(picture: PictureView): PicturePhoto {
  const { id, width, height } = picture;
  // Long strips would leave a row a few pixels high; their tile shows the middle, no longer than 3 : 1.
  const shownWidth = Math.min(Math.max(width, height / 3), height * 3);
  return { key: id, picture, src: fileUrl(picture), width: shownWidth, height };
}
