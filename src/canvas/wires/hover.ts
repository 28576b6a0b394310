import { create } from "zustand";
import type { Selection } from "../../store/topiqStore";

/** What the pointer is on; only wires listen. */
export const useHover = create<{ readonly hovered: Selection | null }>()(() => ({ hovered: null }));

export function setHovered(hovered: Selection | null): void {
  useHover.setState({ hovered });
}
