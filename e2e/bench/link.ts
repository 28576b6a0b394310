import { decodeLink, encodeLink } from "../../src/scenario/link";
import { largeScenario } from "../../src/scenario/testScenario";
import { figure, median, ms, type Part, timesMs } from "./report";

export const link: Part = {
  name: "link",
  title: "Link of 5 producers, 3 topics, 4 groups, 12 consumers, every place and name given (in Node)",
  measure: async () => {
    const shared = { scenario: largeScenario(), run: null };
    const encoded = encodeLink(shared);
    return [
      { what: "characters", goal: "1,000", measured: figure(encoded.length) },
      { what: "encode", goal: "1 ms", measured: ms(median(timesMs(RUNS, () => void encodeLink(shared)))) },
      { what: "decode, checked", goal: "1 ms", measured: ms(median(timesMs(RUNS, () => void decodeLink(encoded)))) },
    ];
  },
};

const RUNS = 201;
