"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import "react-photo-album/rows.css";
import { type Photo, RowsPhotoAlbum } from "react-photo-album";
import SSR from "react-photo-album/ssr";
import type { PictureView } from "@/lib/pictures/describe-picture";
import { PICTURE_WIDTHS } from "@/lib/pictures/picture-widths";
import classes from "./gallery.module.css";
import { fileUrl } from "./gallery-api";
import { PictureActions } from "./picture-actions";
import { placeholderOf } from "./placeholder";

interface GridProps {
  pictures: readonly PictureView[];
  onOpen: (picture: PictureView) => void;
  onFavourite: (picture: PictureView) => void;
  onMove: (picture: PictureView) => void;
}

interface PicturePhoto extends Photo {
  picture: PictureView;
}

const BREAKPOINTS = [300, 520, 720, 960, 1200, 1400];

/** Justified rows; every place is known before its picture has come, so nothing jumps. */
export function PictureGrid({ pictures, onOpen, onFavourite, onMove }: GridProps) {
  const t = useTranslations("gallery");
  const photos = useMemo(
    () => pictures.map((picture) => photoOf(picture, t("open", { title: picture.title || t("untitled") }))),
    [pictures, t],
  );
  return (
    <SSR breakpoints={BREAKPOINTS}>
      <RowsPhotoAlbum<PicturePhoto>
        photos={photos}
        spacing={(width) => (width < 520 ? 6 : 10)}
        targetRowHeight={(width) => (width < 520 ? 150 : width < 960 ? 190 : 230)}
        rowConstraints={{ singleRowMaxHeight: 260, minPhotos: 1 }}
        sizes={{ size: "1392px", sizes: [{ viewport: "(max-width: 1440px)", size: "calc(100vw - 48px)" }] }}
        onClick={({ photo }) => onOpen(photo.picture)}
        componentsProps={{
          container: { "aria-label": t("list") },
          wrapper: { className: classes.tile },
          button: { className: classes.tileButton },
          image: ({ photo }) => ({ style: { background: placeholderOf(photo.picture.thumbhash) } }),
        }}
        render={{
          extras: (_, { photo }) => <PictureActions picture={photo.picture} {...{ onFavourite, onMove }} />,
        }}
      />
    </SSR>
  );
}

function photoOf(picture: PictureView, label: string): PicturePhoto {
  const { id, width, height } = picture;
  // Long strips would leave a row a few pixels high; the grid crops what is beyond 1 : 3.
  const shownWidth = Math.min(Math.max(width, height / 3), height * 3);
  const widths = PICTURE_WIDTHS.filter((one) => one === PICTURE_WIDTHS[0] || one < width * 1.5);
  const sources = widths.map((one) => ({
    src: fileUrl(picture, one),
    width: one,
    height: Math.round((one * height) / shownWidth),
  }));
  // The button says what it opens; the picture inside it need not say it again.
  return {
    key: id,
    picture,
    src: sources[0]!.src,
    width: shownWidth,
    height,
    alt: "",
    label,
    srcSet: sources,
  };
}
