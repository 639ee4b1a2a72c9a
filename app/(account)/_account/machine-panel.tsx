import { Text, Title } from "@mantine/core";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { describeMachine, type Machine } from "@/lib/inference/describe-machine";
import { log } from "@/lib/log";
import classes from "./account.module.css";
import { MachineFacts } from "./machine-facts";

/** What the studio draws with, for everybody. Finding that out may take a while at first: the page does not wait. */
export async function MachinePanel() {
  const t = await getTranslations("account.machine");
  return (
    <section id="machine" className={classes.machine} aria-labelledby="machine-title">
      <div className={classes.card}>
        <Title order={2} size="h4" id="machine-title" mb="sm">
          {t("title")}
        </Title>
        <Suspense fallback={<Note text={t("looking")} />}>
          <Found />
        </Suspense>
      </div>
    </section>
  );
}

async function Found() {
  const t = await getTranslations("account.machine");
  const machine = await machineOrWhyNot();
  return typeof machine === "string" ? <Note text={t(machine)} /> : <MachineFacts machine={machine} />;
}

async function machineOrWhyNot(): Promise<Machine | "elsewhere" | "unknown"> {
  try {
    return (await describeMachine()) ?? "elsewhere";
  } catch (err) {
    log("inference").warn({ err }, "the devices cannot be described");
    return "unknown";
  }
}

const Note = ({ text }: { text: string }) => (
  <Text c="dimmed" size="sm">
    {text}
  </Text>
);
