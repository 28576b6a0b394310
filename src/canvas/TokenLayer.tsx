import { useStoreApi } from "@xyflow/react";
import { type ReactNode, useEffect, useRef } from "react";
import type { TokenMessage } from "../bridge/messages";
import type { Wire } from "./edgeGeometry";
import { tokenEdges } from "./edgeGeometry";
import type { Size } from "./sceneLayout";
import { StaticMessages } from "./StaticMessages";

interface TokenLayerProps {
  readonly port: MessagePort | null;
  readonly wires: readonly Wire[];
  readonly size: Size;
}

/** The requests and responses in flight, drawn over the graph by a worker of their own: nothing the page does makes them stutter. */
export function TokenLayer({ port, wires, size }: TokenLayerProps): ReactNode {
  return canDrawInWorker ? <WorkerTokens port={port} wires={wires} size={size} /> : <StaticMessages wires={wires} />;
}

const canDrawInWorker = typeof OffscreenCanvas !== "undefined" && typeof HTMLCanvasElement !== "undefined" && "transferControlToOffscreen" in HTMLCanvasElement.prototype;

function WorkerTokens({ port, wires, size }: TokenLayerProps): ReactNode {
  const host = useRef<HTMLDivElement>(null);
  const stage = useRef<TokenStage | null>(null);
  const flowStore = useStoreApi();
  useEffect(() => {
    if (!port || !host.current) return;
    const current = stageOf(port);
    stage.current = current;
    host.current.append(current.canvas);
    const stops = [followTheme(current), followViewport(current, flowStore)];
    return () => {
      for (const stop of stops) stop();
      current.canvas.remove();
      releaseSoon(port, current);
    };
  }, [port, flowStore]);
  useEffect(() => {
    stage.current?.post({ type: "edges", edges: tokenEdges(wires) });
  }, [wires, port]);
  useEffect(() => {
    stage.current?.post({ type: "resize", width: size.width, height: size.height, devicePixelRatio: window.devicePixelRatio });
  }, [size, port]);
  return <div ref={host} className="scene-tokens" aria-hidden="true" />;
}

interface TokenStage {
  readonly canvas: HTMLCanvasElement;
  readonly worker: Worker;
  readonly post: (message: TokenMessage) => void;
}

/** A canvas and a port can be handed over only once: a layer that is mounted again goes on with what it had. */
const stages = new WeakMap<MessagePort, TokenStage>();

function stageOf(port: MessagePort): TokenStage {
  const existing = stages.get(port);
  if (existing) return existing;
  const canvas = document.createElement("canvas");
  const worker = new Worker(new URL("../tokens/tokenWorker.ts", import.meta.url), { type: "module" });
  const offscreen = canvas.transferControlToOffscreen();
  const post = (message: TokenMessage, transfer: Transferable[] = []): void => worker.postMessage(message, transfer);
  post({ type: "canvas", canvas: offscreen, devicePixelRatio: window.devicePixelRatio }, [offscreen]);
  post({ type: "motionPort", port }, [port]);
  const stage: TokenStage = { canvas, worker, post };
  stages.set(port, stage);
  return stage;
}

/** Ends the worker unless the layer was mounted again at once, as React's strict mode does. */
function releaseSoon(port: MessagePort, stage: TokenStage): void {
  setTimeout(() => {
    if (stage.canvas.isConnected) return;
    stage.worker.terminate();
    stages.delete(port);
  });
}

function followViewport(stage: TokenStage, flowStore: ReturnType<typeof useStoreApi>): () => void {
  const send = ([x, y, zoom]: readonly [number, number, number]): void => stage.post({ type: "viewport", x, y, zoom });
  send(flowStore.getState().transform);
  return flowStore.subscribe((state, before) => {
    if (state.transform !== before.transform) send(state.transform);
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
