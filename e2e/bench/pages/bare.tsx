import "@xyflow/react/dist/style.css";
import "./bare.css";
import { Background, type Edge, type Node, ReactFlow } from "@xyflow/react";
import { type ReactNode, useEffect, useRef } from "react";
import { createRoot } from "react-dom/client";

/** The least that a React Flow page can be: nodes, edges and one dot that moves. `?nodes=200` has as many. */
const count = Number(new URLSearchParams(location.search).get("nodes") ?? 12);
const columns = Math.ceil(Math.sqrt(count));

const nodes = Array.from({ length: count }, (_, index): Node => ({
  id: String(index),
  position: { x: (index % columns) * 190, y: Math.floor(index / columns) * 90 },
  data: { label: `node ${index}` },
}));
const edges = nodes.slice(1).map(({ id }, index): Edge => ({ id: `to ${id}`, source: String(index), target: id }));

function Bare(): ReactNode {
  return (
    <div className="bare">
      <ReactFlow defaultNodes={nodes} defaultEdges={edges} fitView onlyRenderVisibleElements={count > 150}>
        <Background />
      </ReactFlow>
      <Dot />
    </div>
  );
}

/** One dot on a canvas, drawn by the page itself. */
function Dot(): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let frame = requestAnimationFrame(function draw(nowMs) {
      const context = canvas.current?.getContext("2d");
      context?.clearRect(0, 0, 400, 20);
      context?.fillRect((nowMs / 5) % 400, 5, 10, 10);
      frame = requestAnimationFrame(draw);
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return <canvas ref={canvas} width={400} height={20} className="bare-dot" />;
}

createRoot(document.getElementById("root")!).render(<Bare />);
