import type { MadeRecord } from "../../apps/program";
import { byteLength } from "../../sim/byteLength";
import { share } from "../../sim/share";
import { timer, type Timer } from "../../sim/timer";
import { plainProperties, type Content, type Properties } from "../amqp/content";
import type { BrokerMethod } from "../amqp/method";
import { exchangeDeclaration, type BindingSpec, type ExchangeSpec } from "./declarations";
import { CHANNEL, closeSession, connect, newSession, onSessionLost, onSessionMethod, onSessionTimer, say, type ProgramContext, type Session } from "./session";

/** A program that publishes what its record source makes, as plain data: each record to each of its targets. */
export interface Publisher {
  readonly kind: "publisher";
  readonly name: string;
  readonly session: Session;
  settings: PublisherSettings;
  targets: readonly BindingSpec[];
  /** Exchanges that it declares whenever it connects. */
  exchanges: readonly ExchangeSpec[];
  /** Sent and neither confirmed nor refused, oldest first, by publish tag; only with confirms. */
  unconfirmed: Map<number, Content>;
  /** Refused, or unconfirmed when a connection was lost, and published again as soon as that can be. */
  again: Content[];
  nextPublishTag: number;
  /** Messages that it has promised itself to get confirmed: each is confirmed, waits for that, or is to be published again. */
  accepted: number;
  published: number;
  confirmed: number;
  refused: number;
  returned: number;
  failed: number;
  /** It publishes nothing new. */
  isClosing: boolean;
}

export interface PublisherSettings {
  /** Publisher confirms: what is not confirmed is published again, and may then be there twice. */
  readonly confirms: boolean;
  /** What leads to no queue comes back. */
  readonly mandatory: boolean;
  readonly persistent: boolean;
  /** Virtual ms; null sets none. */
  readonly expirationMs: number | null;
  readonly priority: number | null;
}

/** Messages that wait to be confirmed or published again; what is sent beyond that fails. */
const MOST_UNCONFIRMED = 10_000;

const AGAIN = timer("again");
/** A queue that was full is not asked again at once. */
const AGAIN_US = 1_000_000;

export function newPublisher(name: string, settings: PublisherSettings, targets: readonly BindingSpec[], exchanges: readonly ExchangeSpec[]): Publisher {
  return {
    kind: "publisher",
    name,
    session: newSession(),
    settings,
    targets,
    exchanges,
    unconfirmed: new Map(),
    again: [],
    nextPublishTag: 1,
    accepted: 0,
    published: 0,
    confirmed: 0,
    refused: 0,
    returned: 0,
    failed: 0,
    isClosing: false,
  };
}

export function isPublisher(actor: { readonly kind: string } | undefined): actor is Publisher {
  return actor?.kind === "publisher";
}

export function startPublisher(publisher: Publisher, context: ProgramContext): void {
  connect(publisher.session, context);
}

/** The source has made a record: it is published to each target. Without a connection that fails, unless confirms keep it for later. */
export function publishRecord(publisher: Publisher, context: ProgramContext, { key, value, sendNumber, sender }: MadeRecord): void {
  const { persistent, expirationMs, priority } = publisher.settings;
  const headers = share(key === null ? {} : { key });
  const properties: Properties = share({ ...plainProperties, deliveryMode: persistent ? 2 : 1, expirationMs, priority, headers });
  const sizeInBytes = byteLength(value);
  const origin = share({ publisher: sender, sendNumber });
  for (const { exchange, routingKey } of publisher.targets) {
    const content: Content = share({ exchange, routingKey, properties, body: value, sizeInBytes, origin });
    const isKept = publisher.settings.confirms && publisher.again.length + publisher.unconfirmed.size < MOST_UNCONFIRMED;
    if (isKept) publisher.accepted++;
    if (publisher.session.state === "open" && (isKept || !publisher.settings.confirms)) send(publisher, context, content, false);
    else if (isKept) publisher.again.push(content);
    else {
      publisher.failed++;
      context.tell({ type: "publishFailed", content });
    }
  }
}

export function handlePublisherMethod(publisher: Publisher, context: ProgramContext, method: BrokerMethod): void {
  const change = onSessionMethod(publisher.session, context, method);
  if (change === "opened") onOpen(publisher, context);
  if (change === "gone") onGone(publisher, context);
  if (method.method === "basic.return") {
    publisher.returned++;
    context.tell({ type: "returned", content: method.content, replyText: method.replyText });
  }
  if (method.method === "basic.ack" || method.method === "basic.nack") onConfirm(publisher, context, method);
}

export function handlePublisherTimer(publisher: Publisher, context: ProgramContext, each: Timer): void {
  if (each.kind === AGAIN.kind) publishAgain(publisher, context);
  else if (onSessionTimer(publisher.session, context, each) === "gone") onGone(publisher, context);
}

export function handlePublisherDisconnect(publisher: Publisher, context: ProgramContext): void {
  if (onSessionLost(publisher.session, context) === "gone") onGone(publisher, context);
}

/** It ends, once what it has published is confirmed. Without a connection it does not wait for that. */
export function closePublisher(publisher: Publisher, context: ProgramContext): void {
  publisher.isClosing = true;
  endWhenDone(publisher, context);
}

function endWhenDone({ isClosing, session, unconfirmed, again }: Publisher, context: ProgramContext): void {
  if (isClosing && (session.state !== "open" || unconfirmed.size + again.length === 0)) closeSession(session, context);
}

/** What it publishes, and how, from now on. A new setting of confirms needs a new channel, so the connection with it. */
export function changePublisher(publisher: Publisher, context: ProgramContext, settings: PublisherSettings, targets: readonly BindingSpec[], exchanges: readonly ExchangeSpec[]): void {
  const isOther = settings.confirms !== publisher.settings.confirms;
  const isOpen = publisher.session.state === "open";
  Object.assign(publisher, { settings, targets, exchanges });
  if (isOther && isOpen) {
    context.disconnect();
    handlePublisherDisconnect(publisher, context);
  } else if (isOpen) for (const exchange of exchanges) say(publisher.session, context, exchangeDeclaration(exchange));
}

function onOpen(publisher: Publisher, context: ProgramContext): void {
  const { session, exchanges, settings } = publisher;
  for (const exchange of exchanges) say(session, context, exchangeDeclaration(exchange));
  publisher.nextPublishTag = 1;
  if (settings.confirms) say(session, context, { method: "confirm.select", channel: CHANNEL });
  publishAgain(publisher, context);
}

/** Nobody can know what became of what was not confirmed. */
function onGone(publisher: Publisher, context: ProgramContext): void {
  publisher.again = [...publisher.unconfirmed.values(), ...publisher.again];
  publisher.unconfirmed = new Map();
  if (publisher.session.state !== "closed") endWhenDone(publisher, context);
}

function publishAgain(publisher: Publisher, context: ProgramContext): void {
  if (publisher.session.state !== "open") return;
  const again = publisher.again.splice(0);
  // Without confirms nobody will ever know.
  if (!publisher.settings.confirms) publisher.accepted -= again.length;
  for (const content of again) {
    if (leads(publisher, content)) send(publisher, context, content, true);
    else giveUp(publisher, context, content);
  }
}

/** Whether its exchange may still be there: what was meant for one that was deleted would only be refused, with the whole channel. */
function leads({ exchanges }: Publisher, { exchange }: Content): boolean {
  return exchange === "" || exchange.startsWith("amq.") || exchanges.some(({ name }) => name === exchange);
}

function giveUp(publisher: Publisher, context: ProgramContext, content: Content): void {
  if (publisher.settings.confirms) publisher.accepted--;
  publisher.failed++;
  context.tell({ type: "publishFailed", content });
}

function send(publisher: Publisher, context: ProgramContext, content: Content, isAgain: boolean): void {
  const { confirms, mandatory } = publisher.settings;
  if (confirms) publisher.unconfirmed.set(publisher.nextPublishTag++, content);
  publisher.published++;
  context.tell({ type: "published", content, isAgain });
  say(publisher.session, context, { method: "basic.publish", channel: CHANNEL, mandatory, content });
}

type Confirm = Extract<BrokerMethod, { readonly method: "basic.ack" } | { readonly method: "basic.nack" }>;

/** What a confirm is about, by publish tag, oldest first: nothing once it was taken in. */
export function answeredBy({ unconfirmed }: Publisher, { deliveryTag, multiple }: Pick<Confirm, "deliveryTag" | "multiple">): readonly (readonly [number, Content])[] {
  const one = unconfirmed.get(deliveryTag);
  if (!multiple) return one ? [[deliveryTag, one]] : [];
  return [...unconfirmed].filter(([tag]) => tag <= deliveryTag);
}

function onConfirm(publisher: Publisher, context: ProgramContext, confirm: Confirm): void {
  const answered = answeredBy(publisher, confirm);
  context.tell({ type: "answered", contents: share(answered.map(([, content]) => content)) });
  for (const [tag, content] of answered) {
    publisher.unconfirmed.delete(tag);
    if (confirm.method === "basic.ack") {
      publisher.confirmed++;
      context.tell({ type: "confirmed", content });
      continue;
    }
    publisher.refused++;
    publisher.again.push(content);
    context.setTimer(AGAIN, context.nowUs + AGAIN_US);
  }
  endWhenDone(publisher, context);
}
