"use client";

import { Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import classes from "./gallery.module.css";
import { PictureGrid } from "./picture-grid";

/** What a search found, as the page that shows it knows it. */
export interface Search {
  words: string;
  /** The title of the picture that others are to look like; null where words were typed. */
  like: string | null;
  /** Pictures that match; those behind them only come nearest. */
  matching: readonly string[];
  /** By picture: what it shows, in the reader's language. */
  shows: Readonly<Record<string, string>>;
  /** Pictures that nobody has looked at yet. */
  waiting: number;
  /** Why there is no answer, in the reader's language. */
  problem: string | null;
}

/** What matches; and below a line what comes nearest, for those who asked for something that is not quite there. */
export function SearchResults({
  search: { words, like, matching, shows, waiting, problem },
  pictures,
  ...doing
}: { search: Search } & ComponentProps<typeof PictureGrid>) {
  const t = useTranslations("gallery.search");
  const untitled = useTranslations("gallery");
  const known = new Set(matching);
  const [strong, weak] = [
    pictures.filter(({ id }) => known.has(id)),
    pictures.filter(({ id }) => !known.has(id)),
  ];
  const heading = () => {
    if (like !== null)
      return t(matching.length === 0 ? "noneSimilar" : words ? "similarWith" : "similar", {
        ...{ title: like || untitled("untitled"), words },
      });
    return t(matching.length > 0 ? "found" : "nothing", { words, count: strong.length });
  };
  return (
    <>
      <Text className={classes.hint ?? ""} role="status">
        {problem ?? heading()}
        {waiting > 0 ? ` ${t("waiting", { count: waiting })}` : ""}
      </Text>
      {strong.length > 0 ? <PictureGrid pictures={strong} shows={shows} {...doing} /> : null}
      {weak.length > 0 ? (
        <section className={classes.weak} aria-labelledby="weak-matches">
          <Title order={2} size="h4" id="weak-matches" className={classes.line ?? ""}>
            {t("line")}
          </Title>
          <PictureGrid pictures={weak} shows={shows} {...doing} />
        </section>
      ) : null}
    </>
  );
}
