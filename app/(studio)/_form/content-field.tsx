"use client";

import { PasswordInput, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { PayloadKind } from "@/lib/payload/payload";
import { WIFI_SECURITY } from "@/lib/payload/wifi";
import type { Field } from "./content-fields";

interface ContentFieldProps<K extends PayloadKind> {
  field: Field<K>;
  value: string | boolean;
  /** Key under `studio.content.problems`, or null. */
  problem: string | null;
  onLeave: () => void;
  onChange: (value: string | boolean) => void;
}

const PROBLEMS = ["required", "too_long", "not_encodable", "one_line", "email", "phone"] as const;

/** One labelled field of a content form. */
export function ContentField<K extends PayloadKind>({
  field,
  value,
  problem,
  onLeave,
  onChange,
}: ContentFieldProps<K>) {
  const t = useTranslations("studio.content");
  const label = t(`fields.${field.label}`);
  const known = PROBLEMS.find((key) => key === problem);
  const shared = {
    label,
    error: known ? t(`problems.${known}`) : undefined,
    autoComplete: field.autoComplete ?? "off",
    inputMode: field.inputMode,
    // A password is typed as it is, and so is everything else that a code repeats to the letter.
    spellCheck: false,
    autoCapitalize: "off",
    onBlur: onLeave,
  };
  switch (field.input) {
    case "switch":
      return (
        <Switch
          label={label}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
          mt={{ base: 0, xs: 30 }}
        />
      );
    case "security":
      return (
        <Select
          label={label}
          value={String(value)}
          allowDeselect={false}
          data={WIFI_SECURITY.map((kind) => ({ value: kind, label: t(`security.${kind}`) }))}
          onChange={(kind) => kind && onChange(kind)}
        />
      );
    case "lines":
      return (
        <Textarea
          {...shared}
          autosize
          minRows={2}
          maxRows={6}
          value={String(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "password":
      return (
        <PasswordInput
          {...shared}
          value={String(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
        />
      );
    case "line":
      return (
        <TextInput
          {...shared}
          value={String(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}
