"use client";

import { Button, Skeleton, Text } from "@mantine/core";
import { IconPhoto, IconRefresh } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { FailureCard } from "@/app/_ui/making/failure-card";
import type { Making } from "@/app/_ui/making/job-update";
import { MakingStatus } from "@/app/_ui/making/making-status";
import { ProgressCard } from "@/app/_ui/making/progress-card";
import { useMaking } from "@/app/_ui/making/use-making";
import { REDRAW_PAGES } from "@/lib/scenarios/character-album/redraw-pages.job";
import create from "../_create/create.module.css";
import classes from "./characters.module.css";
import { PageTile } from "./page-tile";
import { useAlbumPages } from "./use-album-pages";

interface AlbumStageProps {
  making: Making;
  /** Who it shows, as it is called. */
  name: string;
  onCancel: (jobId: string) => void;
  onRetry: (jobId: string | null) => void;
  onDismiss: () => void;
  /** The button that begins. */
  begin: ReactNode;
}

const isBusy = ({ phase }: Making) => phase === "starting" || phase === "working";
const madeOf = (making: Making) => ("made" in making ? making.made : null);
const newsOf = (making: Making): string => `${making.phase} ${madeOf(making)?.pictures.join(" ")}`;

/** The album as it grows; each page can be drawn anew, locked and captioned. */
export function AlbumStage({ making, name, onCancel, onRetry, onDismiss, begin }: AlbumStageProps) {
  const t = useTranslations("create.characters");
  const stage = useTranslations("create.stage");
  const redraw = useMaking(REDRAW_PAGES);
  const [asked, setAsked] = useState<readonly string[]>([]);
  const made = madeOf(making);
  const albumId = made?.albumId ?? null;
  const { pictures, locked, lock, write } = useAlbumPages(
    albumId,
    `${newsOf(making)} ${newsOf(redraw.making)}`,
  );
  const [isMaking, isRedrawing] = [isBusy(making), isBusy(redraw.making)];
  // What was seen in the pictures holds for those that were looked at.
  const isAsMade = pictures.map(({ id }) => id).join(" ") === made?.pictures.join(" ");
  const waiting = isMaking ? Math.max(0, (made?.of ?? 0) - pictures.length) : 0;
  const free = pictures.filter(({ id }) => !locked.includes(id)).map(({ id }) => id);
  const redrawAll = (ids: string[]) => {
    if (albumId === null) return;
    setAsked(ids);
    void redraw.make({ album: albumId, pictures: ids });
  };
  const shown = isRedrawing ? redraw.making : making;
  const preview = madeOf(shown)?.preview ?? null;
  // Pages are drawn anew in the order in which they were asked for.
  const redrawn = asked.filter((id) => !locked.includes(id))[madeOf(redraw.making)?.pictures.length ?? 0];
  return (
    // A long album scrolls with the page: it would not end within the screen.
    <div className={create.column} style={pictures.length > 0 ? { position: "static" } : undefined}>
      <MakingStatus making={shown} />
      {pictures.length + waiting === 0 ? (
        <div className={create.stage}>
          {isMaking ? (
            <Skeleton width="100%" height="100%" />
          ) : (
            <p className={create.nothing}>{t("nothing")}</p>
          )}
        </div>
      ) : (
        <ul className={classes.pages} aria-label={t("pages")}>
          {pictures.map((picture) => (
            <PageTile
              key={picture.id}
              picture={picture}
              isLocked={locked.includes(picture.id)}
              isRedrawn={isRedrawing && asked.includes(picture.id)}
              preview={isRedrawing && picture.id === redrawn ? preview : null}
              onRedraw={isMaking || isRedrawing ? null : () => redrawAll([picture.id])}
              onLock={(isLocked) => void lock(picture.id, isLocked)}
              onCaption={(text) => void write(picture.id, text)}
            />
          ))}
          {Array.from({ length: waiting }, (_, i) => pictures.length + i).map((place) => (
            <li key={place} className={classes.page}>
              {place === pictures.length && preview ? (
                <div className={classes.picture}>
                  <img className={classes.becoming} src={preview} alt={stage("becoming")} />
                </div>
              ) : (
                <Skeleton className={classes.picture ?? ""} radius="md" />
              )}
            </li>
          ))}
        </ul>
      )}
      {making.phase === "done" && made && made.recognised !== null && isAsMade ? (
        <Text size="sm" c="dimmed" ta="center">
          {t("recognised", { name, count: made.recognised, of: made.of })}
        </Text>
      ) : null}
      <Failures {...{ making, onRetry, onDismiss }} />
      <Failures making={redraw.making} onRetry={(id) => id && redraw.retry(id)} onDismiss={redraw.clear} />
      {albumId !== null && pictures.length > 0 ? (
        <div className={create.acts}>
          <Button
            component={Link}
            href={`/albums/${albumId}`}
            leftSection={<IconPhoto size={18} aria-hidden />}
          >
            {t("open")}
          </Button>
          <Button
            variant="default"
            leftSection={<IconRefresh size={18} aria-hidden />}
            disabled={isMaking || isRedrawing || free.length === 0}
            onClick={() => redrawAll(free)}
          >
            {locked.length > 0 ? t("redrawOthers") : t("redrawAll")}
          </Button>
        </div>
      ) : null}
      {isMaking || isRedrawing ? (
        <ProgressCard
          progress={shown.phase === "working" ? shown.progress : 0}
          stage={shown.phase === "working" ? shown.stage : "queued"}
          onCancel={
            shown.phase === "working"
              ? () => (isRedrawing ? redraw.cancel(shown.jobId) : onCancel(shown.jobId))
              : null
          }
        />
      ) : (
        begin
      )}
    </div>
  );
}

function Failures({ making, onRetry, onDismiss }: Pick<AlbumStageProps, "making" | "onRetry" | "onDismiss">) {
  if (making.phase !== "failed") return null;
  return (
    <FailureCard
      failure={making}
      onRetry={making.retryable ? () => onRetry(making.jobId) : null}
      onDismiss={onDismiss}
    />
  );
}
