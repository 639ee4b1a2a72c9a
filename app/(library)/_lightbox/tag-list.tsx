"use client";

import { Badge, Group, Text } from "@mantine/core";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { SuggestedTag } from "@/lib/search/suggest-tags";
import { loadTags } from "../_gallery/gallery-api";

/** What the picture shows, as far as the model can tell; each leads to more of it. It comes when it is known. */
export function TagList({ id }: { id: string }) {
  const t = useTranslations("gallery.details");
  const locale = useLocale();
  const [tags, setTags] = useState<readonly SuggestedTag[]>([]);
  useEffect(() => {
    let isGone = false;
    // The picture is there without them.
    loadTags(id).then(
      (loaded) => isGone || setTags(loaded),
      () => {},
    );
    return () => {
      isGone = true;
    };
  }, [id]);
  if (tags.length === 0) return null;
  const words = tags.map(({ en, zh }) => (locale === "zh" ? zh : en));
  return (
    <section aria-label={t("tags")}>
      <Text size="sm" c="dimmed" mt="md" mb={6}>
        {t("tags")}
      </Text>
      <Group gap={6} component="ul" m={0} p={0} style={{ listStyle: "none" }}>
        {words.map((word) => (
          <li key={word}>
            <Badge
              component={Link}
              href={`/gallery?q=${encodeURIComponent(`"${word}"`)}`}
              variant="light"
              tt="none"
              size="lg"
              style={{ cursor: "pointer" }}
            >
              {word}
            </Badge>
          </li>
        ))}
      </Group>
    </section>
  );
}
