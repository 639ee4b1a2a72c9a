"use client";

import {
  Button,
  Group,
  Indicator,
  NativeSelect,
  Popover,
  SegmentedControl,
  Stack,
  Switch,
  Text,
} from "@mantine/core";
import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { COLOURS } from "@/lib/pictures/colour-names";
import { ORIGINS, type PictureFilters, SHAPES, TYPES } from "@/lib/pictures/picture-filters";
import classes from "./filters.module.css";
import gallery from "./gallery.module.css";
import { addressOf, type Place } from "./gallery-address";
import { PlaceFilter } from "./place-filter";
import { TagFilter } from "./tag-filter";

/** Narrows down what is shown; each choice counts at once, and has an address of its own. */
export function FilterButton({ place }: { place: Place }) {
  const t = useTranslations("gallery.filters");
  const router = useRouter();
  const { filters } = place;
  const count = Object.keys(filters).length;
  const choose = (change: { [Name in keyof PictureFilters]?: PictureFilters[Name] | undefined }) =>
    router.push(addressOf({ ...place, filters: { ...filters, ...change } as PictureFilters }));
  return (
    <Popover width={320} position="bottom-end" withinPortal trapFocus returnFocus shadow="md" radius="lg">
      <Indicator label={count} size={18} disabled={count === 0} offset={4}>
        <Popover.Target>
          <Button
            variant="default"
            classNames={{ label: gallery.toolLabel ?? "", section: gallery.toolSign ?? "" }}
            leftSection={<IconAdjustmentsHorizontal size={18} stroke={1.8} aria-hidden />}
          >
            {t("button")}
          </Button>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown aria-label={t("button")} className={classes.dropdown ?? ""}>
        <Stack gap="md">
          <TagFilter key={filters.tag ?? ""} tag={filters.tag} onChoose={(tag) => choose({ tag })} />
          <PlaceFilter place={filters.place} onChoose={(chosen) => choose({ place: chosen })} />
          <Swatches chosen={filters.colour} onChoose={(colour) => choose({ colour })} />
          <Choice
            label={t("shape")}
            value={filters.shape}
            options={SHAPES.map((value) => ({ value, label: t(`shapes.${value}`) }))}
            onChoose={(shape) => choose({ shape })}
          />
          <Choice
            label={t("origin")}
            value={filters.origin}
            options={ORIGINS.map((value) => ({ value, label: t(`origins.${value}`) }))}
            onChoose={(origin) => choose({ origin })}
          />
          <NativeSelect
            label={t("type")}
            value={filters.type ?? ""}
            data={[
              { value: "", label: t("any") },
              ...TYPES.map((value) => ({ value, label: value.toUpperCase() })),
            ]}
            onChange={(event) =>
              choose({ type: (event.currentTarget.value || undefined) as PictureFilters["type"] })
            }
          />
          <Group grow gap="sm">
            <Day label={t("from")} value={filters.from} onChoose={(from) => choose({ from })} />
            <Day label={t("to")} value={filters.to} onChoose={(to) => choose({ to })} />
          </Group>
          <Switch
            label={t("favourite")}
            checked={filters.favourite === "1"}
            onChange={(event) => choose({ favourite: event.currentTarget.checked ? "1" : undefined })}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

interface SwatchesProps {
  chosen: PictureFilters["colour"];
  onChoose: (colour: PictureFilters["colour"]) => void;
}

function Swatches({ chosen, onChoose }: SwatchesProps) {
  const t = useTranslations("gallery.filters");
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{t("colour")}</legend>
      <div className={classes.swatches}>
        {COLOURS.map((colour) => (
          <button
            type="button"
            key={colour}
            className={classes.swatch}
            data-colour={colour}
            aria-label={t(`colours.${colour}`)}
            title={t(`colours.${colour}`)}
            aria-pressed={colour === chosen}
            onClick={() => onChoose(colour === chosen ? undefined : colour)}
          />
        ))}
      </div>
    </fieldset>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value | undefined;
  options: { value: Value; label: string }[];
  onChoose: (value: Value | undefined) => void;
}

function Choice<Value extends string>({ label, value, options, onChoose }: ChoiceProps<Value>) {
  const t = useTranslations("gallery.filters");
  return (
    <div>
      <Text size="sm" fw={600} mb={6}>
        {label}
      </Text>
      <SegmentedControl
        fullWidth
        size="sm"
        aria-label={label}
        value={value ?? ""}
        data={[{ value: "", label: t("any") }, ...options]}
        onChange={(chosen) => onChoose((chosen || undefined) as Value | undefined)}
      />
    </div>
  );
}

interface DayProps {
  label: string;
  value: string | undefined;
  onChoose: (day: string | undefined) => void;
}

/** The browser's own calendar knows the reader's language, and works on phones. */
function Day({ label, value, onChoose }: DayProps) {
  return (
    <label className={classes.day}>
      {label}
      <input
        type="date"
        defaultValue={value}
        // While one types, a date is not whole, and then its value is empty.
        onBlur={(event) => {
          const day = event.currentTarget.value || undefined;
          if (day !== value) onChoose(day);
        }}
      />
    </label>
  );
}
