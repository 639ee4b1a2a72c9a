import { assertWritable } from "./generate-files";
import { type DrawingOrder, readOrder } from "./generate-options";
import { drawAxes, drawPictures } from "./generate-pictures";
import { openPreviewFile } from "./generate-preview";
import { openProgressLine, untilInterrupted } from "./generate-progress";
import { openWorkshop, type Workshop } from "./generate-workshop";
import { messages } from "./messages/messages";

/** Draws pictures, or a sheet of them, and writes them; prints what was drawn. */
export async function generate(args: string[]): Promise<number> {
  const order = await readOrder(args);
  await assertWritable(order.out);
  const workshop = await openWorkshop(order, untilInterrupted());
  const progress = openProgressLine();
  const preview = order.preview === null ? null : openPreviewFile(order.out);
  const drawing = {
    ...{ workshop, out: order.out, say: progress.say },
    show: preview ? preview.show : () => {},
  };
  try {
    const {
      lines,
      facts,
      notes: told,
    } = order.axes ? await drawAxes(drawing, order.axes) : await drawPictures(drawing);
    progress.clear();
    const notes = [...order.notes, ...told, ...(await modelNotes(order, workshop))];
    for (const note of notes) console.error(note);
    if (order.json) console.log(JSON.stringify({ ...facts, notes }));
    else for (const line of lines) console.log(line);
    return 0;
  } finally {
    progress.clear();
    await preview?.remove();
  }
}

/** Says so where a restored picture was drawn with another model of that name. */
async function modelNotes({ modelHash, model }: DrawingOrder, workshop: Workshop): Promise<string[]> {
  const { hash } = (await workshop.usedFor(workshop.settings)).model;
  if (modelHash === null || hash === null || modelHash === hash) return [];
  return [messages().generate.otherModel(model, hash, modelHash)];
}
