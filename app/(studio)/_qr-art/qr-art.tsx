"use client";

import { Alert, SegmentedControl, Text } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useMaking } from "@/app/_ui/making/use-making";
import type { DrawingModels } from "@/lib/drawing/list-drawing-models";
import { PICTURE_STYLES } from "@/lib/drawing/picture-styles.input";
import { QR_ART } from "@/lib/scenarios/qr-art/qr-art.job";
import { BeginButton } from "../_create/begin-button";
import { DrawingAdvanced } from "../_create/drawing-advanced";
import { IDEAS } from "../_create/ideas";
import { MadeStage } from "../_create/made-stage";
import { PartSlider } from "../_create/part-slider";
import { PromptPanel } from "../_create/prompt-panel";
import { StyleCards } from "../_create/style-cards";
import { useKeptForm } from "../_create/use-kept-form";
import { useUnfit } from "../_create/use-unfit";
import { Workbench } from "../_create/workbench";
import { ContentPanel } from "../_form/content-panel";
import { LevelPanel } from "../_form/level-panel";
import { Section } from "../_form/section";
import { useStudioForm } from "../_form/use-studio-form";
import { ArtResult } from "./art-result";
import { firstQrArt, QR_ART_FIELDS } from "./qr-art-form";
import { useArtStart } from "./use-art-start";

const COUNTS = ["1", "2", "4", "8"];

interface QrArtProps {
  models: DrawingModels;
  /** A code to draw another like; null: none. */
  likeId: string | null;
}

/** A code that is drawn from words: several candidates, the best first. */
export function QrArt({ models, likeId }: QrArtProps) {
  const t = useTranslations("create.qrArt");
  const create = useTranslations("create");
  const missing = useTranslations("studio.missing");
  const locale = useLocale();
  const studio = useStudioForm(undefined);
  const kept = useKeptForm("qr-art", QR_ART_FIELDS, firstQrArt(IDEAS.code[0][locale]));
  const { values, change, isRestored } = kept;
  useArtStart(likeId, isRestored, change);
  const { making, make, retry, cancel, clear } = useMaking(QR_ART);
  const { payload } = studio;
  const { prompt, style, blend, level, candidates, options } = values;
  const input = payload.ok
    ? { ...options, text: payload.text, prompt, style, blend, level, candidates }
    : null;
  const unfit = useUnfit(options, models);
  const model = options.model ?? models.usual;
  const choice = models.checkpoints.find(({ id }) => id === model);
  const noControl = choice?.canDrawCodes === false ? t("noControl", { model: choice.id }) : null;
  const obstacle =
    input === null ? missing("text") : prompt.trim() === "" ? t("missing") : (noControl ?? unfit);
  const refused = "made" in making ? (making.made?.refused ?? 0) : 0;
  return (
    <Workbench
      headline={t("headline")}
      lead={t("lead")}
      controls={
        <>
          <ContentPanel studio={studio} />
          <PromptPanel prompt={prompt} ideas="code" onChange={(text) => change({ prompt: text })} />
          <StyleCards
            styles={PICTURE_STYLES}
            folder="/styles/codes"
            value={style}
            none={create("noStyle")}
            onChange={(name) => change({ style: name })}
          />
          <Section title={t("blend.title")}>
            <PartSlider
              label={t("blend.label")}
              hint={t("blend.hint")}
              ends={[t("blend.least"), t("blend.most")]}
              value={blend}
              onChange={(part) => change({ blend: part })}
            />
            <Text size="sm" fw={600} mt="md" mb={6}>
              {t("candidates")}
            </Text>
            <SegmentedControl
              fullWidth
              aria-label={t("candidates")}
              value={String(candidates)}
              data={COUNTS}
              onChange={(count) => change({ candidates: Number(count) })}
            />
          </Section>
          <LevelPanel level={level} onChange={(name) => change({ level: name })} />
          <DrawingAdvanced
            options={options}
            models={models}
            onChange={(some) => change({ options: { ...options, ...some } })}
          />
        </>
      }
      stage={
        <MadeStage
          making={making}
          shape={1}
          onCancel={cancel}
          onRetry={(jobId) => (jobId ? retry(jobId) : input && make(input))}
          onDismiss={clear}
          show={(code) => (
            <ArtResult
              key={code.id}
              code={code}
              refused={refused}
              onAgain={() => input && make(input)}
              onBack={clear}
            />
          )}
          acts={() => null}
          begin={
            <>
              {noControl ? <Alert color="yellow">{noControl}</Alert> : null}
              <BeginButton label={t("begin")} obstacle={obstacle} onBegin={() => input && make(input)} />
            </>
          }
        />
      }
    />
  );
}
