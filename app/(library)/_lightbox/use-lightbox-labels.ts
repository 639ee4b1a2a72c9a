"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { Labels } from "yet-another-react-lightbox";

/** The viewer's own words in the reader's language. */
export function useLightboxLabels(): Labels {
  const t = useTranslations("gallery.lightbox");
  return useMemo(
    () => ({
      Lightbox: t("label"),
      Previous: t("previous"),
      Next: t("next"),
      Close: t("close"),
      Carousel: t("carousel"),
      Slide: t("slide"),
      "Photo gallery": t("carousel"),
      "Zoom in": t("zoomIn"),
      "Zoom out": t("zoomOut"),
      "{index} of {total}": t("position", { index: "{index}", total: "{total}" }),
    }),
    [t],
  );
}
