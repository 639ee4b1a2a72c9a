"use client";

import { Button } from "@mantine/core";
import { IconArrowsMaximize, IconDownload, IconLayoutGrid } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { PictureDetails } from "@/lib/pictures/describe-picture";
import { MOST_SOURCE_PX } from "@/lib/scenarios/upscale/upscale.input";

/** What one can do with any finished picture. */
export function MadeActs({
  picture: { id, width, height },
  isGrown = false,
  children,
}: {
  picture: Pick<PictureDetails, "id" | "width" | "height">;
  /** Whether this is where pictures grow: it is not offered once more. */
  isGrown?: boolean;
  children?: ReactNode;
}) {
  const isLargeAlready = isGrown || Math.max(width, height) > MOST_SOURCE_PX;
  const t = useTranslations("create.acts");
  return (
    <>
      <Button
        component="a"
        href={`/api/pictures/${id}/download`}
        download
        leftSection={<IconDownload size={18} aria-hidden />}
      >
        {t("download")}
      </Button>
      {children}
      {isLargeAlready ? null : (
        <Button
          variant="default"
          component={Link}
          href={`/create/larger?picture=${id}`}
          leftSection={<IconArrowsMaximize size={18} aria-hidden />}
        >
          {t("larger")}
        </Button>
      )}
      <Button
        variant="default"
        component={Link}
        href="/gallery"
        leftSection={<IconLayoutGrid size={18} aria-hidden />}
      >
        {t("gallery")}
      </Button>
    </>
  );
}
