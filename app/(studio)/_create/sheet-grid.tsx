"use client";

import { Skeleton } from "@mantine/core";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { CSSProperties } from "react";
import { PICTURE_STYLES } from "@/lib/drawing/picture-styles.input";
import type { SheetAxisName } from "@/lib/drawing/x-y-sheet.input";
import { type SamplerName, samplers } from "@/lib/engine/schedulers/registry";
import type { MadeSheet } from "@/lib/pictures/made-pictures";
import { PORTRAIT_STYLES } from "@/lib/scenarios/portrait/portrait-styles.input";
import { pictureUrl } from "../_picture/picture-api";
import classes from "./sheet-grid.module.css";

/** Of drawings, and those of portraits besides. */
const STYLES = [...PICTURE_STYLES, ...PORTRAIT_STYLES];

/** Portraits are compared in how much of the style they have. */
type MadeAxisName = SheetAxisName | "amount";

interface SheetGridProps {
  sheet: MadeSheet;
  /** Width by height of a picture. */
  shape: number;
  /** Whether those that are missing still come. */
  isWorking: boolean;
  chosenId: string | null;
  onChoose: (id: string) => void;
}

/** Pictures by what differs between them: one can be chosen as soon as it is there. */
export function SheetGrid({ sheet, shape, isWorking, chosenId, onChoose }: SheetGridProps) {
  const t = useTranslations("create");
  const { across, down, columns, rows, cells } = sheet;
  const title = useAxisTitle();
  const words = useAxisValue();
  const lines = rows.length > 0 ? rows : [null];
  return (
    <section className={classes.scroll} aria-label={t("sheet.title")}>
      <table
        className={classes.table}
        style={{ "--shape": shape, "--columns": columns.length } as CSSProperties}
      >
        <thead>
          <tr>
            {down === null ? null : (
              <th scope="col" className={classes.corner}>
                {title(down)}
              </th>
            )}
            {columns.map((value) => (
              <th key={value} scope="col" className={classes.column}>
                <span className={classes.axis}>{title(across)}</span> {words(across, value)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, row) => (
            <tr key={line}>
              {down === null || line === null ? null : (
                <th scope="row" className={classes.row}>
                  {words(down, line)}
                </th>
              )}
              {columns.map((value, column) => {
                const id = cells[row * columns.length + column] ?? null;
                const name = [
                  `${title(across)} ${words(across, value)}`,
                  ...(down === null || line === null ? [] : [`${title(down)} ${words(down, line)}`]),
                ].join(t("sheet.and"));
                return (
                  <td key={value}>
                    {id === null ? (
                      <Skeleton className={classes.waiting ?? ""} animate={isWorking} />
                    ) : (
                      <button
                        type="button"
                        className={classes.cell}
                        aria-pressed={id === chosenId}
                        onClick={() => onChoose(id)}
                      >
                        <img src={pictureUrl(id, 320)} alt={name} />
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function useAxisTitle(): (of: string) => string {
  const t = useTranslations("create.draw.sheet.axes");
  return (of) => (t.has(of as MadeAxisName) ? t(of as MadeAxisName) : of);
}

/** What people call a value. */
function useAxisValue(): (of: string, value: string) => string {
  const locale = useLocale();
  const format = useFormatter();
  return (of, value) => {
    if (of === "amount") return format.number(Number(value), { style: "percent" });
    if (of === "style") return STYLES.find(({ name }) => name === value)?.title[locale] ?? value;
    return of === "sampler" ? (samplers[value as SamplerName]?.label ?? value) : value;
  };
}
