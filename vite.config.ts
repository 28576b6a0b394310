import react from "@vitejs/plugin-react";
import type { Plugin, Rolldown } from "vite";
import { defineConfig } from "vitest/config";

/** Nothing from elsewhere, nothing inline. React Flow and React set styles through the CSSOM, which `style-src 'self'` allows. */
const policy = {
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": "'self'",
  "worker-src": "'self'",
  "img-src": "'self' data: blob:",
  "font-src": "'self'",
  "connect-src": "'self'",
  "manifest-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
};

/** Puts the policy into the built page, so that it holds on any static host. The dev server needs inline script and has none. */
function contentSecurityPolicy(): Plugin {
  const content = Object.entries(policy).map(([directive, sources]) => `${directive} ${sources}`).join("; ");
  return {
    name: "topiq:content-security-policy",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: () => [{ tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content }, injectTo: "head-prepend" }],
    },
  };
}

/**
 * Names in the page what it loads by itself in any case: the code that draws, and what the editor and the embed have in common, with their
 * styles. So all of it is on its way before the first script runs; what only one of the two needs is left to that script.
 */
function preloadDrawing(): Plugin {
  return {
    name: "topiq:preload-drawing",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (_html, { bundle = {} }) => {
        const chunks = Object.values(bundle).filter((output) => output.type === "chunk");
        const loadedBy = (source: string): Set<string> => withImports(chunks, chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(source)));
        const embed = loadedBy("/app/EmbedApp.tsx");
        const files = [...loadedBy("/app/draw.tsx"), ...[...loadedBy("/app/EditorApp.tsx")].filter((file) => embed.has(file))];
        const entry = withImports(chunks, chunks.find(({ isEntry }) => isEntry));
        const hrefs = [...new Set(files)].filter((file) => !entry.has(file)).map((file) => `./${file}`);
        const styles = new Set(chunks.filter(({ fileName }) => files.includes(fileName)).flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]));
        return [
          ...hrefs.map((href) => ({ tag: "link", attrs: { rel: "modulepreload", crossorigin: true, href }, injectTo: "head" as const })),
          ...Array.from(styles, (file) => ({ tag: "link", attrs: { rel: "stylesheet", crossorigin: true, href: `./${file}` }, injectTo: "head" as const })),
        ];
      },
    },
  };
}

/**
 * Puts a script before all others that starts the simulation's worker, which gets ready while the page still reads its own code. It is a part
 * of its own, which needs no other; the bundler would make it one with the page's entry.
 */
function startWorkerFirst(): Plugin {
  const source = "/src/app/start/firstWorker.ts";
  let isBuild = false;
  return {
    name: "topiq:start-worker-first",
    configResolved: ({ command }) => void (isBuild = command === "build"),
    buildStart() {
      if (isBuild && this.environment.name === "client") this.emitFile({ type: "chunk", id: `.${source}`, name: "firstWorker" });
    },
    transformIndexHtml: {
      order: "post",
      handler: (_html, { bundle }) => {
        const built = Object.values(bundle ?? {}).find((output) => output.type === "chunk" && output.facadeModuleId?.endsWith(source));
        return [{ tag: "script", attrs: { type: "module", crossorigin: true, src: built ? `./${built.fileName}` : source }, injectTo: "head-prepend" }];
      },
    },
  };
}

function withImports(chunks: readonly Rolldown.OutputChunk[], chunk: Rolldown.OutputChunk | undefined, files = new Set<string>()): Set<string> {
  if (!chunk || files.has(chunk.fileName)) return files;
  files.add(chunk.fileName);
  for (const name of chunk.imports) withImports(chunks, chunks.find(({ fileName }) => fileName === name), files);
  return files;
}

/** What the start, the drawing and every surface have in common, as one file: each file more is one more request before the first picture. */
const base = new RegExp(
  [
    String.raw`src/(i18n/en/(actions|canvas|messages|narration|shell)|i18n/(t|formatNumber)\.ts|store|actions/(?!embedding|failureVerbs|progress|verbCommands)|scenario/presets/(orders|slowedForTheEye)|panels/(kindPanels|surface)|ui/(Button|icons|RichText)|core/kafka/(limits|topicPartition))`,
    String.raw`node_modules/((react|zustand)/|react-dom/(index|cjs/react-dom\.production)\.js)`,
  ].join("|"),
);

/** The scenes that come with the page, but for the one on which it opens: they are looked through together, and small. */
const scenes = /src\/scenario\/presets\/(?!orders|slowedForTheEye)/;

interface Cut {
  readonly file: RegExp;
  readonly find: string | RegExp;
  readonly put: string;
}

/**
 * What React Flow's packages hold and this page never uses, a tenth of the first picture. Marks for developer tools keep whole components
 * in; the wires are drawn by `WireLayer`, so there are no edges, and a wire that is being drawn is always the same curve; and the viewport is eased by `easeViewport`, so d3 moves it at once only.
 */
const cuts: readonly Cut[] = [
  { file: /@xyflow\/react\/dist\/esm\//, find: /^\w+\.displayName = .*;$/gm, put: "" },
  { file: /@xyflow\/react\/dist\/esm\//, find: /= (memo|forwardRef|fixedForwardRef)\(/g, put: "= /* @__PURE__ */ $1(" },
  { file: /@xyflow\/react\/dist\/esm\//, find: "memo(EdgeRendererComponent)", put: "() => null" },
  { file: /@xyflow\/react\/dist\/esm\//, find: /= (create\w+Edge\()/g, put: "= /* @__PURE__ */ $1" },
  { file: /@xyflow\/react\/dist\/esm\//, find: /\[path\] = get(SimpleBezier|SmoothStep)Path\((\{[^}]*\}|pathParams)\);/g, put: "" },
  { file: /(@xyflow\/system|d3-zoom)\/dist\//, find: /import \{[^}]*\} from ['"]d3-interpolate['"];/g, put: "const interpolate = null, interpolateZoom = null;" },
  { file: /\/d3-zoom\/dist\//, find: /import \{ interrupt \} from ['"]d3-transition['"];/g, put: "const interrupt = () => {};" },
  { file: /\/d3-zoom\/dist\//, find: "selection.interrupt().each(", put: "selection.each(" },
];

/** Leaves the cuts out of the built page. The dev server has the packages as they are. */
function trimReactFlow(): Plugin {
  return {
    name: "topiq:trim-react-flow",
    apply: "build",
    transform(code, id) {
      const own = cuts.filter(({ file }) => file.test(id));
      if (own.length === 0) return null;
      return own.reduce((text, { find, put }) => {
        const trimmed = text.replaceAll(find, put);
        // A new version of the package: a cut that no longer fits could be half of one.
        if (trimmed === text) this.error(`${id} has no ${String(find)} any more: look at the cuts in vite.config.ts`);
        return trimmed;
      }, code);
    },
  };
}

export default defineConfig({
  plugins: [react(), startWorkerFirst(), contentSecurityPolicy(), preloadDrawing(), trimReactFlow()],
  // Relative, so that the build works in any folder of any static host.
  base: "./",
  build: {
    target: "es2023",
    manifest: true,
    license: { fileName: "licenses.md" },
    // A file below the limit would become a data: address, which the policy refuses for fonts and scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "base", test: base }, { name: "scenes", test: scenes }] } } },
  },
  worker: { format: "es" },
  // Seeded runs take their time on a busy machine; what hangs is still told.
  test: {
    testTimeout: 60_000,
    environment: "node",
    // All cores: by itself it leaves one to whoever watches, and nobody does.
    maxWorkers: "100%",
    // Files share their worker's modules: no test may leave anything behind that another would trip over, whatever their order.
    isolate: false,
    include: ["{src,e2e}/**/*.test.{ts,tsx}"],
  },
});
