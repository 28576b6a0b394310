import "@xyflow/react/dist/base.css";
import "./lanes/lanes.css";
import "./nodes/groups.css";
import "./wires/wires.css";
import "./canvas.css";
import "./nodes/producers.css";
import { ReactFlow, ReactFlowProvider } from "@xyflow/react";
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from "react";
import { entityName, parseEntity, wholeSelection } from "../actions/entities/entities";
import { useKindTable } from "../actions/entities/kindTable";
import { t } from "../i18n/t";
import type { EntityName } from "../scenario/scenario";
import { useTopiq } from "../store/topiqStore";
import { Dots } from "./camera/Dots";
import { availableSize, type Insets, smallestText } from "./camera/fitView";
import { useFit } from "./camera/useFit";
import { usePrinting } from "./camera/usePrinting";
import { ZoomCluster } from "./camera/ZoomCluster";
import { Captions } from "./Captions";
import { HiddenParts } from "./HiddenParts";
import type { Size } from "./layout/geometry";
import { LookedAtParts } from "./looks/LookedAtParts";
import { metricsStyle, zoomRange } from "./layout/sceneMetrics";
import { useArranged, useDetails, useSize, useStructure } from "./layout/useScene";
import { TokenLayer } from "./motion/TokenLayer";
import type { TokenStage } from "./motion/tokenStage";
import { selectionOf, useSelectedNames } from "./nodes/chosenNodes";
import type { ShapeNode } from "./nodes/kindNode";
import { nodeTypes, sceneNodes } from "./nodes/sceneNodes";
import { useMoves } from "./nodes/useMoves";
import type { CanvasHandlers } from "./sceneTypes";
import { sceneWires } from "./wires/sceneWires";
import { setHovered } from "./wires/hover";
import { PillLayer } from "./wires/PillLayer";
import { allowDrop, useWiring } from "./wires/useWiring";
import { WireCuts } from "./wires/WireCuts";
import { WireLayer } from "./wires/WireLayer";

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
  const kinds = useKindTable();
  // There may be more of them by then.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const types = useMemo(nodeTypes, [kinds]);
  const sheet = usePrinting(layout.bounds, fit.arrive);
  const { stopConnecting, onDrop, ...wiring } = useWiring(handlers);
  const { metrics, readers } = layout.plan;
  const isFast = useTopiq((state) => (state.playback?.speed ?? 1) > FASTEST_EASED);
  return (
    <div
      ref={host}
      className={`scene scene-${metrics.density} scene-readers-${readers} ${isTiny ? "scene-tiny" : ""} ${interactive ? "" : "scene-still"} ${isFast ? "scene-fast" : ""} ${connectingClass(connectingFrom)}`}
      style={{ ...metricsStyle(metrics), "--scene-text": `${smallestText(fit.zoom)}px`, "--scene-bottom": `${outer.bottom}px`, ...(sheet && { "--sheet-width": `${sheet.width}px`, "--sheet-height": `${sheet.height}px` }) }}
      role="region"
      aria-label={t("canvas.label")}
      onKeyDown={(event) => onKeyDown(event, handlers, stopConnecting)}
      onDragOver={allowDrop}
      onDrop={onDrop}
    >
      {size.width > 0 && (
        <ReactFlow<ShapeNode>
          nodes={fit.ready ? nodes : noNodes}
          edges={noEdges}
          nodeTypes={types}
          onNodesChange={(changes) => onNodesChange(changes, layout.boxes)}
          {...wiring}
          {...flowOptions(interactive)}
          defaultViewport={fit.viewport}
          onInit={fit.onInit}
          onMoveStart={() => host.current?.toggleAttribute("data-moving", true)}
          onMove={fit.onMove}
          onMoveEnd={() => host.current?.toggleAttribute("data-moving", false)}
          onNodeMouseEnter={(_, node) => setHovered(selectionOf(node.id))}
          onNodeMouseLeave={() => setHovered(null)}
          onlyRenderVisibleElements={nodes.length > MANY_NODES && !sheet}
          ariaLabelConfig={{ "node.a11yDescription.default": t("canvas.nodeHelp"), "node.a11yDescription.keyboardDisabled": t("canvas.nodeHelp") }}
        >
          <LookedAtParts whole={whole} structure={structure} layout={layout} size={size} />
          <Dots />
          <WireLayer wires={wires} bounds={layout.bounds} />
          <Captions structure={structure} layout={layout} />
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
const noNodes: ShapeNode[] = [];
function connectingClass(from: EntityName | null): string {
  const kind = from === null ? null : parseEntity(from)?.kind;
  return kind ? `scene-connecting-${kind}` : "";
}

function onKeyDown(event: KeyboardEvent, handlers: CanvasHandlers, stopConnecting: () => void): void {
  if (event.target instanceof HTMLElement && event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (event.key === "Escape") stopConnecting();
  if (event.key !== "Delete" && event.key !== "Backspace") return;
  const names = wholeSelection(useTopiq.getState()).map(({ kind, id }) => entityName(kind, id));
  if (names.length > 0) handlers.onDelete(names);
}
