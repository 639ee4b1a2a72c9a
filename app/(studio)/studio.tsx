"use client";

import { notifications } from "@mantine/notifications";
import { useLocale, useTranslations } from "next-intl";
import { useCallback, useMemo, useState } from "react";
import { useMaking } from "@/app/_ui/making/use-making";
import { errorMessage } from "@/lib/errors";
import type { PreviewRequest } from "@/lib/qr/preview";
import { QR_PICTURE } from "@/lib/scenarios/qr-picture/qr-picture.job";
import { AdvancedPanel } from "./_form/advanced-panel";
import { ColourPanel } from "./_form/colour-panel";
import { ContentPanel } from "./_form/content-panel";
import { LevelPanel } from "./_form/level-panel";
import { LookPanel } from "./_form/look-panel";
import type { Options } from "./_form/studio-form";
import { surprise } from "./_form/surprise";
import { type Start, usePrefill } from "./_form/use-prefill";
import { useStudioForm } from "./_form/use-studio-form";
import { FocusSlider } from "./_picture/focus-slider";
import { PicturePanel } from "./_picture/picture-panel";
import type { Sample } from "./_picture/sample";
import { usePastedPicture } from "./_picture/use-pasted-picture";
import { useUpload } from "./_picture/use-upload";
import { useLookThumbnails } from "./_preview/use-look-thumbnails";
import { usePreview } from "./_preview/use-preview";
import { StageColumn } from "./stage-column";
import classes from "./studio.module.css";
import { sourceUrl, useSource } from "./use-source";

/** Pixels a side of the live preview: the least that has room for every version, and quick enough to follow the hand. */
const PREVIEW_PX = 560;

/** The studio: the form on one side, what comes of it on the other. */
export function Studio({ samples, start }: { samples: readonly Sample[]; start: Start }) {
  const t = useTranslations("studio");
  const locale = useLocale();
  const studio = useStudioForm(samples[0]?.name);
  const making = useMaking(QR_PICTURE);
  const { form, payload, setOptions } = studio;
  const { options } = form;
  usePrefill(start, studio, (message) =>
    notifications.show({ color: "red", message: message || t("missing.start") }),
  );

  const [localUrls, setLocalUrls] = useState<ReadonlyMap<string, string>>(new Map());
  const choose = useCallback(
    (picture: Options["picture"]) => setOptions({ picture, focus: { x: 0.5, y: 0.5 } }),
    [setOptions],
  );
  const onUploaded = useCallback(
    (id: string, localUrl: string) => {
      setLocalUrls((before) => new Map(before).set(id, localUrl));
      choose({ from: "gallery", id });
    },
    [choose],
  );
  const { upload, start: send, dismiss } = useUpload(onUploaded);
  usePastedPicture(send);

  const chosenUrl = sourceUrl(options.picture, samples, localUrls);
  const shownUrl = upload.state === "sending" ? upload.localUrl : chosenUrl;
  const source = useSource(shownUrl, options.focus);
  const text = payload.ok ? payload.text : null;
  const { look, level, version, ecc, seed, colours, cornerRadius, logo } = options;
  const request = useMemo<PreviewRequest | null>(() => {
    if (text === null || (source.square === null && look !== "classic")) return null;
    const picture = source.square;
    return {
      text,
      picture,
      look,
      level,
      version,
      ecc,
      seed,
      colours,
      cornerRadius,
      logo,
      sizePx: PREVIEW_PX,
    };
  }, [text, source.square, look, level, version, ecc, seed, colours, cornerRadius, logo]);
  const answer = usePreview(request);
  // The large preview goes first: the cards wait until there is one.
  const thumbnails = useLookThumbnails(answer === null ? null : source.square, colours);

  const missing =
    text === null
      ? t("missing.text")
      : source.broken
        ? t("missing.broken")
        : options.picture === null && look !== "classic"
          ? t("missing.picture")
          : null;
  // What the preview refuses (a text too long, a version too small) the job would refuse too.
  const refusal = answer && !answer.ok && answer.code !== "internal" ? answer : null;
  const obstacle =
    missing ??
    (refusal && errorMessage(refusal.code, refusal.details, locale)) ??
    (upload.state === "sending" ? t("missing.uploading") : null);

  return (
    <div className={classes.layout}>
      <div className={classes.intro}>
        <h1 className={classes.headline}>{t("headline")}</h1>
        <p className={classes.lead}>{t("lead")}</p>
      </div>
      <div className={classes.controls}>
        <ContentPanel studio={studio} />
        <PicturePanel
          samples={samples}
          picture={options.picture}
          thumbnailUrl={shownUrl}
          upload={upload}
          onFile={send}
          onChoose={choose}
          onDismiss={dismiss}
          focus={
            source.image ? (
              <FocusSlider
                width={source.image.naturalWidth}
                height={source.image.naturalHeight}
                focus={options.focus}
                onChange={(focus) => setOptions({ focus })}
              />
            ) : null
          }
        />
        <LookPanel look={look} thumbnails={thumbnails} onChange={(name) => setOptions({ look: name })} />
        {look === "photo" ? null : (
          <ColourPanel colours={colours} onChange={(pair) => setOptions({ colours: pair })} />
        )}
        <LevelPanel level={options.level} onChange={(level) => setOptions({ level })} />
        <AdvancedPanel options={options} onChange={setOptions} />
      </div>
      <StageColumn
        making={making}
        input={text === null ? null : { ...options, text }}
        options={options}
        answer={answer}
        missing={missing}
        obstacle={obstacle}
        codeSourceUrl={(picture) => sourceUrl(picture, samples, localUrls)}
        onSurprise={() => setOptions(surprise(options, samples))}
      />
    </div>
  );
}
