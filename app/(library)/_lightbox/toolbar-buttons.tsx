"use client";

import {
  IconArrowBackUp,
  IconDownload,
  IconHeart,
  IconHeartFilled,
  IconInfoCircle,
  IconTrash,
} from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { PictureView } from "@/lib/pictures/describe-picture";
import { downloadUrl } from "../_gallery/gallery-api";
import classes from "./lightbox.module.css";

interface ToolbarProps {
  picture: PictureView;
  hasDetails: boolean;
  onFavourite: (picture: PictureView) => void;
  onMove: (picture: PictureView) => void;
  onDetails: () => void;
}

/** What one can do with the picture in view. */
export function ToolbarButtons({ picture, hasDetails, onFavourite, onMove, onDetails }: ToolbarProps) {
  const t = useTranslations("gallery");
  const isTrashed = picture.trashedAt !== null;
  return (
    <>
      {isTrashed ? null : (
        <ToolbarButton label={t("favourite")} isOn={picture.favourite} onClick={() => onFavourite(picture)}>
          {picture.favourite ? <IconHeartFilled className={classes.heart} /> : <IconHeart />}
        </ToolbarButton>
      )}
      <a
        className={`yarl__button ${classes.toolbarButton}`}
        href={downloadUrl(picture.id)}
        download
        aria-label={t("lightbox.download")}
        title={t("lightbox.download")}
      >
        <IconDownload aria-hidden />
      </a>
      <ToolbarButton label={t("lightbox.details")} isOn={hasDetails} onClick={onDetails}>
        <IconInfoCircle />
      </ToolbarButton>
      <ToolbarButton label={t(isTrashed ? "trash.restore" : "trash.move")} onClick={() => onMove(picture)}>
        {isTrashed ? <IconArrowBackUp /> : <IconTrash />}
      </ToolbarButton>
    </>
  );
}

interface ButtonProps {
  label: string;
  /** For buttons that switch something on and off. */
  isOn?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function ToolbarButton({ label, isOn, onClick, children }: ButtonProps) {
  return (
    <button
      type="button"
      className={`yarl__button ${classes.toolbarButton}`}
      aria-label={label}
      title={label}
      aria-pressed={isOn}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
