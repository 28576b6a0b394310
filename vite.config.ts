import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
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

export default defineConfig({
  plugins: [react(), contentSecurityPolicy()],
  // Relative, so that the build works in any folder of any static host.
  base: "./",
  build: {
    target: "es2023",
    manifest: true,
    license: { fileName: "licenses.md" },
    // A file below the limit would become a data: address, which the policy refuses for fonts and scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: "es" },
  // Seeded runs take their time on a busy machine; what hangs is still told.
  test: {
    testTimeout: 60_000,
    environment: "node",
    include: ["src/**/*.test.{ts,tsx}"],
  },
});
