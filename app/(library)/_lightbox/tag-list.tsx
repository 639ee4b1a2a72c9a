"use client";

import { Badge, Group, Text } from "@mantine/core";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { SuggestedTag } from "@/lib/search/suggest-tags";

/** What the picture shows, as far as the model can tell; each leads to more of it. */
export function TagList({ tags }: { tags: readonly SuggestedTag[] }) {
  const t = useTranslations("gallery.details");
  const locale = useLocale();
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
