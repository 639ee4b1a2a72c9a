"use client";

import { Alert, Button, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { signOutEverywhereAction } from "../account/actions";
import classes from "./account.module.css";
import { useSubmit } from "./use-submit";

/** For a lost phone or a borrowed computer. */
export function SignOutEverywhere() {
  const t = useTranslations("account");
  const router = useRouter();
  const { submit, problem, isBusy } = useSubmit(signOutEverywhereAction, t("failed"));
  const leave = async () => {
    if (!(await submit(null))) return;
    notifications.show({ message: t("everywhere.done"), color: "lagoon" });
    router.refresh();
  };
  return (
    <section className={classes.card}>
      <Title order={2} size="h4">
        {t("everywhere.title")}
      </Title>
      <Text c="dimmed" size="sm" mb="md">
        {t("everywhere.text")}
      </Text>
      {problem ? (
        <Alert color="red" role="alert" mb="md">
          {problem}
        </Alert>
      ) : null}
      <Button variant="light" color="red" onClick={leave} loading={isBusy}>
        {t("everywhere.submit")}
      </Button>
    </section>
  );
}
