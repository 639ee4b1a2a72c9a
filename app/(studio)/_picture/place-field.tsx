"use client";

import type { CSSProperties, KeyboardEvent, PointerEvent, SyntheticEvent } from "react";
import classes from "./place-field.module.css";

/** In parts of a picture's width and height, 0 to 1. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

interface PlaceFieldProps {
  label: string;
  src: string;
  place: Place;
  /** How far an arrow key moves it. */
  step: number;
  /** The most that the picture takes, px; its width is bounded by the room besides. */
  height: number;
  /** The frame that shows what lies at the place. */
  frame: CSSProperties;
  /** What a touched point means, where it is not the point itself. */
  placeAt?: (touched: Place) => Place;
  onChange: (place: Place) => void;
  onLoad?: (event: SyntheticEvent<HTMLImageElement>) => void;
}

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const part = (value: number): number => Math.min(1, Math.max(0, value));
const inside = ({ x, y }: Place): Place => ({ x: part(x), y: part(y) });

/** A frame on a picture that tapping, dragging and arrow keys move. */
export function PlaceField(props: PlaceFieldProps) {
  const { label, src, place, step, height, frame, placeAt = (touched) => touched, onChange, onLoad } = props;
  const move = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const touched = {
      x: (event.clientX - box.left) / box.width,
      y: (event.clientY - box.top) / box.height,
    };
    onChange(inside(placeAt(touched)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = MOVES[event.key];
    if (!by) return;
    event.preventDefault();
    onChange(inside({ x: place.x + by[0] * step, y: place.y + by[1] * step }));
  };
  return (
    <button
      type="button"
      className={classes.field}
      aria-label={label}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        move(event);
      }}
      onPointerMove={(event) => event.buttons > 0 && move(event)}
    >
      <img src={src} alt="" draggable={false} style={{ maxHeight: height }} onLoad={onLoad} />
      <span className={classes.frame} style={frame} />
    </button>
  );
}
