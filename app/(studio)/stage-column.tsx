"use client";

import { Button } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { FailureCard } from "@/app/_ui/making/failure-card";
import { MakingStatus } from "@/app/_ui/making/making-status";
import { ProgressCard } from "@/app/_ui/making/progress-card";
import type { useMaking } from "@/app/_ui/making/use-making";
import {
  type QR_PICTURE,
  type QrPictureInput,
  qrPictureInput,
} from "@/lib/scenarios/qr-picture/qr-picture.job";
import { type Options, optionsFrom } from "./_form/studio-form";
import { MakeBar } from "./_make/make-bar";
import type { PreviewAnswer } from "./_preview/preview-answer";
import { ResultLoading, ResultView } from "./_result/result-view";
import { useFinishedCode } from "./_result/use-finished-code";
import { Stage } from "./stage";
import classes from "./studio.module.css";

interface StageColumnProps {
  making: ReturnType<typeof useMaking<typeof QR_PICTURE>>;
  /** What would be made now; null while the text is missing. */
  input: QrPictureInput | null;
  options: Options;
  answer: PreviewAnswer | null;
  missing: string | null;
  obstacle: string | null;
  codeSourceUrl: (picture: Options["picture"]) => string | null;
  onSurprise: () => void;
}

/** The live preview and the way from there to a finished code. */
export function StageColumn(props: StageColumnProps) {
  const { input, options, answer, missing, obstacle, codeSourceUrl, onSurprise } = props;
  const { making, make, retry, cancel, clear } = props.making;
  const t = useTranslations("studio.make");
  const code = useFinishedCode(making);
  // A finished code steps aside as soon as something is changed: the preview is what answers to the hand.
  const now = JSON.stringify(input);
  const [seenWith, setSeenWith] = useState<string | null>(null);
  const done = making.phase === "done";
  if (!done && seenWith !== null) setSeenWith(null);
  if (done && seenWith === null) setSeenWith(now);
  const showResult = done && seenWith === now;

  const result = useRef<HTMLDivElement>(null);
  const isShown = showResult && code !== null;
  useEffect(() => {
    // On a phone the form may be scrolled far down when the code is ready.
    const top = result.current?.getBoundingClientRect().top ?? 0;
    if (isShown && top < 0) result.current?.scrollIntoView({ block: "start" });
  }, [isShown]);

  const another = () => {
    const again = qrPictureInput.safeParse({ ...(code?.settings as object), seed: nextSeed(code?.settings) });
    if (again.success) void make(again.data);
  };

  if (showResult && code) {
    const madeWith = optionsFrom(code.settings, options);
    return (
      <div className={classes.result} ref={result}>
        <MakingStatus making={making} />
        <ResultView
          code={code}
          options={madeWith}
          sourceUrl={madeWith.look === "classic" ? null : codeSourceUrl(madeWith.picture)}
          onAnother={another}
          onBack={clear}
        />
      </div>
    );
  }
  const working = making.phase === "working" ? making : null;
  const starting = making.phase === "starting";
  return (
    <div className={classes.stageColumn}>
      <MakingStatus making={making} />
      <Stage answer={answer} missing={missing} busy={working !== null} />
      {showResult ? <ResultLoading /> : null}
      {done && !showResult ? (
        <Button
          variant="light"
          rightSection={<IconArrowRight size={18} aria-hidden />}
          onClick={() => setSeenWith(now)}
        >
          {t("showResult")}
        </Button>
      ) : null}
      {making.phase === "failed" ? (
        <FailureCard
          failure={making}
          onRetry={
            making.retryable ? () => (making.jobId ? retry(making.jobId) : input && make(input)) : null
          }
          onDismiss={clear}
        />
      ) : null}
      {working || starting ? (
        <ProgressCard
          progress={working?.progress ?? 0}
          stage={working?.stage ?? "queued"}
          onCancel={working ? () => cancel(working.jobId) : null}
        />
      ) : (
        <MakeBar
          obstacle={obstacle}
          busy={starting}
          onMake={() => input && make(input)}
          onSurprise={onSurprise}
        />
      )}
    </div>
  );
}

/** The next seed after the one a code was made with. */
function nextSeed(settings: unknown): number {
  const seed = (settings as { seed?: unknown } | null)?.seed;
  return typeof seed === "number" ? (seed + 1) >>> 0 : 1;
}
