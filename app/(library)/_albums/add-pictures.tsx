"use client";

import { Button, Modal, Text } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import type { PictureView } from "@/lib/pictures/describe-picture";
import { MAX_SELECTED } from "@/lib/pictures/selected-pictures";
import { fileUrl, loadPage } from "../_gallery/gallery-api";
import { useSay } from "../_gallery/use-say";
import classes from "./albums.module.css";

interface AddProps {
  opened: boolean;
  onClose: () => void;
  /** Pictures that the album has already, as far as one sees. */
  known: readonly PictureView[];
  onAdd: (pictures: readonly PictureView[]) => Promise<void>;
}

/** One's gallery in a dialog, to choose from. */
export function AddPictures({ opened, onClose, known, onAdd }: AddProps) {
  const t = useTranslations("albums.pick");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("title")}
      size="xl"
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Choice {...{ onClose, known, onAdd }} />
    </Modal>
  );
}

function Choice({ onClose, known, onAdd }: Omit<AddProps, "opened">) {
  const t = useTranslations("albums.pick");
  const say = useSay();
  const { pictures, next, isBusy, more } = useGallery();
  const [chosen, setChosen] = useState<readonly PictureView[]>([]);
  const others = pictures.filter(({ id }) => !known.some((one) => one.id === id));
  const toggle = (picture: PictureView) =>
    setChosen((before) =>
      before.includes(picture)
        ? before.filter((one) => one !== picture)
        : [...before, picture].slice(0, MAX_SELECTED),
    );
  const add = async () => {
    try {
      await onAdd(chosen);
      onClose();
    } catch (error) {
      say.failed(error);
    }
  };
  if (others.length === 0 && next === null && !isBusy)
    return (
      <Text c="dimmed">{t.rich("nothing", { link: (words) => <Link href="/gallery">{words}</Link> })}</Text>
    );
  return (
    <>
      <ul className={classes.pickGrid}>
        {others.map((picture) => (
          <PickTile
            key={picture.id}
            {...{ picture, isChosen: chosen.includes(picture) }}
            onToggle={() => toggle(picture)}
          />
        ))}
      </ul>
      <div className={classes.pickFoot}>
        {next !== null || isBusy ? (
          <Button variant="default" loading={isBusy} onClick={more}>
            {t("more")}
          </Button>
        ) : (
          <span />
        )}
        <Button onClick={add} disabled={chosen.length === 0}>
          {t("add", { count: chosen.length })}
        </Button>
      </div>
    </>
  );
}

interface PickProps {
  picture: PictureView;
  isChosen: boolean;
  onToggle: () => void;
}

function PickTile({ picture, isChosen, onToggle }: PickProps) {
  const t = useTranslations("gallery");
  return (
    <li>
      <button type="button" className={classes.pick} aria-pressed={isChosen} onClick={onToggle}>
        <img src={fileUrl(picture, 320)} alt={picture.title || t("untitled")} loading="lazy" />
        {isChosen ? (
          <span className={classes.picked}>
            <IconCheck size={16} stroke={3} aria-hidden />
          </span>
        ) : null}
      </button>
    </li>
  );
}

/** One's pictures, page by page. */
function useGallery() {
  const say = useSay();
  const [state, setState] = useState<{
    pictures: readonly PictureView[];
    next: string | null;
    isBusy: boolean;
  }>({
    ...{ pictures: [], next: null, isBusy: true },
  });
  const load = useCallback(
    async (cursor: string | null) => {
      setState((before) => ({ ...before, isBusy: true }));
      try {
        const page = await loadPage("all", {}, cursor);
        setState(({ pictures }) => ({
          pictures: cursor === null ? page.pictures : [...pictures, ...page.pictures],
          next: page.nextCursor,
          isBusy: false,
        }));
      } catch (error) {
        setState((before) => ({ ...before, isBusy: false }));
        say.failed(error);
      }
    },
    [say.failed],
  );
  useEffect(() => void load(null), [load]);
  return { ...state, more: () => load(state.next) };
}
