import type { Graph, Value } from "../onnx/graph";
import { activation } from "./activations";
import { linear } from "./linear";
import type { Scope } from "./scope";

export interface SinusoidOptions {
  /** Cosines first. */
  readonly flipSinToCos: boolean;
  readonly freqShift: number;
}

/**
 * Sines and cosines of a number at `channels / 2` frequencies: [N] → [N, channels].
 * @source diffusers models/embeddings.py get_timestep_embedding
 */
export function sinusoids(
  graph: Graph,
  t: Value,
  channels: number,
  { flipSinToCos, freqShift }: SinusoidOptions,
): Value {
  const half = channels / 2;
  const frequencies = Array.from({ length: half }, (_, i) =>
    Math.exp((-Math.log(10000) * i) / (half - freqShift)),
  );
  const column = graph.op("Unsqueeze", [t, graph.constant("int64", [1], [1])]);
  const angles = graph.op("Mul", [column, graph.constant("float32", [1, half], frequencies)]);
  const sin = graph.op("Sin", [angles]);
  const cos = graph.op("Cos", [angles]);
  return graph.op("Concat", flipSinToCos ? [cos, sin] : [sin, cos], { attributes: { axis: -1 } });
}

/**
 * Linear, activation, linear; with `condition` [N, conditionChannels] added to the input through `cond_proj`.
 * @source diffusers models/embeddings.py TimestepEmbedding
 */
export function timestepEmbedding(
  s: Scope,
  sample: Value,
  channels: number,
  timeChannels: number,
  act: string,
  condition?: { readonly value: Value; readonly channels: number },
): Value {
  const { graph } = s;
  const conditioned = condition
    ? graph.op("Add", [sample, linear(s.at("cond_proj"), condition.value, condition.channels, channels)])
    : sample;
  const hidden = activation(s, act, linear(s.at("linear_1"), conditioned, channels, timeChannels));
  return linear(s.at("linear_2"), hidden, timeChannels, timeChannels);
}
