"use client";

import { IconGripVertical, IconPhoto } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { AlbumView } from "@/lib/albums/describe-album";
import { fileUrl } from "../_gallery/gallery-api";
import { placeholderOf } from "../_gallery/placeholder";
import { useSortedTile } from "../_sorting/use-sorted-tile";
import { AlbumMenu } from "./album-menu";
import classes from "./albums.module.css";

interface TileProps {
  album: AlbumView;
  onChanged: (album: AlbumView) => void;
  onDeleted: (album: AlbumView) => void;
}

/** An album by its cover; it can be dragged to another place. */
export function AlbumTile({ album, onChanged, onDeleted }: TileProps) {
  const t = useTranslations("albums");
  const { frame, handle } = useSortedTile(album.id);
  const { cover, title, pictureCount: count } = album;
  return (
    <li {...frame} className={`${classes.tile} ${frame.className}`}>
      <Link href={`/albums/${album.id}`} className={classes.link} draggable={false}>
        <span className={classes.cover}>
          {cover ? (
            <img
              src={fileUrl(cover, 640)}
              alt=""
              loading="lazy"
              decoding="async"
              draggable={false}
              style={{ background: placeholderOf(cover.thumbhash) }}
            />
          ) : (
            <IconPhoto size={44} stroke={1.2} aria-hidden />
          )}
        </span>
        <span className={classes.title}>{title}</span>
        <span className={classes.count}>{t("count", { count })}</span>
      </Link>
      <div className={classes.tools}>
        <button
          type="button"
          {...handle}
          className={classes.grip}
          aria-label={t("sorting.handle", { title })}
        >
          <IconGripVertical size={18} aria-hidden />
        </button>
        <AlbumMenu {...{ album, onChanged, onDeleted }} />
      </div>
    </li>
  );
}
