"use client";

import { Button, CopyButton, Group, Text } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { TextView } from "@/lib/reading/show-text";
import { denyText, loadText } from "../_gallery/gallery-api";
import { useSay } from "../_gallery/use-say";
import classes from "./lightbox.module.css";

/** The text in the picture, as a machine read it: to be copied, and to be taken away where it is wrong. */
export function ReadText({ id }: { id: string }) {
  const t = useTranslations("gallery.details.read");
  const say = useSay();
  const [read, setRead] = useState<TextView | null>(null);
  useEffect(() => {
    let isGone = false;
    // The picture is there without it.
    loadText(id).then(
      (loaded) => isGone || setRead(loaded),
      () => {},
    );
    return () => {
      isGone = true;
    };
  }, [id]);
  if (read === null || (read.text === null && !read.isDenied)) return null;
  const { text, isDenied } = read;
  const deny = async () => {
    try {
      setRead(await denyText(id, !isDenied));
      if (!isDenied) say.done(t("denied"));
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <section aria-label={t("title")}>
      <Text size="sm" c="dimmed" mt="md" mb={6}>
        {t("title")}
      </Text>
      {text === null ? null : (
        <Text
          component="pre"
          className={classes.read ?? ""}
          role="group"
          tabIndex={0}
          aria-label={t("title")}
        >
          {text}
        </Text>
      )}
      <Text size="xs" c="dimmed" mt={6}>
        {t(isDenied ? "isDenied" : "byMachine")}
      </Text>
      <Group gap="xs" mt={8}>
        {text === null ? null : (
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Button
                size="compact-sm"
                variant="default"
                onClick={copy}
                leftSection={
                  copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
                }
              >
                <span aria-live="polite">{t(copied ? "copied" : "copy")}</span>
              </Button>
            )}
          </CopyButton>
        )}
        <Button size="compact-sm" variant="default" onClick={deny}>
          {t(isDenied ? "allow" : "deny")}
        </Button>
      </Group>
    </section>
  );
}
