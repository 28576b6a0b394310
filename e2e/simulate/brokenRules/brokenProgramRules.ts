import type { BrokenRule } from "./brokenRule";

const consumer = "src/core/clients/consumer";

/** Rules of programs that fail. */
export const brokenProgramRules: readonly BrokenRule[] = [
  {
    rule: "APP-1",
    words: "a program that ends commits, though it commits by hand",
    file: `${consumer}/membership.ts`,
    find: '    if (config.enableAutoCommit && member.state === "stable") commit(consumer, context, "async");\n',
    put: '    if (config !== null && member.state === "stable") commit(consumer, context, "async");\n',
  },
  {
    rule: "APP-4",
    words: "a commit of one record covers the next one",
    file: `${consumer}/settling.ts`,
    find: "ofOne(topic, partition, offset + 1)",
    put: "ofOne(topic, partition, offset + 2)",
  },
  {
    rule: "APP-5",
    words: "a pool commits what its workers have not done",
    file: `${consumer}/settling.ts`,
    find: "  for (const { topic, partition, record } of consumer.jobs) look(topic, partition, offsetOf(record));\n",
    put: "",
  },
  {
    rule: "APP-6",
    words: "a record that is tried again is done with",
    file: `${consumer}/processing.ts`,
    find: "  consumer.jobs = consumer.jobs.map((each) => (each === job ? again : each));\n  return false;",
    put: "  void again;\n  moveOn(consumer, consumer.polled[0] as RecordRange);\n  consumer.jobs = consumer.jobs.filter((each) => each !== job);\n  return true;",
  },
  {
    rule: "AUD-12",
    words: "a commit before the work is said to lose nothing",
    file: "src/core/watch/promise.ts",
    find: '  ["commitBefore", ({ settle }) => settle === "before"],\n',
    put: "",
  },
  {
    rule: "AUD-12",
    words: "automatic commits are said to repeat nothing",
    file: "src/core/watch/promise.ts",
    find: 'settle === "auto" || settle === "after" || ',
    put: 'settle === "after" || ',
  },
].map((broken) => ({ ...broken, world: "programs" }) as const);
