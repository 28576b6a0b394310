import { exchangePanel } from "./exchange/exchangePanel";
import { queuePanel } from "./queue/queuePanel";
import { publisherPanel } from "./queue/publisherPanel";
import { receiverPanel } from "./receiver/receiverPanel";

/** How the kinds of RabbitMQ are told in words, and producers that publish to it. */
export const queuePanels = { exchange: exchangePanel, queue: queuePanel, receiver: receiverPanel, producer: publisherPanel };
