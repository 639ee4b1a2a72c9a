"use client";

import { Slider, Text, Textarea } from "@mantine/core";
import {
  IconHanger,
  IconLeaf,
  IconPencil,
  type IconProps,
  IconSunset2,
  IconWorld,
} from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { type ComponentType, useId } from "react";
import {
  ALBUM_COUNTS,
  MOST_SCENE_CHARACTERS,
  SCENE_SET_NAMES,
} from "@/lib/scenarios/character-album/character-album.job";
import { SCENE_SETS, type SceneSetName } from "@/lib/scenarios/character-album/scene-sets";
import { ChoiceCards } from "../_form/choice-cards";
import { Section } from "../_form/section";
import classes from "./characters.module.css";
import {
  albumCount,
  type CharactersForm,
  leastCount,
  longScene,
  MOST_LINES_CHARACTERS,
  writtenScenes,
} from "./characters-form";

interface ScenesPanelProps {
  values: CharactersForm;
  onChange: (some: Partial<CharactersForm>) => void;
}

const ICONS: Readonly<Record<SceneSetName | "written", ComponentType<IconProps>>> = {
  day: IconSunset2,
  seasons: IconLeaf,
  world: IconWorld,
  wardrobe: IconHanger,
  written: IconPencil,
};
/** Of a set's scenes, named on its card. */
const NAMED = 3;

/** Where to: a set of scenes, or scenes in one's own words. */
export function ScenesPanel({ values, onChange }: ScenesPanelProps) {
  const t = useTranslations("create.characters.scenes");
  const locale = useLocale();
  const countId = useId();
  const missing = useTranslations("create.characters.missing");
  const written = writtenScenes(values).length;
  const long = longScene(values);
  const [count, least] = [albumCount(values), leastCount(values)];
  const scenes = values.scenes === "written" ? written : SCENE_SETS[values.scenes].scenes.length;
  const media = (name: SceneSetName | "written") => {
    const Icon = ICONS[name];
    return <Icon size={26} aria-hidden />;
  };
  return (
    <Section title={t("title")}>
      <ChoiceCards
        legend={t("title")}
        layout="rows"
        choices={[
          ...SCENE_SET_NAMES.map((name) => ({
            value: name,
            label: SCENE_SETS[name][locale],
            text: t("such", { scenes: namedScenes(name, locale) }),
            media: media(name),
          })),
          { value: "written", label: t("written"), text: t("writtenText"), media: media("written") },
        ]}
        value={values.scenes}
        onChange={(scenes) => onChange({ scenes })}
      />
      {values.scenes === "written" ? (
        <Textarea
          mt="sm"
          label={t("lines")}
          description={t("linesText", { count: written, most: ALBUM_COUNTS.most })}
          error={long && missing("long", { number: long, most: MOST_SCENE_CHARACTERS })}
          placeholder={t("example")}
          autosize
          minRows={4}
          maxRows={12}
          maxLength={MOST_LINES_CHARACTERS}
          value={values.lines}
          onChange={(event) => onChange({ lines: event.currentTarget.value })}
        />
      ) : null}
      <div className={classes.count}>
        <Text size="sm" fw={600} id={countId}>
          {t("count", { count })}
        </Text>
        {count > scenes ? (
          <Text size="xs" c="dimmed" mb={4}>
            {t("repeats")}
          </Text>
        ) : null}
        <Slider
          min={least}
          max={ALBUM_COUNTS.most}
          value={count}
          label={null}
          disabled={least === ALBUM_COUNTS.most}
          thumbProps={{ "aria-labelledby": countId }}
          onChange={(chosen) => onChange({ count: chosen })}
        />
      </div>
    </Section>
  );
}

function namedScenes(name: SceneSetName, locale: "en" | "zh"): string {
  const { scenes } = SCENE_SETS[name];
  const shown = Array.from({ length: NAMED }, (_, i) => scenes[i * (scenes.length / NAMED) + 1]!);
  if (locale === "zh") return shown.map(({ zh }) => zh).join("、");
  return shown.map(({ en }) => en.replace(/^./, (first) => first.toLowerCase())).join(", ");
}
