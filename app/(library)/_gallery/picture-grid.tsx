"use client";

import { useTranslations } from "next-intl";
import type { PictureView } from "@/lib/pictures/describe-picture";
import type { Selection } from "../_selection/use-selection";
import { JustifiedRows } from "./justified-rows";
import { PictureActions } from "./picture-actions";
import { PictureTile } from "./picture-tile";

interface GridProps {
  pictures: readonly PictureView[];
  /** What they are, where it is not all of one's pictures. */
  label?: string;
  /** Where it is known: see JustifiedRows. */
  width?: number | null;
  /** By picture: what it shows, to be told on the tile. */
  shows?: Readonly<Record<string, string>>;
  /** Where pictures can be chosen. */
  selection?: Selection;
  onOpen: (picture: PictureView) => void;
  onFavourite: (picture: PictureView) => void;
  onMove: (picture: PictureView) => void;
}

/** Pictures in rows, each with what one does most often. */
export function PictureGrid({ pictures, label, width = null, shows, selection, ...acts }: GridProps) {
  const t = useTranslations("gallery");
  return (
    <JustifiedRows
      pictures={pictures}
      label={label ?? t("list")}
      width={width}
      tile={(place) => (
        <PictureTile
          key={place.picture.id}
          {...{ ...place, selection }}
          onOpen={acts.onOpen}
          shows={shows?.[place.picture.id]}
          actions={
            <PictureActions picture={place.picture} onFavourite={acts.onFavourite} onMove={acts.onMove} />
          }
        />
      )}
    />
  );
}
