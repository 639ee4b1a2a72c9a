"use client";

import { IconFolderMinus, IconGripVertical, IconPhotoStar } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { PictureView } from "@/lib/pictures/describe-picture";
import gallery from "../_gallery/gallery.module.css";
import type { TilePlace } from "../_gallery/justified-rows";
import { PictureTile } from "../_gallery/picture-tile";
import type { Selection } from "../_selection/use-selection";
import { useSortedTile } from "../_sorting/use-sorted-tile";

interface TileProps {
  place: TilePlace;
  isCover: boolean;
  selection: Selection;
  onOpen: (picture: PictureView) => void;
  onCover: (picture: PictureView) => void;
  onRemove: (ids: readonly string[]) => void;
}

/** A picture in its album: to open, drag, take out, or put on the cover. */
export function AlbumPictureTile({ place, isCover, selection, onOpen, onCover, onRemove }: TileProps) {
  const t = useTranslations("albums");
  const untitled = useTranslations("gallery");
  const { picture } = place;
  const { frame, handle } = useSortedTile(picture.id);
  const title = picture.title || untitled("untitled");
  return (
    <PictureTile
      {...{ ...place, selection, onOpen, frame }}
      actions={
        <span className={gallery.actions}>
          <button
            type="button"
            {...handle}
            className={gallery.action}
            aria-label={t("sorting.handle", { title })}
            title={t("sorting.hint")}
          >
            <IconGripVertical size={18} aria-hidden />
          </button>
          <button
            type="button"
            className={gallery.action}
            data-on={isCover || undefined}
            aria-pressed={isCover}
            onClick={() => onCover(picture)}
            aria-label={`${t("cover.set")}: ${title}`}
            title={t(isCover ? "cover.is" : "cover.set")}
          >
            <IconPhotoStar size={18} aria-hidden />
          </button>
          <button
            type="button"
            className={gallery.action}
            onClick={() => onRemove([picture.id])}
            aria-label={`${t("remove.action")}: ${title}`}
            title={t("remove.action")}
          >
            <IconFolderMinus size={18} aria-hidden />
          </button>
        </span>
      }
    />
  );
}
