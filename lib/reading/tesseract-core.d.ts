/** The part of Tesseract's C++ interface that pictures are read with; the package has no types of its own. */
declare module "tesseract.js-core/tesseract-core-simd-lstm.js" {
  export interface TesseractApi {
    /** @param data folder; null for the root. @param mode 1: neural networks alone. @returns 0, or -1 where it cannot. */
    Init(data: string | null, languages: string, mode: number): number;
    SetVariable(name: string, value: string): boolean;
    /** Takes the picture in the file `/input`. @returns 0, or 1 where it cannot. */
    SetImageFile(exifOrientation: number, angle: number): number;
    Recognize(monitor: null): number;
    /** Tab-separated: level, page, block, paragraph, line, word, left, top, width, height, confidence, text. */
    GetTSVText(page: number): string;
    Clear(): void;
  }
  interface TesseractModule {
    readonly FS: { writeFile(name: string, data: Uint8Array): void };
    readonly TessBaseAPI: new () => TesseractApi;
  }
  const open: (options: {
    print?: (line: string) => void;
    printErr?: (line: string) => void;
  }) => Promise<TesseractModule>;
  export default open;
}
