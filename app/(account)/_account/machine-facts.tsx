import { Text } from "@mantine/core";
import { IconCpu, IconCpu2 } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import type { Machine, MachineDevice } from "@/lib/inference/describe-machine";
import classes from "./account.module.css";

const GB = 2 ** 30;
const MB = 2 ** 20;

/** The devices, why these, what they are doing and what they hold; and what the operator may change. */
export function MachineFacts({ machine: { devices, by, budgetBytes, waiting } }: { machine: Machine }) {
  const t = useTranslations("account.machine");
  const size = useMemorySize();
  const busy = devices.some(({ isBusy }) => isBusy) ? t("busy") : t("idle");
  const models = devices.flatMap((device) => device.models);
  return (
    <>
      {devices.map((device, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one device may be named twice, and the list is not edited
        <DeviceLine key={i} device={device} />
      ))}
      <Text c="dimmed" size="sm" mt={4}>
        {t(`why.${by === "setting" ? "setting" : (devices[0]?.kind ?? "cpu")}`)}
      </Text>
      <dl className={classes.facts}>
        <dt>{t("state")}</dt>
        <dd>{waiting > 0 ? `${busy} · ${t("waiting", { count: waiting })}` : busy}</dd>
        <dt>{t("budget")}</dt>
        <dd>{devices.length > 1 ? t("each", { size: size(budgetBytes) }) : size(budgetBytes)}</dd>
        <dt>{t("models")}</dt>
        <dd>
          {models.length === 0 ? (
            t("nothing")
          ) : (
            <ul>
              {models.map(({ name, sizeBytes }, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: one model may be there twice, and the list is not edited
                <li key={i}>
                  {name ?? t("unnamed")} · {size(sizeBytes)}
                </li>
              ))}
            </ul>
          )}
        </dd>
      </dl>
      <Text c="dimmed" size="xs" className={classes.note ?? ""}>
        {t.rich("operator", { code: (text) => <code>{text}</code> })}
      </Text>
    </>
  );
}

function DeviceLine({ device: { kind, id } }: { device: MachineDevice }) {
  const t = useTranslations("account.machine.devices");
  const Icon = kind === "cpu" ? IconCpu : IconCpu2;
  return (
    <div className={classes.device}>
      <Icon size={22} stroke={1.7} aria-hidden />
      {id === null ? t(kind) : t("numbered", { id })}
    </div>
  );
}

/** "13.8 GB", in units of 1024 as memory is sold. */
function useMemorySize(): (bytes: number) => string {
  const format = useFormatter();
  return (bytes) => {
    const isLarge = bytes >= GB;
    return format.number(isLarge ? bytes / GB : Math.ceil(bytes / MB), {
      style: "unit",
      unit: isLarge ? "gigabyte" : "megabyte",
      maximumFractionDigits: 1,
    });
  };
}
