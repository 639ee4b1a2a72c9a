"use client";

import { ActionIcon, Menu, Modal, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { modals } from "@mantine/modals";
import { IconDotsVertical, IconDownload, IconPencil, IconTrash } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { AlbumView } from "@/lib/albums/describe-album";
import { useSay } from "../_gallery/use-say";
import { albumZipUrl, changeAlbum, deleteAlbum } from "./album-api";
import { TitleForm } from "./title-form";

interface MenuProps {
  album: AlbumView;
  onChanged: (album: AlbumView) => void;
  onDeleted: (album: AlbumView) => void;
}

/** What one does with a whole album. */
export function AlbumMenu({ album, onChanged, onDeleted }: MenuProps) {
  const t = useTranslations("albums");
  const [isRenaming, renaming] = useDisclosure(false);
  const confirmDelete = useConfirmDelete(album, onDeleted);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t("menu", { title: album.title })}>
            <IconDotsVertical size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={renaming.open}>
            {t("rename.action")}
          </Menu.Item>
          {album.pictureCount > 0 ? (
            <Menu.Item
              component="a"
              href={albumZipUrl(album.id)}
              download
              leftSection={<IconDownload size={16} aria-hidden />}
            >
              {t("download")}
            </Menu.Item>
          ) : null}
          <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={confirmDelete}>
            {t("delete.action")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={isRenaming}
        onClose={renaming.close}
        title={t("rename.title")}
        closeButtonProps={{ "aria-label": t("close") }}
      >
        <RenameForm {...{ album, onChanged }} onDone={renaming.close} />
      </Modal>
    </>
  );
}

function RenameForm({ album, onChanged, onDone }: Omit<MenuProps, "onDeleted"> & { onDone: () => void }) {
  const t = useTranslations("albums");
  const say = useSay();
  const rename = async (title: string) => {
    try {
      onChanged(await changeAlbum(album.id, { title }));
      onDone();
    } catch (error) {
      say.failed(error);
    }
  };
  return <TitleForm label={t("name")} action={t("rename.save")} title={album.title} onTitle={rename} />;
}

/** The order of an album can't be brought back, so deleting it asks. */
function useConfirmDelete(album: AlbumView, onDeleted: (album: AlbumView) => void) {
  const t = useTranslations("albums.delete");
  const say = useSay();
  return () =>
    modals.openConfirmModal({
      title: t("confirmTitle", { title: album.title }),
      children: <Text size="sm">{t("confirmText")}</Text>,
      labels: { confirm: t("confirm"), cancel: t("keep") },
      confirmProps: { color: "red" },
      onConfirm: async () => {
        try {
          await deleteAlbum(album.id);
          onDeleted(album);
        } catch (error) {
          say.failed(error);
        }
      },
    });
}
