"use client";

import { ActionIcon, CopyButton, Group, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { RestoredDrawing } from "@/lib/drawing/restore-drawing";
import type { PictureDetails } from "@/lib/pictures/describe-picture";
import { loadDrawing } from "../_gallery/gallery-api";
import { drawnWith } from "./drawn-with";
import { Fact } from "./fact";
import classes from "./lightbox.module.css";

/** What a picture was drawn from and with, where it was asked for here, or its file says. */
export function DrawingFacts({ details }: { details: PictureDetails }) {
  const t = useTranslations("gallery.details.drawn");
  const format = useFormatter();
  const facts = drawnWith(details.settings, useRestored(details));
  if (!facts) return null;
  const number = (value: number) => format.number(value, { useGrouping: false });
  return (
    <>
      {facts.prompt === null ? null : (
        <Fact name={t("prompt")}>
          <Copyable text={facts.prompt} />
        </Fact>
      )}
      {facts.negative === null ? null : (
        <Fact name={t("negative")}>
          <Copyable text={facts.negative} />
        </Fact>
      )}
      {facts.model === null ? null : <Fact name={t("model")}>{facts.model}</Fact>}
      {facts.seed === null ? null : <Fact name={t("seed")}>{number(facts.seed)}</Fact>}
      {facts.steps === null ? null : <Fact name={t("steps")}>{number(facts.steps)}</Fact>}
      {facts.sampler === null ? null : <Fact name={t("sampler")}>{facts.sampler}</Fact>}
      {facts.guidance === null ? null : <Fact name={t("guidance")}>{number(facts.guidance)}</Fact>}
    </>
  );
}

function Copyable({ text }: { text: string }) {
  const t = useTranslations("gallery.details.drawn");
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <span className={classes.words}>{text}</span>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Tooltip label={t(copied ? "copied" : "copy")}>
            <ActionIcon variant="subtle" size="sm" aria-label={t(copied ? "copied" : "copy")} onClick={copy}>
              {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}

/** What the picture's file says; null until it is known, and where it says nothing. */
function useRestored({ id, kind, mime }: PictureDetails): RestoredDrawing | null {
  const [restored, setRestored] = useState<RestoredDrawing | null>(null);
  // Photos say nothing of the kind, and codes are told by what they were made from.
  const mayTell = kind === "drawing" || (kind === "upload" && mime === "image/png");
  useEffect(() => {
    if (!mayTell) return;
    let isGone = false;
    // The picture is there without it.
    loadDrawing(id).then(
      (loaded) => isGone || setRestored(loaded),
      () => {},
    );
    return () => {
      isGone = true;
    };
  }, [id, mayTell]);
  return restored;
}
