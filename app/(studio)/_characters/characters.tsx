"use client";

import { Text, TextInput } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useMaking } from "@/app/_ui/making/use-making";
import type { DrawingModels } from "@/lib/drawing/list-drawing-models";
import type { LoraView } from "@/lib/drawing/list-lora-cards";
import { CHARACTER_ALBUM } from "@/lib/scenarios/character-album/character-album.job";
import { BeginButton } from "../_create/begin-button";
import { DrawingAdvanced } from "../_create/drawing-advanced";
import { useKeptForm } from "../_create/use-kept-form";
import { Workbench } from "../_create/workbench";
import { Section } from "../_form/section";
import { AlbumStage } from "./album-stage";
import { CHARACTERS_FIELDS, type CharactersForm, firstAlbum, writtenScenes } from "./characters-form";
import { LoraChoice } from "./lora-choice";
import { ScenesPanel } from "./scenes-panel";

interface CharactersProps {
  models: DrawingModels;
  loras: readonly LoraView[];
}

/** An album of one character in many places. */
export function Characters({ models, loras }: CharactersProps) {
  const t = useTranslations("create.characters");
  const locale = useLocale();
  const who = loras.filter(({ draws }) => draws !== "style");
  const styles = loras.filter(({ draws }) => draws !== "character");
  const first = who.find(({ draws }) => draws === "character") ?? who[0];
  const { values, change } = useKeptForm("characters", CHARACTERS_FIELDS, firstAlbum(first?.name ?? null));
  const { making, make, retry, cancel, clear } = useMaking(CHARACTER_ALBUM);
  // What was kept may have been removed since.
  const character = who.find(({ name }) => name === values.character) ?? null;
  const style = styles.find(({ name }) => name === values.style) ?? null;
  const input = character && inputOf(values, character.name, style?.name ?? null);
  const count = values.scenes === "written" ? writtenScenes(values).length : values.count;
  const obstacle = input === null ? t("missing.character") : count === 0 ? t("missing.scenes") : null;
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
              value={character?.name ?? null}
              onChange={(name) => change({ character: name })}
            />
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
          {styles.length > 0 ? (
            <Section title={t("style")}>
              <LoraChoice
                legend={t("style")}
                loras={styles}
                value={style?.name ?? null}
                none={t("noStyle")}
                onChange={(name) => change({ style: name })}
              />
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
          name={character?.title?.[locale] ?? character?.name ?? ""}
          onCancel={cancel}
          onRetry={(jobId) => (jobId ? retry(jobId) : begin())}
          onDismiss={clear}
          begin={<BeginButton label={t("begin", { count })} obstacle={obstacle} onBegin={begin} />}
        />
      }
    />
  );
}

function inputOf(values: CharactersForm, character: string, style: string | null) {
  const { options, about, scenes, count } = values;
  const written = writtenScenes(values);
  return {
    ...{ ...options, about, character: { name: character }, style: style === null ? null : { name: style } },
    ...(scenes === "written"
      ? { scenes: { written }, count: written.length }
      : { scenes: { set: scenes }, count }),
  };
}
