"use client";

import { useTranslations } from "next-intl";
import { ArtFacts } from "@/app/_ui/verdict/art-facts";
import { readArtReport } from "@/app/_ui/verdict/art-report";
import type { PictureDetails } from "@/lib/pictures/describe-picture";
import { qrPictureInput } from "@/lib/scenarios/qr-picture/qr-picture.job";
import classes from "../_result/result.module.css";
import { ResultView } from "../_result/result-view";

interface ArtResultProps {
  code: PictureDetails;
  /** Candidates that were left out, since they were read too badly. */
  refused: number;
  onAgain: () => void;
  onBack: () => void;
}

/** A finished candidate: what was drawn, what was woven in, and who reads it before and after. */
export function ArtResult({ code, refused, onAgain, onBack }: ArtResultProps) {
  const t = useTranslations("create.qrArt");
  const settings = qrPictureInput.safeParse(code.settings);
  const report = readArtReport(code.verdict);
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
      {report ? <ArtFacts report={report} /> : null}
      {refused > 0 ? <p className={classes.note}>{t("refused", { count: refused })}</p> : null}
    </>
  );
}
