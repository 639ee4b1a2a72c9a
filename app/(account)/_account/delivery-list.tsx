"use client";

import { Badge, Text } from "@mantine/core";
import { useFormatter, useTranslations } from "next-intl";
import type { Delivery } from "@/lib/public-api/list-deliveries";
import classes from "./account.module.css";

const COLOURS: Readonly<Record<Delivery["state"], string>> = {
  ...{ heard: "teal", waiting: "gray", off: "gray" },
  ...{ failing: "orange", given_up: "red" },
};

/** The last news of a key: when, where to, whether they were heard, and why not. Shown in the browser alone. */
export function DeliveryList({ deliveries }: { deliveries: readonly Delivery[] }) {
  const t = useTranslations("account.webhooks");
  const format = useFormatter();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return (
    <ul className={classes.deliveries}>
      {deliveries.map(({ jobId, state, at, url, scenario, tries, status, fault }) => (
        <li key={jobId}>
          <div className={classes.deliveryHead}>
            <Badge variant="light" color={COLOURS[state]} tt="none" className={classes.state ?? ""}>
              {t(`states.${state}`)}
            </Badge>
            <Text size="sm" c="dimmed">
              {format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "short", timeZone })}
            </Text>
          </div>
          <Text size="sm" className={classes.keyName ?? ""}>
            {scenario} → {url}
          </Text>
          {fault === null ? null : (
            <Text size="sm" className={classes.fault ?? ""}>
              {t(`faults.${fault}`, { status: status ?? 0 })}
              {tries > 1 ? ` · ${t("tries", { count: tries })}` : ""}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}
