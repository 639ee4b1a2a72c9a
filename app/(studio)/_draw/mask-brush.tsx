"use client";

import { Button, Slider, Text } from "@mantine/core";
import { IconEraser } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type PointerEvent, useCallback, useEffect, useRef, useState } from "react";
import { pictureUrl } from "../_picture/picture-api";
import { usePicture } from "../_preview/use-picture";
import classes from "./mask-brush.module.css";

interface MaskBrushProps {
  pictureId: string;
  /** White on black, base64 PNG; null where nothing is painted. */
  onChange: (mask: string | null) => void;
}

/** Pixels of the mask's longer side: finer than what any model draws in one piece. */
const MASK_PX = 512;
const FIRST_WIDTH = 0.12;

/** Paints what is to be drawn anew, over the picture itself. */
export function MaskBrush({ pictureId, onChange }: MaskBrushProps) {
  const t = useTranslations("create.draw.brush");
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<{ x: number; y: number } | null>(null);
  const [width, setWidth] = useState(FIRST_WIDTH);
  const [isPainted, setPainted] = useState(false);
  const { image } = usePicture(pictureUrl(pictureId, 640));
  const scale = image ? MASK_PX / Math.max(image.naturalWidth, image.naturalHeight) : 0;
  const size = image && {
    width: Math.round(image.naturalWidth * scale),
    height: Math.round(image.naturalHeight * scale),
  };

  const clear = useCallback(() => {
    const context = canvas.current?.getContext("2d");
    context?.clearRect(0, 0, context.canvas.width, context.canvas.height);
    setPainted(false);
    onChange(null);
  }, [onChange]);
  // Another picture has another mask.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for every picture
  useEffect(() => clear(), [pictureId]);

  const placeOf = ({ clientX, clientY, currentTarget }: PointerEvent<HTMLCanvasElement>) => {
    const box = currentTarget.getBoundingClientRect();
    return {
      x: ((clientX - box.left) / box.width) * currentTarget.width,
      y: ((clientY - box.top) / box.height) * currentTarget.height,
    };
  };
  const stroke = (event: PointerEvent<HTMLCanvasElement>) => {
    const context = event.currentTarget.getContext("2d");
    if (!context || !last.current) return;
    const to = placeOf(event);
    context.lineWidth = width * MASK_PX;
    context.lineCap = "round";
    context.strokeStyle = "#ffffff";
    context.beginPath();
    context.moveTo(last.current.x, last.current.y);
    context.lineTo(to.x, to.y);
    context.stroke();
    last.current = to;
  };
  return (
    <div>
      <Text size="sm" fw={600} mb={6}>
        {t("title")}
      </Text>
      <div className={classes.frame}>
        {image && size ? (
          <>
            <img src={image.src} alt="" className={classes.picture} />
            <canvas
              ref={canvas}
              {...size}
              className={classes.paint}
              aria-label={t("title")}
              onPointerDown={(event) => {
                event.currentTarget.setPointerCapture(event.pointerId);
                last.current = placeOf(event);
                stroke(event);
              }}
              onPointerMove={stroke}
              onPointerUp={(event) => {
                last.current = null;
                setPainted(true);
                onChange(maskOf(event.currentTarget));
              }}
            />
          </>
        ) : null}
      </div>
      <Slider
        mt="sm"
        min={0.03}
        max={0.4}
        step={0.01}
        value={width}
        label={null}
        thumbProps={{ "aria-label": t("width") }}
        onChange={setWidth}
      />
      <Button
        mt="xs"
        size="compact-sm"
        variant="subtle"
        disabled={!isPainted}
        leftSection={<IconEraser size={16} aria-hidden />}
        onClick={clear}
      >
        {t("clear")}
      </Button>
    </div>
  );
}

/** What is painted, on black: what is transparent is kept. */
function maskOf(painted: HTMLCanvasElement): string | null {
  const mask = document.createElement("canvas");
  mask.width = painted.width;
  mask.height = painted.height;
  const context = mask.getContext("2d");
  if (!context) return null;
  context.fillStyle = "#000000";
  context.fillRect(0, 0, mask.width, mask.height);
  context.drawImage(painted, 0, 0);
  return mask.toDataURL("image/png").slice("data:image/png;base64,".length);
}
