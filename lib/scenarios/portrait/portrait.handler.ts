import { drawSheet, type SheetPicture } from "@/lib/drawing/draw-sheet";
import { encodeDrawing } from "@/lib/drawing/encode-drawing";
import { jobSeed } from "@/lib/drawing/job-seed";
import { tellWithPreview } from "@/lib/drawing/live-preview";
import { openEasel } from "@/lib/drawing/open-easel";
import { readSource } from "@/lib/drawing/read-source";
import type { Axes } from "@/lib/drawing/x-y-axes";
import type { JobHandler } from "@/lib/jobs/job-handler";
import { resizePicture } from "@/lib/photos/resize-picture";
import { addMade } from "@/lib/pictures/add-made";
import { madeId } from "@/lib/pictures/made-id";
import type { MadeSheet } from "@/lib/pictures/made-pictures";
import { drawPortrait } from "./draw-portrait";
import { type PortraitInput, portraitInput } from "./portrait.job";
import { portraitStyle } from "./portrait-styles.input";
import { photoSide, preparePhoto } from "./prepare-photo";

/** Of a picture on the sheet. */
const TILE_PX = 256;
const SHEET_TITLE = { en: "Styles and strengths", zh: "风格与浓淡对比" } as const;

/** Draws a portrait, or a sheet of them, each kept as soon as it is there; the sheet itself is the last. */
export const portraitHandler: JobHandler = async ({ job, signal, report }) => {
  const input = portraitInput.parse(job.input);
  const whole = await readSource(job.ownerId, input.photo);
  const seed = jobSeed(job.id, input.seed);
  const cells = cellsOf(input);
  const of = cells.length + (input.sheet ? 1 : 0);
  const pictures: string[] = [];
  let isFaceFound = false;
  const sheet = input.sheet && emptySheet(input.sheet);
  const made = () => ({ pictures: [...pictures], of, isFaceFound, ...(sheet && { sheet }) });
  const { tell, preview } = tellWithPreview((done, stage, shown) =>
    report(done / of, stage, { ...made(), preview: shown }),
  );
  tell(0, "looking");
  const { side } = await openEasel(input, job.ownerId);
  const prepared = await preparePhoto(whole, input, photoSide(side), signal);
  isFaceFound = prepared.isFaceFound;
  const tiles: SheetPicture[] = [];
  for (const [i, { column, row, style, strength }] of cells.entries()) {
    // Twelve are to choose from: the one chosen is drawn in detail.
    const own = { ...input, style, strength, seed, detail: input.detail && !input.sheet };
    const { drawn, enlarged } = await drawPortrait(prepared, own, {
      ...{ ownerId: job.ownerId, signal, preview },
      onProgress: (part) => tell(i + part, "drawing"),
    });
    const kept = await addMade(job.id, {
      ...(i > 0 && { id: madeId(job.id, `${i}`) }),
      ...{ kind: "drawing", bytes: await encodeDrawing(drawn, enlarged) },
      title: portraitStyle(style).title[input.language],
      // Each can be asked for again by itself.
      settings: { ...own, scenario: job.scenario, sheet: null, detail: input.detail },
      sourceId: input.photo,
    });
    pictures.push(kept.id);
    preview.clear();
    if (sheet) {
      sheet.cells[i] = kept.id;
      tiles.push({ column, row, picture: await resizePicture(enlarged.picture, TILE_PX, TILE_PX) });
    }
    tell(i + 1, "drawing");
  }
  if (input.sheet) pictures.push(await keepSheet(job.id, { ...input, seed }, tiles));
  return { pictureId: job.id, result: made() };
};

interface Cell extends Pick<PortraitInput, "style" | "strength"> {
  readonly column: number;
  readonly row: number;
}

/** Before anything is drawn. */
const emptySheet = ({ styles, strengths }: NonNullable<PortraitInput["sheet"]>): MadeSheet => ({
  ...{ across: "amount", columns: strengths.map(String) },
  ...{ down: "style", rows: styles },
  cells: styles.flatMap(() => strengths.map(() => null)),
});

/** Row by row: a style after the other, whose network is opened once. */
function cellsOf({ sheet, style, strength }: PortraitInput): Cell[] {
  if (!sheet) return [{ column: 0, row: 0, style, strength }];
  return sheet.styles.flatMap((name, row) =>
    sheet.strengths.map((value, column) => ({ column, row, style: name, strength: value })),
  );
}

async function keepSheet(
  jobId: string,
  input: PortraitInput & { sheet: PortraitInput["sheet"] },
  tiles: readonly SheetPicture[],
): Promise<string> {
  const { styles, strengths } = input.sheet!;
  const axes: Axes = [
    { name: "strength", values: strengths.map(String) },
    { name: "style", values: styles },
  ];
  const { id } = await addMade(jobId, {
    ...{ id: madeId(jobId, "sheet"), kind: "drawing", bytes: await drawSheet(axes, tiles) },
    ...{
      title: SHEET_TITLE[input.language],
      settings: { ...input, scenario: "portrait" },
      sourceId: input.photo,
    },
  });
  return id;
}
