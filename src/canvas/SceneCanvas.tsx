import "@xyflow/react/dist/base.css";
import "./lanes.css";
import "./groups.css";
import "./wires.css";
import "./canvas.css";
import { Background, type Connection, type NodeChange, ReactFlow, ReactFlowProvider, useReactFlow, useStoreApi } from "@xyflow/react";
import { type DragEvent, type KeyboardEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { entityName, parseEntity, wholeSelection } from "../actions/entities";
import { t } from "../i18n/t";
import type { EntityName } from "../scenario/scenario";
import { select, type Selection, setView, useTopiq } from "../store/topiqStore";
import { ConsumerNode } from "./ConsumerNode";
import { type Easing, easeViewport } from "./easeViewport";
import { sceneWires } from "./edgeGeometry";
import { availableSize, fittingViewport, type Insets, smallestText } from "./fitView";
import { GroupNode } from "./GroupNode";
import { HiddenParts } from "./HiddenParts";
import { setHovered } from "./hover";
import { PillLayer } from "./PillLayer";
import { ProducerNode } from "./ProducerNode";
import type { Point, SceneLayout, Size } from "./sceneLayout";
import { metricsStyle, zoomRange } from "./sceneMetrics";
import { sceneNodes } from "./sceneNodes";
import type { SceneStructure } from "./sceneStructure";
import { type CanvasHandlers, NEW_ENTITY_DRAG_TYPE, type NewEntityKind, type SceneNode } from "./sceneTypes";
import { TokenLayer } from "./TokenLayer";
import type { TokenStage } from "./tokenStage";
import { TopicNode } from "./TopicNode";
import { usePrinting } from "./usePrinting";
import { useArranged, useDetails, useSize, useStructure } from "./useScene";
import { WireCuts } from "./WireCuts";
import { WireLayer } from "./WireLayer";
import { ZoomCluster } from "./ZoomCluster";

export interface SceneCanvasProps {
  readonly handlers: CanvasHandlers;
  /** Where the token worker draws; null where it cannot. */
  readonly tokens: TokenStage | null;
  /** False in a frame: the wheel and touches stay the page's, and nothing is wired or moved. */
  readonly interactive: boolean;
  /** Room to leave at the sides for what floats over the canvas. */
  readonly insets?: Insets;
  /** What explains the picture's marks. */
  readonly legend: ReactNode;
}

/** The scene: producers, topics and consumer groups with their wires, and the requests and responses that travel on them. */
export function SceneCanvas(props: SceneCanvasProps): ReactNode {
  return (
    <ReactFlowProvider>
      <Scene {...props} />
    </ReactFlowProvider>
  );
}

const nodeTypes = { producer: ProducerNode, topic: TopicNode, consumerGroup: GroupNode, consumer: ConsumerNode };
const defaultInsets: Insets = { top: 20, right: 16, bottom: 20, left: 16 };
/** From so many nodes on, only those in view are drawn. */
const MANY_NODES = 150;
/** Beyond this speed a cell moves on before it has arrived, so nothing is eased any more. */
const FASTEST_EASED = 4;

function Scene({ handlers, tokens, interactive, insets: outer = defaultInsets, legend }: SceneCanvasProps): ReactNode {
  const host = useRef<HTMLDivElement>(null);
  const size = useSize(host);
  const insets = useSceneInsets(outer, size);
  const available = useMemo(() => availableSize(size, insets), [size, insets]);
  const { structure: whole, key } = useStructure();
  const [isWhole, setWhole] = useState(false);
  const details = useDetails(whole, isWhole);
  const language = useTopiq((state) => state.view.language);
  const labels = useTopiq((state) => state.scenario?.labels);
  const documentKey = useTopiq((state) => (state.scenario ? `${JSON.stringify(state.scenario.name)} ${state.scenario.seed}` : ""));
  const connectingFrom = useTopiq((state) => state.view.connectingFrom);
  const { saved, carried, onNodesChange } = useMoves(whole, handlers);
  const { structure, isTiny, layout } = useArranged(details, available, saved, documentKey);
  const wires = useMemo(() => sceneWires(structure, layout), [structure, layout]);
  const selected = useSelectedNames();
  // Labels and language are in the nodes' spoken names.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const nodes = useMemo(() => sceneNodes(structure, layout, selected, carried), [structure, layout, selected, carried, labels, language]);
  const fit = useFit(layout, size, insets, `${documentKey} ${key} ${isWhole}`, documentKey, isWhole ? "end" : "start");
  const sheet = usePrinting(layout.bounds, fit.arrive);
  const { stopConnecting, onDrop, ...wiring } = useWiring(handlers);
  const { metrics, orientation } = layout.plan;
  const isFast = useTopiq((state) => (state.playback?.speed ?? 1) > FASTEST_EASED);
  return (
    <div
      ref={host}
      className={`scene scene-${metrics.density} scene-${orientation} ${isTiny ? "scene-tiny" : ""} ${interactive ? "" : "scene-still"} ${isFast ? "scene-fast" : ""} ${connectingClass(connectingFrom)}`}
      style={{ ...metricsStyle(metrics), "--scene-text": `${smallestText(fit.zoom)}px`, "--scene-bottom": `${outer.bottom}px`, ...(sheet && { "--sheet-width": `${sheet.width}px`, "--sheet-height": `${sheet.height}px` }) }}
      role="region"
      aria-label={t("canvas.label")}
      onKeyDown={(event) => onKeyDown(event, handlers, stopConnecting)}
      onDragOver={allowDrop}
      onDrop={onDrop}
    >
      {size.width > 0 && (
        <ReactFlow<SceneNode>
          nodes={nodes}
          edges={noEdges}
          nodeTypes={nodeTypes}
          onNodesChange={(changes) => onNodesChange(changes, layout.boxes)}
          {...wiring}
          {...flowOptions(interactive)}
          defaultViewport={fit.viewport}
          onInit={fit.onInit}
          onMove={fit.onMove}
          onNodeMouseEnter={(_, node) => setHovered(selectionOf(node.id))}
          onNodeMouseLeave={() => setHovered(null)}
          onlyRenderVisibleElements={nodes.length > MANY_NODES && !sheet}
          ariaLabelConfig={{ "node.a11yDescription.default": t("canvas.nodeHelp"), "node.a11yDescription.keyboardDisabled": t("canvas.nodeHelp") }}
        >
          <Background gap={22} size={2.2} />
          <WireLayer wires={wires} bounds={layout.bounds} />
          <HiddenParts structure={structure} layout={layout} isWhole={isWhole} top={outer.top} onChange={(shown) => {
            setWhole(shown);
            fit.again();
          }} />
          {interactive && <WireCuts structure={structure} layout={layout} onDisconnect={handlers.onDisconnect} />}
          {interactive && <ZoomCluster boxes={layout.boxes} size={size} insets={outer} style={{ bottom: outer.bottom, right: outer.right }} fit={fit} />}
        </ReactFlow>
      )}
      <TokenLayer stage={sheet ? null : tokens} wires={wires.wires} size={size} />
      <PillLayer pills={wires.pills} language={language} />
      {nodes.length > 0 && size.height >= LOW && (
        <div className="scene-legend" style={{ bottom: outer.bottom, left: outer.left }}>
          {legend}
        </div>
      )}
    </div>
  );
}

/** Held, they add to what is selected. */
const addingKeys = ["Shift", "Control", "Meta"];

/** In a frame, the wheel and touches stay the page's, and nothing is wired or moved. */
function flowOptions(interactive: boolean) {
  return {
    nodesDraggable: interactive,
    nodesConnectable: interactive,
    connectOnClick: interactive,
    panOnDrag: interactive,
    zoomOnScroll: interactive,
    zoomOnPinch: interactive,
    preventScrolling: interactive,
    zoomOnDoubleClick: false,
    selectNodesOnDrag: false,
    multiSelectionKeyCode: addingKeys,
    elevateNodesOnSelect: false,
    nodesFocusable: true,
    deleteKeyCode: null,
    minZoom: zoomRange.least,
    maxZoom: zoomRange.most,
    attributionPosition: "bottom-right",
  } as const;
}

/** A canvas that is lower has no room for a legend. */
const LOW = 260;
/** The line in which React Flow is named. */
const ATTRIBUTION = 16;

/** The legend has a line of its own below the scene, two on a narrow screen. */
function useSceneInsets({ top, right, bottom, left }: Insets, { width, height }: Size): Insets {
  const legend = height < LOW ? 0 : width < 480 ? 34 : 28;
  return useMemo(() => ({ top, right, bottom: Math.max(ATTRIBUTION, bottom + legend), left }), [top, right, bottom, left, legend]);
}

/** The built page has React Flow without its edges (vite.config.ts): a wire of ours has many lanes. */
const noEdges: [] = [];
const nowhere: Readonly<Record<EntityName, Point>> = {};

/** Places by hand: what the document has, and over it what is being dragged now. A consumer is carried, and lands in a group or goes back. */
function useMoves(structure: SceneStructure, handlers: CanvasHandlers) {
  const layout = useTopiq((state) => state.scenario?.layout ?? nowhere);
  const [moving, setMoving] = useState(nowhere);
  const [carried, setCarried] = useState(nowhere);
  useEffect(() => setMoving(nowhere), [layout]);
  const saved = useMemo(() => ({ ...layout, ...moving }), [layout, moving]);
  const onNodesChange = (changes: readonly NodeChange<SceneNode>[], boxes: SceneLayout["boxes"]): void => {
    selectChanged(changes);
    for (const change of changes) {
      if (change.type !== "position" || !change.position) continue;
      const { id, position } = change;
      const ended = change.dragging === false;
      if (parseEntity(id)?.kind === "consumer") {
        setCarried(ended ? nowhere : { [id]: position });
        if (ended) dropConsumer(id, position, structure, boxes, handlers);
        continue;
      }
      setMoving((before) => ({ ...before, [id]: position }));
      if (ended) handlers.onMove(id, { x: Math.round(position.x), y: Math.round(position.y) });
    }
  };
  return { saved, carried, onNodesChange };
}

function dropConsumer(name: EntityName, position: Point, structure: SceneStructure, boxes: SceneLayout["boxes"], handlers: CanvasHandlers): void {
  const own = structure.groups.find((group) => group.members.some(({ id }) => entityName("consumer", id) === name));
  const home = own && boxes[entityName("group", own.id)];
  const card = boxes[name];
  if (!home || !card) return;
  const middle = { x: home.x + position.x + card.width / 2, y: home.y + position.y + card.height / 2 };
  const target = structure.groups.find((group) => {
    const frame = boxes[entityName("group", group.id)];
    return frame && middle.x > frame.x && middle.x < frame.x + frame.width && middle.y > frame.y && middle.y < frame.y + frame.height;
  });
  if (target && target !== own) handlers.onConnect(name, entityName("group", target.id));
}

/** React Flow's selecting (click, Enter, box) as the store's selection. */
function selectChanged(changes: readonly NodeChange<SceneNode>[]): void {
  const selects = changes.filter((change) => change.type === "select");
  if (selects.length === 0) return;
  const state = useTopiq.getState();
  const names = new Set(wholeSelection(state).map(({ kind, id }) => entityName(kind, id)));
  for (const change of selects) {
    if (change.selected) names.add(change.id);
    else names.delete(change.id);
  }
  const parts = state.selection.filter((selection) => selection.kind === "partition" || selection.kind === "record");
  const chosen = [...names].flatMap((name) => selectionOf(name) ?? []);
  select(selects.some((change) => change.selected) ? chosen : [...parts, ...chosen]);
}

function selectionOf(name: EntityName): Selection | null {
  const entity = parseEntity(name);
  return entity && { kind: entity.kind, id: entity.id };
}

function useSelectedNames(): ReadonlySet<EntityName> {
  const selection = useTopiq((state) => state.selection);
  return useMemo(() => new Set(wholeSelection({ ...useTopiq.getState(), selection }).map(({ kind, id }) => entityName(kind, id))), [selection]);
}

/** Fits the scene whenever the canvas or the topology changes, until a person pans or zooms. */
function useFit(layout: SceneLayout, size: { readonly width: number; readonly height: number }, insets: Insets, topologyKey: string, documentKey: string, from: "start" | "end") {
  const flow = useReactFlow();
  const [ready, setReady] = useState(false);
  const [moved, setMoved] = useState(false);
  const latest = useRef(layout);
  useEffect(() => {
    latest.current = layout;
  }, [layout]);
  const isEmpty = Object.keys(layout.boxes).length === 0;
  const first = useRef(true);
  const easing = useRef<Easing | null>(null);
  const arrive = useCallback(() => easing.current?.arrive(), []);
  const viewport = fittingViewport(layout.bounds, size, insets);
  const ease = useCallback(
    (durationMs: number) => easeViewport(flow, fittingViewport(latest.current.bounds, size, insets, from), durationMs),
    [flow, size, insets, from],
  );
  useEffect(() => setMoved(false), [documentKey]);
  useEffect(() => {
    first.current = true;
  }, [size]);
  useEffect(() => {
    // What comes first stands at its place at once: nothing moves from an empty canvas.
    if (!ready || moved || size.width === 0 || isEmpty) return undefined;
    const under = ease(first.current || window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 250);
    first.current = false;
    easing.current = under;
    return under.stop;
  }, [ready, moved, isEmpty, ease, topologyKey, size]);
  return {
    /** Whether a person has panned or zoomed; `again` goes back to fitting. */
    moved,
    /** Is there at once, where it is on its way. */
    arrive,
    byHand: () => setMoved(true),
    again: () => {
      setMoved(false);
      if (!moved) ease(0);
    },
    viewport,
    zoom: viewport.zoom,
    onInit: () => setReady(true),
    onMove: (event: MouseEvent | TouchEvent | null) => {
      if (event) setMoved(true);
    },
  };
}

/** Connecting by dragging, by two taps on handles, or by a tap on a handle and one on a thing; and dropping new things in. */
function useWiring(handlers: CanvasHandlers) {
  const flow = useReactFlow();
  const flowStore = useStoreApi();
  const stopConnecting = (): void => {
    flowStore.setState({ connectionClickStartHandle: null });
    setView({ connectingFrom: null });
  };
  const start = (_: unknown, { nodeId }: { readonly nodeId: string | null }): void => setView({ connectingFrom: nodeId });
  return {
    stopConnecting,
    onConnect: ({ source, target }: Connection) => handlers.onConnect(source, target),
    onConnectStart: start,
    onConnectEnd: stopConnecting,
    onClickConnectStart: start,
    onClickConnectEnd: stopConnecting,
    isValidConnection: ({ source, target }: { readonly source: string; readonly target: string }) => canConnect(source, target),
    onPaneClick: () => {
      stopConnecting();
      select([]);
    },
    onNodeClick: ({ shiftKey, ctrlKey, metaKey }: { readonly shiftKey: boolean; readonly ctrlKey: boolean; readonly metaKey: boolean }, node: SceneNode) => {
      const { selection, view } = useTopiq.getState();
      const from = view.connectingFrom;
      const own = selectionOf(node.id);
      // One of several, pressed by itself, is chosen by itself.
      if (own && selection.length > 1 && !shiftKey && !ctrlKey && !metaKey) select([own]);
      if (from === null || from === node.id) return;
      if (canConnect(from, node.id)) handlers.onConnect(from, node.id);
      else if (canConnect(node.id, from)) handlers.onConnect(node.id, from);
      stopConnecting();
    },
    onDrop: (event: DragEvent) => {
      const kind = event.dataTransfer.getData(NEW_ENTITY_DRAG_TYPE);
      if (!kind) return;
      event.preventDefault();
      // The palette puts only these kinds in.
      handlers.onDropNew(kind as NewEntityKind, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }));
    },
  };
}

function canConnect(from: EntityName, to: EntityName): boolean {
  const kinds = `${parseEntity(from)?.kind} ${parseEntity(to)?.kind}`;
  return kinds === "producer topic" || kinds === "topic group" || kinds === "consumer group";
}

function connectingClass(from: EntityName | null): string {
  const kind = from === null ? null : parseEntity(from)?.kind;
  return kind ? `scene-connecting-${kind}` : "";
}

function allowDrop(event: DragEvent): void {
  if (event.dataTransfer.types.includes(NEW_ENTITY_DRAG_TYPE)) event.preventDefault();
}

function onKeyDown(event: KeyboardEvent, handlers: CanvasHandlers, stopConnecting: () => void): void {
  if (event.target instanceof HTMLElement && event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (event.key === "Escape") stopConnecting();
  if (event.key !== "Delete" && event.key !== "Backspace") return;
  const names = wholeSelection(useTopiq.getState()).map(({ kind, id }) => entityName(kind, id));
  if (names.length > 0) handlers.onDelete(names);
}
