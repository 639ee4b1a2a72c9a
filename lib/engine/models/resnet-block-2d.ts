import { activation } from "../nn/activations";
import { conv2d } from "../nn/conv-2d";
import { linear } from "../nn/linear";
import { groupNorm } from "../nn/norms";
import type { Scope } from "../nn/scope";
import type { Value } from "../onnx/graph";

export interface ResnetSize {
  readonly inChannels: number;
  readonly outChannels: number;
  /** Features of the time embedding; null where a model has none. */
  readonly timeChannels: number | null;
  readonly groups: number;
  readonly eps: number;
  readonly act: string;
}

/**
 * Two convolutions with the time added between them, around a shortcut.
 * @param time [B, timeChannels] before its activation; null where `timeChannels` is.
 * @source diffusers models/resnet.py ResnetBlock2D
 */
export function resnetBlock2d(s: Scope, x: Value, time: Value | null, size: ResnetSize): Value {
  const { graph } = s;
  const { inChannels, outChannels, timeChannels, groups, eps, act } = size;
  let h = activation(s, act, groupNorm(s.at("norm1"), x, inChannels, groups, eps));
  h = conv2d(s.inInt8("conv1"), h, inChannels, outChannels);
  if (time && timeChannels !== null) {
    const shift = linear(s.at("time_emb_proj"), activation(s, act, time), timeChannels, outChannels);
    h = graph.op("Add", [h, graph.op("Unsqueeze", [shift, graph.constant("int64", [2], [2, 3])])]);
  }
  h = activation(s, act, groupNorm(s.at("norm2"), h, outChannels, groups, eps));
  h = conv2d(s.inInt8("conv2"), h, outChannels, outChannels);
  const shortcut =
    inChannels === outChannels ? x : conv2d(s.at("conv_shortcut"), x, inChannels, outChannels, { kernel: 1 });
  return graph.op("Add", [shortcut, h]);
}
