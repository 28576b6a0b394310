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
 * Names in the page what it loads by itself in any case: the code that draws, and what the editor and the embed have in common. So all of
 * it is on its way before the first script runs; what only one of the two needs is left to that script.
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
        return hrefs.map((href) => ({ tag: "link", attrs: { rel: "modulepreload", crossorigin: true, href }, injectTo: "head" as const }));
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

export default defineConfig({
  plugins: [react(), contentSecurityPolicy(), preloadDrawing()],
  // Relative, so that the build works in any folder of any static host.
  base: "./",
  build: {
    target: "es2023",
    manifest: true,
    license: { fileName: "licenses.md" },
    // A file below the limit would become a data: address, which the policy refuses for fonts and scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { advancedChunks: { groups: [{ name: "base", test: /src\/(i18n\/en\/|i18n\/t\.ts|store|actions|core\/kafka\/(limits|topicPartition))|node_modules\/(react|zustand)\// }] } } },
  },
  worker: { format: "es" },
  // Seeded runs take their time on a busy machine; what hangs is still told.
  test: {
    testTimeout: 60_000,
    environment: "node",
    include: ["src/**/*.test.{ts,tsx}"],
  },
});
