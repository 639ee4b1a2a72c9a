"use client";

import { Text, Title, VisuallyHidden } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import type { PictureView } from "@/lib/pictures/describe-picture";
import type { PicturePage, Shelf } from "@/lib/pictures/list-pictures";
import { PictureLightbox } from "../_lightbox/picture-lightbox";
import { UploadPanel } from "../_uploads/upload-panel";
import { addUploads } from "../_uploads/upload-queue";
import { useUploadRound } from "../_uploads/use-upload-round";
import { DropTarget } from "./drop-target";
import { EmptyShelf } from "./empty-shelf";
import { EmptyTrashButton } from "./empty-trash-button";
import classes from "./gallery.module.css";
import { LoadMore } from "./load-more";
import { PictureGrid } from "./picture-grid";
import { SearchBox } from "./search-box";
import { type Search, SearchResults } from "./search-results";
import { ShelfTabs } from "./shelf-tabs";
import { UploadButton } from "./upload-button";
import { usePictures } from "./use-pictures";
import { useSay } from "./use-say";

interface GalleryProps {
  shelf: Shelf;
  first: PicturePage;
  isAccount: boolean;
  /** Where words were looked for: then `first` is what was found. */
  search?: Search;
}

/** One shelf of the gallery, or what a search found: grid, viewer, uploads, trash. */
export function Gallery({ shelf, first, isAccount, search }: GalleryProps) {
  const t = useTranslations("gallery");
  const say = useSay();
  const { pictures, hasMore, isLoading, loadMore, change, putFirst, moveAway, clear } = usePictures(
    shelf,
    first,
  );
  const [openId, setOpenId] = useState<string | null>(null);
  const takesUploads = !search && (shelf === "all" || shelf === "pictures");
  const shelve = useCallback(
    (arrived: readonly PictureView[]) => takesUploads && putFirst(arrived),
    [takesUploads, putFirst],
  );
  const round = useUploadRound(shelve);

  const onOpen = useCallback((picture: PictureView) => setOpenId(picture.id), []);
  const onFavourite = useCallback(
    (picture: PictureView) => change(picture, { favourite: !picture.favourite }).catch(say.failed),
    [change, say.failed],
  );
  const onMove = useCallback(
    async (picture: PictureView) => {
      const title = picture.title || t("untitled");
      try {
        const undo = await moveAway(picture);
        say.undoable(t(picture.trashedAt === null ? "trash.moved" : "trash.restored", { title }), undo);
      } catch (error) {
        say.failed(error);
      }
    },
    [moveAway, say, t],
  );

  return (
    <DropTarget onFiles={addUploads}>
      <div className={classes.head}>
        <Title order={1} className={classes.title ?? ""}>
          {t("title")}
        </Title>
        {shelf === "trash" ? (
          <EmptyTrashButton disabled={pictures.length === 0} onEmptied={clear} />
        ) : (
          <UploadButton onFiles={addUploads} />
        )}
      </div>
      <div className={classes.bar}>
        <ShelfTabs shelf={search ? null : shelf} />
        {shelf === "trash" ? null : <SearchBox words={search?.words ?? ""} />}
      </div>
      {!isAccount && pictures.length > 0 ? (
        <Text className={classes.hint ?? ""}>
          {t.rich("guest", { link: (words) => <Link href="/account?tab=signUp">{words}</Link> })}
        </Text>
      ) : null}
      {shelf === "trash" && pictures.length > 0 ? (
        <Text className={classes.hint ?? ""}>{t("trash.hint")}</Text>
      ) : null}
      {search ? (
        <SearchResults {...{ search, pictures, onFavourite, onMove, onOpen }} />
      ) : pictures.length === 0 && !hasMore ? (
        <EmptyShelf shelf={shelf} onAdd={addUploads} />
      ) : (
        <PictureGrid {...{ pictures, onFavourite, onMove, onOpen }} />
      )}
      <VisuallyHidden role="status">{t("count", { count: pictures.length })}</VisuallyHidden>
      {hasMore ? <LoadMore isLoading={isLoading} onMore={() => loadMore().catch(say.failed)} /> : null}
      <PictureLightbox
        {...{ pictures, openId, onFavourite, onMove }}
        onShow={setOpenId}
        onRename={(picture, title) => change(picture, { title })}
      />
      <UploadPanel round={round} />
    </DropTarget>
  );
}
