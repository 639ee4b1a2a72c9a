"use client";

import { Button } from "@mantine/core";
import { IconDownload, IconLayoutGrid } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

/** What one can do with any finished picture. */
export function MadeActs({ id, children }: { id: string; children?: ReactNode }) {
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
