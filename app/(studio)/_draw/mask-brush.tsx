"use client";

import { Button, Group, SegmentedControl, Slider, Text } from "@mantine/core";
import { IconArrowBackUp, IconTrash } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type PointerEvent, useEffect, useRef, useState } from "react";
import { pictureUrl } from "../_picture/picture-api";
import { usePicture } from "../_preview/use-picture";
import classes from "./mask-brush.module.css";
import { drawMarks, drawStroke, type Mark, maskOf, maskUrl, paintOf, type Stroke } from "./mask-strokes";

interface MaskBrushProps {
  pictureId: string;
  /** What is painted when it appears; from then on, what the hand does counts. */
  painted: string | null;
  /** White on black, base64 PNG; null where nothing is painted. */
  onChange: (mask: string | null) => void;
}

/** Pixels of the mask's longer side: finer than what any model draws in one piece. */
const MASK_PX = 512;
const FIRST_WIDTH = 0.12;
const PRIMARY_BUTTON = 1;

/** Paints what is to be drawn anew, over the picture itself. Another picture is another brush: it has a key. */
export function MaskBrush({ pictureId, painted, onChange }: MaskBrushProps) {
  const t = useTranslations("create.draw.brush");
  const canvas = useRef<HTMLCanvasElement>(null);
  const stroke = useRef<Stroke | null>(null);
  const before = useRef<CanvasImageSource | null>(null);
  const [marks, setMarks] = useState<readonly Mark[]>([]);
  // What was painted before may come after the first stroke.
  const latest = useRef(marks);
  latest.current = marks;
  const [width, setWidth] = useState(FIRST_WIDTH);
  const [tool, setTool] = useState<"paint" | "erase">("paint");
  const [first] = useState(painted);
  const { image } = usePicture(pictureUrl(pictureId, 640));
  const { image: mask } = usePicture(first && maskUrl(first));
  const scale = image ? MASK_PX / Math.max(image.naturalWidth, image.naturalHeight) : 0;
  const size = image && {
    width: Math.round(image.naturalWidth * scale),
    height: Math.round(image.naturalHeight * scale),
  };
  useEffect(() => {
    before.current = mask && paintOf(mask);
    const context = image && canvas.current?.getContext("2d");
    if (context) drawMarks(context, before.current, latest.current);
  }, [image, mask]);

  const redo = (next: readonly Mark[]) => {
    setMarks(next);
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    drawMarks(context, before.current, next);
    onChange(maskOf(context.canvas));
  };
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!event.isPrimary || (event.buttons & PRIMARY_BUTTON) === 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const widthPx = width * MASK_PX;
    stroke.current = { kind: "stroke", points: [placeOf(event)], widthPx, erases: tool === "erase" };
    draw(0);
  };
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!stroke.current || !event.isPrimary) return;
    // A button that came up where nobody told us.
    if ((event.buttons & PRIMARY_BUTTON) === 0) return end();
    const { points } = stroke.current;
    stroke.current = { ...stroke.current, points: [...points, placeOf(event)] };
    draw(points.length);
  };
  const draw = (from: number) => {
    const context = canvas.current?.getContext("2d");
    if (context && stroke.current) drawStroke(context, stroke.current, from);
  };
  const end = () => {
    const done = stroke.current;
    stroke.current = null;
    if (done) redo([...marks, done]);
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
              onPointerDown={begin}
              onPointerMove={move}
              onPointerUp={end}
              // The system took the pointer away, for a gesture or a call: what was drawn until then stays.
              onPointerCancel={end}
            />
          </>
        ) : null}
      </div>
      <SegmentedControl
        fullWidth
        mt="sm"
        aria-label={t("tool")}
        value={tool}
        data={(["paint", "erase"] as const).map((value) => ({ value, label: t(`tools.${value}`) }))}
        onChange={setTool}
      />
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
      <Group gap="xs" mt="xs">
        <Button
          size="compact-sm"
          variant="subtle"
          disabled={marks.length === 0}
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          onClick={() => redo(marks.slice(0, -1))}
        >
          {t("undo")}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          disabled={painted === null}
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => redo([...marks, { kind: "clear" }])}
        >
          {t("clear")}
        </Button>
      </Group>
    </div>
  );
}

function placeOf({ clientX, clientY, currentTarget }: PointerEvent<HTMLCanvasElement>) {
  const box = currentTarget.getBoundingClientRect();
  return {
    x: ((clientX - box.left) / box.width) * currentTarget.width,
    y: ((clientY - box.top) / box.height) * currentTarget.height,
  };
}
