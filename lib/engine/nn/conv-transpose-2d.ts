import type { Value } from "../onnx/graph";
import type { Scope } from "./scope";

export interface ConvTranspose2dOptions {
  readonly kernel: number;
  readonly stride: number;
  /** Taken off every side of the result; 0 by default. */
  readonly padding?: number;
}

/** torch.nn.ConvTranspose2d: [B, inChannels, H, W] → [B, outChannels, H', W']; the bias is taken where there is one. */
export function convTranspose2d(
  s: Scope,
  x: Value,
  inChannels: number,
  outChannels: number,
  { kernel, stride, padding = 0 }: ConvTranspose2dOptions,
): Value {
  const weight = s.parameter("weight", [inChannels, outChannels, kernel, kernel]);
  const bias = s.has("bias") ? [s.parameter("bias", [outChannels])] : [];
  return s.graph.op("ConvTranspose", [x, weight, ...bias], {
    attributes: {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [padding, padding, padding, padding],
    },
  });
}
