"use client";

import { Autocomplete } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useOwnWords } from "./use-own-words";

const SUGGESTIONS = 8;

interface TagFilterProps {
  tag: string | undefined;
  onChoose: (tag: string | undefined) => void;
}

/** Only pictures with a tag: one of those there are, or a wider word. */
export function TagFilter({ tag = "", onChoose }: TagFilterProps) {
  const t = useTranslations("gallery.filters");
  const { names, load } = useOwnWords();
  const [typed, setTyped] = useState(tag);
  const keep = (text: string) => text.trim() !== tag && onChoose(text.trim() || undefined);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        keep(typed);
      }}
    >
      <Autocomplete
        label={t("tag")}
        placeholder={t("tagHint")}
        maxLength={60}
        value={typed}
        data={typed === tag ? [] : names}
        limit={SUGGESTIONS}
        onFocus={load}
        onChange={setTyped}
        onOptionSubmit={keep}
        onBlur={() => keep(typed)}
        clearable
        onClear={() => keep("")}
        comboboxProps={{ withinPortal: false }}
      />
    </form>
  );
}
