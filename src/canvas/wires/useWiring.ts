import { type Connection, type FinalConnectionState, useReactFlow, useStoreApi } from "@xyflow/react";
import type { DragEvent } from "react";
import { canDrawWire } from "../../actions/entities/wiring";
import { select, setView, useTopiq } from "../../store/topiqStore";
import { selectionOf } from "../nodes/chosenNodes";
import type { ShapeNode } from "../nodes/kindNode";
import { type CanvasHandlers, NEW_ENTITY_DRAG_TYPE } from "../sceneTypes";

/** Connecting by dragging, by two taps on handles, or by a tap on a handle and one on a thing; and dropping new things in. */
export function useWiring(handlers: CanvasHandlers) {
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
    onConnectEnd: (_: unknown, { isValid, fromNode, toNode }: FinalConnectionState) => {
      stopConnecting();
      // Dropped on what it cannot be joined to, it is told why.
      if (!isValid && fromNode && toNode && fromNode.id !== toNode.id) handlers.onConnect(fromNode.id, toNode.id);
    },
    onClickConnectStart: start,
    onClickConnectEnd: stopConnecting,
    isValidConnection: ({ source, target }: { readonly source: string; readonly target: string }) => canDrawWire(source, target),
    onPaneClick: () => {
      stopConnecting();
      select([]);
    },
    onNodeClick: ({ shiftKey, ctrlKey, metaKey }: { readonly shiftKey: boolean; readonly ctrlKey: boolean; readonly metaKey: boolean }, node: ShapeNode) => {
      const { selection, view } = useTopiq.getState();
      const from = view.connectingFrom;
      const own = selectionOf(node.id);
      // One of several, pressed by itself, is chosen by itself.
      if (own && selection.length > 1 && !shiftKey && !ctrlKey && !metaKey) select([own]);
      if (from === null || from === node.id) return;
      if (canDrawWire(from, node.id)) handlers.onConnect(from, node.id);
      else if (canDrawWire(node.id, from)) handlers.onConnect(node.id, from);
      stopConnecting();
    },
    onDrop: (event: DragEvent) => {
      const kind = event.dataTransfer.getData(NEW_ENTITY_DRAG_TYPE);
      if (!kind) return;
      event.preventDefault();
      handlers.onDropNew(kind, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }));
    },
  };
}

/** What is dragged in from the palette may be dropped. */
export function allowDrop(event: DragEvent): void {
  if (event.dataTransfer.types.includes(NEW_ENTITY_DRAG_TYPE)) event.preventDefault();
}
