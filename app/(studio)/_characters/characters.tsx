"use client";

import { Alert, Box, Text, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { useMaking } from "@/app/_ui/making/use-making";
import { familyOf, fitsFamily } from "@/lib/drawing/fits-model";
import type { DrawingModels } from "@/lib/drawing/list-drawing-models";
import type { LoraView } from "@/lib/drawing/list-lora-cards";
import {
  CHARACTER_ALBUM,
  MOST_ALBUM_TITLE_CHARACTERS,
  MOST_SCENE_CHARACTERS,
} from "@/lib/scenarios/character-album/character-album.job";
import { BeginButton } from "../_create/begin-button";
import { DrawingAdvanced } from "../_create/drawing-advanced";
import { PartSlider } from "../_create/part-slider";
import { useKeptForm } from "../_create/use-kept-form";
import { useUnfit } from "../_create/use-unfit";
import { Workbench } from "../_create/workbench";
import { Section } from "../_form/section";
import { AlbumStage } from "./album-stage";
import {
  albumCount,
  albumOf,
  CHARACTERS_FIELDS,
  firstAlbum,
  longScene,
  MOST_WEIGHT,
  writtenScenes,
} from "./characters-form";
import { LoraChoice } from "./lora-choice";
import { ScenesPanel } from "./scenes-panel";

interface CharactersProps {
  models: DrawingModels;
  loras: readonly LoraView[];
}

/** An album of one character in many places. */
export function Characters({ models, loras }: CharactersProps) {
  const t = useTranslations("create.characters");
  const advanced = useTranslations("create.advanced");
  const locale = useLocale();
  const who = loras.filter(({ draws }) => draws !== "style");
  const styles = loras.filter(({ draws }) => draws !== "character");
  const first = who.find(({ draws }) => draws === "character") ?? who[0];
  const { values, change } = useKeptForm("characters", CHARACTERS_FIELDS, firstAlbum(first?.name ?? null));
  const { making, make, retry, cancel, clear } = useMaking(CHARACTER_ALBUM);
  // What was kept may have been removed since.
  const character = who.find(({ name }) => name === values.character) ?? null;
  const style = styles.find(({ name }) => name === values.style) ?? null;
  // Who ships is drawn with the model that ships, where nobody chose another.
  const isShipped = values.options.model === null && character?.family === "seedling";
  const family = isShipped ? "seedling" : familyOf(models, values.options.model);
  const strange = [character, style].find((lora) => lora && !fitsFamily(lora, family)) ?? null;
  const titleOf = (lora: LoraView) => lora.title?.[locale] ?? lora.name.replace(/^.*\//, "");
  const usual = isShipped ? { ...models, usual: "seedling" } : models;
  const unfit = useUnfit(values.options, usual);
  const input = character && albumOf(values, character.name, style?.name ?? null);
  const count = albumCount(values);
  const misfit = strange
    ? advanced("unfit", { name: titleOf(strange), model: values.options.model ?? usual.usual ?? "" })
    : unfit;
  const hasNoScene = values.scenes === "written" && writtenScenes(values).length === 0;
  const long = longScene(values);
  const scenesMisfit = hasNoScene
    ? t("missing.scenes")
    : long && t("missing.long", { number: long, most: MOST_SCENE_CHARACTERS });
  const obstacle = input === null ? t("missing.character") : scenesMisfit || misfit;
  const begin = () => input && void make({ ...input, language: locale });
  return (
    <Workbench
      headline={t("headline")}
      lead={t("lead")}
      controls={
        <>
          <Section title={t("who")}>
            {who.length === 0 ? <Text size="sm">{t("nobody")}</Text> : null}
            <LoraChoice
              legend={t("who")}
              loras={who}
              fits={(lora) =>
                (values.options.model === null && lora.family === "seedling") ||
                fitsFamily(lora, familyOf(models, values.options.model))
              }
              value={character?.name ?? null}
              onChange={(name) => change({ character: name, characterWeight: null })}
            />
            {character ? (
              <Box mt="md">
                <PartSlider
                  label={t("weight.label")}
                  ends={[t("weight.least"), t("weight.most")]}
                  max={MOST_WEIGHT}
                  value={values.characterWeight ?? character.weight}
                  onChange={(characterWeight) => change({ characterWeight })}
                />
              </Box>
            ) : null}
            <TextInput
              mt="sm"
              label={t("about")}
              description={t("aboutText")}
              placeholder={t("aboutExample")}
              maxLength={300}
              value={values.about}
              onChange={(event) => change({ about: event.currentTarget.value })}
            />
          </Section>
          <ScenesPanel values={values} onChange={change} />
          <Section title={t("albumTitle")} hint={t("albumTitleText")}>
            <TextInput
              aria-label={t("albumTitle")}
              maxLength={MOST_ALBUM_TITLE_CHARACTERS}
              value={values.title}
              onChange={(event) => change({ title: event.currentTarget.value })}
            />
          </Section>
          {misfit ? (
            <Alert color="orange" icon={<IconAlertTriangle aria-hidden />}>
              {misfit}
            </Alert>
          ) : null}
          {styles.length > 0 ? (
            <Section title={t("style")}>
              <LoraChoice
                legend={t("style")}
                loras={styles}
                fits={(lora) => fitsFamily(lora, family)}
                value={style?.name ?? null}
                none={t("noStyle")}
                onChange={(name) => change({ style: name, styleWeight: null })}
              />
              {style ? (
                <Box mt="md">
                  <PartSlider
                    label={t("styleWeight.label")}
                    ends={[t("styleWeight.least"), t("styleWeight.most")]}
                    max={MOST_WEIGHT}
                    value={values.styleWeight ?? style.weight}
                    onChange={(styleWeight) => change({ styleWeight })}
                  />
                </Box>
              ) : null}
            </Section>
          ) : null}
          <DrawingAdvanced
            options={values.options}
            models={models}
            onChange={(some) => change({ options: { ...values.options, ...some } })}
          />
        </>
      }
      stage={
        <AlbumStage
          making={making}
          name={character ? titleOf(character) : ""}
          onCancel={cancel}
          onRetry={(jobId) => (jobId ? retry(jobId) : begin())}
          onDismiss={clear}
          begin={<BeginButton label={t("begin", { count })} obstacle={obstacle} onBegin={begin} />}
        />
      }
    />
  );
}
