"use client";

import { Button, Tooltip } from "@mantine/core";
import { IconWand } from "@tabler/icons-react";
import classes from "../_make/make-bar.module.css";

interface BeginButtonProps {
  label: string;
  /** Why it can't begin yet, in words; null when it can. */
  obstacle: string | null;
  onBegin: () => void;
}

/** The one big button; at the bottom of the screen on a phone. */
export function BeginButton({ label, obstacle, onBegin }: BeginButtonProps) {
  return (
    <div className={classes.bar}>
      <Tooltip label={obstacle} disabled={obstacle === null}>
        <Button
          size="lg"
          className={classes.make ?? ""}
          leftSection={<IconWand size={22} aria-hidden />}
          // Stays focusable, so that the reason can be read out.
          aria-disabled={obstacle !== null || undefined}
          data-disabled={obstacle !== null || undefined}
          onClick={() => obstacle === null && onBegin()}
        >
          {label}
        </Button>
      </Tooltip>
    </div>
  );
}
