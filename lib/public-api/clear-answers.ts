import { deleteAnswersOver } from "../db/kept-answers";

/** Forgets answers that are kept no longer, and requests that a killed process left behind; returns how many. */
export const clearAnswers = (): Promise<number> => deleteAnswersOver();
