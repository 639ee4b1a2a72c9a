import type { ReactNode } from "react";
import classes from "../studio.module.css";

interface WorkbenchProps {
  headline: string;
  lead: string;
  /** The form's cards, one under the other. */
  controls: ReactNode;
  /** What comes of it. */
  stage: ReactNode;
}

/** The form on one side, what comes of it on the other; on a phone one under the other. */
export function Workbench({ headline, lead, controls, stage }: WorkbenchProps) {
  return (
    <div className={classes.layout}>
      <div className={classes.intro}>
        <h1 className={classes.headline}>{headline}</h1>
        <p className={classes.lead}>{lead}</p>
      </div>
      <div className={classes.controls}>{controls}</div>
      {stage}
    </div>
  );
}
