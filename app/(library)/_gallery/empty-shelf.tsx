"use client";

import { Button, FileButton, Text, Title } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Shelf } from "@/lib/pictures/list-pictures";
import classes from "./gallery.module.css";

/** An empty shelf says what belongs there, and takes one to where it comes from. */
export function EmptyShelf({ shelf, onAdd }: { shelf: Shelf; onAdd: (files: File[]) => void }) {
  const t = useTranslations("gallery.empty");
  return (
    <div className={classes.empty}>
      <BlankWall />
      <Title order={2} size="h3">
        {t(`${shelf}.title`)}
      </Title>
      <Text c="dimmed" maw={420} ta="center">
        {t(`${shelf}.text`)}
      </Text>
      {shelf === "trash" ? null : <EmptyAction shelf={shelf} onAdd={onAdd} label={t(`${shelf}.action`)} />}
    </div>
  );
}

function EmptyAction({
  shelf,
  onAdd,
  label,
}: {
  shelf: Exclude<Shelf, "trash">;
  onAdd: (files: File[]) => void;
  label: ReactNode;
}) {
  if (shelf === "pictures")
    return (
      <FileButton onChange={onAdd} accept="image/*,.zip,application/zip" multiple>
        {(props) => <Button {...props}>{label}</Button>}
      </FileButton>
    );
  return (
    <Button component={Link} href={PLACES[shelf]}>
      {label}
    </Button>
  );
}

/** Where such pictures come from. */
const PLACES = { all: "/", codes: "/", drawings: "/create/draw", favourites: "/gallery" } as const;

/** Frames without pictures; the last one waits for yours. */
function BlankWall() {
  return (
    <svg className={classes.wall} viewBox="0 0 220 120" width="220" height="120" aria-hidden="true">
      <rect x="8" y="26" width="56" height="72" rx="10" />
      <rect x="76" y="8" width="76" height="50" rx="10" />
      <rect x="76" y="70" width="44" height="42" rx="10" className={classes.wallNext} />
      <path d="M98 83v16M90 91h16" className={classes.wallNext} />
      <rect x="132" y="70" width="80" height="34" rx="10" />
      <rect x="164" y="20" width="48" height="38" rx="10" />
    </svg>
  );
}
