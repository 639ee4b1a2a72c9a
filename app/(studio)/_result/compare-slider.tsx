"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Raster } from "@/lib/qr/raster";
import { RasterCanvas } from "../_preview/raster-canvas";
import classes from "./result.module.css";

/** The picture before and the code after, with a curtain between them; a range input moves it by key or finger. */
export function CompareSlider({ before, afterUrl }: { before: Raster; afterUrl: string }) {
  const t = useTranslations("studio.result");
  const [percent, setPercent] = useState(50);
  return (
    <div className={classes.frame}>
      <img src={afterUrl} alt={t("codeAlt")} className={classes.layer} />
      <div className={classes.layer} style={{ clipPath: `inset(0 ${100 - percent}% 0 0)` }}>
        <RasterCanvas raster={before} className={classes.layer} />
      </div>
      <div className={classes.curtain} style={{ left: `${percent}%` }} aria-hidden />
      <span className={classes.tagLeft}>{t("before")}</span>
      <span className={classes.tagRight}>{t("after")}</span>
      <input
        type="range"
        min={0}
        max={100}
        value={percent}
        className={classes.range}
        aria-label={t("curtain")}
        onChange={(event) => setPercent(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}
