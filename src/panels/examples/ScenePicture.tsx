import type { ReactNode } from "react";
import type { Scenario } from "../../scenario/scenario";

const [WIDTH, HEIGHT] = [92, 64];
const MIDDLE = HEIGHT / 2;
const TOPIC = { left: 24, right: 56 };
const GROUP = { left: 68, right: 88 };
const CELLS = 4;
const MOST = { lanes: 8, consumers: 6 };

/** A scene in small, as it begins: its producers, its topics lane by lane, and its groups with a dot for each consumer. */
export function ScenePicture({ scenario }: { readonly scenario: Scenario }): ReactNode {
  const { producers, topics, groups, consumers } = scenario;
  const boxes = spread(topics.length, HEIGHT - 8);
  const frames = spread(groups.length, HEIGHT - 8);
  const topicAt = (name: string): number => centre(boxes[Math.max(0, topics.findIndex((topic) => topic.name === name))]);
  const groupAt = (index: number): number => centre(frames[index]);
  return (
    <svg className="scene-picture" aria-hidden="true" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT}>
      {producers.map(({ clientId, topics: names }, index) => {
        const y = centre(spread(producers.length, HEIGHT - 20)[index]);
        return (
          <g key={clientId}>
            {names.map((name) => (
              <path key={name} className="scene-picture-wire" d={wire(9, y, TOPIC.left, topicAt(name))} />
            ))}
            <circle className="scene-picture-producer" cx="6" cy={y} r="3.4" />
          </g>
        );
      })}
      {groups.flatMap(({ groupId, topics: names }, index) =>
        names.map((name) => <path key={`${groupId}/${name}`} className="scene-picture-wire" d={wire(TOPIC.right, topicAt(name), GROUP.left, groupAt(index))} />),
      )}
      {topics.map((topic, index) => (
        <Topic key={topic.name} top={boxes[index]?.top ?? 0} height={boxes[index]?.height ?? 0} lanes={Math.min(topic.partitions, MOST.lanes)} />
      ))}
      {groups.map(({ groupId }, index) => (
        <Group key={groupId} top={frames[index]?.top ?? 0} height={frames[index]?.height ?? 0} members={consumers.filter((consumer) => consumer.groupId === groupId).length} />
      ))}
    </svg>
  );
}

function Topic({ top, height, lanes }: { readonly top: number; readonly height: number; readonly lanes: number }): ReactNode {
  const step = height / Math.max(1, lanes);
  const size = Math.min(5, step - 2);
  return (
    <g>
      <rect className="scene-picture-box" x={TOPIC.left} y={top} width={TOPIC.right - TOPIC.left} height={height} rx="4" />
      {Array.from({ length: lanes }, (_, lane) =>
        Array.from({ length: CELLS }, (__, cell) => (
          <rect
            key={`${lane}/${cell}`}
            className={cell < CELLS - 1 ? "scene-picture-read" : "scene-picture-cell"}
            x={TOPIC.left + 4 + cell * 6.5}
            y={top + (lane + 0.5) * step - size / 2}
            width={size}
            height={size}
            rx="1"
          />
        )),
      )}
    </g>
  );
}

function Group({ top, height, members }: { readonly top: number; readonly height: number; readonly members: number }): ReactNode {
  const dots = spread(Math.min(members, MOST.consumers), height - 4).map((dot) => top + height / 2 + centre(dot) - MIDDLE);
  return (
    <g>
      <rect className="scene-picture-group" x={GROUP.left} y={top} width={GROUP.right - GROUP.left} height={height} rx="5" />
      {dots.map((y) => (
        <circle key={y} className="scene-picture-consumer" cx={(GROUP.left + GROUP.right) / 2} cy={y} r="2.6" />
      ))}
    </g>
  );
}

interface Span {
  readonly top: number;
  readonly height: number;
}

/** Equal shares of a height, one below the other around the middle. */
function spread(count: number, height: number): readonly Span[] {
  const gap = count > 1 ? 4 : 0;
  const share = (height - gap * (count - 1)) / Math.max(1, count);
  return Array.from({ length: count }, (_, index) => ({ top: MIDDLE - height / 2 + index * (share + gap), height: share }));
}

function centre(span: Span | undefined): number {
  return span ? span.top + span.height / 2 : MIDDLE;
}

function wire(fromX: number, fromY: number, toX: number, toY: number): string {
  const middle = (fromX + toX) / 2;
  return `M${fromX} ${fromY}C${middle} ${fromY} ${middle} ${toY} ${toX} ${toY}`;
}
