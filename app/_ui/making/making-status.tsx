"use client";

import { VisuallyHidden } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { Making } from "./job-update";

/** Says in words, for those who listen, how far the making is; in quarters, so that it doesn't chatter. */
export function MakingStatus({ making }: { making: Making }) {
  const t = useTranslations("studio.make.status");
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {making.phase === "working" ? t("working", { percent: Math.floor(making.progress * 4) * 25 }) : null}
      {making.phase === "done" ? t("done") : null}
      {making.phase === "cancelled" ? t("cancelled") : null}
    </VisuallyHidden>
  );
}
