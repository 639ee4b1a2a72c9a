"use client";

import { Modal, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { SharedThing } from "@/lib/db/shares";
import type { ShareView } from "@/lib/shares/describe-share";
import type { ShareTerms } from "@/lib/shares/make-share";
import { useSay } from "../_gallery/use-say";
import { NewLink } from "./new-link";
import { createShare, loadShares, revokeShare } from "./share-api";
import { ShareForm } from "./share-form";
import { ShareList } from "./share-list";

interface DialogProps {
  thing: SharedThing;
  opened: boolean;
  onClose: () => void;
}

/** Makes links to an album or a picture, and ends them. */
export function ShareDialog({ thing, opened, onClose }: DialogProps) {
  const t = useTranslations("shares");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("title")}
      // Above the viewer, where a picture is shared from there.
      zIndex={10_000}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Links thing={thing} />
    </Modal>
  );
}

function Links({ thing }: { thing: SharedThing }) {
  const t = useTranslations("shares");
  const say = useSay();
  const [shares, setShares] = useState<readonly ShareView[]>([]);
  const [link, setLink] = useState<string | null>(null);
  const key = JSON.stringify(thing);
  useEffect(() => {
    loadShares(JSON.parse(key)).then(setShares, say.failed);
  }, [key, say.failed]);

  const make = async (terms: ShareTerms) => {
    try {
      const { share, path } = await createShare(thing, terms);
      setShares((shown) => [share, ...shown]);
      setLink(`${window.location.origin}${path}`);
    } catch (error) {
      say.failed(error);
    }
  };
  const revoke = async (id: string) => {
    try {
      await revokeShare(id);
      setShares((shown) => shown.filter((one) => one.id !== id));
      setLink(null);
      say.done(t("revoked"));
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <>
      {link === null ? <ShareForm onTerms={make} /> : <NewLink link={link} onAnother={() => setLink(null)} />}
      {shares.length > 0 ? (
        <>
          <Title order={3} size="h5" mt="lg" mb={4}>
            {t("links")}
          </Title>
          <Text size="sm" c="dimmed" mb="xs">
            {t("once")}
          </Text>
          <ShareList shares={shares} onRevoke={revoke} />
        </>
      ) : null}
    </>
  );
}
