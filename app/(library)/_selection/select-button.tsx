"use client";

import { Button } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { Selection } from "./use-selection";

/** Begins the choosing, for those who can't hover over a picture to find its box. */
export function SelectButton({ selection, disabled }: { selection: Selection; disabled: boolean }) {
  const t = useTranslations("gallery.select");
  return (
    <Button
      variant="default"
      disabled={disabled}
      onClick={selection.isOn ? selection.clear : selection.start}
      aria-pressed={selection.isOn}
      leftSection={<IconCircleCheck size={18} stroke={1.8} aria-hidden />}
    >
      {t(selection.isOn ? "stop" : "start")}
    </Button>
  );
}
