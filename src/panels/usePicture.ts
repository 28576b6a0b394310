import { useShallow } from "zustand/shallow";
import type { ClusterImage } from "../core/picture/image";
import { useTopiq } from "../store/topiqStore";

/** The image, taken again only when one of the parts that are read of it is another: a frame in which none of them changed draws nothing. */
export function usePicture(parts: (image: ClusterImage) => readonly unknown[]): ClusterImage | null {
  useTopiq(useShallow(({ image }) => (image ? parts(image) : nothing)));
  return useTopiq.getState().image;
}

const nothing: readonly unknown[] = [];
