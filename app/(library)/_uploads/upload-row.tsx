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
  item: { name, sizeBytes, sentBytes, unpacked, state, message, archive },
  isPaused,
}: {
  item: UploadItem;
  isPaused: boolean;
}) {
  const t = useTranslations("gallery.upload");
  const Icon = state === "waiting" || state === "sending" || state === "unpacking" ? null : ICONS[state];
  const sent = sizeBytes > 0 ? sentBytes / sizeBytes : 0;
  const part = state === "unpacking" ? unpacked : sent;
  const says = archive
    ? t("archive", { added: archive.added, present: archive.present, refused: archive.refused })
    : state === "refused" || state === "failed"
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
        {state === "sending" || state === "unpacking" ? (
          <Progress value={100 * part} size="xs" aria-label={t("progressOf", { name })} />
        ) : null}
        <Text size="xs" c="dimmed">
          {says}
        </Text>
        {archive && archive.told.length > 0 ? (
          <details className={classes.told}>
            <summary>{t("told")}</summary>
            <ul>
              {archive.told.map((file, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, and the list never changes.
                <li key={i}>
                  {file.name}: {file.message}
                </li>
              ))}
            </ul>
          </details>
        ) : null}
      </div>
    </li>
  );
});
