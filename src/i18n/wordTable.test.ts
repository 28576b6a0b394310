import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { dialogMessages } from "./en/dialogs";
import { en } from "./en/messages";
import { narrationMessages } from "./en/narration";
import { panelMessages } from "./en/panels";
import { problemMessages } from "./en/problems";
import { queueNarration } from "./en/queueNarration";
import { queueMessages } from "./en/queues";
import { dialogMessages as koDialogs } from "./ko/dialogs";
import { ko } from "./ko/messages";
import { panelMessages as koPanels } from "./ko/panels";
import { problemMessages as koProblems } from "./ko/problems";
import { queueMessages as koQueues } from "./ko/queues";

/** Latin letters of the sentence at the bottom, without its names and figures. */
const ROOM = 130;

type Messages = Readonly<Record<string, string>>;

const english: Messages = { ...en, ...panelMessages, ...dialogMessages, ...problemMessages, ...queueMessages };
const korean: Messages = { ...ko, ...koPanels, ...koDialogs, ...koProblems, ...koQueues };
const isKorean = (text: string): boolean => /[가-힣]/.test(text);

interface Never {
  readonly word: string;
  /** Texts of a key or of an English message in which the word is right all the same. */
  readonly but: readonly string[];
}

interface Row {
  readonly english: readonly string[];
  readonly korean: readonly string[];
  readonly never: readonly Never[];
}

/** The tables of WORDS.md, one row a term. */
function wordTable(markdown: string): readonly Row[] {
  const rows = markdown.split("\n").filter((line) => line.startsWith("| ") && !/^\| (?:English|---) \|/.test(line));
  return rows.map((line) => {
    const [names = "", koreanNames = "", , never = ""] = line.split("|").slice(1).map((cell) => cell.trim());
    return { english: listed(names), korean: listed(koreanNames), never: listed(never).map(neverOf) };
  });
}

function listed(cell: string): readonly string[] {
  return cell.split(/,\s*/).filter((part) => part !== "");
}

function neverOf(text: string): Never {
  const [, word = text, but = ""] = /^(.*?) \((.*)\)$/.exec(text) ?? [];
  return { word, but: but === "" ? [] : but.split("/") };
}

/** Where a language says what it must not. English words count whole, in any case; Korean ones wherever they stand. */
function forbidden(table: readonly Row[], englishMessages: Messages, koreanMessages: Messages): readonly string[] {
  return table.flatMap(({ never }) =>
    never.flatMap(({ word, but }) => {
      const messages = isKorean(word) ? koreanMessages : englishMessages;
      const says = isKorean(word) ? (text: string) => text.includes(word) : (text: string) => new RegExp(`\\b${word}s?\\b`, "i").test(text);
      const isRight = (key: string): boolean => but.some((part) => `${key} ${englishMessages[key]}`.toLowerCase().includes(part.toLowerCase()));
      return Object.entries(messages).flatMap(([key, text]) => (says(text.replaceAll(/\{\w+\}/g, "")) && !isRight(key) ? [`${key}: ${word}`] : []));
    }),
  );
}

const table = wordTable(readFileSync(join(dirname(fileURLToPath(import.meta.url)), "WORDS.md"), "utf8"));

describe("WORDS.md", () => {
  it("names each thing once, in both languages", () => {
    expect(table.length).toBeGreaterThan(90);
    expect(table.filter(({ english: names, korean: koreanNames }) => names.length === 0 || !koreanNames.some(isKorean)).map((row) => row.english)).toEqual([]);
    const names = table.flatMap((row) => row.english);
    expect(names.filter((name, at) => names.indexOf(name) < at)).toEqual([]);
    const isNever = (name: string, row: Row): boolean => table.some(({ never }) => never.some(({ word, but }) => name.includes(word) && !row.english.some((other) => but.some((part) => other.includes(part)))));
    expect(table.flatMap((row) => row.korean.filter((name) => isNever(name, row)))).toEqual([]);
  });

  it("has the words of what comes", () => {
    const coming = ["share group", "acknowledge", "lock", "exchange", "binding", "epoch", "marker", "last stable offset (LSO)", "fencing", "quorum"];
    expect(coming.filter((name) => !table.some((row) => row.english.includes(name)))).toEqual([]);
    expect(table.find((row) => row.english.includes("share group"))?.korean).toEqual(["공유 그룹"]);
  });

  it("is kept by both languages: none says what it must never", () => {
    expect(forbidden(table, english, korean)).toEqual([]);
  });

  it("is kept by Korean where English says a word of Kafka", () => {
    const kafkas = ["retention", "compaction", "compression", "tombstone", "heartbeat", "high watermark", "segment", "assignor", "coordinator", "rebalance", "rebalancing", "offset", "partition", "producer", "topic"];
    const rows = table.filter((row) => row.english.some((name) => kafkas.includes(name)));
    const left = rows.flatMap((row) =>
      Object.entries(english).flatMap(([key, text]) => {
        const says = row.english.some((name) => new RegExp(`(?<![.{\\w])${name}s?(?![\\w.}])`, "i").test(text));
        return says && !row.korean.some((name) => (korean[key] ?? "").includes(name)) ? [`${key}: ${row.english.join()}`] : [];
      }),
    );
    expect(left).toEqual([]);
  });

  it("would notice", () => {
    const some = wordTable("| English | 한국어 | Meaning | Never |\n| --- | --- | --- | --- |\n| compaction | 컴팩션 | | 압축 (compress) |\n| record | 레코드 | | message (classic queue), 메시지 |");
    const says = { a: "Messages stay", b: "A classic queue's messages", c: "compression", d: "compaction" };
    expect(forbidden(some, says, { a: "메시지", b: "레코드", c: "압축", d: "압축" })).toEqual(["d: 압축", "a: message", "a: 메시지"]);
  });
});

describe("Korean", () => {
  it("puts a noun after every name, so that no particle depends on Latin letters", () => {
    const names = "consumer|group|producer|topic|topics|name|client|key|assignor|exception|error|because|configs|left|allowed|choices|limit";
    const particle = new RegExp(`\\{(?:${names})\\}(?:\\*\\*)?['’”]?(?:이|가|은|는|을|를|와|과|랑|이나|으로|로)(?![가-힣])`);
    expect(Object.entries(korean).filter(([, text]) => particle.test(text)).map(([key]) => key)).toEqual([]);
  });
});

describe("the sentence at the bottom", () => {
  it("has room on a phone, whatever its names and figures are", () => {
    // A syllable of Hangul is about as wide as two Latin letters.
    const width = (text: string): number => text.replaceAll(/\{\w+\}|\*\*/g, "").replaceAll(/[가-힣]/g, "..").length;
    expect(Object.keys({ ...narrationMessages, ...queueNarration }).filter((key) => [english, korean].some((messages) => width(messages[key] ?? "") > ROOM))).toEqual([]);
  });
});
