"use client";

import { Chip, Group, Text } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useMaking } from "@/app/_ui/making/use-making";
import type { DrawingModels } from "@/lib/drawing/list-drawing-models";
import { PRODUCT, THING_SCALE } from "@/lib/scenarios/product/product.job";
import {
  PRODUCT_SIZE_NAMES,
  PRODUCT_SIZES,
  type ProductSize,
} from "@/lib/scenarios/product/product-sizes.input";
import { BeginButton } from "../_create/begin-button";
import { DrawingAdvanced } from "../_create/drawing-advanced";
import { IDEAS } from "../_create/ideas";
import { MadeActs } from "../_create/made-acts";
import { MadeStage } from "../_create/made-stage";
import { PartSlider } from "../_create/part-slider";
import { PictureField } from "../_create/picture-field";
import { PromptPanel } from "../_create/prompt-panel";
import { useKeptForm } from "../_create/use-kept-form";
import { useUnfit } from "../_create/use-unfit";
import { Workbench } from "../_create/workbench";
import { inkOnClay } from "../_form/ink-on-clay";
import { Section } from "../_form/section";
import { firstProduct, PRODUCT_FIELDS } from "./product-form";

/** A thing from a photo in another place, in the sizes that shops ask for. */
export function Product({ models }: { models: DrawingModels }) {
  const t = useTranslations("create.product");
  const locale = useLocale();
  const { values, change } = useKeptForm("product", PRODUCT_FIELDS, firstProduct(IDEAS.place[0][locale]));
  const { making, make, retry, cancel, clear } = useMaking(PRODUCT);
  const { photo, prompt, sizes, scale, light, shadow, options } = values;
  const unfit = useUnfit(options, models);
  const input = photo === null ? null : { ...options, photo, prompt, sizes, scale, light, shadow };
  return (
    <Workbench
      headline={t("headline")}
      lead={t("lead")}
      controls={
        <>
          <PictureField pictureId={photo} onChange={(id) => change({ photo: id })} />
          <PromptPanel
            title={t("place")}
            prompt={prompt}
            ideas="place"
            onChange={(text) => change({ prompt: text })}
          />
          <Section title={t("sizes")}>
            <Chip.Group
              multiple
              value={sizes}
              onChange={(names) => change({ sizes: names as ProductSize[] })}
            >
              <Group gap="xs">
                {PRODUCT_SIZE_NAMES.map((name) => (
                  <Chip key={name} value={name} vars={inkOnClay}>
                    {t(`size.${name}`)}
                    <Text span size="xs" ml={6}>
                      {PRODUCT_SIZES[name].width} × {PRODUCT_SIZES[name].height}
                    </Text>
                  </Chip>
                ))}
              </Group>
            </Chip.Group>
          </Section>
          <Section title={t("how")}>
            <PartSlider
              label={t("scale.label")}
              ends={[t("scale.least"), t("scale.most")]}
              min={THING_SCALE.least}
              max={THING_SCALE.most}
              value={scale}
              onChange={(value) => change({ scale: value })}
            />
            <PartSlider
              label={t("light.label")}
              ends={[t("light.least"), t("light.most")]}
              value={light}
              onChange={(value) => change({ light: value })}
            />
            <PartSlider
              label={t("shadow.label")}
              ends={[t("shadow.least"), t("shadow.most")]}
              value={shadow}
              onChange={(value) => change({ shadow: value })}
            />
          </Section>
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
          acts={(picture) => <MadeActs picture={picture} />}
          begin={
            <BeginButton
              label={t("begin", { count: sizes.length })}
              obstacle={obstacleOf(values, t) ?? unfit}
              onBegin={() => input && make(input)}
            />
          }
        />
      }
    />
  );
}

function obstacleOf(
  { photo, prompt, sizes }: { photo: string | null; prompt: string; sizes: readonly string[] },
  t: (key: "missing.photo" | "missing.prompt" | "missing.sizes") => string,
): string | null {
  if (photo === null) return t("missing.photo");
  if (prompt.trim() === "") return t("missing.prompt");
  return sizes.length === 0 ? t("missing.sizes") : null;
}
