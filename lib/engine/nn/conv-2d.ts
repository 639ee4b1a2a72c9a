import type { Graph, Value } from "../onnx/graph";
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
  const shape = [outChannels, inChannels, kernel, kernel];
  const pads = typeof padding === "number" ? [padding, padding, padding, padding] : padding;
  const bias = s.has("bias") ? s.parameter("bias", [outChannels]) : null;
  const int8 = s.int8("weight", shape);
  if (int8) return int8.forms.conv2d(s.graph, x, { weight: int8.weight, bias, kernel, stride, pads });
  const weight = s.parameter("weight", shape);
  const { channelStep = 1 } = s.forms;
  const over = inChannels > channelStep ? inChannels % channelStep : 0;
  const missing = over === 0 ? 0 : channelStep - over;
  const [input, kernels] = [fill(s.graph, x, missing), fill(s.graph, weight, missing)];
  return s.graph.op("Conv", bias ? [input, kernels, bias] : [input, kernels], {
    attributes: { kernel_shape: [kernel, kernel], strides: [stride, stride], pads },
  });
}

/** Zeros behind the last channel of [n, c, h, w]. */
function fill(graph: Graph, value: Value, channels: number): Value {
  if (channels === 0) return value;
  return graph.op("Pad", [value, graph.constant("int64", [8], [0, 0, 0, 0, 0, channels, 0, 0])]);
}
