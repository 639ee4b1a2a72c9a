"use client";

import { Button, Modal, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFolderPlus } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { AlbumView } from "@/lib/albums/describe-album";
import gallery from "../_gallery/gallery.module.css";
import { Sorting } from "../_sorting/sorting";
import { AlbumTile } from "./album-tile";
import classes from "./albums.module.css";
import { TitleForm } from "./title-form";
import { useAlbums } from "./use-albums";

/** Every album by its cover, in an order of one's own. */
export function Albums({ first }: { first: readonly AlbumView[] }) {
  const t = useTranslations("albums");
  const router = useRouter();
  const { albums, create, move, onChanged, onDeleted } = useAlbums(first);
  const [isMaking, making] = useDisclosure(false);
  const make = async (title: string) => {
    const album = await create(title);
    if (album) router.push(`/albums/${album.id}`);
  };
  const newButton = (
    <Button onClick={making.open} leftSection={<IconFolderPlus size={18} stroke={1.8} aria-hidden />}>
      {t("new")}
    </Button>
  );
  return (
    <div className={gallery.page}>
      <div className={gallery.head}>
        <Title order={1} className={gallery.title ?? ""}>
          {t("title")}
        </Title>
        {albums.length > 0 ? newButton : null}
      </div>
      {albums.length === 0 ? (
        <div className={gallery.empty}>
          <Title order={2} size="h3">
            {t("empty.title")}
          </Title>
          <Text c="dimmed" maw={440}>
            {t("empty.text")}
          </Text>
          {newButton}
        </div>
      ) : (
        <Sorting id="albums" items={albums} onMove={move}>
          <ul className={classes.grid} aria-label={t("title")}>
            {albums.map((album) => (
              <AlbumTile key={album.id} {...{ album, onChanged, onDeleted }} />
            ))}
          </ul>
        </Sorting>
      )}
      <Modal
        opened={isMaking}
        onClose={making.close}
        title={t("new")}
        closeButtonProps={{ "aria-label": t("close") }}
      >
        <TitleForm label={t("name")} action={t("create")} onTitle={make} />
      </Modal>
    </div>
  );
}
