import { useReactFlow, useStore } from "@xyflow/react";
import { type CSSProperties, type ReactNode, useCallback, useMemo } from "react";
import { performAction } from "../../actions/actions";
import { t } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";
import { FartherIcon, FitIcon, PlusIcon, TidyIcon } from "../../ui/icons";
import { isInner } from "../nodes/chosenNodes";
import type { Insets } from "./fitView";
import { countOutside } from "./outside";
import type { Size } from "../layout/geometry";
import type { SceneLayout } from "../layout/scenePlan";
import { zoomRange } from "../layout/sceneMetrics";
import "./zoom.css";

export interface ZoomClusterProps {
  readonly boxes: SceneLayout["boxes"];
  readonly size: Size;
  readonly insets: Insets;
  readonly style: CSSProperties;
  readonly fit: {
    /** Whether a person has panned or zoomed since the scene was fitted. */
    readonly moved: boolean;
    /** A person has. */
    readonly byHand: () => void;
    /** Fits it again. */
    readonly again: () => void;
  };
}

const STEP = 1.25;

/** How large the scene is drawn, what of it lies outside, and how to come back: closer, farther, fit, and tidy. */
export function ZoomCluster({ boxes, size, insets, style, fit }: ZoomClusterProps): ReactNode {
  const flow = useReactFlow();
  const percent = useStore(({ transform }) => Math.round(transform[2] * 100));
  const cards = useMemo(() => Object.entries(boxes).flatMap(([name, box]) => (isInner(name) ? [] : [box])), [boxes]);
  const outside = useStore(useCallback(({ transform }: { readonly transform: readonly [number, number, number] }) => countOutside(cards, transform, size, insets), [cards, size, insets]));
  const isArranged = useTopiq((state) => Object.keys(state.scenario?.layout ?? {}).length > 0);
  const zoomBy = (factor: number): void => {
    fit.byHand();
    const { x, y, zoom } = flow.getViewport();
    const next = Math.min(zoomRange.most, Math.max(zoomRange.least, zoom * factor));
    const [middleX, middleY] = [size.width / 2, size.height / 2];
    void flow.setViewport({ x: middleX - ((middleX - x) * next) / zoom, y: middleY - ((middleY - y) * next) / zoom, zoom: next });
  };
  const showAll = (): void => {
    fit.byHand();
    void flow.fitView({ padding: 0.06, minZoom: zoomRange.least, maxZoom: 1 });
  };
  return (
    <div className={`zoom ${fit.moved ? "zoom-moved" : ""}`} style={style} role="group" aria-label={t("canvas.zoom")}>
      {outside > 0 && (
        <button type="button" className="zoom-outside" onClick={showAll}>
          {t("canvas.outside", { count: outside })}
        </button>
      )}
      {isArranged && <ZoomButton label={t("action.tidy")} icon={<TidyIcon size={15} />} onClick={() => void performAction("tidy").then(fit.again)} />}
      <ZoomButton label={t("canvas.farther")} icon={<FartherIcon size={15} />} onClick={() => zoomBy(1 / STEP)} />
      <output>{percent}%</output>
      <ZoomButton label={t("canvas.closer")} icon={<PlusIcon size={15} />} onClick={() => zoomBy(STEP)} />
      <ZoomButton label={t("canvas.fit")} icon={<FitIcon size={15} />} onClick={fit.again} />
    </div>
  );
}

function ZoomButton({ label, icon, onClick }: { readonly label: string; readonly icon: ReactNode; readonly onClick: () => void }): ReactNode {
  return (
    <button type="button" aria-label={label} title={label} onClick={onClick}>
      {icon}
    </button>
  );
}
