"use client";

import { Accordion } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import accordion from "../_form/advanced-panel.module.css";
import { type AdvancedProps, ModelGroup } from "./model-group";
import { WayGroup } from "./way-group";

interface DrawingAdvancedProps extends AdvancedProps {
  /** Groups that one page has alone. */
  children?: ReactNode;
}

/** How a model draws, closed until asked for; what is left empty is the model's own. */
export function DrawingAdvanced(props: DrawingAdvancedProps) {
  const t = useTranslations("create.advanced");
  return (
    <Accordion variant="separated" classNames={{ item: accordion.item ?? "" }} order={2}>
      <Accordion.Item value="advanced">
        <Accordion.Control>{t("title")}</Accordion.Control>
        <Accordion.Panel>
          <ModelGroup {...props} />
          <WayGroup {...props} />
          {props.children}
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}
