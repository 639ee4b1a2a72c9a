import { normalizedPicture } from "../annotators/network-picture";
import { resampleAntialiased } from "../annotators/resample-antialiased";
import { EngineError } from "../engine-error";
import { FACE_ANCHORS, FACE_CELL_PX, NUMBERS_OF_FACE, tinyFaceDetector } from "../models/tiny-face-detector";
import { type Picture, picture } from "../picture";
import { type Device, openSession } from "../runtime/session";
import { openSafetensors } from "../safetensors/open-safetensors";
import type { Tensor } from "../tensor";
import { emitNetwork } from "./emit-network";

/** Where a face is, in parts of the picture's sides, and how sure that is, 0 … 1. */
export interface Face {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly score: number;
}

export interface FaceDetector {
  /** The surest first. */
  detect(source: Picture): Promise<Face[]>;
  release(): Promise<void>;
}

/** Pixels a side that the picture is brought to. */
const SIDE = 416;
const LEAST_SCORE = 0.45;
/** Two faces that share more than this of what both cover are one. */
const MOST_OVERLAP = 0.4;
const NORMALIZATION = { mean: [117.001 / 255, 114.697 / 255, 97.404 / 255], std: [1, 1, 1] };

/** @throws EngineError weights_unknown for another file; those of `openSafetensors` and `openSession` */
export async function openFaceDetector(source: string, device: Device): Promise<FaceDetector> {
  const { tensors: weights } = await openSafetensors(source);
  if (!weights.has("conv8.weight") || !weights.has("conv1.depthwise.weight"))
    throw new EngineError("weights_unknown", `${source} is no face detector`, { file: source });
  const model = emitNetwork({ weights }, { ...device, precision: "float32" }, (s) => {
    const x = s.graph.input("x", "float32", [1, 3, SIDE, SIDE]);
    s.graph.output("y", tinyFaceDetector(s, x), "float32", [1, "numbers", "rows", "columns"]);
  });
  const session = await openSession(model, device);
  return {
    async detect(source) {
      const scale = SIDE / Math.max(source.width, source.height);
      const [width, height] = [source.width, source.height].map((side) =>
        Math.max(1, Math.round(side * scale)),
      ) as [number, number];
      const x = normalizedPicture(onBlack(resampleAntialiased(source, width, height)), NORMALIZATION);
      const { y } = await session.run({ x });
      return apart(readFaces(y!, { width, height }));
    },
    release: session.release,
  };
}

/** In the upper left corner of a black square. */
function onBlack({ width, height, data }: Picture): Picture {
  const square = picture(SIDE, SIDE);
  for (let row = 0; row < height; row++)
    square.data.set(data.subarray(row * width * 3, (row + 1) * width * 3), row * SIDE * 3);
  return square;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

function readFaces({ shape, data }: Tensor, within: { width: number; height: number }): Face[] {
  const [, , rows, columns] = shape as [number, number, number, number];
  const faces: Face[] = [];
  for (const [anchor, [anchorWidth, anchorHeight]] of FACE_ANCHORS.entries())
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const at = (number: number): number =>
          data[((anchor * NUMBERS_OF_FACE + number) * rows + row) * columns + column]!;
        const score = sigmoid(at(4));
        if (score < LEAST_SCORE) continue;
        const width = (Math.exp(at(2)) * anchorWidth * FACE_CELL_PX) / within.width;
        const height = (Math.exp(at(3)) * anchorHeight * FACE_CELL_PX) / within.height;
        const x = ((column + sigmoid(at(0))) * FACE_CELL_PX) / within.width - width / 2;
        const y = ((row + sigmoid(at(1))) * FACE_CELL_PX) / within.height - height / 2;
        faces.push({ x, y, width, height, score });
      }
  return faces.sort((a, b) => b.score - a.score);
}

/** Of those that cover one another the surest. */
function apart(faces: readonly Face[]): Face[] {
  const kept: Face[] = [];
  for (const face of faces) if (kept.every((other) => overlap(face, other) <= MOST_OVERLAP)) kept.push(face);
  return kept;
}

function overlap(a: Face, b: Face): number {
  const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const both = Math.max(0, wide) * Math.max(0, high);
  return both / (a.width * a.height + b.width * b.height - both);
}
