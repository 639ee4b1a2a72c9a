"use client";

import { useDndContext } from "@dnd-kit/core";
import { defaultRangeExtractor, type Range } from "@tanstack/react-virtual";
import { type ComponentProps, useCallback, useMemo } from "react";
import type { PictureView } from "@/lib/pictures/describe-picture";
import { JustifiedRows, ratioOf } from "../_gallery/justified-rows";
import { usePartsInView } from "../_gallery/use-parts-in-view";
import { sectionHeight } from "../_timeline/section-height";
import classes from "./albums.module.css";

/** Pictures that are laid out together. As many as come at a time: those that follow do not move them. */
const PART_PICTURES = 60;

type Rows = Pick<ComponentProps<typeof JustifiedRows<PictureView>>, "pictures" | "label" | "tile">;

/** An album's pictures in rows, however many: those in view are there, and what is being dragged is so until it is dropped. */
export function AlbumRows({ pictures, label, tile }: Rows) {
  const parts = useMemo(
    () =>
      Array.from({ length: Math.ceil(pictures.length / PART_PICTURES) }, (_, at) =>
        pictures.slice(at * PART_PICTURES, (at + 1) * PART_PICTURES),
      ),
    [pictures],
  );
  const { active } = useDndContext();
  const held = active ? parts.findIndex((part) => part.some(({ id }) => id === active.id)) : -1;
  const rangeOf = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      if (held < 0 || shown.length === 0) return shown;
      const [first, last] = [Math.min(held, shown[0]!), Math.max(held, shown.at(-1)!)];
      return Array.from({ length: last - first + 1 }, (_, i) => first + i);
    },
    [held],
  );
  const { placed, known, virtualizer, items, style } = usePartsInView({
    count: parts.length,
    heightOf: (at, width) => {
      const part = parts[at]!;
      const ratio = part.reduce((sum, picture) => sum + ratioOf(picture), 0);
      return sectionHeight({ count: part.length, ratio, hasHeading: false }, width);
    },
    keyOf: (at) => at,
    rangeOf,
  });
  return (
    <div ref={placed} className={classes.rows} style={style}>
      {items.map(({ index, key }) => (
        <div key={key} data-index={index} ref={virtualizer.measureElement} className={classes.part}>
          <JustifiedRows pictures={parts[index]!} {...{ label, tile }} width={known} />
        </div>
      ))}
    </div>
  );
}
