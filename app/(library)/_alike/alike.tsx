"use client";

import { Button, Text, Title } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import type { PictureView } from "@/lib/pictures/describe-picture";
import gallery from "../_gallery/gallery.module.css";
import { PictureGrid } from "../_gallery/picture-grid";
import { ShelfTabs } from "../_gallery/shelf-tabs";
import { usePictureActs } from "../_gallery/use-picture-acts";
import { usePictureParts } from "../_gallery/use-picture-parts";
import { PictureLightbox } from "../_lightbox/picture-lightbox";
import classes from "./alike.module.css";

/** Pictures that are nearly the same, group by group: to keep the best of each, and no more. */
export function Alike({ groups }: { groups: readonly (readonly PictureView[])[] }) {
  const t = useTranslations("gallery.alike");
  const shown = usePictureParts(groups);
  const { onFavourite, onMove, onWrite, trashAll } = usePictureActs(shown);
  const [openId, setOpenId] = useState<string | null>(null);
  const onOpen = useCallback((picture: PictureView) => setOpenId(picture.id), []);
  const left = shown.parts.flatMap((part, at) => (part && part.length > 1 ? [{ part, at }] : []));
  return (
    <div className={gallery.page}>
      <div className={gallery.head}>
        <Title order={1} className={gallery.title ?? ""}>
          {t("title")}
        </Title>
      </div>
      <div className={gallery.bar}>
        <ShelfTabs shelf="alike" />
      </div>
      <Text className={gallery.hint ?? ""} role="status">
        {left.length > 0 ? t("hint", { count: left.length }) : t("none")}
      </Text>
      {left.map(({ part, at }) => (
        <section key={at} className={classes.group} aria-label={t("group", { count: part.length })}>
          <div className={classes.head}>
            <Title order={2} size="h4">
              {t("group", { count: part.length })}
            </Title>
            <Button
              variant="default"
              size="compact-md"
              leftSection={<IconTrash size={16} stroke={1.8} aria-hidden />}
              onClick={() => trashAll(part.slice(1).map(({ id }) => id))}
            >
              {t("keep")}
            </Button>
          </div>
          <PictureGrid
            pictures={part}
            shows={Object.fromEntries(part.map(({ id, width, height }) => [id, `${width} × ${height}`]))}
            {...{ onOpen, onFavourite, onMove }}
          />
        </section>
      ))}
      <PictureLightbox
        pictures={left.find(({ part }) => part.some(({ id }) => id === openId))?.part ?? []}
        {...{ openId, onFavourite, onMove, onWrite }}
        onShow={setOpenId}
      />
    </div>
  );
}
