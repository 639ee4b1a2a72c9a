"use client";

import { type CSSProperties, type ReactNode, useMemo } from "react";
import "react-photo-album/rows.css";
import { type Photo, RowsPhotoAlbum } from "react-photo-album";
import type { PictureView } from "@/lib/pictures/describe-picture";
import { useGridWidth } from "./grid-width";
import classes from "./justified-rows.module.css";

/** A picture's place in its row, in CSS pixels. */
export interface TilePlace<P extends Sized = PictureView> {
  picture: P;
  width: number;
  height: number;
}

type Sized = Pick<PictureView, "id" | "width" | "height">;

interface RowsProps<P extends Sized> {
  pictures: readonly P[];
  label: string;
  /** How wide the rows are, where somebody around them knows. */
  width?: number | null;
  tile: (place: TilePlace<P>) => ReactNode;
}

interface PicturePhoto<P extends Sized> extends Photo {
  picture: P;
}

/** The heights that rows are brought near to, and the room between pictures, by the width of the grid. */
export const rowHeightAt = (width: number) => (width < 520 ? 150 : width < 960 ? 190 : 230);
export const spacingAt = (width: number) => (width < 520 ? 6 : 10);
/** Of a row that is not full. */
export const SINGLE_ROW_HEIGHT = 260;

/**
 * Justified rows; every place is known before its picture has come. On a first visit the server knows no width: then the
 * style sheet breaks the rows until the browser has measured.
 */
export function JustifiedRows<P extends Sized>({ width, ...rows }: RowsProps<P>) {
  const { ref, width: own } = useGridWidth();
  const known = width ?? own;
  if (known === null) return <FlowingRows flow={ref} {...rows} />;
  return <PlacedRows width={known} {...rows} />;
}

function PlacedRows<P extends Sized>({ pictures, label, width, tile }: RowsProps<P> & { width: number }) {
  const photos = useMemo(() => pictures.map(photoOf), [pictures]);
  return (
    <RowsPhotoAlbum<PicturePhoto<P>>
      photos={photos}
      defaultContainerWidth={width}
      spacing={spacingAt}
      targetRowHeight={rowHeightAt}
      rowConstraints={{ singleRowMaxHeight: SINGLE_ROW_HEIGHT, minPhotos: 1 }}
      componentsProps={{ container: { "aria-label": label } }}
      render={{
        photo: (_, { photo: { picture }, ...place }) =>
          tile({ picture, width: place.width, height: place.height }),
      }}
    />
  );
}

interface FlowProps<P extends Sized> extends Omit<RowsProps<P>, "width"> {
  flow: (element: HTMLDivElement | null) => void;
}

function FlowingRows<P extends Sized>({ pictures, label, tile, flow }: FlowProps<P>) {
  return (
    <div className={classes.flow} ref={flow}>
      {/* biome-ignore lint/a11y/useSemanticElements: the same as what RowsPhotoAlbum makes in its place */}
      <div className={classes.rows} role="group" aria-label={label}>
        {pictures.map((picture) => {
          const ratio = ratioOf(picture);
          return (
            <div key={picture.id} className={classes.place} style={{ "--ratio": ratio } as CSSProperties}>
              {tile({ picture, width: Math.round(ratio * FLOW_HEIGHT), height: FLOW_HEIGHT })}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** About what the style sheet's rows come to: it tells the browser which size to load. */
const FLOW_HEIGHT = 230;

/** A picture's sides' ratio as its tile has it, width by height: none beyond 3 to 1. */
export const ratioOf = ({ width, height }: Pick<Sized, "width" | "height">): number =>
  Math.min(Math.max(width / height, 1 / 3), 3);

function photoOf<P extends Sized>(picture: P): PicturePhoto<P> {
  const { id, width, height } = picture;
  // Long strips would leave a row a few pixels high; their tile shows the middle, no longer than 3 : 1.
  const shownWidth = Math.min(Math.max(width, height / 3), height * 3);
  return { key: id, picture, src: id, width: shownWidth, height };
}
