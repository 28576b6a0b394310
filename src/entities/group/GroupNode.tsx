import { type GroupShape, isRow } from "../../canvas/layout/sceneStructure";
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import { displayName } from "../../actions/entities/entities";
import { formatNumber } from "../../i18n/formatNumber";
import { t } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";
import { groupDash, groupLetter } from "../../canvas/marks/groupLine";
import type { ShapeNode } from "../../canvas/nodes/kindNode";
import { WaitingFigure } from "../../canvas/marks/Figures";

/** A consumer group: a frame around its members, with its letter, its state while it rebalances, and what waits for it. */
export const GroupNode = memo(function GroupNode(props: NodeProps<ShapeNode<GroupShape>>): ReactNode {
  return isRow(props.data.shape) ? <GroupRow {...props} /> : <GroupFrame {...props} />;
});

function GroupFrame({ data, selected }: NodeProps<ShapeNode<GroupShape>>): ReactNode {
  const { shape: group, plan } = data;
  const state = useTopiq((topiq) => topiq.image?.groups.get(group.id)?.state ?? "Empty");
  const waiting = useTopiq((topiq) => topiq.image?.groups.get(group.id)?.waiting ?? 0);
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
        <span className="scene-quiet scene-mono" title={isPositioned ? t("canvas.waitingWhy", { count: waiting }) : t("canvas.waitingUnknown")}>
          <WaitingFigure count={isPositioned ? formatNumber(waiting) : null} />
        </span>
      </div>
      {group.members.length === 0 && <p className="scene-group-empty">{t("canvas.groupEmpty")}</p>}
      <Handle
        type="target"
        position={plan.readers === "below" ? Position.Right : Position.Left}
        className="scene-handle scene-to-group"
        title={t("canvas.connectGroup")}
      />
    </div>
  );
}

/** A group where there is no room for its members: who they are, and what waits for it. Chosen, it is drawn whole. */
function GroupRow({ data, selected }: NodeProps<ShapeNode<GroupShape>>): ReactNode {
  const { shape: group, plan } = data;
  const image = useTopiq((topiq) => topiq.image?.groups.get(group.id));
  const language = useTopiq((topiq) => topiq.view.language);
  const idle = useTopiq((topiq) => group.members.filter(({ id }) => topiq.image?.consumers.get(id)?.phase === "idle").length);
  if (!image) return null;
  const [first] = group.members;
  const members = group.members.length === 1 && first ? displayName(useTopiq.getState(), "consumer", first.id) : t(idle > 0 ? "canvas.membersIdle" : "canvas.members", { count: group.members.length, idle });
  return (
    <div className={`scene-group scene-group-row ${group.shape === "shortRow" ? "scene-group-short" : ""} ${selected ? "scene-selected" : ""}`} lang={language}>
      <svg className="scene-group-frame" aria-hidden="true">
        <rect x="0.75" y="0.75" rx="12" strokeDasharray={groupDash(group.letter)} />
      </svg>
      <span className="scene-badge scene-badge-large">{groupLetter(group.letter)}</span>
      <span className="scene-row-names">
        <span className="scene-name">{group.id}</span>
        <span className="scene-row-figures">
          <span className="scene-quiet">{members}</span>
          <span className="scene-quiet scene-mono" title={t("canvas.waitingWhy", { count: image.waiting })}>
            <WaitingFigure count={image.isPositioned ? formatNumber(image.waiting) : null} />
          </span>
        </span>
      </span>
      <Handle type="target" position={plan.readers === "below" ? Position.Right : Position.Left} className="scene-handle scene-to-group" title={t("canvas.connectGroup")} />
    </div>
  );
}
