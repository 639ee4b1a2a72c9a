"use client";

import { ActionIcon, Button, CloseButton, Group, Paper, Progress, Text, VisuallyHidden } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay, IconRefresh } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { UploadRound } from "./upload-book";
import { isOver, type UploadItem } from "./upload-item";
import { clearUploads, pauseUploads, retryUploads } from "./upload-queue";
import { UploadRow } from "./upload-row";
import classes from "./uploads.module.css";

/** Rows that are drawn: of a thousand files a person looks at those that something happens to. */
const MOST_ROWS = 60;

const ORDER: readonly UploadItem["state"][] = [
  "sending",
  "unpacking",
  "failed",
  "refused",
  "waiting",
  "present",
  "added",
];

/** The files on their way, how far each is and all of them are; in the end what became of them. */
export function UploadPanel({ round: { items, isPaused } }: { round: UploadRound }) {
  const t = useTranslations("gallery.upload");
  const summary = useSummary(items);
  if (items.length === 0) return null;
  const over = items.filter(isOver).length;
  const isRunning = over < items.length;
  const failed = items.filter(({ state }) => state === "failed").length;
  const rows = ORDER.flatMap((state) => items.filter((item) => rankOf(item) === state)).slice(0, MOST_ROWS);
  return (
    <Paper component="section" aria-label={t("panel")} className={classes.panel ?? ""} shadow="lg" withBorder>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text fw={700} className={classes.summary ?? ""} aria-hidden={!isRunning}>
          {isRunning ? t("running", { over, count: items.length }) : summary}
        </Text>
        {/* Told once, in the end; each step would be too much to listen to. */}
        <VisuallyHidden role="status">{isRunning ? "" : summary}</VisuallyHidden>
        <Group gap={4} wrap="nowrap">
          {isRunning ? (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t(isPaused ? "resume" : "pause")}
              title={t(isPaused ? "resume" : "pause")}
              onClick={() => pauseUploads(!isPaused)}
            >
              {isPaused ? <IconPlayerPlay size={18} /> : <IconPlayerPause size={18} />}
            </ActionIcon>
          ) : null}
          <CloseButton
            aria-label={t(isRunning ? "cancel" : "close")}
            title={t(isRunning ? "cancel" : "close")}
            onClick={() => clearUploads()}
          />
        </Group>
      </Group>
      {isRunning ? (
        <Progress value={100 * partOf(items)} size="sm" mt={8} aria-label={t("progress")} />
      ) : null}
      {failed > 0 ? (
        <Button
          mt="sm"
          size="compact-sm"
          variant="light"
          leftSection={<IconRefresh size={16} aria-hidden />}
          onClick={() => retryUploads()}
        >
          {t("retry", { count: failed })}
        </Button>
      ) : null}
      <ul className={classes.rows}>
        {rows.map((item) => (
          <UploadRow key={item.id} item={item} isPaused={isPaused} />
        ))}
      </ul>
      {items.length > rows.length ? (
        <Text size="sm" c="dimmed" mt={6}>
          {t("others", { count: items.length - rows.length })}
        </Text>
      ) : null}
    </Paper>
  );
}

/** An archive that held something we refused stands with the refused. */
const rankOf = ({ state, archive }: UploadItem): UploadItem["state"] =>
  archive && archive.refused > 0 ? "refused" : state;

/** In one line: what is new, what was there, what will never do. */
function useSummary(items: readonly UploadItem[]): string {
  const t = useTranslations("gallery.upload");
  return (["added", "present", "refused", "failed"] as const)
    .map((state) => ({ state, count: items.reduce((sum, item) => sum + countIn(item, state), 0) }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => t(`summary.${state}`, { count }))
    .join(" · ");
}

/** An archive counts as the files in it. */
function countIn({ state, archive }: UploadItem, wanted: "added" | "present" | "refused" | "failed"): number {
  if (!archive || wanted === "failed") return state === wanted ? 1 : 0;
  return archive[wanted];
}

/** How far all of them are, 0 to 1, by bytes; what is over counts whole. */
function partOf(items: readonly UploadItem[]): number {
  const total = items.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const sent = items.reduce((sum, item) => sum + (isOver(item) ? item.sizeBytes : bytesDone(item)), 0);
  return total > 0 ? sent / total : 0;
}

/** Of an archive on its way half counts for its arrival and half for what is in it. */
const bytesDone = ({ state, name, sizeBytes, sentBytes, unpacked }: UploadItem): number =>
  state === "unpacking" ? (sizeBytes * (1 + unpacked)) / 2 : isArchiveName(name) ? sentBytes / 2 : sentBytes;

const isArchiveName = (name: string): boolean => /\.zip$/i.test(name);
