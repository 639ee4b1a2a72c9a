/** A box in parts of a picture's sides, 0 … 1; what a detector says may reach beyond. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a person chose: the centre in parts of width and height, the side in parts of the shorter one. */
export interface ChosenCrop {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** In pixels, wholly inside of its picture. */
export interface Square {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A portrait is so many faces wide: hair and shoulders belong to it. */
const FACES_WIDE = 2.5;
/** Where the face's middle is in it: a little above the centre, so that there are shoulders. */
const FACE_AT = 0.48;
/** Where nobody says where the face is: people hold it in the upper middle. */
const USUAL: ChosenCrop = { x: 0.5, y: 0.42, side: 1 };

/** @param chosen wins over the face; without either the upper middle is taken. */
export function portraitSquare(size: Size, chosen: ChosenCrop | null, face: Box | null): Square {
  if (!chosen && face) {
    const side = FACES_WIDE * Math.max(face.width * size.width, face.height * size.height);
    const middle = (face.y + face.height / 2) * size.height + (0.5 - FACE_AT) * side;
    return squareIn(size, (face.x + face.width / 2) * size.width, middle, side);
  }
  const { x, y, side } = chosen ?? USUAL;
  return squareIn(size, x * size.width, y * size.height, side * Math.min(size.width, size.height));
}

/** Of that centre and side, moved and made smaller until it lies inside. */
export function squareIn({ width, height }: Size, x: number, y: number, wanted: number): Square {
  const side = Math.max(1, Math.floor(Math.min(wanted, width, height)));
  const inside = (at: number, most: number): number =>
    Math.round(Math.min(Math.max(0, at - side / 2), most - side));
  return { left: inside(x, width), top: inside(y, height), side };
}

/** A box of the whole picture as one of the square cut out of it. */
export function withinSquare(box: Box, { width, height }: Size, { left, top, side }: Square): Box {
  return {
    x: (box.x * width - left) / side,
    y: (box.y * height - top) / side,
    width: (box.width * width) / side,
    height: (box.height * height) / side,
  };
}
