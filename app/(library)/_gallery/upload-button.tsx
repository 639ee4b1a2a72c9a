"use client";

import { Button, CloseButton, FileButton, Progress, Text } from "@mantine/core";
import { IconPhotoPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./gallery.module.css";
import type { UploadProgress } from "./use-uploads";

interface UploadButtonProps {
  uploads: { progress: UploadProgress | null; add: (files: File[]) => void; cancel: () => void };
}

/** Chooses files to add, and shows how far they are. */
export function UploadButton({ uploads: { progress, add, cancel } }: UploadButtonProps) {
  const t = useTranslations("gallery.upload");
  if (progress)
    return (
      <div className={classes.upload}>
        <div className={classes.uploadText}>
          <Text size="sm" truncate>
            {t("sending", { name: progress.name })}
          </Text>
          <Progress value={progress.part * 100} size="sm" aria-label={t("progress")} />
        </div>
        <CloseButton aria-label={t("cancel")} onClick={cancel} />
      </div>
    );
  return (
    <FileButton onChange={add} accept="image/*" multiple>
      {(props) => (
        <Button {...props} leftSection={<IconPhotoPlus size={18} stroke={1.8} aria-hidden />}>
          {t("button")}
        </Button>
      )}
    </FileButton>
  );
}
