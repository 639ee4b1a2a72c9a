"use client";

import { Text, Title, VisuallyHidden } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useCallback, useMemo, useRef, useState } from "react";
import type { PictureView } from "@/lib/pictures/describe-picture";
import { PictureLightbox } from "../_lightbox/picture-lightbox";
import { SelectButton } from "../_selection/select-button";
import { SelectionBar } from "../_selection/selection-bar";
import { type Bringing, useSelection } from "../_selection/use-selection";
import { Timeline } from "../_timeline/timeline";
import { TimelineMenu } from "../_timeline/timeline-menu";
import { type FirstPictures, neighboursOf, partOf, useTimeline } from "../_timeline/use-timeline";
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
import { SearchBox } from "./search-box";
import { type Search, SearchResults } from "./search-results";
import { ShelfTabs } from "./shelf-tabs";
import { UploadButton } from "./upload-button";
import { usePictureActs } from "./use-picture-acts";
import { useSay } from "./use-say";

interface GalleryProps {
  place: Place;
  first: FirstPictures;
  isAccount: boolean;
  /** Where words were looked for: then `first` holds what was found alone. */
  search?: Search;
}

/** One shelf of the gallery, or what a search found: grid, viewer, uploads, trash. */
export function Gallery({ place, first, isAccount, search }: GalleryProps) {
  const { shelf } = place;
  const isFiltered = place.like === null && Object.keys(place.filters).length > 0;
  const t = useTranslations("gallery");
  const say = useSay();
  const timeline = useTimeline(place, first);
  const { parts, pictures, count, bring, putFirst, clear } = timeline;
  const { onFavourite, onMove, onWrite, favourAll, trashAll } = usePictureActs(timeline);
  const [openId, setOpenId] = useState<string | null>(null);
  const takesUploads = !search && !isFiltered && (shelf === "all" || shelf === "pictures");
  const shelve = useCallback(
    (arrived: readonly PictureView[]) => takesUploads && putFirst(arrived),
    [takesUploads, putFirst],
  );
  const round = useUploadRound(shelve);
  const { idsBetween, firstIds } = timeline;
  const { failed } = say;
  const bringing = useMemo((): Bringing => {
    const told = (error: unknown) => {
      failed(error);
      return null;
    };
    return {
      idsBetween: (one, other) => idsBetween(one, other).catch(told),
      firstIds: (most) => firstIds(most).catch(told),
    };
  }, [idsBetween, firstIds, failed]);
  const selection = useSelection(
    useMemo(() => pictures.map(({ id }) => id), [pictures]),
    bringing,
  );
  const jump = useRef<((section: number) => void) | null>(null);
  // What the viewer may go on to is there before one gets to it.
  const onShow = useCallback(
    (id: string | null) => {
      setOpenId(id);
      const at = id === null ? -1 : partOf(parts, id);
      for (const next of at < 0 ? [] : [at - 1, at + 1]) bring(next).catch(say.failed);
    },
    [parts, bring, say.failed],
  );
  const onOpen = useCallback((picture: PictureView) => onShow(picture.id), [onShow]);
  const doing = { onFavourite, onMove, onOpen, ...(shelf === "trash" ? {} : { selection }) };

  return (
    <DropTarget onFiles={addUploads}>
      <div className={classes.head}>
        <Title order={1} className={classes.title ?? ""}>
          {t("title")}
        </Title>
        {shelf === "trash" ? (
          <EmptyTrashButton disabled={count === 0} onEmptied={clear} />
        ) : (
          <div className={classes.tools}>
            <SelectButton selection={selection} disabled={count === 0} />
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
            {search ? null : (
              <TimelineMenu
                {...{ place, sections: first.sections }}
                onMonth={(section) => jump.current?.(section)}
              />
            )}
          </div>
        )}
      </div>
      {isFiltered ? <FilterChips place={place} /> : null}
      {!isAccount && count > 0 ? (
        <Text className={classes.hint ?? ""}>
          {t.rich("guest", { link: (words) => <Link href="/account?tab=signUp">{words}</Link> })}
        </Text>
      ) : null}
      {shelf === "trash" && count > 0 ? <Text className={classes.hint ?? ""}>{t("trash.hint")}</Text> : null}
      {search ? (
        <SearchResults {...{ search, pictures, ...doing }} />
      ) : count === 0 && isFiltered ? (
        <Text className={classes.hint ?? ""}>{t("filters.nothing")}</Text>
      ) : count === 0 ? (
        <EmptyShelf shelf={shelf} onAdd={addUploads} />
      ) : (
        <Timeline {...{ timeline, jump, ...doing }} onFailed={say.failed} />
      )}
      <VisuallyHidden role="status">{t("count", { count })}</VisuallyHidden>
      <PictureLightbox
        {...{ pictures: neighboursOf(parts, openId), openId, onShow, onFavourite, onMove, onWrite }}
      />
      <SelectionBar selection={selection} onFavourite={favourAll} onTrash={trashAll} />
      <UploadPanel round={round} />
    </DropTarget>
  );
}
