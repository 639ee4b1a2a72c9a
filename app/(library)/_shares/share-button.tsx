"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconShare2 } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { SharedThing } from "@/lib/db/shares";
import { ShareDialog } from "./share-dialog";

/** Opens the links to an album or a picture. */
export function ShareButton({ thing }: { thing: SharedThing }) {
  const t = useTranslations("shares");
  const [isOpen, dialog] = useDisclosure(false);
  return (
    <>
      <Button
        variant="default"
        onClick={dialog.open}
        leftSection={<IconShare2 size={18} stroke={1.8} aria-hidden />}
      >
        {t("share")}
      </Button>
      <ShareDialog thing={thing} opened={isOpen} onClose={dialog.close} />
    </>
  );
}
