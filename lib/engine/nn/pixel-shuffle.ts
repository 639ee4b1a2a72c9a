import type { Graph, Value } from "../onnx/graph";

/** torch.nn.PixelShuffle: [B, C·factor², H, W] → [B, C, factor·H, factor·W]. */
export function pixelShuffle(graph: Graph, x: Value, factor: number): Value {
  return graph.op("DepthToSpace", [x], { attributes: { blocksize: factor, mode: "CRD" } });
}

/** torch.nn.PixelUnshuffle: [B, channels, H, W] → [B, channels·factor², H/factor, W/factor]. */
export function pixelUnshuffle(graph: Graph, x: Value, channels: number, factor: number): Value {
  if (factor === 1) return x;
  const folded = graph.op("SpaceToDepth", [x], { attributes: { blocksize: factor } });
  // ONNX orders channels by place and then colour, torch by colour and then place.
  const places = factor * factor;
  const order = Array.from(
    { length: channels * places },
    (_, i) => (i % places) * channels + Math.floor(i / places),
  );
  return graph.op("Gather", [folded, graph.constant("int64", [order.length], order)], {
    attributes: { axis: 1 },
  });
}
