"use client";

import { Button, Modal, Text, TextInput, Title } from "@mantine/core";
import { IconSearch, IconTagPlus } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import type { WordsView, WordView } from "@/lib/words/show-words";
import gallery from "../_gallery/gallery.module.css";
import { ShelfTabs } from "../_gallery/shelf-tabs";
import { OwnWordForm } from "./own-word-form";
import { ShippedWordForm } from "./shipped-word-form";
import { useWords } from "./use-words";
import { WordBranch } from "./word-branch";
import { nameIn, treeOf } from "./word-tree";
import classes from "./words.module.css";

/** What is open beside the tree: a new word, or a change to one. */
type Open = { readonly draft: "new"; readonly within: string | null } | { readonly word: string };

/** The words that one's pictures are told by, as a tree: to switch, to add, to move, to take away. */
export function Words({ first }: { first: WordsView }) {
  const t = useTranslations("words");
  const locale = useLocale();
  const { words, waiting, add, change, remove } = useWords(first);
  const [asked, setAsked] = useState("");
  const [open, setOpen] = useState<Open | null>(null);
  const tree = useMemo(() => treeOf(words, locale, asked), [words, locale, asked]);
  const close = () => setOpen(null);
  const shown = open && "word" in open ? words.find(({ word }) => word === open.word) : undefined;
  const addUnder = ({ word }: WordView) => setOpen({ draft: "new", within: word });
  return (
    <div className={gallery.page}>
      <div className={gallery.head}>
        <Title order={1} className={gallery.title ?? ""}>
          {t("title")}
        </Title>
        <Button
          onClick={() => setOpen({ draft: "new", within: null })}
          leftSection={<IconTagPlus size={18} stroke={1.8} aria-hidden />}
        >
          {t("new")}
        </Button>
      </div>
      <div className={gallery.bar}>
        <ShelfTabs shelf="words" />
      </div>
      <Text className={gallery.hint ?? ""} maw={680}>
        {t("hint")}
      </Text>
      <TextInput
        type="search"
        className={classes.find ?? ""}
        aria-label={t("find")}
        placeholder={t("find")}
        value={asked}
        onChange={(event) => setAsked(event.currentTarget.value)}
        leftSection={<IconSearch size={18} stroke={1.8} aria-hidden />}
        autoComplete="off"
      />
      <Text role="status" className={classes.waiting ?? ""}>
        {waiting > 0 ? t("waiting", { count: waiting }) : ""}
      </Text>
      {tree.length === 0 ? <Text c="dimmed">{t("none", { asked })}</Text> : null}
      <ul className={classes.tree} aria-label={t("title")}>
        {tree.map((node) => (
          <WordBranch
            key={node.word.word}
            node={node}
            isOpen={asked.trim() !== ""}
            onSwitch={({ word }, isOff) => change(word, { isOff })}
            onEdit={({ word }) => setOpen({ word })}
          />
        ))}
      </ul>
      <Modal
        opened={open !== null && (shown !== undefined || "draft" in open)}
        onClose={close}
        title={shown ? t("titleOf", { name: nameIn(shown, locale) }) : t("new")}
        closeButtonProps={{ "aria-label": t("close") }}
      >
        {open && "draft" in open ? (
          <OwnWordForm
            {...{ words, within: open.within }}
            onKeep={async (draft) => (await add(draft)) && close()}
          />
        ) : null}
        {shown?.names ? (
          <OwnWordForm
            key={shown.word}
            {...{ words, shown, within: shown.within, onAddUnder: addUnder }}
            onKeep={async (draft) => (await change(shown.word, draft)) && close()}
            onRemove={async () => (await remove(shown.word)) && close()}
          />
        ) : null}
        {shown && !shown.names ? (
          <ShippedWordForm
            {...{ words, shown, onAddUnder: addUnder }}
            onChange={(wanted) => change(shown.word, wanted)}
          />
        ) : null}
      </Modal>
    </div>
  );
}
