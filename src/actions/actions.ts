import type { Command } from "../core/world/command";
import type { DeliveryMode } from "../core/world/spec";
import { type Language, type MessageKey, t } from "../i18n/t";
import type { EntityName } from "../scenario/scenario";
import { type Drawer, select, type Selection, setView, type TopiqState, useTopiq } from "../store/topiqStore";
import { applyDocumentPatch } from "./documentEdits";
import { entityName, idsOfKind, parseEntity, selectedEntity, wholeSelection } from "./entities/entities";
import type { WiringRefusal } from "./entities/entityKind";
import { allKinds, entitiesOf, kindNamed, loadLaterKinds } from "./entities/kindTable";
import { connectCommand, deleteCommands, disconnectCommand } from "./entities/wiring";
import { inTurn } from "./inTurn";
import { otherLanguage, setDrawer, setLanguage, setSideFolded, setSingleKeys, setTheme } from "./preferences";
import { tell, tellProblem } from "./problems";
import { seek } from "./simulation";
import { neighbouringMarker, neighbouringSpeed, pause, play, seekMarker, setSpeed, step } from "./transport";
import { editDocument, redo, submitTogether, undo, useUndo } from "./undo";
import { userTopics } from "./userTopics";
import { currentVerb } from "./verbs";

type Position = { readonly x: number; readonly y: number };

/** What each action is told. An action whose every parameter is optional can be chosen from the palette. */
interface ActionParams {
  /** `within` names what it is added to: a consumer's group. */
  add: { kind: string; position?: Position; within?: string };
  connect: { from?: EntityName; to?: EntityName };
  disconnect: { from: EntityName; to: EntityName };
  delete: { entities?: readonly EntityName[] };
  crashConsumer: { clientId?: string };
  give: { commands: readonly Command[] };
  rename: { entity: EntityName; label: string };
  renameScenario: { name: string };
  move: { entity: EntityName; position: Position };
  tidy: object;
  createTopic: { topic: string };
  addPartition: { topic?: string };
  setPartitions: { topic: string; count: number };
  deliverAs: { mode: DeliveryMode };
  deliverAsQueue: object;
  deliverAsPubsub: object;
  selectAll: object;
  verb: object;
  playOrPause: object;
  startOver: object;
  stepForward: object;
  stepBack: object;
  nextMarker: object;
  previousMarker: object;
  faster: object;
  slower: object;
  setSpeed: { speed: number };
  seek: { timeUs: number };
  undo: object;
  redo: object;
  palette: object;
  examples: object;
  share: object;
  embed: object;
  help: object;
  outline: object;
  fold: object;
  recordsBelow: object;
  chartsBelow: object;
  language: { language?: Language };
  theme: { theme?: "light" | "dark" };
  singleKeys: { on?: boolean };
}

export type ActionName = keyof ActionParams;

export interface Action<Params> {
  readonly label: MessageKey;
  /** `Mod` is Cmd on a Mac and Ctrl elsewhere. Keys without it are single keys, which a person may switch off. */
  readonly keys?: readonly string[];
  /** Needs parameters that only a gesture can give. */
  readonly gesture?: true;
  readonly enabled: (state: TopiqState) => boolean;
  readonly perform: (params: Params, state: TopiqState) => void | Promise<unknown>;
}

const always = (): boolean => true;
const hasWorld = (state: TopiqState): boolean => state.image !== null && state.crash === null && state.unopened === null;

/** Everything that a person can do, once. Toolbar, menus, palette, keys, canvas and scripts all come here. */
export const actions: { readonly [Name in ActionName]: Action<ActionParams[Name]> } = {
  add: { label: "shell.add", gesture: true, enabled: hasWorld, perform: (params) => inTurn((state) => add(state, params)) },
  connect: { label: "action.connect", keys: ["c"], enabled: (state) => hasWorld(state) && wholeSelection(state).length > 0, perform: connect },
  disconnect: { label: "action.disconnect", gesture: true, enabled: hasWorld, perform: ({ from, to }) => wire(disconnectCommand, from, to) },
  delete: {
    label: "action.delete",
    keys: ["Delete", "Backspace"],
    enabled: (state) => hasWorld(state) && wholeSelection(state).length > 0,
    perform: async ({ entities }, state) => {
      const doomed = entities ?? wholeSelection(state).map(({ kind, id }) => entityName(kind, id));
      // At once, so that a key that is heard twice deletes once.
      select([]);
      if (state.image) await run(deleteCommands(state.image, doomed));
    },
  },
  crashConsumer: {
    label: "action.crashConsumer",
    enabled: (state) => hasWorld(state) && leadingConsumer(state) !== undefined,
    perform: async ({ clientId }, state) => {
      const target = clientId ?? leadingConsumer(state);
      if (target !== undefined) await run([{ type: "removeConsumer", clientId: target, how: "crash" }]);
    },
  },
  give: { label: "action.give", gesture: true, enabled: hasWorld, perform: ({ commands }) => run(commands) },
  rename: { label: "action.rename", gesture: true, enabled: hasWorld, perform: rename },
  renameScenario: {
    label: "action.renameScenario",
    gesture: true,
    enabled: (state) => state.scenario !== null,
    perform: ({ name }) => {
      if (name.trim() !== "") editDocument({ name: name.trim() });
    },
  },
  move: { label: "action.move", gesture: true, enabled: hasWorld, perform: ({ entity, position }) => editDocument({ layout: { [entity]: position } }) },
  tidy: {
    label: "action.tidy",
    enabled: ({ scenario }) => Object.keys(scenario?.layout ?? {}).length > 0,
    perform: () => editDocument({ layout: Object.fromEntries(Object.keys(useTopiq.getState().scenario?.layout ?? {}).map((entity) => [entity, null])) }),
  },
  createTopic: { label: "action.createTopic", gesture: true, enabled: hasWorld, perform: ({ topic }) => run([{ type: "createTopic", topic: { name: topic, partitions: 3, configs: {} } }]) },
  addPartition: {
    label: "action.addPartition",
    enabled: (state) => hasWorld(state) && leadingTopic(state) !== undefined,
    perform: ({ topic }) =>
      inTurn(async (state) => {
        const target = state.image?.topics.get(topic ?? leadingTopic(state) ?? "");
        if (target) await run([{ type: "createPartitions", topic: target.name, count: target.askedPartitions + 1 }]);
      }),
  },
  setPartitions: { label: "action.setPartitions", gesture: true, enabled: hasWorld, perform: ({ topic, count }) => run([{ type: "createPartitions", topic, count }]) },
  deliverAs: { label: "action.deliverAs", gesture: true, enabled: hasWorld, perform: ({ mode }, state) => deliverAs(state, mode) },
  deliverAsQueue: { label: "action.deliverAsQueue", enabled: (state) => hasWorld(state) && state.image?.clock.mode !== "queue", perform: (_, state) => deliverAs(state, "queue") },
  deliverAsPubsub: { label: "action.deliverAsPubsub", enabled: (state) => hasWorld(state) && state.image?.clock.mode !== "pubsub", perform: (_, state) => deliverAs(state, "pubsub") },
  selectAll: { label: "action.selectAll", keys: ["Mod+a"], enabled: hasWorld, perform: (_, state) => select(everything(state)) },
  verb: { label: "action.verb", keys: ["v"], enabled: (state) => hasWorld(state) && state.scenario !== null, perform: () => inTurn(performVerb) },
  playOrPause: { label: "action.playOrPause", keys: ["Space"], enabled: hasWorld, perform: (_, state) => (state.playback?.playing ? pause() : play()) },
  startOver: { label: "action.startOver", enabled: (state) => hasWorld(state) && canGoBack(state), perform: (_, state) => seek(beginningUs(state)) },
  stepForward: { label: "action.stepForward", keys: ["."], enabled: hasWorld, perform: () => step(1) },
  stepBack: { label: "action.stepBack", keys: [","], enabled: (state) => hasWorld(state) && canGoBack(state), perform: () => step(-1) },
  nextMarker: { label: "action.nextMarker", keys: ["]"], enabled: (state) => hasWorld(state) && neighbouringMarker(1) !== undefined, perform: () => seekMarker(1) },
  previousMarker: { label: "action.previousMarker", keys: ["["], enabled: (state) => hasWorld(state) && neighbouringMarker(-1) !== undefined, perform: () => seekMarker(-1) },
  faster: { label: "action.faster", enabled: hasWorld, perform: (_, state) => setSpeed(neighbouringSpeed(state.playback?.speed ?? 1, 1)) },
  slower: { label: "action.slower", enabled: hasWorld, perform: (_, state) => setSpeed(neighbouringSpeed(state.playback?.speed ?? 1, -1)) },
  setSpeed: { label: "action.setSpeed", gesture: true, enabled: hasWorld, perform: ({ speed }) => setSpeed(speed) },
  seek: { label: "action.seek", gesture: true, enabled: hasWorld, perform: ({ timeUs }) => seek(timeUs) },
  undo: { label: "action.undo", keys: ["Mod+z"], enabled: () => useUndo.getState().done.length > 0, perform: undo },
  redo: { label: "action.redo", keys: ["Mod+Shift+z", "Mod+y"], enabled: () => useUndo.getState().undone.length > 0, perform: redo },
  palette: { label: "action.palette", keys: ["Mod+k"], enabled: always, perform: () => setView({ dialog: "palette" }) },
  examples: { label: "action.examples", keys: ["e"], enabled: always, perform: (_, state) => toggleDrawer(state, "examples") },
  share: { label: "action.share", enabled: hasWorld, perform: () => setView({ dialog: "share" }) },
  embed: { label: "action.embed", enabled: hasWorld, perform: () => setView({ dialog: "embed" }) },
  help: { label: "action.help", keys: ["?"], enabled: always, perform: () => setView({ dialog: "help" }) },
  outline: { label: "action.outline", keys: ["o"], enabled: always, perform: (_, state) => toggleDrawer(state, "outline") },
  fold: { label: "action.fold", keys: ["Mod+\\"], enabled: always, perform: (_, state) => setSideFolded(!state.view.sideFolded) },
  recordsBelow: { label: "action.recordsBelow", enabled: hasWorld, perform: (_, state) => toggleBelow(state, "records") },
  chartsBelow: { label: "action.chartsBelow", enabled: hasWorld, perform: (_, state) => toggleBelow(state, "charts") },
  language: { label: "action.language", enabled: always, perform: ({ language }) => setLanguage(language ?? otherLanguage()) },
  theme: { label: "action.theme", enabled: always, perform: ({ theme }, state) => setTheme(theme ?? (state.view.theme === "light" ? "dark" : "light")) },
  singleKeys: { label: "action.singleKeys", enabled: always, perform: ({ on }, state) => setSingleKeys(on ?? !state.view.singleKeys) },
};

type Arguments<Params> = object extends Params ? [params?: Params] : [params: Params];

/** Does one thing by name, if it can be done now. This is the only way in. */
export async function performAction<Name extends ActionName>(name: Name, ...[params]: Arguments<ActionParams[Name]>): Promise<void> {
  const state = useTopiq.getState();
  const action = actions[name];
  // Behind the message about a link that cannot be opened, what is open is neither seen nor touched.
  if (state.unopened && action.enabled !== always) return;
  // Parameters may be left out only where each of them is optional.
  if (params !== undefined || action.enabled(state)) await action.perform((params ?? {}) as ActionParams[Name], state);
}

async function add({ image, selection }: TopiqState, { kind, position, within }: ActionParams["add"]): Promise<void> {
  if (!kindNamed(kind)) await loadLaterKinds();
  const addition = image && kindNamed(kind)?.addition?.make(image, selection.map(selectedEntity), within);
  if (!addition) return;
  const { commands, added } = addition;
  // Its place is part of the addition, not an edit of its own to be undone.
  if (position) applyDocumentPatch({ layout: { [entityName(added.kind, added.id)]: position } });
  if (await run(commands)) select([added]);
}

/** True when all of it was done; else the toast says why not. */
async function run(commands: readonly Command[]): Promise<boolean> {
  const problem = await submitTogether(commands);
  await tellProblem(problem);
  return problem === null;
}

/** Joins two named or selected things; with one of them, waits for the other to be chosen. */
async function connect({ from, to }: ActionParams["connect"], state: TopiqState): Promise<void> {
  const [first, second] = wholeSelection(state).map(({ kind, id }) => entityName(kind, id));
  const start = from ?? first;
  const end = to ?? (from === undefined ? second : undefined);
  if (start === undefined) return;
  if (end === undefined) setView({ connectingFrom: start });
  else {
    setView({ connectingFrom: null });
    await wire(connectCommand, start, end);
  }
}

function wire(command: typeof connectCommand, from: EntityName, to: EntityName): Promise<void> {
  return inTurn(async ({ image }) => {
    if (!image) return;
    const result: Command | WiringRefusal = command(image, from, to);
    if (typeof result === "string") await tell(() => t(`wiring.${result}`));
    else await run([result]);
  });
}

/** What has a label gets another; a name that is its identity in Kafka stays. */
async function rename({ entity, label }: ActionParams["rename"]): Promise<void> {
  const fixed = kindNamed(parseEntity(entity)?.kind ?? "")?.fixedName;
  if (fixed) await tell(() => t(fixed));
  else editDocument({ labels: { [entity]: label.trim() === "" ? null : label.trim() } });
}

async function deliverAs(state: TopiqState, mode: DeliveryMode): Promise<void> {
  if (state.image?.clock.mode !== mode) await run([{ type: "deliverAs", mode }]);
}

async function performVerb(state: TopiqState): Promise<void> {
  if (!state.image || !state.scenario) return;
  const { verbCommands } = await import("./verbCommands");
  const commands = verbCommands(currentVerb(state.scenario.verb, state.image), state.image, state.scenario);
  if (commands.length > 0) await run(commands);
}

function toggleDrawer({ view }: TopiqState, drawer: Drawer): void {
  setDrawer(view.drawer === drawer ? null : drawer);
}

function toggleBelow({ view }: TopiqState, below: "records" | "charts"): void {
  setView({ below: view.below === below ? null : below });
}

function canGoBack(state: TopiqState): boolean {
  return state.playback !== null && state.playback.timeUs > state.playback.oldestReachableUs;
}

/** All that stands on the canvas; what is looked at when nothing is selected leads. */
function everything({ image }: TopiqState): readonly Selection[] {
  if (!image) return [];
  const kinds = allKinds().toReversed();
  return [...kinds.filter(({ home }) => !home), ...kinds.filter(({ home }) => home)].flatMap((kind) =>
    [...(kind.drawn?.(image) ?? entitiesOf(image, kind).keys())].map((id) => ({ kind: kind.name, id })),
  );
}

/** Where the run began, or the first moment of it that can still be shown. */
function beginningUs({ scenario, playback }: TopiqState): number {
  return Math.max((scenario?.startMs ?? 0) * 1000, playback?.oldestReachableUs ?? 0);
}

function leadingTopic({ selection, image }: TopiqState): string | undefined {
  return idsOfKind(selection.map(selectedEntity), "topic").at(-1) ?? (image ? userTopics(image)[0] : undefined);
}

function leadingConsumer(state: TopiqState): string | undefined {
  return idsOfKind(wholeSelection(state), "consumer").at(-1);
}
