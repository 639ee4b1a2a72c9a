"use client";

import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import type { CSSProperties, KeyboardEventHandler } from "react";
import classes from "./sorting.module.css";

/** What makes a tile one that can be dragged: props for its element, and for the handle that keys hold it by. */
export function useSortedTile(id: string) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, ...state } = useSortable({ id });
  const { transform, isDragging, isOver, activeIndex, index } = state;
  const { onKeyDown, ...pointers } = listeners ?? {};
  const side = !isOver || isDragging ? undefined : activeIndex < index ? "after" : "before";
  const style: CSSProperties = isDragging
    ? { transform: CSS.Translate.toString(transform), zIndex: 5, opacity: 0.85 }
    : {};
  return {
    frame: {
      ...pointers,
      ref: setNodeRef,
      style,
      className: classes.sorted,
      "data-dragging": isDragging || undefined,
      "data-drop": side,
    },
    handle: {
      ref: setActivatorNodeRef,
      onKeyDown: onKeyDown as KeyboardEventHandler | undefined,
      "aria-describedby": attributes["aria-describedby"],
      "aria-pressed": isDragging || undefined,
    },
  };
}
