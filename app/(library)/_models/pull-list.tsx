"use client";

import { ActionIcon, Progress, Text, Title } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay, IconRefresh, IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { formatBytes } from "@/lib/models/format-bytes";
import type { PullAct } from "@/lib/models/steer-pull";
import classes from "./models.module.css";
import type { ShownPull } from "./use-pulls";

interface ListProps {
  pulls: readonly ShownPull[];
  /** What people call it. */
  nameOf: (source: string) => string;
  onSteer: (id: string, act: PullAct) => void;
}

/** What is on its way: how far, how fast, and what went wrong. */
export function PullList({ pulls, nameOf, onSteer }: ListProps) {
  const t = useTranslations("models.pulls");
  if (pulls.length === 0) return null;
  return (
    <section aria-labelledby="pulls-title" className={classes.section}>
      <Title order={2} size="h3" id="pulls-title">
        {t("title")}
      </Title>
      <ul className={classes.rows}>
        {pulls.map((pull) => (
          <PullRow key={pull.id} pull={pull} name={nameOf(pull.source)} onSteer={onSteer} />
        ))}
      </ul>
    </section>
  );
}

function PullRow({ pull, name, onSteer }: { pull: ShownPull; name: string } & Pick<ListProps, "onSteer">) {
  const t = useTranslations("models.pulls");
  const { id, state, receivedBytes, totalBytes, error } = pull;
  const part = totalBytes ? receivedBytes / totalBytes : 0;
  const isOver = state === "paused" || state === "failed";
  return (
    <li className={classes.row} data-state={state}>
      <div className={classes.words}>
        <Text fw={650} truncate>
          {name}
        </Text>
        <Progress
          value={100 * part}
          size="sm"
          color={state === "failed" ? "red" : "lagoon"}
          animated={state === "running"}
          aria-label={t("progressOf", { name })}
        />
        <Text size="sm" c="dimmed" className={classes.numbers ?? ""}>
          {error ? error.message : <Numbers pull={pull} />}
        </Text>
      </div>
      <div className={classes.acts}>
        {isOver ? (
          <ActionIcon
            variant="default"
            size={40}
            aria-label={t("resume", { name })}
            onClick={() => onSteer(id, "resume")}
          >
            {state === "failed" ? (
              <IconRefresh size={18} aria-hidden />
            ) : (
              <IconPlayerPlay size={18} aria-hidden />
            )}
          </ActionIcon>
        ) : (
          <ActionIcon
            variant="default"
            size={40}
            aria-label={t("pause", { name })}
            onClick={() => onSteer(id, "pause")}
          >
            <IconPlayerPause size={18} aria-hidden />
          </ActionIcon>
        )}
        <ActionIcon
          variant="default"
          size={40}
          aria-label={t("cancel", { name })}
          onClick={() => onSteer(id, "cancel")}
        >
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </div>
    </li>
  );
}

/** "1.2 GB of 2.1 GB · 8.4 MB/s · 2 min left" */
function Numbers({ pull: { state, receivedBytes, totalBytes, rate } }: { pull: ShownPull }) {
  const t = useTranslations("models.pulls");
  const left = totalBytes !== null && rate !== null ? (totalBytes - receivedBytes) / rate : null;
  const told = [
    state === "running" ? null : t(`states.${state}`),
    totalBytes === null
      ? state === "running" && t("asking")
      : t("of", { received: formatBytes(receivedBytes), total: formatBytes(totalBytes) }),
    rate !== null && t("rate", { rate: formatBytes(rate) }),
    left !== null &&
      (left >= 90
        ? t("minutes", { count: Math.round(left / 60) })
        : t("seconds", { count: Math.ceil(left) })),
  ];
  return told.filter(Boolean).join(" · ");
}
