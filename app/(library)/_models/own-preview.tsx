"use client";

import { Button, Group, Skeleton, Text } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { OwnPreview as Stands } from "@/lib/models/own-loras/own-previews";
import { useSay } from "../_gallery/use-say";
import classes from "./models.module.css";
import { drawPreview } from "./models-api";

/** How a preview stands, with what went wrong in the reader's words. */
export interface ToldPreview {
  readonly state: Stands["state"];
  readonly message: string | null;
}

/** What a LoRA of one's own draws, small; a place for it while it is drawn. */
export function OwnPreview({ id, title, preview }: { id: string; title: string; preview: ToldPreview }) {
  const t = useTranslations("models.own.preview");
  if (preview.state === "drawing") return <Skeleton className={classes.preview ?? ""} aria-hidden />;
  if (preview.state !== "there") return null;
  return (
    <img
      className={classes.preview}
      src={`/api/models/loras/${id}/preview`}
      alt={t("of", { name: title })}
      width={64}
      height={64}
    />
  );
}

/** Why there is no picture, where a person may wonder, and a way to one. */
export function PreviewNote({ id, preview }: { id: string; preview: ToldPreview }) {
  const t = useTranslations("models.own.preview");
  const say = useSay();
  const router = useRouter();
  const [isAsking, setAsking] = useState(false);
  if (preview.state === "there") return null;
  const draw = async () => {
    setAsking(true);
    await drawPreview(id).then(() => router.refresh(), say.failed);
    setAsking(false);
  };
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed">
        {preview.state === "failed" ? t("failed", { why: preview.message ?? "" }) : t(preview.state)}
      </Text>
      {preview.state === "none" || preview.state === "drawing" ? null : (
        <Button size="compact-sm" variant="default" loading={isAsking} onClick={draw}>
          {t(preview.state === "undrawn" ? "draw" : "again")}
        </Button>
      )}
    </Group>
  );
}
