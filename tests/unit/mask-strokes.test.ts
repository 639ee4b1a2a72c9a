import { expect, test } from "vitest";
import { drawMarks, drawStroke, type Mark, type Stroke } from "@/app/(studio)/_draw/mask-strokes";

/** A canvas that writes down what is drawn on it, and how. */
function notes() {
  const said: string[] = [];
  let mode = "";
  const context = {
    canvas: { width: 8, height: 8 },
    set globalCompositeOperation(value: string) {
      mode = value;
    },
    clearRect: () => said.splice(0),
    drawImage: () => said.push("before"),
    moveTo: (x: number, y: number) => said.push(`${mode} ${x},${y}`),
    lineTo: (x: number, y: number) => said.push(`to ${x},${y}`),
    ...{ save() {}, restore() {}, beginPath() {}, stroke() {} },
  };
  return { said, context: context as unknown as CanvasRenderingContext2D };
}

const stroke = (x: number, erases = false): Stroke => ({
  ...{ kind: "stroke", widthPx: 2, erases },
  points: [
    { x, y: 0 },
    { x, y: 1 },
  ],
});
const before = {} as CanvasImageSource;

test("what a hand did is drawn in its order, on what was painted before; an eraser takes away", () => {
  const { said, context } = notes();
  drawMarks(context, before, [stroke(1), stroke(2, true)]);
  expect(said).toEqual(["before", "source-over 1,0", "to 1,1", "destination-out 2,0", "to 2,1"]);
});

test("after clearing, only what came since is there; taken back, all is there again", () => {
  const marks: Mark[] = [stroke(1), { kind: "clear" }, stroke(2)];
  const { said, context } = notes();
  drawMarks(context, before, marks);
  expect(said).toEqual(["source-over 2,0", "to 2,1"]);
  drawMarks(context, before, marks.slice(0, 1));
  expect(said).toEqual(["before", "source-over 1,0", "to 1,1"]);
});

test("a stroke goes on where it was, and a touch is a dot", () => {
  const { said, context } = notes();
  const { points, ...brush } = stroke(1);
  drawStroke(context, { ...brush, points: [...points, { x: 5, y: 5 }] }, 2);
  drawStroke(context, { ...brush, points: [{ x: 3, y: 3 }] });
  expect(said).toEqual(["source-over 1,1", "to 5,5", "source-over 3,3", "to 3,3"]);
});
