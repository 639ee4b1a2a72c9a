"use client";

import { useTranslations } from "next-intl";
import type { KeyboardEvent, PointerEvent } from "react";
import type { PictureDetails } from "@/lib/pictures/describe-picture";
import { pictureUrl } from "../_picture/picture-api";
import classes from "./larger.module.css";

/** In parts of width and height. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

interface FinderProps {
  larger: PictureDetails;
  place: Place;
  /** How many times larger the close-up is. */
  zoom: number;
  onChange: (place: Place) => void;
}

const STEP = 0.05;
const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

const part = (value: number): number => Math.min(1, Math.max(0, value));

/** The whole picture, small, with the part that is looked at: tap, drag or arrow keys move it. */
export function Finder({ larger, place, zoom, onChange }: FinderProps) {
  const t = useTranslations("create.larger");
  const move = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    // The place that the finger is at comes to the middle, as far as the picture reaches.
    const at = (offset: number) => part((offset - 0.5 / zoom) / (1 - 1 / zoom));
    onChange({
      x: at((event.clientX - box.left) / box.width),
      y: at((event.clientY - box.top) / box.height),
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = MOVES[event.key];
    if (!by) return;
    event.preventDefault();
    onChange({ x: part(place.x + by[0]), y: part(place.y + by[1]) });
  };
  const percent = (value: number) => `${(value * 100).toFixed(2)}%`;
  return (
    <button
      type="button"
      className={classes.finder}
      aria-label={t("move")}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        move(event);
      }}
      onPointerMove={(event) => event.buttons > 0 && move(event)}
    >
      <img src={pictureUrl(larger.id, 320)} alt="" draggable={false} />
      <span
        className={classes.part}
        style={{
          ...{ width: percent(1 / zoom), height: percent(1 / zoom) },
          ...{ left: percent(place.x * (1 - 1 / zoom)), top: percent(place.y * (1 - 1 / zoom)) },
        }}
      />
    </button>
  );
}
