"use client";

import { Textarea, UnstyledButton } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Section } from "../_form/section";
import classes from "./create.module.css";
import { IDEAS, type IdeaKind } from "./ideas";

interface PromptPanelProps {
  prompt: string;
  /** Which ideas are offered. */
  ideas: IdeaKind;
  title?: string;
  onChange: (prompt: string) => void;
  /** Other ways to come to a prompt. */
  children?: ReactNode;
}

const MOST_CHARACTERS = 2000;

/** What is to be seen, in one's own words; ideas for those who have none yet. */
export function PromptPanel({ prompt, ideas, title, onChange, children }: PromptPanelProps) {
  const t = useTranslations("create.prompt");
  const locale = useLocale();
  return (
    <Section title={title ?? t("title")}>
      <Textarea
        aria-label={title ?? t("title")}
        placeholder={t("placeholder")}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={MOST_CHARACTERS}
        value={prompt}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <p className={classes.ideasTitle}>{t("ideas")}</p>
      <ul className={classes.ideas}>
        {IDEAS[ideas].map((idea) => (
          <li key={idea.en}>
            <UnstyledButton className={classes.idea} onClick={() => onChange(idea[locale])}>
              {idea[locale]}
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {children ? <div className={classes.afterIdeas}>{children}</div> : null}
    </Section>
  );
}
