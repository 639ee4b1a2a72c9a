"use client";

import { Button, Group, Modal, Stack, TagsInput, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { PictureView } from "@/lib/pictures/describe-picture";
import type { SortedPictures } from "@/lib/search/sort-pictures";
import { addPictures, createAlbum, loadAlbums } from "../_albums/album-api";
import { fileUrl, sortPictures } from "../_gallery/gallery-api";
import { useOwnWords } from "../_gallery/use-own-words";
import { useSay } from "../_gallery/use-say";
import classes from "./selection.module.css";

/** As many as show what a group is like. */
const SHOWN = 6;
const MOST_LABELS = 20;

interface SortProps {
  ids: readonly string[];
  opened: boolean;
  onClose: () => void;
  onSorted: () => void;
}

/** Sorts the chosen pictures into groups that one names; what comes of it is shown before albums are made of it. */
export function SortInto({ ids, opened, onClose, onSorted }: SortProps) {
  const t = useTranslations("gallery.sort");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("title")}
      closeButtonProps={{ "aria-label": t("close") }}
      size="lg"
    >
      <Sorter {...{ ids, onClose, onSorted }} />
    </Modal>
  );
}

function Sorter({ ids, onClose, onSorted }: Omit<SortProps, "opened">) {
  const t = useTranslations("gallery.sort");
  const say = useSay();
  const { names, load } = useOwnWords();
  const [labels, setLabels] = useState<string[]>([]);
  const [sorted, setSorted] = useState<SortedPictures | null>(null);
  const [isBusy, setBusy] = useState(false);
  const doing = async (work: () => Promise<void>) => {
    setBusy(true);
    await work().catch(say.failed);
    setBusy(false);
  };
  const look = () => doing(async () => setSorted(await sortPictures(ids, labels)));
  const keep = () =>
    doing(async () => {
      const groups = sorted!.groups.filter(({ pictures }) => pictures.length > 0);
      for (const { label, pictures } of groups) await fill(label, pictures);
      say.done(t("done", { count: groups.length }));
      onClose();
      onSorted();
    });
  return (
    <Stack gap="md">
      <TagsInput
        label={t("labels")}
        placeholder={labels.length === 0 ? t("placeholder") : ""}
        description={t("hint")}
        classNames={{ inputField: classes.plainField ?? "" }}
        data={names}
        limit={8}
        maxTags={MOST_LABELS}
        value={labels}
        onFocus={load}
        onChange={(chosen) => {
          setLabels(chosen);
          setSorted(null);
        }}
      />
      {sorted ? <Groups sorted={sorted} /> : null}
      <Group justify="flex-end">
        {sorted?.groups.some(({ pictures }) => pictures.length > 0) ? (
          <Button loading={isBusy} onClick={keep}>
            {t("keep")}
          </Button>
        ) : (
          <Button loading={isBusy} disabled={labels.length === 0} onClick={look}>
            {t("look", { count: ids.length })}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** Into the album of that name, or a new one. */
async function fill(label: string, pictures: readonly PictureView[]): Promise<void> {
  const albums = await loadAlbums();
  const same = albums.find(({ title }) => title.toLowerCase() === label.toLowerCase());
  const album = same ?? (await createAlbum(label));
  await addPictures(
    album.id,
    pictures.map(({ id }) => id),
  );
}

function Groups({ sorted: { groups, others } }: { sorted: SortedPictures }) {
  const t = useTranslations("gallery.sort");
  const shown = [...groups, ...(others.length > 0 ? [{ label: t("others"), pictures: others }] : [])];
  return (
    <ul className={classes.groups} aria-label={t("groups")}>
      {shown.map(({ label, pictures }) => (
        <li key={label}>
          <Text fw={600} size="sm">
            {label} · {pictures.length}
          </Text>
          <div className={classes.groupPictures}>
            {pictures.slice(0, SHOWN).map((picture) => (
              <img key={picture.id} src={fileUrl(picture, 320)} alt="" className={classes.groupPicture} />
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}
