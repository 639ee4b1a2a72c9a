import { Fieldset } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./create.module.css";

/** Settings that belong together, under a name and with a line that says what they are for. */
export function AdvancedGroup({
  title,
  hint,
  children,
}: {
  title: string;
  hint?: string;
  children: ReactNode;
}) {
  return (
    <Fieldset variant="unstyled" legend={title} className={classes.group ?? ""}>
      {hint ? <p className={classes.groupHint}>{hint}</p> : null}
      <div className={classes.grid}>{children}</div>
    </Fieldset>
  );
}
