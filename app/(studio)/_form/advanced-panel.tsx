"use client";

import { Accordion, Select, Slider, Switch, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { ECC_LEVELS, sizeOfVersion } from "@/lib/qr/encode/code";
import classes from "./advanced-panel.module.css";
import { SeedField } from "./seed-field";
import type { Options } from "./studio-form";

const SIZES_PX = [512, 1024, 2048, 4096];

interface AdvancedPanelProps {
  options: Options;
  onChange: (options: Partial<Options>) => void;
}

/** What most people never need, closed until asked for. */
export function AdvancedPanel({ options, onChange }: AdvancedPanelProps) {
  const t = useTranslations("studio.advanced");
  const sizes = [...new Set([...SIZES_PX, options.size])].sort((a, b) => a - b);
  return (
    <Accordion variant="separated" classNames={{ item: classes.item ?? "" }} order={2}>
      <Accordion.Item value="advanced">
        <Accordion.Control>{t("title")}</Accordion.Control>
        <Accordion.Panel>
          <div className={classes.grid}>
            <Select
              label={t("version")}
              description={t("versionText")}
              allowDeselect={false}
              value={String(options.version)}
              data={["auto", ...Array.from({ length: 40 }, (_, i) => String(i + 1))].map((value) => ({
                value,
                label:
                  value === "auto"
                    ? t("auto")
                    : t("versionSize", { version: value, modules: sizeOfVersion(Number(value)) }),
              }))}
              onChange={(value) => value && onChange({ version: value === "auto" ? value : Number(value) })}
            />
            <Select
              label={t("ecc")}
              description={t("eccText")}
              allowDeselect={false}
              value={options.ecc}
              data={(["auto", ...ECC_LEVELS] as const).map((value) => ({ value, label: t(`eccs.${value}`) }))}
              onChange={(value) => value && onChange({ ecc: value })}
            />
            <Select
              label={t("size")}
              description={t("sizeText")}
              allowDeselect={false}
              value={String(options.size)}
              data={sizes.map((size) => ({ value: String(size), label: t("pixels", { size }) }))}
              onChange={(value) => value && onChange({ size: Number(value) })}
            />
            <SeedField
              label={t("seed")}
              description={t("seedText")}
              roll={t("roll")}
              value={options.seed}
              onChange={(seed) => seed !== null && onChange({ seed })}
            />
          </div>
          {options.look === "classic" ? <ClassicOptions options={options} onChange={onChange} /> : null}
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

function ClassicOptions({ options, onChange }: AdvancedPanelProps) {
  const t = useTranslations("studio.advanced");
  return (
    <div className={classes.classic}>
      <Text size="sm" fw={500} id="corner-radius">
        {t("cornerRadius")}
      </Text>
      <Slider
        value={options.cornerRadius}
        min={0}
        max={1}
        step={0.05}
        label={(value) => `${Math.round(value * 100)} %`}
        thumbProps={{ "aria-labelledby": "corner-radius" }}
        onChange={(cornerRadius) => onChange({ cornerRadius })}
      />
      <Switch
        mt="md"
        label={t("logo")}
        checked={options.logo}
        onChange={(event) => onChange({ logo: event.currentTarget.checked })}
      />
    </div>
  );
}
