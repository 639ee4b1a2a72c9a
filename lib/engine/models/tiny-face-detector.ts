import { conv2d } from "../nn/conv-2d";
import type { Scope } from "../nn/scope";
import type { Value } from "../onnx/graph";

/** Of the layers, the picture's first. */
const CHANNELS = [3, 16, 32, 64, 128, 256, 512] as const;
/** Shapes that a face has, in cells: width and height. */
export const FACE_ANCHORS = [
  [1.603231, 2.094468],
  [6.041143, 7.080126],
  [2.882459, 3.518061],
  [4.266906, 5.178857],
  [9.041765, 10.66308],
] as const;
/** What is said of each: x, y, width, height, whether there is one. */
export const NUMBERS_OF_FACE = 5;
/** Pixels a side of a cell. */
export const FACE_CELL_PX = 32;
const SLOPE = 0.1;

/**
 * A small YOLO for faces: [B, 3, S, S], S a multiple of 32, in [0, 1] less the mean → [B, 25, S/32, S/32], five numbers for each
 * anchor, raw.
 * @source https://github.com/vladmandic/face-api (src/tinyYolov2/TinyYolov2Base.ts runMobilenet), after arXiv:1612.08242
 */
export function tinyFaceDetector(s: Scope, x: Value): Value {
  let h = leaky(s, conv2d(s.at("conv0"), x, CHANNELS[0], CHANNELS[1], { padding: 0 }));
  for (let i = 1; i < CHANNELS.length - 1; i++) {
    h = pool(s, h, 2);
    h = leaky(s, separable(s.at(`conv${i}`), h, CHANNELS[i]!, CHANNELS[i + 1]!));
  }
  h = pool(s, h, 1);
  return conv2d(s.at("conv8"), h, CHANNELS.at(-1)!, FACE_ANCHORS.length * NUMBERS_OF_FACE, { kernel: 1 });
}

/** Each channel for itself, then across the channels. */
function separable(s: Scope, x: Value, inChannels: number, outChannels: number): Value {
  const alone = s.graph.op("Conv", [x, s.at("depthwise").parameter("weight", [inChannels, 1, 3, 3])], {
    attributes: { kernel_shape: [3, 3], strides: [1, 1], pads: [1, 1, 1, 1], group: inChannels },
  });
  return conv2d(s.at("pointwise"), alone, inChannels, outChannels, { kernel: 1 });
}

function leaky({ graph }: Scope, x: Value): Value {
  return graph.op("Max", [x, graph.op("Mul", [x, graph.constant("float32", [], [SLOPE])])]);
}

/** The last row and column count once more where a side is odd. */
const pool = (s: Scope, x: Value, stride: number): Value =>
  s.graph.op("MaxPool", [x], {
    attributes: { kernel_shape: [2, 2], strides: [stride, stride], auto_pad: "SAME_UPPER" },
  });
