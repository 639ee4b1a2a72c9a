"use client";

import { Alert, Button, Loader, SegmentedControl } from "@mantine/core";
import { IconArrowLeft, IconLayoutGrid, IconRefresh } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { readCode, readVerdict } from "@/app/_ui/verdict/verdict";
import { VerdictCard } from "@/app/_ui/verdict/verdict-card";
import type { PictureDetails } from "@/lib/pictures/describe-picture";
import type { Options } from "../_form/studio-form";
import { usePicture } from "../_preview/use-picture";
import { ChangeMap } from "./change-map";
import { CompareSlider } from "./compare-slider";
import { DownloadMenu } from "./download-menu";
import classes from "./result.module.css";
import { useComparison } from "./use-comparison";

interface ResultViewProps {
  code: PictureDetails;
  /** What the code was made with. */
  options: Options;
  /** Address of the picture that went in, or null where the code does not show it. */
  sourceUrl: string | null;
  onAnother: () => void;
  onBack: () => void;
}

type View = "code" | "compare" | "changes";

/** A finished code: the picture, what was changed, who reads it, and the ways to take it along. */
export function ResultView({ code, options, sourceUrl, onAnother, onBack }: ResultViewProps) {
  const t = useTranslations("studio.result");
  const [view, setView] = useState<View>("code");
  const codeUrl = `/api/pictures/${code.id}/file?v=${code.revision}`;
  const source = usePicture(sourceUrl);
  const result = usePicture(codeUrl);
  const made = readCode(code.verdict);
  const comparison = useComparison(source.image, result.image, made.version, options.focus);
  const verdict = readVerdict(code.verdict);
  return (
    <div className={classes.result}>
      {sourceUrl ? (
        <SegmentedControl
          disabled={!comparison}
          fullWidth
          value={view}
          onChange={setView}
          aria-label={t("view")}
          data={(["code", "compare", "changes"] as const).map((value) => ({
            value,
            label: t(`views.${value}`),
          }))}
        />
      ) : null}
      {view === "compare" && comparison ? (
        <CompareSlider before={comparison.before} afterUrl={codeUrl} />
      ) : view === "changes" && comparison ? (
        <ChangeMap comparison={comparison} afterUrl={codeUrl} />
      ) : (
        <div className={classes.frame}>
          <img src={codeUrl} alt={t("codeAlt")} className={classes.layer} />
          {result.image || result.broken ? null : (
            <div className={classes.waiting}>
              <ResultLoading />
            </div>
          )}
        </div>
      )}
      {result.broken ? <Alert color="red">{t("broken")}</Alert> : null}
      <div className={classes.actions}>
        <DownloadMenu pictureId={code.id} look={options.look} sizePx={code.width} />
        <Button variant="default" leftSection={<IconRefresh size={18} aria-hidden />} onClick={onAnother}>
          {t("another")}
        </Button>
        <Button
          variant="default"
          component={Link}
          href="/gallery"
          leftSection={<IconLayoutGrid size={18} aria-hidden />}
        >
          {t("openGallery")}
        </Button>
        <Button variant="subtle" leftSection={<IconArrowLeft size={18} aria-hidden />} onClick={onBack}>
          {t("back")}
        </Button>
      </div>
      {verdict ? <VerdictCard verdict={verdict} level={made.level ?? options.level} /> : null}
    </div>
  );
}

/** While the finished code's record is on its way. */
export function ResultLoading() {
  const t = useTranslations("common");
  return <Loader type="bars" aria-label={t("loading")} />;
}
