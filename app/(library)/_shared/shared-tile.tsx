"use client";

import { useTranslations } from "next-intl";
import { PICTURE_WIDTHS } from "@/lib/pictures/picture-widths";
import type { SharedPicture } from "@/lib/shares/list-shared-pictures";
import type { TilePlace } from "../_gallery/justified-rows";
import { placeOf } from "../_gallery/picture-tile";
import { placeholderOf } from "../_gallery/placeholder";
import classes from "./shared.module.css";
import { sharedFileUrl } from "./shared-api";

interface TileProps {
  token: string;
  place: TilePlace<SharedPicture>;
  onOpen: (picture: SharedPicture) => void;
}

/** One picture in its row: a button that opens it. */
export function SharedTile({ token, place: { picture, width, height }, onOpen }: TileProps) {
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
          src={sharedFileUrl(token, picture, PICTURE_WIDTHS[0])}
          srcSet={PICTURE_WIDTHS.map((one) => `${sharedFileUrl(token, picture, one)} ${one}w`).join(", ")}
          sizes={`${Math.ceil(width)}px`}
          alt=""
          loading="lazy"
          decoding="async"
          style={{ background: placeholderOf(picture.thumbhash) }}
        />
      </button>
    </div>
  );
}
