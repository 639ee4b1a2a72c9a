"use client";

import { Button, Popover, SegmentedControl, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCalendarMonth } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { ORDERS, type PictureOrder } from "@/lib/pictures/picture-orders";
import type { TimelineSection } from "@/lib/pictures/show-timeline";
import gallery from "../_gallery/gallery.module.css";
import { addressOf, type Place } from "../_gallery/gallery-address";
import classes from "./timeline.module.css";

interface MenuProps {
  place: Place;
  sections: readonly TimelineSection[];
  /** @param section the first one of the month. */
  onMonth: (section: number) => void;
}

/** By which time pictures are ordered, and the way to any month. */
export function TimelineMenu({ place, sections, onMonth }: MenuProps) {
  const t = useTranslations("gallery.timeline");
  const format = useFormatter();
  const router = useRouter();
  const [isOpen, { close, toggle }] = useDisclosure(false);
  const name = (month: string, parts: { year: "numeric" } | { month: "long" }) =>
    format.dateTime(new Date(`${month}-01`), { ...parts, timeZone: "UTC" });
  return (
    <Popover
      {...{
        opened: isOpen,
        onDismiss: close,
        width: 340,
        position: "bottom-end",
        shadow: "md",
        radius: "lg",
      }}
      withinPortal
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button
          variant="default"
          classNames={{ label: gallery.toolLabel ?? "", section: gallery.toolSign ?? "" }}
          onClick={toggle}
          leftSection={<IconCalendarMonth size={18} stroke={1.8} aria-hidden />}
        >
          {t("button")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("button")}>
        <Text size="sm" fw={600} mb={6}>
          {t("order")}
        </Text>
        <SegmentedControl
          fullWidth
          size="sm"
          aria-label={t("order")}
          value={place.order}
          data={ORDERS.map((value) => ({ value, label: t(value) }))}
          onChange={(order) => router.push(addressOf({ ...place, order: order as PictureOrder }))}
        />
        <div className={classes.years}>
          {yearsOf(sections).map((months) => (
            <section key={months[0]!.month}>
              <h3 className={classes.year}>{name(months[0]!.month, { year: "numeric" })}</h3>
              <ul className={classes.months}>
                {months.map(({ month, at, count }) => (
                  <li key={month}>
                    <button
                      type="button"
                      className={classes.monthLink}
                      onClick={() => {
                        close();
                        onMonth(at);
                      }}
                    >
                      {name(month, { month: "long" })}
                      <small>{t("count", { count })}</small>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

interface Month {
  month: string;
  /** Its first section. */
  at: number;
  count: number;
}

/** The months there are, year by year, in the order of the sections. */
function yearsOf(sections: readonly TimelineSection[]): Month[][] {
  const years: Month[][] = [];
  for (const [at, { month, count }] of sections.entries()) {
    const year = years.at(-1);
    const last = year?.at(-1);
    if (last?.month === month) last.count += count;
    else if (last?.month.slice(0, 4) === month.slice(0, 4)) year?.push({ month, at, count });
    else years.push([{ month, at, count }]);
  }
  return years;
}
