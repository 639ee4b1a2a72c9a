"use client";

import { Badge, CloseButton, Group, Text, TextInput } from "@mantine/core";
import { IconTag } from "@tabler/icons-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState } from "react";
import type { TagView } from "@/lib/search/show-tags";
import { MAX_TAG_CHARS } from "@/lib/search/tag-limits";
import { changeTag, loadTags } from "../_gallery/gallery-api";
import { useSay } from "../_gallery/use-say";
import classes from "./lightbox.module.css";

/**
 * What the picture shows: what a model tells, as far as it can, and what its owner says, which wins. Each leads to more of
 * it.
 */
export function TagList({ id }: { id: string }) {
  const t = useTranslations("gallery.details");
  const locale = useLocale();
  const say = useSay();
  const [tags, setTags] = useState<readonly TagView[]>([]);
  const [typed, setTyped] = useState("");
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
  const change = (word: string, isSo: boolean) => changeTag(id, word, isSo).then(setTags).catch(say.failed);
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (!typed.trim()) return;
    setTyped("");
    void change(typed, true);
  };
  return (
    <section aria-label={t("tags")}>
      <Text size="sm" c="dimmed" mt="md" mb={6}>
        {t("tags")}
      </Text>
      <Group gap={6} component="ul" className={classes.tags ?? ""}>
        {tags.map(({ word, isOwn, ...names }) => {
          const name = locale === "zh" ? names.zh : names.en;
          return (
            <li key={word}>
              <Badge
                variant={isOwn ? "filled" : "light"}
                tt="none"
                size="lg"
                rightSection={
                  <CloseButton
                    size={18}
                    className={classes.untag ?? ""}
                    aria-label={t("untag", { name })}
                    onClick={() => change(word, false)}
                  />
                }
              >
                <Link className={classes.tag} href={`/gallery?q=${encodeURIComponent(`"${name}"`)}`}>
                  {name}
                </Link>
              </Badge>
            </li>
          );
        })}
      </Group>
      <form onSubmit={add}>
        <TextInput
          mt={8}
          size="sm"
          aria-label={t("addTag")}
          placeholder={t("addTag")}
          maxLength={MAX_TAG_CHARS}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          leftSection={<IconTag size={16} stroke={1.8} aria-hidden />}
          enterKeyHint="done"
          autoComplete="off"
        />
      </form>
    </section>
  );
}
