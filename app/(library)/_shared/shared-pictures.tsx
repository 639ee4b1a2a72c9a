"use client";

import { Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { SharedPage, SharedPicture } from "@/lib/shares/list-shared-pictures";
import { JustifiedRows } from "../_gallery/justified-rows";
import { LoadMore } from "../_gallery/load-more";
import classes from "./shared.module.css";
import { loadSharedPage } from "./shared-api";
import { SharedTile } from "./shared-tile";
import { SharedViewer } from "./shared-viewer";

interface SharedProps {
  token: string;
  title: string;
  first: SharedPage;
  /** Whether pictures may be saved in their own size. */
  withOriginals: boolean;
}

/** An album, or one picture, as whoever has the link sees it. */
export function SharedPictures({ token, title, first, withOriginals }: SharedProps) {
  const t = useTranslations("shared");
  const [{ pictures, nextCursor }, setPage] = useState(first);
  const [isLoading, setLoading] = useState(false);
  const [openId, setOpenId] = useState<string | null>(null);
  const loadMore = async () => {
    if (nextCursor === null || isLoading) return;
    setLoading(true);
    try {
      const next = await loadSharedPage(token, nextCursor);
      const fresh = next.pictures.filter(({ id }) => !pictures.some((one) => one.id === id));
      setPage({ pictures: [...pictures, ...fresh], nextCursor: next.nextCursor });
    } catch {
      // The link may have ended meanwhile: what is shown stays, and there is no more.
      setPage({ pictures, nextCursor: null });
    } finally {
      setLoading(false);
    }
  };
  const open = ({ id }: SharedPicture) => setOpenId(id);
  return (
    <>
      <Title order={1} className={classes.title ?? ""}>
        {title || t("title")}
      </Title>
      {pictures.length === 0 ? <Text c="dimmed">{t("empty")}</Text> : null}
      <JustifiedRows
        pictures={pictures}
        label={title || t("title")}
        tile={(place) => <SharedTile key={place.picture.id} {...{ token, place }} onOpen={open} />}
      />
      {nextCursor !== null ? <LoadMore isLoading={isLoading} onMore={loadMore} /> : null}
      <SharedViewer {...{ token, pictures, openId, withOriginals }} onShow={setOpenId} />
    </>
  );
}
