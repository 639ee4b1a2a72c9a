"use client";

import { useTranslations } from "next-intl";
import type { PictureView } from "@/lib/pictures/describe-picture";
import type { Selection } from "../_selection/use-selection";
import { JustifiedRows } from "./justified-rows";
import { PictureActions } from "./picture-actions";
import { PictureTile } from "./picture-tile";

interface GridProps {
  pictures: readonly PictureView[];
  /** By picture: what it shows, to be told on the tile. */
  shows?: Readonly<Record<string, string>>;
  /** Where pictures can be chosen. */
  selection?: Selection;
  onOpen: (picture: PictureView) => void;
  onFavourite: (picture: PictureView) => void;
  onMove: (picture: PictureView) => void;
}

/** Pictures in rows, each with what one does most often. */
export function PictureGrid({ pictures, shows, selection, onOpen, onFavourite, onMove }: GridProps) {
  const t = useTranslations("gallery");
  return (
    <JustifiedRows
      pictures={pictures}
      label={t("list")}
      tile={(place) => (
        <PictureTile
          key={place.picture.id}
          {...{ ...place, onOpen, selection }}
          shows={shows?.[place.picture.id]}
          actions={<PictureActions {...{ picture: place.picture, onFavourite, onMove }} />}
        />
      )}
    />
  );
}
