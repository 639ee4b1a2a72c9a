"use client";

import { ActionIcon, Badge, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { IconTrash } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ModelView } from "@/lib/models/describe-model";
import { formatBytes } from "@/lib/models/format-bytes";
import { useSay } from "../_gallery/use-say";
import classes from "./models.module.css";
import { removeModel } from "./models-api";

interface RowsProps {
  models: readonly ModelView[];
  /** Whether this reader may take this one away. */
  mayRemove: (model: ModelView) => boolean;
  /** What it draws, and what there is to say of that. */
  picture?: (model: ModelView) => ReactNode;
  note?: (model: ModelView) => ReactNode;
}

/** Models that are here. */
export function ModelRows({ models, mayRemove, picture, note }: RowsProps) {
  return (
    <ul className={classes.rows}>
      {models.map((model) => (
        <ModelRow
          key={`${model.kind}/${model.id}`}
          model={model}
          mayRemove={mayRemove(model)}
          picture={picture?.(model)}
          note={note?.(model)}
        />
      ))}
    </ul>
  );
}

interface RowProps {
  model: ModelView;
  mayRemove: boolean;
  picture: ReactNode;
  note: ReactNode;
}

function ModelRow({ model, mayRemove, picture, note }: RowProps) {
  const t = useTranslations("models");
  const confirmRemove = useConfirmRemove(model);
  const { kind, title, family, sizeBytes, triggerWords, licence, origin } = model;
  const facts = [
    formatBytes(sizeBytes),
    family && t(`families.${family}`),
    licence,
    origin === "shipped" && t("shipped"),
  ];
  return (
    <li className={classes.row}>
      {picture}
      <div className={classes.words}>
        <div className={classes.rowHead}>
          <Text fw={650} truncate>
            {title}
          </Text>
          <Badge variant="light" color="gray" tt="none" className={classes.kind ?? ""}>
            {t(`kinds.${kind}`)}
          </Badge>
        </div>
        <Text size="sm" c="dimmed">
          {facts.filter(Boolean).join(" · ")}
        </Text>
        {triggerWords.length > 0 ? (
          <Text size="sm" className={classes.triggers ?? ""}>
            {t("triggers", { words: triggerWords.slice(0, 6).join(", ") })}
          </Text>
        ) : null}
        {note}
      </div>
      {mayRemove ? (
        <ActionIcon
          variant="default"
          size={40}
          aria-label={t("remove.named", { name: title })}
          onClick={confirmRemove}
        >
          <IconTrash size={18} aria-hidden />
        </ActionIcon>
      ) : null}
    </li>
  );
}

/** Gigabytes that took an hour to come: removing them asks. */
function useConfirmRemove(model: ModelView) {
  const t = useTranslations("models.remove");
  const say = useSay();
  const router = useRouter();
  const { title, sizeBytes, origin } = model;
  return () =>
    modals.openConfirmModal({
      title: t("confirmTitle", { name: title }),
      children: (
        <Text size="sm">
          {t(origin === "own" ? "confirmOwn" : "confirmText", { size: formatBytes(sizeBytes) })}
        </Text>
      ),
      labels: { confirm: t("confirm"), cancel: t("keep") },
      confirmProps: { color: "red" },
      onConfirm: async () => {
        try {
          await removeModel(model);
          router.refresh();
          say.done(t("done", { name: title }));
        } catch (error) {
          say.failed(error);
        }
      },
    });
}
