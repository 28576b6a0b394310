const bannedWords = new Set(["util", "utils", "helper", "helpers", "manager", "managers"]);

/** Paths of somebody's machine, and hosts that packages were downloaded from. */
const machineTraces = /\/(?:work|farm|tmp|root)\/|\/(?:home|Users)\/\w+\/|\bregistry\.[a-z\d-]+\.[a-z]+/g;

export function nameErrors(file: string): string[] {
  const words = file.replace(/([a-z\d])([A-Z])/g, "$1 $2").toLowerCase().split(/[^a-z\d]+/);
  const banned = words.find((word) => bannedWords.has(word));
  return banned ? [`${file} is named "${banned}": say what it does`] : [];
}

/** Every rule is named by a test, and no test names a rule that does not exist. */
export function specErrors(spec: string, tests: ReadonlyMap<string, string>): string[] {
  const rules = Array.from(spec.matchAll(/^\W*((?!KIP)[A-Z]{2,}-\d+)\b/gm), (match) => match[1] ?? "");
  const families = new Set(rules.map((rule) => rule.split("-")[0]));
  const named = new Map<string, string>();
  for (const [file, text] of tests) {
    for (const [id, family] of text.matchAll(/\b([A-Z]{2,})-\d+\b/g)) if (families.has(family)) named.set(id, file);
  }
  return [
    ...(rules.length === 0 ? ["SPEC.md has no rules"] : []),
    ...rules.filter((rule, index) => rules.indexOf(rule) !== index).map((rule) => `SPEC.md gives ${rule} twice`),
    ...rules.filter((rule) => !named.has(rule)).map((rule) => `no test names ${rule} of SPEC.md`),
    ...Array.from(named).filter(([id]) => !rules.includes(id)).map(([id, file]) => `${file} names ${id}, which SPEC.md does not have`),
  ];
}

export function traceErrors(file: string, text: string): string[] {
  return Array.from(text.matchAll(machineTraces), (match) => `${file} has "${match[0]}", which means something on one machine only`);
}

/** npm leaves out what the lockfile's author could not install, and records where packages came from, unless told not to. */
export function lockfileErrors(text: string): string[] {
  const packages: Record<string, { resolved?: string; optionalDependencies?: Record<string, string> }> = JSON.parse(text).packages;
  return Object.entries(packages).flatMap(([path, { resolved, optionalDependencies = {} }]) => [
    ...(resolved ? [`package-lock.json has a download address for ${path}`] : []),
    ...Object.keys(optionalDependencies)
      .filter((name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`])
      .map((name) => `package-lock.json lacks ${name}, so that npm ci fails`),
  ]);
}

const topLevel = new Set(["package.json", "package-lock.json", "tsconfig.json", "vite.config.ts", "index.html", "README.md", "LICENSE", "src", "public", "e2e", "findings"]);

/** The top level holds what it has always held, and dotfiles: what a tool has put down there is not ours. */
export function topLevelErrors(file: string): string[] {
  const [top = ""] = file.split("/");
  return top.startsWith(".") || topLevel.has(top) ? [] : [`${top} does not belong at the top level`];
}
