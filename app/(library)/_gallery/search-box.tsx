"use client";

import { ActionIcon, CloseButton, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import classes from "./gallery.module.css";

/** Finds pictures by words. A form that also works before any script has come. */
export function SearchBox({ words }: { words: string }) {
  const t = useTranslations("gallery.search");
  const router = useRouter();
  const [typed, setTyped] = useState(words);
  const go = (text: string) =>
    router.push(text.trim() ? `/gallery?q=${encodeURIComponent(text.trim())}` : "/gallery");
  return (
    <search className={classes.search}>
      <form
        action="/gallery"
        onSubmit={(event) => {
          event.preventDefault();
          go(typed);
        }}
      >
        <TextInput
          name="q"
          type="search"
          aria-label={t("label")}
          placeholder={t("placeholder")}
          maxLength={200}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          leftSectionPointerEvents="all"
          leftSection={
            <ActionIcon type="submit" aria-label={t("go")} variant="transparent" color="gray">
              <IconSearch size={18} stroke={1.8} aria-hidden />
            </ActionIcon>
          }
          rightSection={
            typed ? (
              <CloseButton
                size="sm"
                aria-label={t("clear")}
                onClick={() => {
                  setTyped("");
                  if (words) go("");
                }}
              />
            ) : null
          }
          enterKeyHint="search"
          autoComplete="off"
        />
      </form>
    </search>
  );
}
