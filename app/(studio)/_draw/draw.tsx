"use client";

import { Text } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useRef } from "react";
import { useMaking } from "@/app/_ui/making/use-making";
import { familyOf } from "@/lib/drawing/fits-model";
import type { DrawingModels } from "@/lib/drawing/list-drawing-models";
import { PICTURE_STYLES } from "@/lib/drawing/picture-styles.input";
import type { RestoredDrawing } from "@/lib/drawing/restore-drawing";
import { MOST_SHEET_CELLS } from "@/lib/drawing/x-y-sheet.input";
import type { PictureDetails } from "@/lib/pictures/describe-picture";
import type { ScenarioInput } from "@/lib/scenarios/scenario-inputs";
import { TEXT_TO_IMAGE } from "@/lib/scenarios/text-to-image/text-to-image.job";
import { BeginButton } from "../_create/begin-button";
import { DrawingAdvanced } from "../_create/drawing-advanced";
import { IDEAS } from "../_create/ideas";
import { MadeStage } from "../_create/made-stage";
import { PictureField } from "../_create/picture-field";
import { PromptPanel } from "../_create/prompt-panel";
import { StyleCards } from "../_create/style-cards";
import { useKeptForm } from "../_create/use-kept-form";
import { canFollowLines, useUnfit } from "../_create/use-unfit";
import { Workbench } from "../_create/workbench";
import { ControlFields } from "./control-fields";
import {
  DRAW_FIELDS,
  drawingOf,
  firstDrawing,
  formOfDrawing,
  formOfRestored,
  incompleteOf,
  ledSomewhere,
  maskOfDrawing,
  moreLike,
} from "./draw-form";
import { DrawnActs } from "./drawn-acts";
import { FromPanel } from "./from-panel";
import { HiresFields } from "./hires-fields";
import { MaskBrush } from "./mask-brush";
import { RestoreButton } from "./restore-button";
import { useTellRestored } from "./restored-drawing";
import { ShapePanel } from "./shape-panel";
import { cellsOf, isTooLarge } from "./sheet-form";
import { SheetPanel } from "./sheet-panel";
import { SizeFields } from "./size-fields";
import { type DrawStart, useDrawStart } from "./use-draw-start";
import { useMask } from "./use-mask";
import { VariationFields } from "./variation-fields";

const SHAPES = { square: 1, portrait: 3 / 4, landscape: 4 / 3 } as const;

/** Pictures from words, or from a picture and words. */
export function Draw({ models, start }: { models: DrawingModels; start: DrawStart | null }) {
  const t = useTranslations("create.draw");
  const create = useTranslations("create");
  const locale = useLocale();
  const { values, change, isRestored } = useKeptForm(
    "draw",
    DRAW_FIELDS,
    firstDrawing(IDEAS.draw[0][locale]),
  );
  const { making, make, retry, cancel, clear } = useMaking(TEXT_TO_IMAGE);
  const { mask, given, give, paint } = useMask(values.picture);
  useDrawStart(start, isRestored, change, give);
  const input = drawingOf(values, mask);
  const { sheet } = values;
  const cells = sheet ? cellsOf(sheet) : 0;
  const unfit = useUnfit(values.options, models, {
    followsLines: values.picture !== null && values.followsLines,
    controlnets: values.controls.map(({ model }) => model),
    upscaler: values.hires?.upscaler ?? null,
  });
  const incomplete = incompleteOf(values);
  const family = familyOf(models, values.options.model);
  const obstacle =
    values.prompt.trim() === ""
      ? t("missing")
      : sheet && isTooLarge(sheet)
        ? t("sheet.tooMany", { count: cells, most: MOST_SHEET_CELLS })
        : (unfit ?? (incomplete && t(`${incomplete}.incomplete`)));
  const tell = useTellRestored();
  const takeRestored = (drawing: RestoredDrawing) => {
    change(formOfRestored(drawing));
    give(null, null);
    tell(drawing);
  };
  const capped = "made" in making ? (making.made?.hiresTimes ?? null) : null;
  const asked = useRef<Asked | null>(null);
  const begin = (wanted: Asked | null) => {
    asked.current = wanted;
    if (wanted) void make(wanted);
  };
  const takeSettings = ({ settings }: PictureDetails) => {
    const form = formOfDrawing(settings);
    if (!form) return;
    change({ ...form, sheet: null });
    give(form.picture, maskOfDrawing(settings));
  };
  return (
    <Workbench
      headline={t("headline")}
      lead={t("lead")}
      controls={
        <>
          <PromptPanel prompt={values.prompt} ideas="draw" onChange={(prompt) => change({ prompt })}>
            <RestoreButton onRestored={takeRestored} />
          </PromptPanel>
          <StyleCards
            styles={PICTURE_STYLES}
            folder="/styles/drawings"
            value={values.style}
            none={create("noStyle")}
            onChange={(style) => change({ style })}
          />
          <ShapePanel values={values} onChange={change} />
          <PictureField pictureId={values.picture} onChange={(picture) => change({ picture })} />
          {values.picture === null ? null : (
            <FromPanel
              values={values}
              canFollow={canFollowLines(models, values.options.model)}
              onChange={change}
            >
              <MaskBrush
                key={`${values.picture} ${given}`}
                pictureId={values.picture}
                painted={mask}
                onChange={paint}
              />
            </FromPanel>
          )}
          <SheetPanel values={values} models={models} onChange={(sheet) => change({ sheet })} />
          <DrawingAdvanced
            options={values.options}
            models={models}
            onChange={(some) => change({ options: { ...values.options, ...some } })}
          >
            <SizeFields size={values.size} family={family} onChange={(size) => change({ size })} />
            <VariationFields values={values} onChange={change} />
            <ControlFields
              controls={values.controls}
              models={models}
              family={family}
              begunWith={values.picture}
              onChange={(controls) => change({ controls })}
            />
            <HiresFields
              hires={values.hires}
              models={models}
              isPainted={mask !== null}
              isSmall={family === "seedling"}
              onChange={(hires) => change({ hires })}
            />
          </DrawingAdvanced>
        </>
      }
      stage={
        <MadeStage
          making={making}
          shape={values.size ? values.size.width / values.size.height : SHAPES[values.aspect]}
          onCancel={cancel}
          onRetry={(jobId) => (jobId ? retry(jobId) : begin(asked.current))}
          onDismiss={clear}
          acts={(picture) => (
            <DrawnActs
              picture={picture}
              onTakeSettings={() => takeSettings(picture)}
              onVary={() => begin(moreLike(picture.settings, values.count))}
              onGoOn={() => change({ picture: picture.id })}
            />
          )}
          begin={
            <>
              {capped === null ? null : (
                <Text size="sm" c="dimmed">
                  {t("hires.capped", { times: capped })}
                </Text>
              )}
              <BeginButton
                label={
                  values.sheet ? t("sheet.begin", { count: cells }) : t("begin", { count: values.count })
                }
                obstacle={obstacle}
                onBegin={() => begin(input && ledSomewhere(input))}
              />
            </>
          }
        />
      }
    />
  );
}

type Asked = ScenarioInput<typeof TEXT_TO_IMAGE>;
