"use client";

import { useTranslations } from "next-intl";
import { z } from "zod";
import type { PictureDetails } from "@/lib/pictures/describe-picture";
import { qrPictureInput } from "@/lib/scenarios/qr-picture/qr-picture.job";
import classes from "../_result/result.module.css";
import { ResultView } from "../_result/result-view";

interface ArtResultProps {
  code: PictureDetails;
  onAgain: () => void;
  onBack: () => void;
}

/** Who read the drawing before anything was woven into it. */
const before = z.object({ before: z.object({ readers: z.number(), of: z.number() }) });

/** A finished candidate: what was drawn, what was woven in, and who reads it before and after. */
export function ArtResult({ code, onAgain, onBack }: ArtResultProps) {
  const t = useTranslations("create.qrArt");
  const settings = qrPictureInput.safeParse(code.settings);
  const read = before.safeParse(code.verdict);
  if (!settings.success) return null;
  return (
    <>
      <ResultView
        code={code}
        options={settings.data}
        sourceUrl={code.sourceId && `/api/pictures/${code.sourceId}/file`}
        onAnother={onAgain}
        onBack={onBack}
      />
      {read.success ? <p className={classes.note}>{t("before", read.data.before)}</p> : null}
    </>
  );
}
