"use client";

import { Button, Group, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronLeft, IconFolderMinus, IconPhotoPlus, IconPhotoStar } from "@tabler/icons-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import type { AlbumView } from "@/lib/albums/describe-album";
import type { PicturePage } from "@/lib/pictures/list-pictures";
import gallery from "../_gallery/gallery.module.css";
import { LoadMore } from "../_gallery/load-more";
import { SearchBox } from "../_gallery/search-box";
import { usePictureActs } from "../_gallery/use-picture-acts";
import { useSay } from "../_gallery/use-say";
import { PictureLightbox } from "../_lightbox/picture-lightbox";
import { SelectButton } from "../_selection/select-button";
import { BarButton, SelectionBar } from "../_selection/selection-bar";
import { useSelection } from "../_selection/use-selection";
import { ShareButton } from "../_shares/share-button";
import { Sorting } from "../_sorting/sorting";
import { AddPictures } from "./add-pictures";
import { AlbumMenu } from "./album-menu";
import { AlbumPictureTile } from "./album-picture-tile";
import { AlbumRows } from "./album-rows";
import classes from "./albums.module.css";
import { useAlbum } from "./use-album";

/** One album: its pictures in one's own order, and all that can be done with them. */
export function Album({ first, page }: { first: AlbumView; page: PicturePage }) {
  const t = useTranslations("albums");
  const untitled = useTranslations("gallery")("untitled");
  const router = useRouter();
  const say = useSay();
  const { album, setAlbum, shown, onMoved, onRemove, onCover, onAdded } = useAlbum(first, page);
  const { pictures, hasMore, isLoading, loadMore } = shown;
  const { onFavourite, onMove, onWrite, favourAll, trashAll } = usePictureActs(shown);
  const [openId, setOpenId] = useState<string | null>(null);
  const [isAdding, adding] = useDisclosure(false);
  const selection = useSelection(useMemo(() => pictures.map(({ id }) => id), [pictures]));
  const items = useMemo(
    () => pictures.map(({ id, title }) => ({ id, title: title || untitled })),
    [pictures, untitled],
  );
  const cover = pictures.some(({ id }) => id === album.cover?.id) ? album.cover?.id : pictures[0]?.id;
  const addButton = (
    <Button onClick={adding.open} leftSection={<IconPhotoPlus size={18} stroke={1.8} aria-hidden />}>
      {t("addPictures")}
    </Button>
  );
  return (
    <div className={gallery.page}>
      <Link href="/albums" className={classes.back}>
        <IconChevronLeft size={16} aria-hidden /> {t("title")}
      </Link>
      <div className={gallery.head}>
        <Title order={1} className={`${gallery.title} ${classes.heading}`}>
          {album.title}
        </Title>
        <Group gap="xs">
          <SelectButton selection={selection} disabled={pictures.length === 0} />
          <ShareButton thing={{ albumId: album.id }} />
          {addButton}
          <AlbumMenu
            album={{ ...album, pictureCount: pictures.length }}
            onChanged={setAlbum}
            onDeleted={() => router.push("/albums")}
          />
        </Group>
      </div>
      {pictures.length > 0 ? (
        <div className={gallery.bar}>
          <SearchBox
            place={{ shelf: "all", order: "added", words: "", filters: { album: album.id }, like: null }}
          />
        </div>
      ) : null}
      {pictures.length === 0 && !hasMore ? (
        <EmptyAlbum>{addButton}</EmptyAlbum>
      ) : (
        <Sorting id="album" items={items} onMove={onMoved}>
          <AlbumRows
            pictures={pictures}
            label={album.title}
            tile={(place) => (
              <AlbumPictureTile
                key={place.picture.id}
                {...{ place, selection, onCover, onRemove }}
                isCover={place.picture.id === cover}
                onOpen={({ id }) => setOpenId(id)}
              />
            )}
          />
        </Sorting>
      )}
      {hasMore ? <LoadMore isLoading={isLoading} onMore={() => loadMore().catch(say.failed)} /> : null}
      <PictureLightbox {...{ pictures, openId, onFavourite, onMove, onWrite }} onShow={setOpenId} />
      <SelectionBar selection={selection} onFavourite={favourAll} onTrash={trashAll}>
        <BarButton
          label={t("remove.short")}
          Icon={IconFolderMinus}
          ids={[...selection.ids]}
          onClick={() => onRemove([...selection.ids])}
        />
        <BarButton
          label={t("cover.short")}
          Icon={IconPhotoStar}
          ids={selection.ids.size === 1 ? [...selection.ids] : []}
          onClick={() => pictures.filter(({ id }) => selection.ids.has(id)).map(onCover)}
        />
      </SelectionBar>
      <AddPictures opened={isAdding} onClose={adding.close} known={pictures} onAdd={onAdded} />
    </div>
  );
}

function EmptyAlbum({ children }: { children: ReactNode }) {
  const t = useTranslations("albums.emptyAlbum");
  return (
    <div className={gallery.empty}>
      <Title order={2} size="h3">
        {t("title")}
      </Title>
      <Text c="dimmed" maw={440}>
        {t("text")}
      </Text>
      {children}
    </div>
  );
}
