"use client";

import { useTranslations } from "next-intl";
import type { CSSProperties } from "react";
import type { PictureView } from "@/lib/pictures/describe-picture";
import { PICTURE_WIDTHS } from "@/lib/pictures/picture-widths";
import classes from "./gallery.module.css";
import { fileUrl } from "./gallery-api";
import { PictureActions } from "./picture-actions";
import { placeholderOf } from "./placeholder";

interface TileProps {
  picture: PictureView;
  /** The place in the row, in CSS pixels. */
  width: number;
  height: number;
  onOpen: (picture: PictureView) => void;
  onFavourite: (picture: PictureView) => void;
  onMove: (picture: PictureView) => void;
}

/** One picture in its row: a button that opens it, and beside that the two that act on it. */
export function PictureTile({ picture, width, height, onOpen, onFavourite, onMove }: TileProps) {
  const t = useTranslations("gallery");
  return (
    <div className={`react-photo-album--photo ${classes.tile}`} style={placeOf(width, height)}>
      <button
        type="button"
        className={classes.tileButton}
        onClick={() => onOpen(picture)}
        aria-label={t("open", { title: picture.title || t("untitled") })}
      >
        <img
          className="react-photo-album--image"
          src={fileUrl(picture, PICTURE_WIDTHS[0])}
          srcSet={PICTURE_WIDTHS.map((one) => `${fileUrl(picture, one)} ${one}w`).join(", ")}
          sizes={`${Math.ceil(width)}px`}
          alt=""
          loading="lazy"
          decoding="async"
          style={{ background: placeholderOf(picture.thumbhash) }}
        />
      </button>
      <PictureActions {...{ picture, onFavourite, onMove }} />
    </div>
  );
}

/** The album's own variables: its style sheet makes the row stretch with them. */
const placeOf = (width: number, height: number) =>
  ({
    "--react-photo-album--photo-width": width,
    "--react-photo-album--photo-height": height,
  }) as CSSProperties;
