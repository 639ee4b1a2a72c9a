"use client";

import { useFormatter, useTranslations } from "next-intl";
import { RasterCanvas } from "../_preview/raster-canvas";
import classes from "./result.module.css";
import type { Comparison } from "./use-comparison";

/** The code, pale, with everything that was changed lit up on it. */
export function ChangeMap({ comparison, afterUrl }: { comparison: Comparison; afterUrl: string }) {
  const t = useTranslations("studio.result");
  const format = useFormatter();
  const part = format.number(comparison.changed, { style: "percent", maximumFractionDigits: 0 });
  return (
    <>
      <div className={classes.frame}>
        <img src={afterUrl} alt={t("changesAlt")} className={`${classes.layer} ${classes.pale}`} />
        <RasterCanvas raster={comparison.heat} className={classes.layer} />
      </div>
      <p className={classes.note}>{t("changed", { part })}</p>
    </>
  );
}
