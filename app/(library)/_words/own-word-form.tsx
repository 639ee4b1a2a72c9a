"use client";

import { Button, Group, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { IconTagPlus, IconTrash } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { WordView } from "@/lib/words/show-words";
import { MAX_WORD_CHARS } from "@/lib/words/word-limits";
import { CareControl } from "./care-control";
import { liesUnder, nameIn } from "./word-tree";
import type { WordChange, WordDraft } from "./words-api";

interface FormProps {
  words: readonly WordView[];
  /** The word as it is; without one, a new one is made. */
  shown?: WordView;
  within: string | null;
  onKeep: (draft: WordDraft & Pick<WordChange, "care">) => Promise<unknown>;
  onRemove?: () => Promise<unknown>;
  onAddUnder?: (word: WordView) => void;
}

/** A word of one's own: its names, how else pictures of it may be described, and where it lies. */
export function OwnWordForm({ words, shown, within, onKeep, onRemove, onAddUnder }: FormProps) {
  const t = useTranslations("words");
  const locale = useLocale();
  const { en, zh, wordings } = shown?.names ?? { en: "", zh: "", wordings: [] };
  const [draft, setDraft] = useState({ en, zh, wordings: wordings.join("\n"), within });
  const [care, setCare] = useState(shown?.care ?? "balanced");
  const [isBusy, setBusy] = useState(false);
  const type = (change: Partial<typeof draft>) => setDraft((typed) => ({ ...typed, ...change }));
  const broader = words
    .filter(({ word }) => !shown || !liesUnder(words, word, shown.word))
    .map((each) => ({ value: each.word, label: nameIn(each, locale) }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const lines = draft.wordings.split("\n").filter((line) => line.trim() !== "");
    await onKeep({ ...draft, wordings: lines, ...(shown && { care }) }).finally(() => setBusy(false));
  };
  const names = [
    <TextInput
      key="en"
      label={t("en")}
      value={draft.en}
      maxLength={MAX_WORD_CHARS}
      onChange={(event) => type({ en: event.currentTarget.value })}
      autoComplete="off"
    />,
    <TextInput
      key="zh"
      label={t("zh")}
      value={draft.zh}
      maxLength={MAX_WORD_CHARS}
      onChange={(event) => type({ zh: event.currentTarget.value })}
      autoComplete="off"
    />,
  ];
  return (
    <Stack component="form" onSubmit={submit} gap="md">
      <Group grow align="start">
        {locale === "zh" ? names.toReversed() : names}
      </Group>
      <Textarea
        label={t("wordings")}
        description={t("wordingsHint")}
        placeholder={t("wordingsExample")}
        value={draft.wordings}
        autosize
        minRows={2}
        maxRows={6}
        onChange={(event) => type({ wordings: event.currentTarget.value })}
      />
      <Select
        label={t("within")}
        placeholder={t("withinNone")}
        data={broader}
        value={draft.within}
        searchable
        clearable
        clearButtonProps={{ "aria-label": t("withinClear") }}
        nothingFoundMessage={t("withinNothing")}
        onChange={(chosen) => type({ within: chosen })}
        comboboxProps={{ withinPortal: true }}
      />
      {shown ? <CareControl value={care} onChange={setCare} /> : null}
      <Group justify="space-between" mt="xs">
        <Group gap="xs">
          {onRemove ? (
            <Button
              variant="subtle"
              color="red"
              leftSection={<IconTrash size={18} stroke={1.8} aria-hidden />}
              onClick={onRemove}
            >
              {t("remove")}
            </Button>
          ) : null}
          {shown && onAddUnder ? (
            <Button
              variant="subtle"
              leftSection={<IconTagPlus size={18} stroke={1.8} aria-hidden />}
              onClick={() => onAddUnder(shown)}
            >
              {t("addUnder")}
            </Button>
          ) : null}
        </Group>
        <Button
          ml="auto"
          type="submit"
          loading={isBusy}
          disabled={draft.en.trim() === "" && draft.zh.trim() === ""}
        >
          {t(shown ? "save" : "add")}
        </Button>
      </Group>
    </Stack>
  );
}
