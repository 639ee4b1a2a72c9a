"use client";

import { Alert, Button } from "@mantine/core";
import { IconLayoutGrid, IconUserScan, IconWand } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { useMaking } from "@/app/_ui/making/use-making";
import type { DrawingModels } from "@/lib/drawing/list-drawing-models";
import type { PhotoTrait } from "@/lib/drawing/photo-trait.input";
import { PORTRAIT } from "@/lib/scenarios/portrait/portrait.job";
import { PORTRAIT_STYLES } from "@/lib/scenarios/portrait/portrait-styles.input";
import { BeginButton } from "../_create/begin-button";
import { DrawingAdvanced } from "../_create/drawing-advanced";
import { MadeActs } from "../_create/made-acts";
import { MadeStage } from "../_create/made-stage";
import { PartSlider } from "../_create/part-slider";
import { PictureField } from "../_create/picture-field";
import { StyleCards } from "../_create/style-cards";
import { useKeptForm } from "../_create/use-kept-form";
import { useUnfit } from "../_create/use-unfit";
import { Workbench } from "../_create/workbench";
import { Section } from "../_form/section";
import { CropField } from "./crop-field";
import { GroundPanel } from "./ground-panel";
import { HoldField } from "./hold-field";
import { detailOf, FIRST_PORTRAIT, PORTRAIT_FIELDS, portraitOf, sheetOf } from "./portrait-form";
import { SheetPanel } from "./sheet-panel";
import { WhoPanel } from "./who-panel";

interface PortraitProps {
  models: DrawingModels;
  /** What of a photo each checkpoint can hold. */
  held: Readonly<Record<string, readonly PhotoTrait[]>>;
}

/** A photo as a portrait in a style. */
export function Portrait({ models, held }: PortraitProps) {
  const t = useTranslations("create.portrait");
  const language = useLocale();
  const { values, change } = useKeptForm("portrait", PORTRAIT_FIELDS, FIRST_PORTRAIT);
  const { making, make, retry, cancel, clear } = useMaking(PORTRAIT);
  const unfit = useUnfit(values.options, models);
  const traits = held[values.options.model ?? models.usual ?? ""] ?? [];
  const portrait = portraitOf(values, traits);
  const input = portrait && { ...portrait, language };
  const sheet = sheetOf(values);
  const made = "made" in making ? making.made : null;
  const isFaceless = made?.isFaceFound === false && values.crop === null;
  const begin = (
    <>
      <BeginButton
        label={t("begin")}
        obstacle={input === null ? t("missing") : unfit}
        onBegin={() => input && make(input)}
      />
      <Button
        variant="subtle"
        disabled={input === null || unfit !== null || sheet === null}
        leftSection={<IconLayoutGrid size={18} aria-hidden />}
        onClick={() => input && sheet && make({ ...input, sheet })}
      >
        {sheet
          ? t("sheet", { styles: sheet.styles.length, strengths: sheet.strengths.length })
          : t("compare.title")}
      </Button>
    </>
  );
  return (
    <Workbench
      headline={t("headline")}
      lead={t("lead")}
      controls={
        <>
          <PictureField pictureId={values.photo} onChange={(photo) => change({ photo, crop: null })} />
          {values.photo === null ? null : (
            <CropField photo={values.photo} crop={values.crop} onChange={(crop) => change({ crop })} />
          )}
          <WhoPanel {...values} onChange={change} />
          <StyleCards
            styles={PORTRAIT_STYLES}
            folder="/styles"
            value={values.style}
            onChange={(style) => style && change({ style })}
          />
          <Section title={t("how")}>
            <PartSlider
              label={t("strength.label")}
              ends={[t("strength.least"), t("strength.most")]}
              value={values.strength}
              onChange={(strength) => change({ strength })}
            />
            <PartSlider
              label={t("likeness.label")}
              ends={[t("likeness.least"), t("likeness.most")]}
              value={values.likeness}
              onChange={(likeness) => change({ likeness })}
            />
            <HoldField traits={traits} value={values.hold} onChange={(hold) => change({ hold })} />
          </Section>
          <GroundPanel {...values} onChange={change} />
          <SheetPanel values={values} onChange={change} />
          <DrawingAdvanced
            options={values.options}
            models={models}
            onChange={(some) => change({ options: { ...values.options, ...some } })}
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
          acts={(picture) => {
            const own = detailOf(picture, made?.sheet ?? null);
            return (
              <>
                {isFaceless ? (
                  <Alert w="100%" icon={<IconUserScan aria-hidden />} title={t("noFace.title")}>
                    {t("noFace.text")}
                  </Alert>
                ) : null}
                <MadeActs picture={picture}>
                  {own ? (
                    <Button
                      variant="default"
                      leftSection={<IconWand size={18} aria-hidden />}
                      onClick={() => {
                        change({ style: own.style, strength: own.strength });
                        void make(own);
                      }}
                    >
                      {t("detail")}
                    </Button>
                  ) : null}
                </MadeActs>
              </>
            );
          }}
          begin={begin}
        />
      }
    />
  );
}
