/** Why nothing can be measured at all: its message is one sentence for whoever started the bench. */
export class BenchProblem extends Error {}
