"use client";

import { Progress, Text } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconCopyCheck, IconWifiOff } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { memo } from "react";
import type { UploadItem } from "./upload-item";
import classes from "./uploads.module.css";

const ICONS = {
  added: IconCheck,
  present: IconCopyCheck,
  refused: IconAlertTriangle,
  failed: IconWifiOff,
} as const;

/** One file: its name, and how far it is or what became of it. */
export const UploadRow = memo(function UploadRow({
  item: { name, sizeBytes, sentBytes, state, message },
  isPaused,
}: {
  item: UploadItem;
  isPaused: boolean;
}) {
  const t = useTranslations("gallery.upload");
  const Icon = state === "waiting" || state === "sending" ? null : ICONS[state];
  const part = sizeBytes > 0 ? sentBytes / sizeBytes : 0;
  const says =
    state === "refused" || state === "failed"
      ? message || t("offline")
      : state === "sending" && part >= 1
        ? t("states.looking")
        : t(`states.${isPaused && state === "sending" ? "paused" : state}`);
  return (
    <li className={classes.row} data-state={state}>
      {Icon ? <Icon size={18} stroke={1.8} aria-hidden className={classes.icon ?? ""} /> : null}
      <div className={classes.words}>
        <Text size="sm" truncate title={name}>
          {name}
        </Text>
        {state === "sending" ? (
          <Progress value={100 * part} size="xs" aria-label={t("progressOf", { name })} />
        ) : null}
        <Text size="xs" c="dimmed">
          {says}
        </Text>
      </div>
    </li>
  );
});
