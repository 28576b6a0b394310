/** What a queue and an exchange are called where topics are called by their names. No topic is: there is no colon in its name. */
export function queueInMotion(name: string): string {
  return `queue:${name}`;
}

export function exchangeInMotion(name: string): string {
  return `exchange:${name}`;
}
