"use client";

import { SegmentedControl } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type CSSProperties, useState } from "react";
import type { PictureDetails } from "@/lib/pictures/describe-picture";
import type { Place } from "../_picture/place-field";
import result from "../_result/result.module.css";
import { Finder } from "./finder";
import classes from "./larger.module.css";

const VIEWS = ["close", "whole"] as const;
/** At least so many times larger than the whole picture is shown. */
const LEAST_ZOOM = 3;
/** Pixels of the stage: as wide as it gets. */
const STAGE_PX = 720;

/** A picture before and after, with a curtain between them: the whole, or a part of it as large as it is. */
export function BeforeAfter({ larger }: { larger: PictureDetails }) {
  const t = useTranslations("create.larger");
  const [view, setView] = useState<(typeof VIEWS)[number]>("close");
  const [percent, setPercent] = useState(50);
  const [place, setPlace] = useState<Place>({ x: 0.5, y: 0.45 });
  const zoom = view === "whole" ? 1 : Math.max(LEAST_ZOOM, larger.width / STAGE_PX);
  const layer: CSSProperties = {
    transform: `scale(${zoom})`,
    // The part in view stays within the picture at every place.
    transformOrigin: `${place.x * 100}% ${place.y * 100}%`,
  };
  const before = `/api/pictures/${larger.sourceId}/file`;
  return (
    <div className={classes.view}>
      <SegmentedControl
        fullWidth
        w="100%"
        aria-label={t("view")}
        value={view}
        data={VIEWS.map((value) => ({ value, label: t(`views.${value}`) }))}
        onChange={setView}
      />
      <div
        className={`${result.frame} ${classes.frame}`}
        style={{ "--shape": larger.width / larger.height } as CSSProperties}
      >
        <img
          src={`/api/pictures/${larger.id}/file?v=${larger.revision}`}
          alt={t("alt", { title: larger.title })}
          className={result.layer}
          style={layer}
        />
        <div className={result.layer} style={{ clipPath: `inset(0 ${100 - percent}% 0 0)` }}>
          <img src={before} alt="" className={result.layer} style={layer} />
        </div>
        <div className={result.curtain} style={{ left: `${percent}%` }} aria-hidden />
        <span className={result.tagLeft}>{t("before")}</span>
        <span className={result.tagRight}>{t("after")}</span>
        <input
          type="range"
          min={0}
          max={100}
          value={percent}
          className={result.range}
          aria-label={t("curtain")}
          onChange={(event) => setPercent(event.currentTarget.valueAsNumber)}
        />
      </div>
      {view === "close" ? <Finder larger={larger} place={place} zoom={zoom} onChange={setPlace} /> : null}
    </div>
  );
}
