"use client";

import { ActionIcon, Loader, TextInput, UnstyledButton } from "@mantine/core";
import { IconLock, IconLockOpen2, IconRefresh } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { fileUrl } from "@/app/(library)/_gallery/gallery-api";
import type { PictureView } from "@/lib/pictures/describe-picture";
import { MAX_CAPTION_CHARS } from "@/lib/pictures/picture-caption";
import classes from "./characters.module.css";

interface PageTileProps {
  picture: PictureView;
  isLocked: boolean;
  /** Drawn anew right now, or about to be. */
  isRedrawn: boolean;
  /** What is known of the new one. */
  preview: string | null;
  /** Null while something else is being made. */
  onRedraw: (() => void) | null;
  onLock: (isLocked: boolean) => void;
  onCaption: (caption: string) => void;
}

const TILE_PX = 320;

/** One page of the album: its picture, its caption, and what can be done with it. */
export function PageTile({
  picture,
  isLocked,
  isRedrawn,
  preview,
  onRedraw,
  onLock,
  onCaption,
}: PageTileProps) {
  const t = useTranslations("create.characters.page");
  const stage = useTranslations("create.stage");
  const title = picture.caption || picture.title;
  const Lock = isLocked ? IconLock : IconLockOpen2;
  return (
    <li className={classes.page} aria-busy={isRedrawn || undefined}>
      <div className={classes.picture}>
        {preview ? (
          <img className={classes.becoming} src={preview} alt={stage("becoming")} />
        ) : (
          <img src={fileUrl(picture, TILE_PX)} alt={title} loading="lazy" />
        )}
        {isRedrawn ? <Loader className={classes.busy ?? ""} /> : null}
        <div className={classes.tools}>
          <ActionIcon
            variant="default"
            size="lg"
            radius="xl"
            aria-label={t("redraw", { title })}
            title={t("redrawShort")}
            disabled={isLocked || isRedrawn || onRedraw === null}
            onClick={() => onRedraw?.()}
          >
            <IconRefresh size={19} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant={isLocked ? "filled" : "default"}
            size="lg"
            radius="xl"
            aria-label={t("lock", { title })}
            aria-pressed={isLocked}
            title={isLocked ? t("unlockShort") : t("lockShort")}
            disabled={isRedrawn}
            onClick={() => onLock(!isLocked)}
          >
            <Lock size={19} aria-hidden />
          </ActionIcon>
        </div>
      </div>
      <Caption key={picture.caption} picture={picture} onCaption={onCaption} />
    </li>
  );
}

/** What stands beneath the picture: its caption, or while there is none, its title. */
function Caption({ picture, onCaption }: Pick<PageTileProps, "picture" | "onCaption">) {
  const t = useTranslations("create.characters.page");
  const { caption, title } = picture;
  const [text, setText] = useState<string | null>(null);
  const label = t("caption", { title: caption || title });
  if (text === null)
    return (
      <UnstyledButton className={classes.caption} aria-label={label} onClick={() => setText(caption)}>
        {caption || title}
      </UnstyledButton>
    );
  const keep = () => {
    setText(null);
    if (text.trim() !== caption) onCaption(text.trim());
  };
  return (
    <TextInput
      size="xs"
      autoFocus
      aria-label={label}
      placeholder={title}
      maxLength={MAX_CAPTION_CHARS}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === "Enter") keep();
        if (event.key === "Escape") setText(null);
      }}
    />
  );
}
