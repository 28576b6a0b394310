import type { ReactNode } from "react";
import type { QueueSpec } from "../../core/queue/clients/declarations";
import type { AmqpSpec } from "../../core/world/spec";
import type { Scenario } from "../../scenario/scenario";

const [WIDTH, HEIGHT] = [92, 64];
const MIDDLE = HEIGHT / 2;
const TOPIC = { left: 24, right: 56 };
const GROUP = { left: 68, right: 88, middle: 78 };
/** Where a tube begins that stands behind an exchange, and how high one is. */
const TUBE_BEHIND = 35;
const TUBE = 11;
const CELLS = 4;
const nothing: AmqpSpec = { exchanges: [], queues: [], receivers: [] };
const MOST = { lanes: 8, consumers: 6 };

/** A scene in small, as it begins: its producers, its topics lane by lane and its queues as tubes of beads, and who reads, a dot for each. */
export function ScenePicture({ scenario }: { readonly scenario: Scenario }): ReactNode {
  const { producers, topics, groups, consumers, amqp = nothing } = scenario;
  const { exchanges, queues, receivers } = amqp;
  const sizeOf = (groupId: string): number => consumers.filter((consumer) => consumer.groupId === groupId).length;
  const boxes = spread([...topics, ...queues].map(() => 1), HEIGHT - 8);
  const frames = spread([...groups.map(({ groupId }) => Math.max(1, sizeOf(groupId))), ...receivers.map(() => 1)], HEIGHT - 8);
  const topicAt = (name: string): number => centre(boxes[Math.max(0, topics.findIndex((topic) => topic.name === name))]);
  const queueAt = (name: string): number => centre(boxes[topics.length + Math.max(0, queues.findIndex((queue) => queue.name === name))]);
  const exchangeAt = (name: string): number => mean(queues.flatMap((queue) => (queue.bindings.some(({ exchange }) => exchange === name) ? [queueAt(queue.name)] : [])));
  const isBehind = ({ bindings }: QueueSpec): boolean => bindings.some(({ exchange }) => exchanges.some(({ name }) => name === exchange));
  return (
    <svg className="scene-picture" aria-hidden="true" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT}>
      {producers.map(({ clientId, topics: names, publishes }, index) => {
        const y = centre(spread(producers.map(() => 1), HEIGHT - 20)[index]);
        const ends = [...names.map(topicAt), ...(publishes?.targets ?? []).map(({ exchange, routingKey }) => (exchange === "" ? queueAt(routingKey) : exchangeAt(exchange)))];
        return (
          <g key={clientId}>
            {ends.map((end) => (
              <path key={end} className="scene-picture-wire" d={wire(9, y, TOPIC.left, end)} />
            ))}
            <circle className="scene-picture-producer" cx="6" cy={y} r="3.4" />
          </g>
        );
      })}
      {groups.flatMap(({ groupId, topics: names }, index) =>
        names.map((name) => <path key={`${groupId}/${name}`} className="scene-picture-wire" d={wire(TOPIC.right, topicAt(name), GROUP.left, centre(frames[index]))} />),
      )}
      {receivers.map(({ name, queue }, index) => (
        <path key={name} className="scene-picture-wire" d={wire(TOPIC.right, queueAt(queue), GROUP.middle, centre(frames[groups.length + index]))} />
      ))}
      {exchanges.map(({ name }) => (
        <g key={name}>
          {queues.flatMap((queue) => (queue.bindings.some(({ exchange }) => exchange === name) ? [<path key={queue.name} className="scene-picture-wire" d={wire(TOPIC.left + 4, exchangeAt(name), TUBE_BEHIND, queueAt(queue.name))} />] : []))}
          <circle className="scene-picture-exchange" cx={TOPIC.left + 2} cy={exchangeAt(name)} r="3" />
        </g>
      ))}
      {topics.map((topic, index) => (
        <Topic key={topic.name} top={boxes[index]?.top ?? 0} height={boxes[index]?.height ?? 0} lanes={Math.min(topic.partitions, MOST.lanes)} />
      ))}
      {queues.map((queue) => (
        <Tube key={queue.name} y={queueAt(queue.name)} left={isBehind(queue) ? TUBE_BEHIND : TOPIC.left} height={Math.min(TUBE, boxes[0]?.height ?? TUBE)} />
      ))}
      {groups.map(({ groupId }, index) => (
        <Group key={groupId} top={frames[index]?.top ?? 0} height={frames[index]?.height ?? 0} members={sizeOf(groupId)} />
      ))}
      {receivers.map(({ name }, index) => (
        <circle key={name} className="scene-picture-consumer" cx={GROUP.middle} cy={centre(frames[groups.length + index])} r="2.6" />
      ))}
    </svg>
  );
}

/** A queue: a round tube, and beads in it. */
function Tube({ y, left, height }: { readonly y: number; readonly left: number; readonly height: number }): ReactNode {
  const radius = height / 2;
  const beads = Math.floor((TOPIC.right - left - 4) / 6.5);
  return (
    <g>
      <rect className="scene-picture-box" x={left} y={y - radius} width={TOPIC.right - left} height={height} rx={radius} />
      {Array.from({ length: beads }, (_, bead) => (
        <circle key={bead} className="scene-picture-cell" cx={TOPIC.right - 6 - bead * 6.5} cy={y} r={Math.min(2.4, radius - 1.2)} />
      ))}
    </g>
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
  const dots = spread(new Array<number>(Math.min(members, MOST.consumers)).fill(1), height - 4).map((dot) => top + height / 2 + centre(dot) - MIDDLE);
  return (
    <g>
      <rect className="scene-picture-group" x={GROUP.left} y={top} width={GROUP.right - GROUP.left} height={height} rx="5" />
      {dots.map((y) => (
        <circle key={y} className="scene-picture-consumer" cx={GROUP.middle} cy={y} r="2.6" />
      ))}
    </g>
  );
}

interface Span {
  readonly top: number;
  readonly height: number;
}

/** Shares of a height, by their weights, one below the other around the middle. */
function spread(weights: readonly number[], height: number): readonly Span[] {
  const gap = weights.length > 1 ? 4 : 0;
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const unit = (height - gap * (weights.length - 1)) / Math.max(1, all);
  let top = MIDDLE - height / 2;
  return weights.map((weight) => {
    const span = { top, height: weight * unit };
    top += span.height + gap;
    return span;
  });
}

function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? MIDDLE : numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

function centre(span: Span | undefined): number {
  return span ? span.top + span.height / 2 : MIDDLE;
}

function wire(fromX: number, fromY: number, toX: number, toY: number): string {
  const middle = (fromX + toX) / 2;
  return `M${fromX} ${fromY}C${middle} ${fromY} ${middle} ${toY} ${toX} ${toY}`;
}
