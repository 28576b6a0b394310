import { useStoreApi } from "@xyflow/react";
import { type ReactNode, useEffect, useRef } from "react";
import { useTopiq } from "../../store/topiqStore";
import type { Wire } from "../wires/wire";
import { tokenEdges } from "../wires/sceneWires";
import type { Size } from "../layout/geometry";
import { StaticMessages } from "./StaticMessages";
import type { TokenStage } from "./tokenStage";

interface TokenLayerProps {
  readonly stage: TokenStage | null;
  readonly wires: readonly Wire[];
  readonly size: Size;
}

/** The requests and responses in flight, drawn over the graph by a worker of their own: nothing the page does makes them stutter. Where there is no worker, and on paper, they stand still. */
export function TokenLayer({ stage, wires, size }: TokenLayerProps): ReactNode {
  return stage ? <WorkerTokens stage={stage} wires={wires} size={size} /> : <StaticMessages wires={wires} />;
}

function WorkerTokens({ stage, wires, size }: TokenLayerProps & { readonly stage: TokenStage }): ReactNode {
  const host = useRef<HTMLDivElement>(null);
  const flowStore = useStoreApi();
  useEffect(() => {
    host.current?.append(stage.canvas);
    const stops = [followTheme(stage), followViewport(stage, flowStore), followPicture(stage)];
    return () => {
      for (const stop of stops) stop();
      stage.canvas.remove();
    };
  }, [stage, flowStore]);
  useEffect(() => stage.post({ type: "edges", edges: tokenEdges(wires) }), [stage, wires]);
  useEffect(() => stage.post({ type: "resize", width: size.width, height: size.height, devicePixelRatio: window.devicePixelRatio }), [stage, size]);
  return <div ref={host} className="scene-tokens" aria-hidden="true" />;
}

function followViewport(stage: TokenStage, flowStore: ReturnType<typeof useStoreApi>): () => void {
  const send = ([x, y, zoom]: readonly [number, number, number]): void => stage.post({ type: "viewport", x, y, zoom });
  send(flowStore.getState().transform);
  return flowStore.subscribe((state, before) => {
    if (state.transform !== before.transform) send(state.transform);
  });
}

/** What is in flight is drawn for the very picture that the page shows. */
function followPicture(stage: TokenStage): () => void {
  const send = (timeUs: number | undefined): void => {
    if (timeUs !== undefined) stage.post({ type: "pictured", timeUs });
  };
  send(useTopiq.getState().playback?.timeUs);
  return useTopiq.subscribe(({ playback }, before) => {
    if (playback !== before.playback) send(playback?.timeUs);
  });
}

/** Colours are the stylesheet's: read again whenever the theme changes. */
function followTheme(stage: TokenStage): () => void {
  const reducedMotion = window.matchMedia("(prefers-reduced-motion: reduce)");
  const send = (): void => {
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    stage.post({
      type: "theme",
      colours: Array.from({ length: 8 }, (_, key) => colour(`--k${key}`)),
      ink: colour("--ink"),
      surface: colour("--surface"),
      noKey: colour("--key-none"),
      reducedMotion: reducedMotion.matches,
    });
  };
  send();
  const observer = new MutationObserver(send);
  observer.observe(document.documentElement, { attributes: true });
  reducedMotion.addEventListener("change", send);
  return () => {
    observer.disconnect();
    reducedMotion.removeEventListener("change", send);
  };
}
