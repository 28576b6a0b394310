import { parseSync, Visitor } from "vite";

/** What the rules look at of a file, which is named by its path from the top folder, with slashes. */
interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
  readonly line: number;
}

export interface Source {
  readonly file: string;
  readonly imports: readonly Import[];
  /** The text with comments and the contents of strings, patterns and JSX text blanked, so that only code is found. */
  readonly code: string;
  readonly comments: string;
  /** Words that a user would read, written into a component. */
  readonly literalTexts: readonly { readonly text: string; readonly line: number }[];
  readonly onlyReexports: boolean;
  /** Text that something called `kind` is compared with, by `===` or as a case of a `switch`. */
  readonly kindTests: readonly { readonly kind: string; readonly line: number }[];
}

interface Span {
  readonly start: number;
  readonly end: number;
}

export function parseSource(file: string, text: string): Source {
  const { program, module, comments, errors } = parseSync(file, text);
  if (errors[0]) throw new Error(`${file}: ${errors[0].message}`);
  const lineOf = (offset: number): number => text.slice(0, offset).split("\n").length;
  const imports: Import[] = [];
  const literalTexts: { text: string; line: number }[] = [];
  const kindTests: { kind: string; line: number }[] = [];
  const quiet: Span[] = [];
  const addImport = (specifier: string, typeOnly: boolean, start: number): void => {
    imports.push({ specifier: specifier.replace(/\?.*$/, ""), typeOnly, line: lineOf(start) });
  };
  const addText = (words: string, start: number): void => {
    if (/[a-z]{2}|\p{Lo}/iu.test(words) && !/^\s*(?:topi|q|topiq)\s*$/i.test(words)) literalTexts.push({ text: words.trim(), line: lineOf(start) });
  };

  for (const { moduleRequest, entries, start } of module.staticImports) {
    addImport(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType), start);
  }
  for (const { entries, start } of module.staticExports) {
    const from = entries[0]?.moduleRequest;
    if (from) addImport(from.value, entries.every((entry) => entry.isType), start);
  }
  new Visitor({
    ImportExpression({ source, start }) {
      addImport(source.type === "Literal" ? String(source.value) : "a computed address", false, start);
    },
    BinaryExpression({ operator, left, right, start }) {
      if (!/^[!=]==?$/.test(operator)) return;
      for (const [one, other] of [[left, right], [right, left]] as const) {
        if (isCalledKind(one) && other.type === "Literal" && typeof other.value === "string") kindTests.push({ kind: other.value, line: lineOf(start) });
      }
    },
    SwitchStatement({ discriminant, cases }) {
      if (!isCalledKind(discriminant)) return;
      for (const { test, start } of cases) {
        if (test?.type === "Literal" && typeof test.value === "string") kindTests.push({ kind: test.value, line: lineOf(start) });
      }
    },
    TSImportType({ source, start }) {
      addImport(source.value, true, start);
    },
    // new URL("./worker.ts", import.meta.url): how a worker's or a picture's file is named.
    NewExpression({ callee, arguments: [address, base], start }) {
      const isUrl = callee.type === "Identifier" && callee.name === "URL" && base?.type === "MemberExpression";
      if (isUrl && base.object.type === "MetaProperty" && address?.type === "Literal") addImport(String(address.value), false, start);
    },
    Literal(node) {
      if (typeof node.value === "string" || "regex" in node) quiet.push(node);
    },
    TemplateElement: (node) => void quiet.push(node),
    JSXText(node) {
      quiet.push(node);
      addText(node.value, node.start);
    },
    JSXAttribute({ name, value }) {
      const isRead = name.type === "JSXIdentifier" && ["alt", "aria-label", "label", "placeholder", "title"].includes(name.name);
      if (isRead && value?.type === "Literal" && typeof value.value === "string") addText(value.value, value.start);
    },
  }).visit(program);

  const statements = program.body;
  const reexports = statements.filter(
    (node) => node.type === "ExportAllDeclaration" || (node.type === "ExportNamedDeclaration" && node.source !== null),
  );
  const importStatements = statements.filter((node) => node.type === "ImportDeclaration");
  return {
    file,
    imports,
    code: blank(text, [...comments, ...quiet]),
    comments: comments.map((comment) => comment.value).join("\n"),
    literalTexts,
    kindTests,
    onlyReexports: reexports.length > 0 && reexports.length + importStatements.length === statements.length,
  };
}

/** `kind`, `one.kind`, `one?.kind`, `one["kind"]`, in parentheses or not. */
function isCalledKind(node: { readonly type: string } & Partial<Record<"name" | "value" | "expression" | "property", unknown>>): boolean {
  if (node.type === "Identifier") return node.name === "kind";
  if (node.type === "Literal") return node.value === "kind";
  const inner = node.type === "MemberExpression" ? node.property : node.expression;
  return typeof inner === "object" && inner !== null && isCalledKind(inner as Parameters<typeof isCalledKind>[0]); // a node of the same tree
}

function blank(text: string, spans: readonly Span[]): string {
  let code = "";
  let at = 0;
  for (const { start, end } of spans.toSorted((one, other) => one.start - other.start)) {
    if (start < at) continue;
    code += text.slice(at, start) + text.slice(start, end).replace(/[^\n]/g, " ");
    at = end;
  }
  return code + text.slice(at);
}


export const isTest = (file: string): boolean => /\.(?:test|spec)\.tsx?$/.test(file);
/** The rules themselves are no part of the product. */
export const isRule = (file: string): boolean => file.startsWith("src/tidy/");
export const isShipped = (file: string): boolean => file.startsWith("src/") && !isTest(file) && !isRule(file);
