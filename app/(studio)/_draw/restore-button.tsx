"use client";

import { Alert, Button, Modal, Progress, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFileImport, IconPhotoPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import { useDropzone } from "react-dropzone";
import { ApiError } from "@/app/_ui/api/api-client";
import type { RestoredDrawing } from "@/lib/drawing/restore-drawing";
import panel from "../_picture/picture-panel.module.css";
import { usePastedPicture } from "../_picture/use-pasted-picture";
import { useUpload } from "../_picture/use-upload";
import { fetchDrawing } from "./restored-drawing";

interface RestoreButtonProps {
  onRestored: (drawing: RestoredDrawing) => void;
}

/** Takes up the settings that a picture carries in its file. */
export function RestoreButton({ onRestored }: RestoreButtonProps) {
  const t = useTranslations("create.draw.restore");
  const [isOpen, dialog] = useDisclosure(false);
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconFileImport size={18} aria-hidden />}
        onClick={dialog.open}
      >
        {t("open")}
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={t("title")}
        closeButtonProps={{ "aria-label": t("close") }}
      >
        <RestorePanel
          onRestored={(drawing) => {
            dialog.close();
            onRestored(drawing);
          }}
        />
      </Modal>
    </>
  );
}

function RestorePanel({ onRestored }: RestoreButtonProps) {
  const t = useTranslations("create.draw.restore");
  const words = useTranslations("studio.picture");
  const [problem, setProblem] = useState<string | null>(null);
  const read = useCallback(
    async (id: string) => {
      try {
        const drawing = await fetchDrawing(id, new AbortController().signal);
        if (drawing) onRestored(drawing);
        else setProblem(t("nothing"));
      } catch (error) {
        setProblem((error instanceof ApiError && error.message) || words("uploadFailed"));
      }
    },
    [onRestored, t, words],
  );
  const { upload, start } = useUpload(read);
  const begin = (file: File) => {
    setProblem(null);
    void start(file);
  };
  usePastedPicture(begin);
  const { getRootProps, getInputProps, isDragActive, open } = useDropzone({
    ...{ multiple: false, noClick: true, noKeyboard: true },
    onDrop: ([file]) => file && begin(file),
  });
  const failed = upload.state === "failed" ? upload.message || words("uploadFailed") : problem;
  return (
    <Stack gap="sm">
      <Text size="sm">{t("hint")}</Text>
      <div {...getRootProps({ className: panel.drop, "data-over": isDragActive || undefined })}>
        <input {...getInputProps({ "aria-label": t("choose") })} />
        <Button variant="light" leftSection={<IconPhotoPlus size={18} aria-hidden />} onClick={open}>
          {t("choose")}
        </Button>
      </div>
      {upload.state === "sending" ? (
        <Progress
          value={upload.progress * 100}
          aria-label={words("uploading", { name: upload.name })}
          animated
        />
      ) : null}
      {failed === null ? null : (
        <Alert color="red" role="alert">
          {failed}
        </Alert>
      )}
    </Stack>
  );
}
