"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type ComponentProps, type RefObject, useEffect, useImperativeHandle, useMemo } from "react";
import { ratioOf } from "../_gallery/justified-rows";
import { PictureGrid } from "../_gallery/picture-grid";
import { usePartsInView } from "../_gallery/use-parts-in-view";
import { sectionHeight } from "./section-height";
import classes from "./timeline.module.css";
import type { useTimeline } from "./use-timeline";

interface TimelineProps extends Omit<ComponentProps<typeof PictureGrid>, "pictures" | "label" | "width"> {
  timeline: ReturnType<typeof useTimeline>;
  /** How many parts came with the page: the server has laid them out. */
  served: number;
  /** Where others find how to go to a section. */
  jump: RefObject<((section: number) => void) | null>;
  onFailed: (error: unknown) => void;
}

/** Sections that are passed in less are not asked for. */
const SETTLED_MS = 90;

/** All of one's pictures by months. Only what is in view is there; for the rest there is room. */
export function Timeline({ timeline, served, jump, onFailed, ...grid }: TimelineProps) {
  const { parts, sections, bring } = timeline;
  const t = useTranslations("gallery.timeline");
  const format = useFormatter();
  const monthName = (month: string) =>
    format.dateTime(new Date(`${month}-01`), { month: "long", year: "numeric", timeZone: "UTC" });
  const blocks = useMemo(() => {
    // The first section of a month that has anything in it carries its name.
    let named: string | null = null;
    return parts.map((part, at) => {
      const section = sections[at - 1];
      const count = part?.length ?? section?.count ?? 0;
      const ratio = part ? part.reduce((sum, picture) => sum + ratioOf(picture), 0) : section!.ratio;
      const month = section?.month ?? null;
      const hasHeading: boolean = count > 0 && (month === null || month !== named);
      if (hasHeading) named = month;
      return { part, count, ratio, month, hasHeading };
    });
  }, [parts, sections]);
  const { placed, width, virtualizer, items, style } = usePartsInView({
    count: blocks.length,
    heightOf: (at, width) => sectionHeight(blocks[at]!, width),
    keyOf: (at) => sections[at - 1]?.begin ?? "first",
  });
  useImperativeHandle(jump, () => (section) => virtualizer.scrollToIndex(section + 1, { align: "start" }), [
    virtualizer,
  ]);
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? -1];
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
              part.length > 0 && (
                <PictureGrid
                  pictures={part}
                  label={name}
                  width={index <= served ? undefined : width}
                  {...grid}
                />
              )
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
