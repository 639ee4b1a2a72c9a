"use client";

import { useEffect, useState } from "react";

/** A decoded picture for drawing; null while it loads, `broken` when it cannot be shown. */
export interface LoadedPicture {
  readonly image: HTMLImageElement | null;
  readonly broken: boolean;
}

/** Loads a picture by address; the last one stays until the next is ready, so that nothing flickers. */
export function usePicture(src: string | null): LoadedPicture {
  const [loaded, setLoaded] = useState<LoadedPicture>({ image: null, broken: false });
  useEffect(() => {
    if (src === null) {
      setLoaded({ image: null, broken: false });
      return;
    }
    let current = true;
    const image = new Image();
    image.src = src;
    image.decode().then(
      () => current && setLoaded({ image, broken: false }),
      () => current && setLoaded({ image: null, broken: true }),
    );
    return () => {
      current = false;
    };
  }, [src]);
  return loaded;
}
