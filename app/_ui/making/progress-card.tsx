"use client";

import { Button, Progress, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import classes from "./progress-card.module.css";

interface ProgressCardProps {
  progress: number;
  /** Key under `studio.stages`; one that is not there reads as plain work. */
  stage: string;
  onCancel: (() => void) | null;
}

/** How far the making is, and the way out. */
export function ProgressCard({ progress, stage, onCancel }: ProgressCardProps) {
  const t = useTranslations("studio.make");
  const stages = useTranslations("studio.stages");
  const key = stage as Parameters<typeof stages>[0];
  const words = stages.has(key) ? stages(key) : stages("working");
  return (
    <div className={classes.card}>
      <div className={classes.row}>
        <Text fw={600} size="sm">
          {words}
        </Text>
        {onCancel ? (
          <Button size="compact-sm" variant="subtle" onClick={onCancel}>
            {t("cancel")}
          </Button>
        ) : null}
      </div>
      <Progress
        value={Math.max(progress * 100, 3)}
        size="lg"
        radius="xl"
        animated
        aria-label={t("progress")}
      />
    </div>
  );
}
