"use client";

import { ActionIcon, Badge, Collapse, Switch } from "@mantine/core";
import { IconChevronRight, IconPencil } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { WordView } from "@/lib/words/show-words";
import type { WordNode } from "./word-tree";
import classes from "./words.module.css";

interface BranchProps {
  node: WordNode;
  /** Whether what lies under it is shown, whatever one chose. */
  isOpen: boolean;
  onSwitch: (word: WordView, isOff: boolean) => void;
  onEdit: (word: WordView) => void;
}

/** A word with its pictures and its switch, and what lies under it, once it is opened. */
export function WordBranch({ node, isOpen, onSwitch, onEdit }: BranchProps) {
  const t = useTranslations("words");
  const id = useId();
  const [isChosen, setChosen] = useState(false);
  const { word, name, narrower } = node;
  const isShown = isOpen || isChosen;
  return (
    <li>
      <div className={classes.row} data-off={word.isOff || undefined}>
        {narrower.length > 0 ? (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t("narrower", { name })}
            aria-expanded={isShown}
            aria-controls={id}
            onClick={() => setChosen((shown) => !shown)}
          >
            <IconChevronRight
              size={18}
              className={classes.chevron}
              data-open={isShown || undefined}
              aria-hidden
            />
          </ActionIcon>
        ) : (
          <span className={classes.leaf} />
        )}
        <span className={classes.name}>
          {name}
          {word.names === null ? null : (
            <Badge size="sm" variant="light" tt="none">
              {t("own")}
            </Badge>
          )}
          {word.care === "balanced" ? null : (
            <Badge size="sm" variant="default" tt="none">
              {t(`cares.${word.care}`)}
            </Badge>
          )}
        </span>
        {word.count > 0 ? (
          <Link
            className={classes.count}
            href={`/gallery?${new URLSearchParams({ tag: name })}`}
            aria-label={t("pictures", { count: word.count, name })}
          >
            {t("count", { count: word.count })}
          </Link>
        ) : null}
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t("edit", { name })}
          title={t("edit", { name })}
          onClick={() => onEdit(word)}
        >
          <IconPencil size={18} stroke={1.8} aria-hidden />
        </ActionIcon>
        <Switch
          aria-label={t("switch", { name })}
          checked={!word.isOff}
          onChange={(event) => onSwitch(word, !event.currentTarget.checked)}
        />
      </div>
      {narrower.length > 0 ? (
        <Collapse expanded={isShown} id={id}>
          {isShown ? (
            <ul className={classes.branch} aria-label={t("narrower", { name })}>
              {narrower.map((each) => (
                <WordBranch key={each.word.word} {...{ node: each, isOpen, onSwitch, onEdit }} />
              ))}
            </ul>
          ) : null}
        </Collapse>
      ) : null}
    </li>
  );
}
