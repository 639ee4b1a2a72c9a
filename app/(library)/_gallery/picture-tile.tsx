"use client";

import { useTranslations } from "next-intl";
import type { CSSProperties, HTMLAttributes, ReactNode, Ref } from "react";
import type { PictureView } from "@/lib/pictures/describe-picture";
import { PICTURE_WIDTHS } from "@/lib/pictures/picture-widths";
import { TileCheck } from "../_selection/tile-check";
import type { Selection } from "../_selection/use-selection";
import classes from "./gallery.module.css";
import { fileUrl } from "./gallery-api";
import type { TilePlace } from "./justified-rows";
import { placeholderOf } from "./placeholder";

interface TileProps extends TilePlace {
  onOpen: (picture: PictureView) => void;
  /** Buttons on the tile: shown on hover and focus. */
  actions: ReactNode;
  selection: Selection | undefined;
  /** What the picture shows: told on hover and focus. */
  shows?: string | undefined;
  /** What else the tile's element is, where it can be dragged. */
  frame?: HTMLAttributes<HTMLDivElement> & { ref: Ref<HTMLDivElement> };
}

/** One picture in its row: a button that opens it (or chooses it, while one is choosing), and those that act on it. */
export function PictureTile({ picture, width, height, onOpen, actions, selection, shows, frame }: TileProps) {
  const t = useTranslations("gallery");
  const title = picture.title || t("untitled");
  const isChoosing = selection?.isOn ?? false;
  return (
    <div
      {...frame}
      className={`react-photo-album--photo ${classes.tile} ${frame?.className ?? ""}`}
      data-chosen={selection?.ids.has(picture.id) || undefined}
      style={{ ...placeOf(width, height), ...frame?.style }}
    >
      <button
        type="button"
        className={classes.tileButton}
        onClick={({ shiftKey }) => (isChoosing ? selection?.pick(picture.id, shiftKey) : onOpen(picture))}
        aria-label={isChoosing ? t("select.pick", { title }) : t("open", { title })}
      >
        <img
          className="react-photo-album--image"
          src={fileUrl(picture, PICTURE_WIDTHS[0])}
          srcSet={PICTURE_WIDTHS.map((one) => `${fileUrl(picture, one)} ${one}w`).join(", ")}
          sizes={`${Math.ceil(width)}px`}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={frame ? false : undefined}
          style={{ background: placeholderOf(picture.thumbhash) }}
        />
        {shows ? <span className={classes.shows}>{shows}</span> : null}
      </button>
      {selection ? <TileCheck id={picture.id} {...{ title, selection }} /> : null}
      {isChoosing ? null : actions}
    </div>
  );
}

/** The album's own variables: its style sheet makes the row stretch with them. */
export const placeOf = (width: number, height: number) =>
  ({
    "--react-photo-album--photo-width": width,
    "--react-photo-album--photo-height": height,
  }) as CSSProperties;
