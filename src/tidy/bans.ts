import { isShipped, isTest, type Source } from "./source";

interface Ban {
  readonly name: string;
  readonly where: (file: string) => boolean;
  readonly find: RegExp;
  readonly within: "code" | "comments";
}

const isCore = (file: string): boolean => file.startsWith("src/core/") && !isTest(file);
const isOurs = (): boolean => true;

const bans: readonly Ban[] = [
  {
    name: "chance comes from the seed, and these functions differ between machines",
    where: isCore,
    find: /\bMath\s*\.\s*(?:random|a?(?:cos|sin|tan)h?|atan2|cbrt|expm?1?|hypot|log(?:10|1p|2)?|pow)\b/g,
    within: "code",
  },
  { name: "a power with a fraction differs between machines", where: isCore, find: /\*\*(?!=?\s*\d+(?![\d.]))/g, within: "code" },
  { name: "time comes from the context", where: isCore, find: /\bDate\b/g, within: "code" },
  { name: "order must not depend on a locale", where: isCore, find: /\bIntl\b|\blocaleCompare\b|\btoLocale\w+/g, within: "code" },
  { name: "the core is synchronous", where: isCore, find: /\b(?:async|await|Promise)\b/g, within: "code" },
  { name: "there is no one broker, and none that everyone knows", where: isOurs, find: /\b(?:brokerOf|BOOTSTRAP_NODE)\b/g, within: "code" },
  {
    name: "who watches hears facts, and looks into no broker",
    where: (file) => /^src\/(?:core\/(?:watch|picture|history)|worker)\//.test(file) && !isTest(file),
    find: /\b(?:groupShards|purgatory|logBytes)\b|\bbroker\.(?:logs|metadata)\b/g,
    within: "code",
  },
  {
    name: "what copies of a world share is said by share()",
    where: (file) => /^src\/core\/(?:sim|broker|clients|watch|world|history)\//.test(file) && !isTest(file) && !/sim\/(?:share|freezeShared)\.ts$/.test(file),
    find: /\bObject\s*\.\s*(?:freeze|isFrozen)\b/g,
    within: "code",
  },
  { name: "the type any", where: isOurs, find: /(?:[:<>|&,]|\b(?:as|of|extends))\s*\bany\b(?!\s*\()|\bany\s*\[\]/g, within: "code" },
  { name: "left over from debugging", where: isShipped, find: /\bconsole\s*\.\s*(?:log|debug)\b|\bdebugger\b/g, within: "code" },
  {
    name: "a test that is left out",
    where: isTest,
    find: /\b(?:it|test|describe)(?:\.\w+)*\.(?:only|skip|todo|fixme)\b/g,
    within: "code",
  },
  { name: "a test that sleeps", where: isTest, find: /\bwaitForTimeout\b/g, within: "code" },
  { name: "the compiler silenced", where: isOurs, find: /@ts-(?:ignore|nocheck)\b/g, within: "comments" },
  { name: "work left undone", where: isOurs, find: /\b(?:TODO|FIXME|XXX)\b/g, within: "comments" },
];

interface KindBan {
  readonly name: string;
  readonly folders: readonly string[];
  readonly kinds: ReadonlySet<string>;
  /** Files in them where it may be asked. */
  readonly except?: readonly string[];
}

/** Where something is asked for its kind that a table has an entry for. */
const kindBans: readonly KindBan[] = [
  {
    name: "what depends on the kind of an entity is in that kind's entry (src/entities)",
    folders: ["actions", "canvas", "panels", "app", "store", "ui", "i18n", "tokens"],
    kinds: new Set(["producer", "topic", "group", "consumer"]),
  },
  {
    name: "what depends on the kind of an actor is in that kind's entry (core/world/actors), and who it is its own guard says",
    folders: ["core", "worker", "bridge"],
    kinds: new Set(["broker", "producer", "consumer", "admin"]),
    // The guards.
    except: ["core/broker/broker.ts", "core/clients/producer/producer.ts", "core/clients/consumer/consumer.ts", "core/clients/admin/admin.ts"],
  },
];

/** What stands there and must not. */
export function banErrors({ file, code, comments, kindTests }: Source): string[] {
  const kinds = kindBans
    .filter(({ folders, except = [] }) => isShipped(file) && folders.some((folder) => file.startsWith(`src/${folder}/`)) && !except.some((exception) => file === `src/${exception}`))
    .flatMap((ban) => kindTests.filter(({ kind }) => ban.kinds.has(kind)).map(({ kind, line }) => `${file}:${line} asks for the kind "${kind}": ${ban.name}`));
  const texts = bans
    .filter(({ where }) => where(file))
    .flatMap(({ name, find, within }) => {
      const text = within === "code" ? code : comments;
      return Array.from(text.matchAll(find), (match) => {
        const place = within === "code" ? `${file}:${text.slice(0, match.index).split("\n").length}` : file;
        return `${place} has "${match[0].trim()}": ${name}`;
      });
    });
  return [...texts, ...kinds];
}

export function shapeErrors({ file, onlyReexports, literalTexts }: Source): string[] {
  const texts = isShipped(file) ? literalTexts : [];
  return [
    ...(onlyReexports ? [`${file} only exports again what others export: import from where it is`] : []),
    ...texts.map(({ text, line }) => `${file}:${line} has the literal text "${text}": it belongs into i18n, in every language`),
  ];
}
