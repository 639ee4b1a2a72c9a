"use client";

import { Skeleton } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { errorMessage } from "@/lib/errors";
import type { PreviewAnswer } from "./_preview/preview-answer";
import { RasterCanvas } from "./_preview/raster-canvas";
import { useLastGood } from "./_preview/use-last-good";
import classes from "./studio.module.css";

interface StageProps {
  answer: PreviewAnswer | null;
  /** What is missing before anything can be drawn; null when nothing is. */
  missing: string | null;
  busy: boolean;
}

/** The live preview; while something is missing or wrong the last good one stays, paler, with the reason on it. */
export function Stage({ answer, missing, busy }: StageProps) {
  const t = useTranslations("studio.preview");
  const locale = useLocale();
  const raster = useLastGood(answer);
  const problem =
    missing ?? (answer && !answer.ok ? errorMessage(answer.code, answer.details, locale) : null);
  return (
    <div className={classes.stage} data-busy={busy || undefined}>
      {raster ? (
        <RasterCanvas raster={raster} label={t("alt")} className={problem ? classes.stale : classes.canvas} />
      ) : (
        <Skeleton className={classes.canvas ?? ""} animate={!problem} />
      )}
      <p className={classes.problem} role="status" hidden={!problem}>
        {problem}
      </p>
      {problem ? null : <span className={classes.chip}>{t("chip")}</span>}
    </div>
  );
}
