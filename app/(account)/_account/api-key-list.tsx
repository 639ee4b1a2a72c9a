import { Button, Text } from "@mantine/core";
import { useFormatter, useTranslations } from "next-intl";
import type { ApiKeyView } from "@/lib/accounts/describe-api-key";
import classes from "./account.module.css";

interface ListProps {
  keys: readonly ApiKeyView[];
  onRevoke: (key: ApiKeyView) => void;
}

/** The keys that there are, what each may do, and when it was last used. */
export function ApiKeyList({ keys, onRevoke }: ListProps) {
  const t = useTranslations("account.keys");
  const format = useFormatter();
  const day = (iso: string) => format.dateTime(new Date(iso), { dateStyle: "medium" });
  return (
    <ul className={classes.keys}>
      {keys.map((key) => {
        const { id, name, scopes, lastUsedAt, expiresAt, isExpired } = key;
        const facts = [
          scopes.map((scope) => t(`scope.${scope}`)).join(", "),
          lastUsedAt === null ? t("unused") : t("used", { day: day(lastUsedAt) }),
          ...(expiresAt === null ? [] : [t(isExpired ? "expired" : "expires", { day: day(expiresAt) })]),
        ];
        return (
          <li key={id} className={classes.key}>
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
              onClick={() => onRevoke(key)}
            >
              {t("revoke")}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
