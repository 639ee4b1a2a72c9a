"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type ComponentProps, type RefObject, useEffect, useImperativeHandle, useMemo } from "react";
import type { PictureView } from "@/lib/pictures/describe-picture";
import { ratioOf } from "../_gallery/justified-rows";
import { PictureGrid } from "../_gallery/picture-grid";
import { usePartsInView } from "../_gallery/use-parts-in-view";
import { sectionHeight } from "./section-height";
import classes from "./timeline.module.css";
import type { useTimeline } from "./use-timeline";

interface TimelineProps extends Omit<ComponentProps<typeof PictureGrid>, "pictures" | "label" | "width"> {
  timeline: ReturnType<typeof useTimeline>;
  /** Where others find how to go to a section. */
  jump: RefObject<((section: number) => void) | null>;
  onFailed: (error: unknown) => void;
}

/** Sections that are passed in less are not asked for. */
const SETTLED_MS = 90;

/** All of one's pictures by months. Only what is in view is there; for the rest there is room. */
export function Timeline({ timeline, jump, onFailed, ...grid }: TimelineProps) {
  const { parts, sections, bring } = timeline;
  const t = useTranslations("gallery.timeline");
  const format = useFormatter();
  const monthName = (month: string) =>
    format.dateTime(new Date(`${month}-01`), { month: "long", year: "numeric", timeZone: "UTC" });
  const blocks = useMemo(() => {
    const arrived = cutIntoBlocks(parts[0] ?? []);
    const placed = [
      ...arrived.map((part, i) => ({ part, at: 0, key: `arrived-${arrived.length - i}` })),
      ...parts.slice(1).map((part, i) => ({ part, at: i + 1, key: sections[i]!.begin })),
    ];
    // The first section of a month that has anything in it carries its name.
    let named: string | null = null;
    return placed.map(({ part, at, key }) => {
      const section = sections[at - 1];
      const count = part?.length ?? section?.count ?? 0;
      const ratio = part ? part.reduce((sum, picture) => sum + ratioOf(picture), 0) : section!.ratio;
      const month = section?.month ?? null;
      const hasHeading = count > 0 && (month ?? "") !== named;
      if (hasHeading) named = month ?? "";
      return { part, at, key, count, ratio, month, hasHeading };
    });
  }, [parts, sections]);
  const { placed, width, known, virtualizer, items, style } = usePartsInView({
    count: blocks.length,
    heightOf: (at, width) => sectionHeight(blocks[at]!, width),
    keyOf: (at) => blocks[at]!.key,
  });
  const months = blocks.length - sections.length;
  useImperativeHandle(
    jump,
    () => (section) => virtualizer.scrollToIndex(section + months, { align: "start" }),
    [virtualizer, months],
  );
  const [first, last] = [blocks[items[0]?.index ?? 0]?.at ?? 0, blocks[items.at(-1)?.index ?? -1]?.at ?? -1];
  useEffect(() => {
    const settled = setTimeout(() => {
      for (let at = first; at <= last; at++) if (!parts[at]) bring(at).catch(onFailed);
    }, SETTLED_MS);
    return () => clearTimeout(settled);
  }, [first, last, parts, bring, onFailed]);

  return (
    <div ref={placed} className={classes.timeline} style={style}>
      {items.map(({ index, key }) => {
        const { part, month, hasHeading, ...sized } = blocks[index]!;
        const name = month === null ? t("arrived") : monthName(month);
        return (
          <section key={key} data-index={index} ref={virtualizer.measureElement} aria-label={name}>
            {hasHeading ? <h2 className={classes.month}>{name}</h2> : null}
            {part ? (
              part.length > 0 && <PictureGrid pictures={part} label={name} width={known} {...grid} />
            ) : (
              <div
                className={classes.waiting}
                style={{ height: sectionHeight({ ...sized, hasHeading: false }, width) }}
              />
            )}
          </section>
        );
      })}
    </div>
  );
}

/** As many pictures as are laid out in one piece. */
const BLOCK = 60;

/**
 * A thousand pictures that just came in are not drawn at once either. Cut from the oldest on, so that new ones change the
 * first block alone. One block at least, which may be empty.
 */
function cutIntoBlocks(pictures: readonly PictureView[]): (readonly PictureView[])[] {
  const first = pictures.length % BLOCK || Math.min(BLOCK, pictures.length);
  const blocks = [pictures.slice(0, first)];
  for (let from = first; from < pictures.length; from += BLOCK)
    blocks.push(pictures.slice(from, from + BLOCK));
  return blocks;
}
