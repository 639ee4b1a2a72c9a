"use client";

import { SegmentedControl, Select, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useMaking } from "@/app/_ui/making/use-making";
import type { PictureDetails } from "@/lib/pictures/describe-picture";
import { MOST_SOURCE_PX, TIMES, type Times } from "@/lib/scenarios/upscale/upscale.input";
import { UPSCALE } from "@/lib/scenarios/upscale/upscale.job";
import { BeginButton } from "../_create/begin-button";
import { MadeActs } from "../_create/made-acts";
import { MadeStage } from "../_create/made-stage";
import { PictureField } from "../_create/picture-field";
import { useKeptForm } from "../_create/use-kept-form";
import { Workbench } from "../_create/workbench";
import { Section } from "../_form/section";
import { fetchPicture } from "../_picture/picture-api";
import { BeforeAfter } from "./before-after";
import { FIRST_LARGER, LARGER_FIELDS } from "./larger-form";

interface LargerProps {
  upscalers: readonly { value: string; label: string }[];
  /** A picture that the address asks for. */
  start: string | null;
}

/** Any picture, larger. */
export function Larger({ upscalers, start }: LargerProps) {
  const t = useTranslations("create.larger");
  const { values, change, isRestored } = useKeptForm("larger", LARGER_FIELDS, FIRST_LARGER);
  const { making, make, retry, cancel, clear } = useMaking(UPSCALE);
  const { picture, times } = values;
  const source = useDetails(picture);
  useEffect(() => {
    if (!isRestored || start === null) return;
    change({ picture: start });
    // What was made before is another picture.
    clear();
    // The address has done its work: a reload must not overwrite what is chosen from here on.
    window.history.replaceState(null, "", "/create/larger");
  }, [start, isRestored, change, clear]);
  // What was kept may have been removed since.
  const upscaler = upscalers.some(({ value }) => value === values.upscaler) ? values.upscaler : null;
  const isLarge = source !== null && Math.max(source.width, source.height) > MOST_SOURCE_PX;
  const input = picture === null ? null : { picture, times, upscaler };
  const tooLarge = t("tooLarge", { most: MOST_SOURCE_PX });
  return (
    <Workbench
      headline={t("headline")}
      lead={t("lead")}
      controls={
        <>
          <PictureField pictureId={picture} onChange={(id) => change({ picture: id })} />
          <Section title={t("times")}>
            <SegmentedControl
              fullWidth
              aria-label={t("times")}
              value={`${times}`}
              data={TIMES.map((by) => ({ value: `${by}`, label: t("by", { times: by }) }))}
              onChange={(by) => change({ times: Number(by) as Times })}
            />
            {source ? (
              <Text size="sm" mt="sm" c={isLarge ? "red" : "dimmed"}>
                {isLarge
                  ? tooLarge
                  : t("size", {
                      ...{ width: `${source.width}`, height: `${source.height}` },
                      ...{ newWidth: `${source.width * times}`, newHeight: `${source.height * times}` },
                    })}
              </Text>
            ) : null}
            {upscalers.length > 1 ? (
              <Select
                mt="md"
                label={t("model")}
                placeholder={t("usual")}
                clearable
                data={upscalers}
                value={upscaler}
                onChange={(name) => change({ upscaler: name })}
              />
            ) : null}
          </Section>
        </>
      }
      stage={
        <MadeStage
          making={making}
          shape={source ? source.width / source.height : 1}
          onCancel={cancel}
          onRetry={(jobId) => (jobId ? retry(jobId) : input && make(input))}
          onDismiss={clear}
          show={(larger) => (larger.sourceId ? <BeforeAfter key={larger.id} larger={larger} /> : null)}
          acts={(larger) => <MadeActs picture={larger} isGrown />}
          begin={
            <BeginButton
              label={t("begin")}
              obstacle={input === null ? t("missing") : isLarge ? tooLarge : null}
              onBegin={() => input && make(input)}
            />
          }
        />
      }
    />
  );
}

/** What is known of a picture; null until it is. */
function useDetails(id: string | null): PictureDetails | null {
  const [details, setDetails] = useState<PictureDetails | null>(null);
  useEffect(() => {
    if (id === null) return;
    const stop = new AbortController();
    fetchPicture(id, stop.signal).then(setDetails, (error: unknown) => {
      if (!stop.signal.aborted) console.warn("picture not loaded", error);
    });
    return () => stop.abort();
  }, [id]);
  return details?.id === id ? details : null;
}
