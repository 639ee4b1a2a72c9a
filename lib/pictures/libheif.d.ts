/** The part of libheif that pictures are decoded with; the package's types are of its C functions. */
declare module "libheif-js/wasm-bundle.js" {
  interface HeifImage {
    /** Pixels, with the file's own turning and mirroring applied. */
    get_width(): number;
    get_height(): number;
    is_primary(): boolean;
    /** Fills `data` with RGBA; null when the picture can't be decoded. */
    display<T extends { data: Uint8ClampedArray; width: number; height: number }>(
      into: T,
      done: (filled: T | null) => void,
    ): void;
    free(): void;
  }
  const libheif: {
    HeifDecoder: new () => {
      /** Empty for what is no HEIF. */
      decode(bytes: Uint8Array): HeifImage[];
    };
  };
  export default libheif;
}
