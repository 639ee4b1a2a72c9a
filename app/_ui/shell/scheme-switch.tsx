"use client";

import { ActionIcon, Menu, useMantineColorScheme } from "@mantine/core";
import { IconBrightnessHalf, IconMoon, IconSun } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./shell.module.css";

const SCHEMES = [
  { value: "auto", Icon: IconBrightnessHalf },
  { value: "light", Icon: IconSun },
  { value: "dark", Icon: IconMoon },
] as const;

/** Follow the system, light, or dark. The button's icon follows by style sheet, so it never flickers on load. */
export function SchemeSwitch() {
  const t = useTranslations("nav");
  const { setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" width={170}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={40} aria-label={t("scheme")}>
          <IconSun size={20} className={classes.onLight} aria-hidden />
          <IconMoon size={20} className={classes.onDark} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {SCHEMES.map(({ value, Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={18} aria-hidden />}
            onClick={() => setColorScheme(value)}
          >
            {t(`schemes.${value}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
