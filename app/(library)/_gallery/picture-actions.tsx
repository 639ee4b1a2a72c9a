"use client";

import { IconArrowBackUp, IconHeart, IconHeartFilled, IconTrash } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { PictureView } from "@/lib/pictures/describe-picture";
import classes from "./gallery.module.css";

interface ActionsProps {
  picture: PictureView;
  onFavourite: (picture: PictureView) => void;
  onMove: (picture: PictureView) => void;
}

/** What one does most often, on the tile itself: shown on hover and focus; fingers find it in the viewer. */
export function PictureActions({ picture, onFavourite, onMove }: ActionsProps) {
  const t = useTranslations("gallery");
  const isTrashed = picture.trashedAt !== null;
  const title = picture.title || t("untitled");
  const move = t(isTrashed ? "trash.restore" : "trash.move");
  return (
    <span className={classes.actions}>
      <button
        type="button"
        className={classes.action}
        onClick={() => onMove(picture)}
        aria-label={`${move}: ${title}`}
        title={move}
      >
        {isTrashed ? <IconArrowBackUp size={18} aria-hidden /> : <IconTrash size={18} aria-hidden />}
      </button>
      {isTrashed ? null : (
        <button
          type="button"
          className={classes.action}
          data-on={picture.favourite || undefined}
          aria-pressed={picture.favourite}
          onClick={() => onFavourite(picture)}
          aria-label={`${t("favourite")}: ${title}`}
          title={t(picture.favourite ? "unfavourite" : "favourite")}
        >
          {picture.favourite ? (
            <IconHeartFilled size={18} aria-hidden />
          ) : (
            <IconHeart size={18} aria-hidden />
          )}
        </button>
      )}
    </span>
  );
}
