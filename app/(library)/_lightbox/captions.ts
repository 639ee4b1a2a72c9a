/** Captions beneath pictures: in the lines that they were written in, as many as leave the picture in view. */
export const captions = { descriptionTextAlign: "center", descriptionMaxLines: 4 } as const;
