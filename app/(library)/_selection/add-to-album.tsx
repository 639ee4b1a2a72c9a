"use client";

import { Button, Loader, Modal, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { AlbumView } from "@/lib/albums/describe-album";
import { addPictures, createAlbum, loadAlbums } from "../_albums/album-api";
import { TitleForm } from "../_albums/title-form";
import { fileUrl } from "../_gallery/gallery-api";
import { useSay } from "../_gallery/use-say";
import classes from "./selection.module.css";

interface AddProps {
  ids: readonly string[];
  opened: boolean;
  onClose: () => void;
  onAdded: () => void;
}

/** Which album the chosen pictures go to: one of those there are, or a new one. */
export function AddToAlbum({ ids, opened, onClose, onAdded }: AddProps) {
  const t = useTranslations("albums.add");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("title")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Choice {...{ ids, onClose, onAdded }} />
    </Modal>
  );
}

function Choice({ ids, onClose, onAdded }: Omit<AddProps, "opened">) {
  const t = useTranslations("albums.add");
  const say = useSay();
  const [albums, setAlbums] = useState<readonly AlbumView[] | null>(null);
  useEffect(() => {
    loadAlbums().then(setAlbums, (error) => {
      setAlbums([]);
      say.failed(error);
    });
  }, [say.failed]);

  const add = async ({ id, title }: Pick<AlbumView, "id" | "title">) => {
    try {
      const count = await addPictures(id, ids);
      say.done(t("done", { count, title }));
      onClose();
      onAdded();
    } catch (error) {
      say.failed(error);
    }
  };
  const addToNew = async (title: string) => add(await createAlbum(title));
  if (albums === null) return <Loader type="dots" aria-label={t("loading")} />;
  return (
    <>
      <TitleForm label={t("new")} action={t("create")} onTitle={addToNew} />
      {albums.length > 0 ? (
        <Text size="sm" c="dimmed" mt="md" mb={4}>
          {t("or")}
        </Text>
      ) : null}
      <ul className={classes.albums}>
        {albums.map((album) => (
          <li key={album.id}>
            <Button
              fullWidth
              variant="subtle"
              color="gray"
              justify="flex-start"
              className={classes.album ?? ""}
              onClick={() => add(album)}
              leftSection={
                album.cover ? (
                  <img src={fileUrl(album.cover, 320)} alt="" className={classes.thumb} />
                ) : (
                  <span className={classes.thumb} />
                )
              }
            >
              {album.title}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
