"use client";

import { Button, Tooltip } from "@mantine/core";
import { IconArrowsShuffle, IconWand } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./make-bar.module.css";

interface MakeBarProps {
  /** Why it can't be made yet, in words; null when it can. */
  obstacle: string | null;
  busy: boolean;
  onMake: () => void;
  onSurprise: () => void;
}

/** The one big button, and a smaller one for play; at the bottom of the screen on a phone. */
export function MakeBar({ obstacle, busy, onMake, onSurprise }: MakeBarProps) {
  const t = useTranslations("studio.make");
  return (
    <div className={classes.bar}>
      <Tooltip label={obstacle} disabled={obstacle === null}>
        <Button
          size="lg"
          className={classes.make ?? ""}
          leftSection={<IconWand size={22} aria-hidden />}
          loading={busy}
          // Stays focusable, so that the reason can be read out.
          aria-disabled={obstacle !== null || undefined}
          data-disabled={obstacle !== null || undefined}
          onClick={() => obstacle === null && onMake()}
        >
          {t("make")}
        </Button>
      </Tooltip>
      <Button
        size="lg"
        variant="default"
        className={classes.surprise ?? ""}
        leftSection={<IconArrowsShuffle size={20} aria-hidden />}
        onClick={onSurprise}
        disabled={busy}
      >
        {t("surprise")}
      </Button>
    </div>
  );
}
