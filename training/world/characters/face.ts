import { circle, ellipse, line, mirrored, path, rect } from "../canvas";
import { type Hex, luma, shade } from "../colour";
import type { Expression, Glasses } from "../vocabulary";

const INK = "#33263f";
const LEFT = 108;
const EYE_Y = 122;

type Eye = "open" | "wide" | "happy" | "closed";
const EYES: Record<Expression, [Eye, Eye]> = {
  smile: ["open", "open"],
  laugh: ["happy", "happy"],
  sad: ["open", "open"],
  surprised: ["wide", "wide"],
  wink: ["open", "happy"],
  neutral: ["open", "open"],
  angry: ["open", "open"],
  sleepy: ["closed", "closed"],
};

function drawEye(kind: Eye, x: number, iris: Hex): string {
  if (kind === "happy") return line(`M${x - 8} ${EYE_Y + 3}q8-11 16 0`, INK, 4);
  if (kind === "closed") return line(`M${x - 8} ${EYE_Y}q8 8 16 0`, INK, 4);
  if (kind === "wide") {
    return (
      circle(x, EYE_Y, 11, "#ffffff") +
      circle(x, EYE_Y, 6.4, iris) +
      circle(x - 2, EYE_Y - 2.5, 2.2, "#ffffff")
    );
  }
  return (
    ellipse(x, EYE_Y, 6.3, 8, iris) +
    circle(x - 2, EYE_Y - 3, 2.3, "#ffffff") +
    circle(x + 2, EYE_Y + 3, 1.2, "#ffffff", 'opacity=".8"')
  );
}

/** Eyebrows of the left side; the right side is their mirror image. */
const BROWS: Record<Expression, string> = {
  smile: "M98 105q9-6 18-2",
  laugh: "M98 103q9-7 18-3",
  sad: "M97 108q10-3 18-9",
  surprised: "M98 99q10-8 19-3",
  wink: "M98 104q9-6 18-2",
  neutral: "M99 105h16",
  angry: "M97 99q10 3 19 9",
  sleepy: "M98 107q9-5 18-1",
};

const OPEN_MOUTH =
  '<path d="M110 144h36c0 15-8 22-18 22s-18-7-18-22z" fill="#7d2740"/><path d="M113 144h30v5h-30z" fill="#fff"/>' +
  '<path d="M118 160c4-6 16-6 20 0c-3 4-6 6-10 6s-7-2-10-6z" fill="#f0788a"/>';

/** Lips lie on the skin, so their line must stand out from it. */
function drawMouth(expression: Expression, ink: Hex): string {
  switch (expression) {
    case "smile":
      return line("M113 146q15 13 30 0", ink, 4);
    case "laugh":
      return OPEN_MOUTH;
    case "wink":
      return line("M114 147q14 11 29-3", ink, 4);
    case "sad":
      return line("M116 154q12-11 24 0", ink, 4);
    case "surprised":
      return ellipse(128, 152, 7.5, 9.5, "#7d2740") + ellipse(128, 157, 5, 3.5, "#f0788a");
    case "neutral":
      return line("M118 149q10 3 20 0", ink, 4);
    case "angry":
      return line("M117 153q5-6 11-4t11 1", ink, 4);
    case "sleepy":
      return ellipse(128, 150, 4.5, 4, "#7d2740");
  }
}

/**
 * @param lashes for girls
 * @param iris   the colour of the eyes
 */
export function drawFace(
  expression: Expression,
  skin: Hex,
  hair: Hex,
  lashes: boolean,
  iris: Hex = INK,
): string {
  const dark = luma(skin) < 0.42;
  const [left, right] = EYES[expression];
  // Brows take the hair's colour where it shows on the skin, else a deeper skin.
  const brow = Math.abs(luma(hair) - luma(skin)) > 0.16 ? shade(hair, 0.3) : shade(skin, 0.55);
  const blush = mirrored(ellipse(95, 141, 9.5, 6.5, dark ? "#d0614f" : "#ff8d8d", 'opacity=".42"'));
  const lash = left === "closed" ? "" : line("M99 116l-6-4m5 9l-6-1", INK, 2.6);
  const lashRight = right === "closed" ? "" : line("M157 116l6-4m-5 9l6-1", INK, 2.6);
  const tear =
    expression === "sad" ? path("M100 133c5 6 6 9 6 12a6 6 0 0 1-12 0c0-3 2-6 6-12z", "#77c4f2") : "";
  const zzz =
    expression === "sleepy"
      ? line("M186 66h12l-12 14h12M206 42h9l-9 11h9", "#ffffff", 4, 'stroke-opacity=".95"')
      : "";
  return (
    blush +
    drawEye(left, LEFT, iris) +
    drawEye(right, 256 - LEFT, iris) +
    (lashes ? lash + lashRight : "") +
    mirrored(line(BROWS[expression], brow, 4)) +
    line("M124 135q4 4 8 0", shade(skin, 0.34), 3.4) +
    drawMouth(expression, dark ? "#3a1520" : shade(skin, 0.78)) +
    tear +
    zzz
  );
}

export function drawGlasses(glasses: Glasses): string {
  const frame = "#3b3350";
  const bridge = line("M124 119q4-4 8 0M90 117l-11-3M166 117l11-3", frame, 4);
  switch (glasses) {
    case "none":
      return "";
    case "round":
      return (
        mirrored(circle(107, 122, 17, "#ffffff", `fill-opacity=".25" stroke="${frame}" stroke-width="4"`)) +
        bridge
      );
    case "square":
      return (
        mirrored(
          rect(89, 108, 35, 27, "#ffffff", `rx="6" fill-opacity=".25" stroke="${frame}" stroke-width="4.5"`),
        ) + bridge
      );
    case "sunglasses":
      return (
        mirrored(path("M87 110h37c1 20-6 28-18 28s-19-8-19-28z", "#2a2440")) +
        bridge +
        line("M95 117l-1 7m19-7l-1 7M137 117l-1 7m19-7l-1 7", "#7f78a8", 3.5) +
        line("M84 111h88", "#2a2440", 5)
      );
  }
}
