"use client";

import { useTranslations } from "next-intl";
import { useCallback, useMemo, useState } from "react";
import Lightbox, { type SlideImage } from "yet-another-react-lightbox";
import Captions from "yet-another-react-lightbox/plugins/captions";
import Zoom from "yet-another-react-lightbox/plugins/zoom";
import "yet-another-react-lightbox/plugins/captions.css";
import "yet-another-react-lightbox/styles.css";
import type { PictureView } from "@/lib/pictures/describe-picture";
import { altText } from "@/lib/pictures/picture-caption";
import { fileUrl } from "../_gallery/gallery-api";
import { captions } from "./captions";
import { DetailsPanel } from "./details-panel";
import classes from "./lightbox.module.css";
import type { WritePicture } from "./title-field";
import { ToolbarButtons } from "./toolbar-buttons";
import { useLightboxLabels } from "./use-lightbox-labels";

interface LightboxProps {
  pictures: readonly PictureView[];
  /** The picture that is shown; null closes the viewer. */
  openId: string | null;
  onShow: (id: string | null) => void;
  onFavourite: (picture: PictureView) => void;
  onMove: (picture: PictureView) => void;
  onWrite: WritePicture;
}

/** One picture as large as it goes: arrows to the next, zoom, and everything one can do with it. */
export function PictureLightbox({ pictures, openId, onShow, onFavourite, onMove, onWrite }: LightboxProps) {
  const t = useTranslations("gallery");
  const labels = useLightboxLabels();
  const [hasDetails, setDetails] = useState(false);
  const slides = useMemo(
    () => pictures.map((one) => slideOf(one, altText(one) || t("untitled"))),
    [pictures, t],
  );
  const index = Math.max(
    0,
    pictures.findIndex(({ id }) => id === openId),
  );
  const picture = openId === null ? undefined : pictures[index];
  const close = useCallback(() => onShow(null), [onShow]);

  const moveAway = (going: PictureView) => {
    // Its neighbour takes its place; the last one closes the viewer.
    onShow((pictures[index + 1] ?? pictures[index - 1])?.id ?? null);
    onMove(going);
  };
  return (
    <Lightbox
      open={picture !== undefined}
      close={close}
      index={index}
      slides={slides}
      plugins={[Zoom, Captions]}
      captions={captions}
      labels={labels}
      className={`${classes.viewer} ${hasDetails ? classes.withDetails : ""}`}
      carousel={{ finite: true, preload: 1, padding: "5%" }}
      controller={{ closeOnBackdropClick: true, closeOnPullDown: true }}
      zoom={{ maxZoomPixelRatio: 3, scrollToZoom: true }}
      animation={{ fade: 180, swipe: 260 }}
      on={{ view: ({ index: shown }) => onShow(pictures[shown]?.id ?? null) }}
      toolbar={{
        buttons: [
          picture ? (
            <ToolbarButtons
              key="ours"
              {...{ picture, onFavourite, hasDetails }}
              onMove={moveAway}
              onDetails={() => setDetails((shown) => !shown)}
            />
          ) : null,
          "close",
        ],
      }}
      render={{
        controls: () =>
          picture && hasDetails ? <DetailsPanel key={picture.id} {...{ picture, onWrite }} /> : null,
        ...(pictures.length < 2 ? { buttonPrev: () => null, buttonNext: () => null } : {}),
      }}
    />
  );
}

function slideOf(picture: PictureView, alt: string): SlideImage {
  const { width, height, caption } = picture;
  const at = (shown: number) => ({ width: shown, height: Math.round((shown / width) * height) });
  const full = { src: fileUrl(picture), width, height };
  const smaller = [640, 1280].filter((one) => one < width);
  return {
    ...{ ...full, alt, description: caption || undefined },
    srcSet: [...smaller.map((one) => ({ src: fileUrl(picture, one), ...at(one) })), full],
  };
}
