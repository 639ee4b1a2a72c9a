import { Text, Title } from "@mantine/core";
import { getTranslations } from "next-intl/server";
import { currentOwner } from "@/lib/accounts/current-owner";
import { showQuota } from "@/lib/accounts/show-quota";
import { env } from "@/lib/env";
import classes from "./account.module.css";

const MINUTE_MS = 60_000;

/** What one may still begin today, for guests and accounts alike; nothing where there is no end. */
export async function QuotaPanel() {
  const t = await getTranslations("account.quota");
  const owner = await currentOwner();
  const quota = await showQuota(owner);
  if (!quota) return null;
  const { limit, left, renewsAt } = quota;
  const { QUOTA_JOBS_ACCOUNT: withAccount = Number.POSITIVE_INFINITY } = env();
  const isMoreThere = owner?.kind !== "account" && withAccount > limit;
  const inMinutes = Math.max(1, Math.ceil((Date.parse(renewsAt) - Date.now()) / MINUTE_MS));
  const wait = { hours: Math.floor(inMinutes / 60), minutes: inMinutes % 60 };
  return (
    <section id="quota" className={classes.machine} aria-labelledby="quota-title">
      <div className={classes.card}>
        <Title order={2} size="h4" id="quota-title" mb="xs">
          {t("title")}
        </Title>
        <div className={classes.gauge} aria-hidden>
          <div style={{ width: `${(100 * left) / Math.max(1, limit)}%` }} />
        </div>
        <Text fw={600}>{t("left", { left, limit })}</Text>
        <Text c="dimmed" size="sm">
          {t("renews", wait)} {isMoreThere ? t("guest") : null}
        </Text>
      </div>
    </section>
  );
}
