import { findChoice, isGone } from "@/lib/drawing/find-choice";
import type { DrawingModels } from "@/lib/drawing/list-drawing-models";

/** What a list offers: what is chosen stays in it, there or not, as it would look as if nothing were chosen. */
export function choicesOf(there: DrawingModels["vaes"], chosen: string | null) {
  const choices = there.map(({ id, title }) => ({ value: id, label: title }));
  return isGone(there, chosen) ? [...choices, { value: chosen, label: chosen, disabled: true }] : choices;
}

/** Which of them is chosen: names may lack folders. */
export const chosenOf = (there: readonly { readonly id: string }[], chosen: string | null): string | null =>
  findChoice(there, chosen)?.id ?? chosen;
