"use client";

import { VisuallyHidden } from "@mantine/core";
import { IconCheck, IconMinus, IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { DECODERS } from "@/lib/qr/jury/decoder-names";
import { byScene, type StoredVerdict } from "./verdict";
import classes from "./verdict.module.css";

/** Every condition under which every decoder tried, with what came of it. */
export function VerdictTable({ verdict }: { verdict: StoredVerdict }) {
  const t = useTranslations("verdict");
  const scenes = useTranslations("verdict.scenes");
  const sceneName = (scene: string) => {
    const key = scene as Parameters<typeof scenes>[0];
    return scenes.has(key) ? scenes(key) : scene;
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by key
    <section className={classes.scroll} tabIndex={0} aria-label={t("table")}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("condition")}</th>
            {DECODERS.map((name) => (
              <th key={name} scope="col">
                {t(`decoders.${name}.short`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {byScene(verdict).map(({ scene, cells }) => (
            <tr key={scene}>
              <th scope="row">{sceneName(scene)}</th>
              {DECODERS.map((name) => (
                <td key={name}>
                  <Mark read={cells[name]?.read ?? null} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Mark({ read }: { read: boolean | null }) {
  const t = useTranslations("verdict");
  const [Icon, words, look] =
    read === null
      ? ([IconMinus, t("notTried"), undefined] as const)
      : read
        ? ([IconCheck, t("read"), classes.yes] as const)
        : ([IconX, t("notRead"), classes.no] as const);
  return (
    <span className={look}>
      <Icon size={17} stroke={2.4} aria-hidden />
      <VisuallyHidden>{words}</VisuallyHidden>
    </span>
  );
}
