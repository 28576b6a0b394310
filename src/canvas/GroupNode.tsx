import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import { t } from "../i18n/t";
import { useTopiq } from "../store/topiqStore";
import { groupDash, groupLetter } from "./groupLine";
import type { GroupFlowNode } from "./sceneTypes";

/** A consumer group: a frame around its members, with its letter, its state while it rebalances, and what waits for it. */
export const GroupNode = memo(function GroupNode({ data, selected }: NodeProps<GroupFlowNode>): ReactNode {
  const { group, plan } = data;
  const state = useTopiq((topiq) => topiq.image?.groups.get(group.id)?.state ?? "Empty");
  const lag = useTopiq((topiq) => topiq.image?.groups.get(group.id)?.lag ?? 0);
  const isPositioned = useTopiq((topiq) => topiq.image?.groups.get(group.id)?.isPositioned ?? false);
  const language = useTopiq((topiq) => topiq.view.language);
  const rebalancing = state === "PreparingRebalance" || state === "CompletingRebalance";
  return (
    <div className={`scene-group ${selected ? "scene-selected" : ""} ${rebalancing ? "scene-rebalancing" : ""}`} lang={language}>
      <svg className="scene-group-frame" aria-hidden="true">
        <rect x="0.75" y="0.75" rx="15" strokeDasharray={groupDash(group.letter)} />
      </svg>
      <div className="scene-group-head">
        <span className="scene-badge scene-badge-large">{groupLetter(group.letter)}</span>
        <span className="scene-name">{group.id}</span>
        {rebalancing && (
          <span className="scene-state" title={t("canvas.rebalancingWhy", { state })}>
            {t("canvas.rebalancing")}
          </span>
        )}
        <span className="scene-space" />
        <span className="scene-quiet scene-mono" title={isPositioned ? t("canvas.waitingWhy", { count: lag }) : t("canvas.waitingUnknown")}>
          {t("canvas.waiting", { count: isPositioned ? lag.toLocaleString(language) : "–" })}
        </span>
      </div>
      {group.members.length === 0 && <p className="scene-group-empty">{t("canvas.groupEmpty")}</p>}
      <Handle
        type="target"
        position={plan.orientation === "vertical" ? Position.Right : Position.Left}
        className="scene-handle scene-to-group"
        title={t("canvas.connectGroup")}
      />
    </div>
  );
});
