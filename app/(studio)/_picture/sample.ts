/** A picture that ships with the project, as `public/samples/samples.json` lists it. */
export interface Sample {
  readonly name: string;
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly alt: { readonly en: string; readonly zh: string };
}

export const sampleUrl = (sample: Sample): string => `/samples/${sample.file}`;
