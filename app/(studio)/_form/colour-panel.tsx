"use client";

import { ColorInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import classes from "./colour-panel.module.css";
import { colourProblem } from "./contrast";
import { Section } from "./section";
import type { Options } from "./studio-form";

type Colours = Options["colours"];

/** Pairs that go together and that every reader tells apart. */
const PAIRS: readonly Colours[] = [
  { dark: "#1b1b2f", light: "#ffffff" },
  { dark: "#12355b", light: "#fdf3e1" },
  { dark: "#5b1a3a", light: "#fdeef2" },
  { dark: "#0f4c3a", light: "#eef8ee" },
  { dark: "#7a2e0e", light: "#fff4e6" },
  { dark: "#33205f", light: "#f3efff" },
];

const complete = (colour: string): boolean => /^#[0-9a-f]{6}$/i.test(colour);

/** Ink and paper of the drawn looks: a few good pairs, or one's own. */
export function ColourPanel({
  colours,
  onChange,
}: {
  colours: Colours;
  onChange: (colours: Colours) => void;
}) {
  const t = useTranslations("studio.colours");
  const problem = colourProblem(colours);
  // While a colour is being typed it is not one yet: the last whole one stays.
  const set = (name: keyof Colours) => (colour: string) =>
    complete(colour) && onChange({ ...colours, [name]: colour });
  return (
    <Section title={t("title")}>
      <div className={classes.pairs}>
        {PAIRS.map((pair, index) => (
          <button
            key={pair.dark}
            type="button"
            className={classes.pair}
            aria-label={t("pair", { number: index + 1 })}
            aria-pressed={pair.dark === colours.dark && pair.light === colours.light}
            onClick={() => onChange(pair)}
            style={{ background: `linear-gradient(135deg, ${pair.dark} 50%, ${pair.light} 50%)` }}
          />
        ))}
      </div>
      <div className={classes.own}>
        <ColorInput
          label={t("dark")}
          value={colours.dark}
          onChange={set("dark")}
          format="hex"
          withEyeDropper={false}
        />
        <ColorInput
          label={t("light")}
          value={colours.light}
          onChange={set("light")}
          format="hex"
          withEyeDropper={false}
        />
      </div>
      {problem ? (
        <p className={classes.problem} role="status">
          {t(`problems.${problem}`)}
        </p>
      ) : null}
    </Section>
  );
}
