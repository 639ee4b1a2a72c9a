"use client";

import { IconCheck } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./selection.module.css";
import type { Selection } from "./use-selection";

/** The box on a tile's corner that chooses the picture. */
export function TileCheck({ id, title, selection }: { id: string; title: string; selection: Selection }) {
  const t = useTranslations("gallery.select");
  const isChosen = selection.ids.has(id);
  return (
    // biome-ignore lint/a11y/useSemanticElements: an input of the browser does not tell whether Shift is held
    <button
      type="button"
      role="checkbox"
      aria-checked={isChosen}
      aria-label={t("one", { title })}
      className={classes.check}
      data-on={selection.isOn || undefined}
      onClick={({ shiftKey }) => selection.pick(id, shiftKey)}
    >
      <span className={classes.box} data-chosen={isChosen || undefined}>
        {isChosen ? <IconCheck size={16} stroke={3} aria-hidden /> : null}
      </span>
    </button>
  );
}
