import { Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { Fit } from "@/lib/models/fits-machine";
import classes from "./models.module.css";

/** What this machine lacks for a model, or for several together; nothing where it does not. */
export function FitTrouble({ disk, memory }: Pick<Fit, "disk" | "memory">) {
  const t = useTranslations("models.fit");
  const trouble =
    disk === "full" ? "disk" : memory === "short" ? "memory" : memory === "int8" ? "int8" : null;
  if (trouble === null) return null;
  return (
    <Text size="sm" className={classes.trouble ?? ""}>
      <IconAlertTriangle size={16} aria-hidden /> {t(trouble)}
    </Text>
  );
}
