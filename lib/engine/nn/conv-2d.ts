import type { Value } from "../onnx/graph";
import type { Scope } from "./scope";

export interface Conv2dOptions {
  /** 3 by default. */
  readonly kernel?: number;
  /** 1 by default. */
  readonly stride?: number;
  /** On every side; keeps the size at stride 1 by default. */
  readonly padding?: number | readonly [top: number, left: number, bottom: number, right: number];
}

/** torch.nn.Conv2d: [B, inChannels, H, W] → [B, outChannels, H', W']; the bias is taken where there is one. */
export function conv2d(
  s: Scope,
  x: Value,
  inChannels: number,
  outChannels: number,
  { kernel = 3, stride = 1, padding = (kernel - 1) / 2 }: Conv2dOptions = {},
): Value {
  const weight = s.parameter("weight", [outChannels, inChannels, kernel, kernel]);
  const pads = typeof padding === "number" ? [padding, padding, padding, padding] : padding;
  const bias = s.has("bias") ? s.parameter("bias", [outChannels]) : null;
  return s.graph.op("Conv", bias ? [x, weight, bias] : [x, weight], {
    attributes: { kernel_shape: [kernel, kernel], strides: [stride, stride], pads },
  });
}
