"use client";

import { Alert, Button, Center, Loader, Modal, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { ApiError } from "@/app/_ui/api/api-client";
import type { PictureView } from "@/lib/pictures/describe-picture";
import classes from "./gallery-picker.module.css";
import { listPictures, pictureUrl } from "./picture-api";

interface GalleryPickerProps {
  opened: boolean;
  onClose: () => void;
  onPick: (id: string) => void;
}

/** The pictures one has uploaded, in a dialog, newest first. */
export function GalleryPicker({ opened, onClose, onPick }: GalleryPickerProps) {
  const t = useTranslations("studio.picker");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("title")}
      size="xl"
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <PickerGrid onPick={onPick} />
    </Modal>
  );
}

function PickerGrid({ onPick }: { onPick: (id: string) => void }) {
  const t = useTranslations("studio.picker");
  const [pictures, setPictures] = useState<readonly PictureView[]>([]);
  const [state, setState] = useState<{ next: string | null; busy: boolean; problem: string | null }>({
    next: null,
    busy: true,
    problem: null,
  });

  const load = useCallback(
    async (cursor: string | null, signal: AbortSignal) => {
      setState((before) => ({ ...before, busy: true }));
      try {
        const page = await listPictures(cursor, signal);
        setPictures((before) => (cursor ? [...before, ...page.pictures] : page.pictures));
        setState({ next: page.nextCursor, busy: false, problem: null });
      } catch (error) {
        if (signal.aborted) return;
        const problem = error instanceof ApiError && error.message ? error.message : t("failed");
        setState({ next: null, busy: false, problem });
      }
    },
    [t],
  );
  useEffect(() => {
    const controller = new AbortController();
    void load(null, controller.signal);
    return () => controller.abort();
  }, [load]);

  if (state.problem) return <Alert color="red">{state.problem}</Alert>;
  if (pictures.length === 0 && !state.busy) return <Text c="dimmed">{t("empty")}</Text>;
  return (
    <>
      <ul className={classes.grid}>
        {pictures.map((picture) => (
          <li key={picture.id}>
            <button type="button" className={classes.pick} onClick={() => onPick(picture.id)}>
              <img src={pictureUrl(picture.id, 320)} alt={picture.title || t("untitled")} loading="lazy" />
            </button>
          </li>
        ))}
      </ul>
      <Center mt="md">
        {state.busy ? <Loader type="dots" aria-label={t("loading")} /> : null}
        {state.next && !state.busy ? (
          <Button variant="default" onClick={() => load(state.next, new AbortController().signal)}>
            {t("more")}
          </Button>
        ) : null}
      </Center>
    </>
  );
}
