"use client";

import { Text, Title, VisuallyHidden } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useCallback, useMemo, useState } from "react";
import type { PictureView } from "@/lib/pictures/describe-picture";
import type { PicturePage } from "@/lib/pictures/list-pictures";
import { PictureLightbox } from "../_lightbox/picture-lightbox";
import { SelectButton } from "../_selection/select-button";
import { SelectionBar } from "../_selection/selection-bar";
import { useSelection } from "../_selection/use-selection";
import { UploadPanel } from "../_uploads/upload-panel";
import { addUploads } from "../_uploads/upload-queue";
import { useUploadRound } from "../_uploads/use-upload-round";
import { DropTarget } from "./drop-target";
import { EmptyShelf } from "./empty-shelf";
import { EmptyTrashButton } from "./empty-trash-button";
import { FilterButton } from "./filter-button";
import { FilterChips } from "./filter-chips";
import classes from "./gallery.module.css";
import type { Place } from "./gallery-address";
import { loadPage } from "./gallery-api";
import { LoadMore } from "./load-more";
import { PictureGrid } from "./picture-grid";
import { SearchBox } from "./search-box";
import { type Search, SearchResults } from "./search-results";
import { ShelfTabs } from "./shelf-tabs";
import { UploadButton } from "./upload-button";
import { usePictureActs } from "./use-picture-acts";
import { usePictures } from "./use-pictures";
import { useSay } from "./use-say";

interface GalleryProps {
  place: Place;
  first: PicturePage;
  isAccount: boolean;
  /** Where words were looked for: then `first` is what was found. */
  search?: Search;
}

/** One shelf of the gallery, or what a search found: grid, viewer, uploads, trash. */
export function Gallery({ place, first, isAccount, search }: GalleryProps) {
  const { shelf } = place;
  const isFiltered = place.like === null && Object.keys(place.filters).length > 0;
  const t = useTranslations("gallery");
  const say = useSay();
  const { filters } = place;
  const load = useCallback((cursor: string) => loadPage(shelf, filters, cursor), [shelf, filters]);
  const shown = usePictures(load, first);
  const { pictures, hasMore, isLoading, loadMore, putFirst, clear } = shown;
  const { onFavourite, onMove, onRename, favourAll, trashAll } = usePictureActs(shown);
  const [openId, setOpenId] = useState<string | null>(null);
  const takesUploads = !search && !isFiltered && (shelf === "all" || shelf === "pictures");
  const shelve = useCallback(
    (arrived: readonly PictureView[]) => takesUploads && putFirst(arrived),
    [takesUploads, putFirst],
  );
  const round = useUploadRound(shelve);
  const selection = useSelection(useMemo(() => pictures.map(({ id }) => id), [pictures]));
  const onOpen = useCallback((picture: PictureView) => setOpenId(picture.id), []);
  const doing = { onFavourite, onMove, onOpen, ...(shelf === "trash" ? {} : { selection }) };

  return (
    <DropTarget onFiles={addUploads}>
      <div className={classes.head}>
        <Title order={1} className={classes.title ?? ""}>
          {t("title")}
        </Title>
        {shelf === "trash" ? (
          <EmptyTrashButton disabled={pictures.length === 0} onEmptied={clear} />
        ) : (
          <div className={classes.tools}>
            <SelectButton selection={selection} disabled={pictures.length === 0} />
            <UploadButton onFiles={addUploads} />
          </div>
        )}
      </div>
      <div className={classes.bar}>
        <ShelfTabs shelf={search ? null : shelf} />
        {shelf === "trash" ? null : (
          <div className={classes.finding}>
            <SearchBox place={place} />
            {place.like === null ? <FilterButton place={place} /> : null}
          </div>
        )}
      </div>
      {isFiltered ? <FilterChips place={place} /> : null}
      {!isAccount && pictures.length > 0 ? (
        <Text className={classes.hint ?? ""}>
          {t.rich("guest", { link: (words) => <Link href="/account?tab=signUp">{words}</Link> })}
        </Text>
      ) : null}
      {shelf === "trash" && pictures.length > 0 ? (
        <Text className={classes.hint ?? ""}>{t("trash.hint")}</Text>
      ) : null}
      {search ? (
        <SearchResults {...{ search, pictures, ...doing }} />
      ) : pictures.length === 0 && isFiltered ? (
        <Text className={classes.hint ?? ""}>{t("filters.nothing")}</Text>
      ) : pictures.length === 0 && !hasMore ? (
        <EmptyShelf shelf={shelf} onAdd={addUploads} />
      ) : (
        <PictureGrid {...{ pictures, ...doing }} />
      )}
      <VisuallyHidden role="status">{t("count", { count: pictures.length })}</VisuallyHidden>
      {hasMore ? <LoadMore isLoading={isLoading} onMore={() => loadMore().catch(say.failed)} /> : null}
      <PictureLightbox {...{ pictures, openId, onFavourite, onMove, onRename }} onShow={setOpenId} />
      <SelectionBar selection={selection} onFavourite={favourAll} onTrash={trashAll} />
      <UploadPanel round={round} />
    </DropTarget>
  );
}
