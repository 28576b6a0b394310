import { commitCases } from "./commitCases";
import type { ContractCase } from "./contractCase";
import { keepingCases } from "./keepingCases";
import { sideBySideCases } from "./sideBySideCases";
import { truncationCases } from "./truncationCases";

/** What every `LogStore` promises, as cases that run in any test runner and in a page. */
export const logStoreContract: readonly ContractCase[] = [...keepingCases, ...commitCases, ...truncationCases, ...sideBySideCases];
