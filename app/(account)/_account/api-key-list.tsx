import { Alert, Button, Text } from "@mantine/core";
import { useFormatter, useTranslations } from "next-intl";
import type { ApiKeyView } from "@/lib/accounts/describe-api-key";
import type { Delivery } from "@/lib/public-api/list-deliveries";
import classes from "./account.module.css";
import { KeyWebhooks } from "./key-webhooks";

interface ListProps {
  keys: readonly ApiKeyView[];
  /** Of each key, by its id. */
  deliveries: Readonly<Record<string, readonly Delivery[]>>;
  onRevoke: (key: ApiKeyView) => void;
}

/** The keys that there are, what each may do, when it was last used, and how its news arrive. */
export function ApiKeyList({ keys, deliveries, onRevoke }: ListProps) {
  return (
    <ul className={classes.keys}>
      {keys.map((key) => (
        <li key={key.id} className={classes.keyItem}>
          <KeyLine apiKey={key} onRevoke={onRevoke} />
          <Trouble apiKey={key} />
          <KeyWebhooks apiKey={key} deliveries={deliveries[key.id] ?? []} />
        </li>
      ))}
    </ul>
  );
}

function KeyLine({ apiKey, onRevoke }: { apiKey: ApiKeyView; onRevoke: ListProps["onRevoke"] }) {
  const t = useTranslations("account.keys");
  const format = useFormatter();
  const day = (iso: string) => format.dateTime(new Date(iso), { dateStyle: "medium" });
  const { name, scopes, lastUsedAt, expiresAt, isExpired } = apiKey;
  const facts = [
    scopes.map((scope) => t(`scope.${scope}`)).join(", "),
    lastUsedAt === null ? t("unused") : t("used", { day: day(lastUsedAt) }),
    ...(expiresAt === null ? [] : [t(isExpired ? "expired" : "expires", { day: day(expiresAt) })]),
  ];
  return (
    <div className={classes.key}>
      <div>
        <Text size="sm" fw={600} className={classes.keyName ?? ""}>
          {name}
        </Text>
        <Text size="sm" c="dimmed">
          {facts.join(" · ")}
        </Text>
      </div>
      <Button
        size="compact-sm"
        variant="light"
        color="red"
        aria-label={t("revokeNamed", { name })}
        onClick={() => onRevoke(apiKey)}
      >
        {t("revoke")}
      </Button>
    </div>
  );
}

/** News that nobody has heard for long: a person should know without looking for it. */
function Trouble({ apiKey: { failingHours, webhooksOff } }: { apiKey: ApiKeyView }) {
  const t = useTranslations("account.webhooks");
  if (failingHours === null || webhooksOff) return null;
  return (
    <Alert color="orange" mb="xs">
      {t("failingLong", { hours: failingHours })}
    </Alert>
  );
}
