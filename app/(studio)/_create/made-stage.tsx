"use client";

import { Button, Skeleton } from "@mantine/core";
import { IconTable } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type CSSProperties, type ReactNode, useRef, useState } from "react";
import { FailureCard } from "@/app/_ui/making/failure-card";
import type { Making } from "@/app/_ui/making/job-update";
import { MakingStatus } from "@/app/_ui/making/making-status";
import { ProgressCard } from "@/app/_ui/making/progress-card";
import type { PictureDetails } from "@/lib/pictures/describe-picture";
import { pictureUrl } from "../_picture/picture-api";
import classes from "./create.module.css";
import { SheetGrid } from "./sheet-grid";
import { useMade } from "./use-made";

interface MadeStageProps {
  making: Making;
  /** Width by height of what is made. */
  shape: number;
  onCancel: (jobId: string) => void;
  onRetry: ((jobId: string | null) => void) | null;
  onDismiss: () => void;
  /** The chosen picture, in place of the plain one. */
  show?: (picture: PictureDetails) => ReactNode;
  /** What one can do with the chosen picture. */
  acts: (picture: PictureDetails) => ReactNode;
  /** The button that begins. */
  begin: ReactNode;
}

/** What a job makes, one by one: the chosen picture large, all of them beneath it, and how far it is. */
export function MadeStage(props: MadeStageProps) {
  const { making, shape, show, acts, begin, onCancel, onRetry, onDismiss } = props;
  const t = useTranslations("create.stage");
  const { pictures, of, sheet, preview } = useMade(making);
  const [chosenId, choose] = useState<string | null>(null);
  const top = useRef<HTMLDivElement>(null);
  // What is chosen far down in a table is shown above it.
  const chooseCell = (id: string) => {
    choose(id);
    top.current?.scrollIntoView({ block: "start" });
  };
  const chosen = pictures.find(({ id }) => id === chosenId) ?? pictures[0];
  const isWorking = making.phase === "working" || making.phase === "starting";
  const waiting = isWorking ? Math.max(0, of - pictures.length) : 0;
  const places = Array.from({ length: waiting }, (_, i) => pictures.length + i);
  const whole = sheet && pictures.find(({ id }) => !sheet.cells.includes(id));
  const strip = sheet ? (
    <>
      <SheetGrid
        sheet={sheet}
        shape={pictures[0] ? pictures[0].width / pictures[0].height : shape}
        isWorking={isWorking}
        chosenId={chosen?.id ?? null}
        onChoose={chooseCell}
      />
      {whole ? (
        <Button
          variant="subtle"
          aria-pressed={whole.id === chosen?.id}
          leftSection={<IconTable size={18} aria-hidden />}
          onClick={() => chooseCell(whole.id)}
        >
          {t("wholeSheet")}
        </Button>
      ) : null}
    </>
  ) : pictures.length + waiting > 1 ? (
    <ul className={classes.strip} aria-label={t("all")}>
      {pictures.map(({ id, title }, i) => (
        <li key={id}>
          <button
            type="button"
            className={classes.tile}
            aria-pressed={id === chosen?.id}
            aria-label={t("choose", { number: i + 1 })}
            onClick={() => choose(id)}
          >
            <img src={pictureUrl(id, 320)} alt={title} />
          </button>
        </li>
      ))}
      {places.map((place) => (
        <li key={place}>
          {place === pictures.length && preview ? (
            <img className={classes.becoming} src={preview} alt={t("becoming")} />
          ) : (
            <Skeleton width={84} height={84} radius="md" />
          )}
        </li>
      ))}
    </ul>
  ) : null;
  const acted = chosen ? <div className={classes.acts}>{acts(chosen)}</div> : null;
  return (
    // A long table scrolls with the page: it would not end within the screen.
    <div className={classes.column} ref={top} style={sheet ? { position: "static" } : undefined}>
      <MakingStatus making={making} />
      {chosen && show ? null : (
        <div
          className={classes.stage}
          style={{ "--shape": chosen ? chosen.width / chosen.height : shape } as CSSProperties}
        >
          {chosen ? (
            <img
              className={classes.shown}
              src={`/api/pictures/${chosen.id}/file?v=${chosen.revision}`}
              alt={chosen.title}
            />
          ) : isWorking && preview ? (
            <img className={classes.shown} src={preview} alt={t("becoming")} />
          ) : isWorking ? (
            <Skeleton width="100%" height="100%" />
          ) : (
            <p className={classes.nothing}>{t("nothing")}</p>
          )}
        </div>
      )}
      {sheet ? acted : null}
      {strip}
      {chosen && show ? show(chosen) : null}
      {making.phase === "failed" ? (
        <FailureCard
          failure={making}
          onRetry={making.retryable && onRetry ? () => onRetry(making.jobId) : null}
          onDismiss={onDismiss}
        />
      ) : null}
      {sheet ? null : acted}
      {isWorking ? (
        <ProgressCard
          progress={making.phase === "working" ? making.progress : 0}
          stage={making.phase === "working" ? making.stage : "queued"}
          onCancel={making.phase === "working" ? () => onCancel(making.jobId) : null}
        />
      ) : (
        begin
      )}
    </div>
  );
}
