"use client";

import { IconDownload } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import Lightbox, { type SlideImage } from "yet-another-react-lightbox";
import Captions from "yet-another-react-lightbox/plugins/captions";
import Zoom from "yet-another-react-lightbox/plugins/zoom";
import "yet-another-react-lightbox/plugins/captions.css";
import "yet-another-react-lightbox/styles.css";
import { altText } from "@/lib/pictures/picture-caption";
import type { SharedPicture } from "@/lib/shares/list-shared-pictures";
import { captions } from "../_lightbox/captions";
import { useLightboxLabels } from "../_lightbox/use-lightbox-labels";
import classes from "./shared.module.css";
import { sharedDownloadUrl, sharedFileUrl } from "./shared-api";

interface ViewerProps {
  token: string;
  pictures: readonly SharedPicture[];
  /** The picture that is shown; null closes the viewer. */
  openId: string | null;
  withOriginals: boolean;
  onShow: (id: string | null) => void;
}

/** One shared picture as large as it goes. */
export function SharedViewer({ token, pictures, openId, withOriginals, onShow }: ViewerProps) {
  const t = useTranslations("gallery");
  const labels = useLightboxLabels();
  const slides = useMemo(
    () =>
      pictures.map((one): SlideImage => {
        const { width, height, caption } = one;
        return {
          ...{ src: sharedFileUrl(token, one), width, height, alt: altText(one) || t("untitled") },
          description: caption || undefined,
        };
      }),
    [token, pictures, t],
  );
  const index = Math.max(
    0,
    pictures.findIndex(({ id }) => id === openId),
  );
  return (
    <Lightbox
      open={openId !== null}
      close={() => onShow(null)}
      {...{ index, slides, labels }}
      plugins={[Zoom, Captions]}
      captions={captions}
      carousel={{ finite: true, preload: 1, padding: "5%" }}
      controller={{ closeOnBackdropClick: true, closeOnPullDown: true }}
      zoom={{ maxZoomPixelRatio: 3, scrollToZoom: true }}
      on={{ view: ({ index: shown }) => onShow(pictures[shown]?.id ?? null) }}
      toolbar={{
        buttons: [
          withOriginals && openId !== null ? (
            <a
              key="download"
              className={`yarl__button ${classes.download}`}
              href={sharedDownloadUrl(token, openId)}
              download
              aria-label={t("lightbox.download")}
              title={t("lightbox.download")}
            >
              <IconDownload aria-hidden />
            </a>
          ) : null,
          "close",
        ],
      }}
      render={pictures.length < 2 ? { buttonPrev: () => null, buttonNext: () => null } : {}}
    />
  );
}
