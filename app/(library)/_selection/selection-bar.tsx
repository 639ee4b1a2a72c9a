"use client";

import { Button, CloseButton, Text } from "@mantine/core";
import { IconDownload, IconFolderPlus, IconHeart, IconStack2, IconTrash } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { useSay } from "../_gallery/use-say";
import { AddToAlbum } from "./add-to-album";
import { saveZip } from "./save-zip";
import classes from "./selection.module.css";
import { SortInto } from "./sort-into";
import type { Selection } from "./use-selection";

interface BarProps {
  selection: Selection;
  onFavourite: (ids: readonly string[]) => void;
  onTrash: (ids: readonly string[]) => void;
  /** What else can be done here. */
  children?: ReactNode;
}

/** What one can do with everything that is chosen. */
export function SelectionBar({ selection, onFavourite, onTrash, children }: BarProps) {
  const t = useTranslations("gallery.select");
  const say = useSay();
  const [isFiling, setFiling] = useState(false);
  const [isSorting, setSorting] = useState(false);
  if (!selection.isOn) return null;
  const ids = [...selection.ids];
  const save = () => saveZip(ids, () => say.failed(null));
  return (
    <section className={classes.bar} aria-label={t("bar")}>
      <CloseButton aria-label={t("clear")} onClick={selection.clear} />
      <Text fw={600} size="sm" role="status" className={classes.count ?? ""}>
        {t("count", { count: ids.length })}
      </Text>
      <Button size="compact-sm" variant="subtle" onClick={selection.all}>
        {t("all")}
      </Button>
      <div className={classes.acts}>
        <BarButton label={t("addToAlbum")} Icon={IconFolderPlus} ids={ids} onClick={() => setFiling(true)} />
        <BarButton label={t("sort")} Icon={IconStack2} ids={ids} onClick={() => setSorting(true)} />
        {children}
        <BarButton label={t("favourite")} Icon={IconHeart} ids={ids} onClick={() => onFavourite(ids)} />
        <BarButton label={t("download")} Icon={IconDownload} ids={ids} onClick={save} />
        <BarButton label={t("trash")} Icon={IconTrash} ids={ids} onClick={() => onTrash(ids)} />
      </div>
      <SortInto ids={ids} opened={isSorting} onClose={() => setSorting(false)} onSorted={selection.clear} />
      <AddToAlbum ids={ids} opened={isFiling} onClose={() => setFiling(false)} onAdded={selection.clear} />
    </section>
  );
}

interface BarButtonProps {
  label: string;
  Icon: typeof IconTrash;
  ids: readonly string[];
  onClick: () => void;
}

/** One act; on a phone its sign alone. Nothing can be done while nothing is chosen. */
export function BarButton({ label, Icon, ids, onClick }: BarButtonProps) {
  return (
    <button
      type="button"
      className={classes.act}
      disabled={ids.length === 0}
      onClick={onClick}
      title={label}
      aria-label={label}
    >
      <Icon size={20} stroke={1.8} aria-hidden />
      <span>{label}</span>
    </button>
  );
}
