"use client";

import { ColorInput, Select, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { Section } from "../_form/section";
import { GROUNDS, type Ground, type PortraitForm } from "./portrait-form";

type Part = Pick<PortraitForm, "ground" | "colour" | "place">;

/** What stands behind whoever is drawn. */
export function GroundPanel({
  ground,
  colour,
  place,
  onChange,
}: Part & { onChange: (some: Partial<Part>) => void }) {
  const t = useTranslations("create.portrait.ground");
  return (
    <Section title={t("title")} hint={t("method")}>
      <Select
        aria-label={t("title")}
        allowDeselect={false}
        value={ground}
        data={GROUNDS.map((value) => ({ value, label: t(value) }))}
        onChange={(value) => value && onChange({ ground: value as Ground })}
      />
      {ground === "colour" ? (
        <ColorInput
          mt="sm"
          aria-label={t("colour")}
          format="hex"
          value={colour}
          onChange={(value) => /^#[0-9a-f]{6}$/i.test(value) && onChange({ colour: value })}
        />
      ) : null}
      {ground === "prompt" ? (
        <TextInput
          mt="sm"
          aria-label={t("place")}
          placeholder={t("placeExample")}
          maxLength={500}
          value={place}
          onChange={(event) => onChange({ place: event.currentTarget.value })}
        />
      ) : null}
    </Section>
  );
}
