"use client";

import { Button, Group, Text } from "@mantine/core";
import { useFormatter, useTranslations } from "next-intl";
import type { ShareView } from "@/lib/shares/describe-share";
import classes from "./shares.module.css";

interface ListProps {
  shares: readonly ShareView[];
  onRevoke: (id: string) => void;
}

/** The links that open something, and under which terms. */
export function ShareList({ shares, onRevoke }: ListProps) {
  const t = useTranslations("shares");
  const format = useFormatter();
  // The list is loaded in the browser, so its own clock may tell the time.
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const day = (iso: string) =>
    format.dateTime(new Date(iso), { dateStyle: "medium", timeStyle: "short", timeZone });
  return (
    <ul className={classes.list}>
      {shares.map(({ id, createdAt, expiresAt, hasPassword, withOriginals }) => {
        const terms = [
          expiresAt === null ? t("terms.forEver") : t("terms.until", { day: day(expiresAt) }),
          ...(hasPassword ? [t("terms.password")] : []),
          ...(withOriginals ? [t("terms.originals")] : []),
        ];
        return (
          <li key={id} className={classes.share}>
            <div>
              <Text size="sm" fw={600}>
                {t("madeAt", { day: day(createdAt) })}
              </Text>
              <Text size="sm" c="dimmed">
                {terms.join(" · ")}
              </Text>
            </div>
            <Group>
              <Button size="compact-sm" variant="light" color="red" onClick={() => onRevoke(id)}>
                {t("revoke")}
              </Button>
            </Group>
          </li>
        );
      })}
    </ul>
  );
}
