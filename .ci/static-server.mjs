import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, sep } from "node:path";

const mediaTypes = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".json", "application/json; charset=utf-8"],
  [".md", "text/plain; charset=utf-8"],
  [".svg", "image/svg+xml"],
  [".png", "image/png"],
  [".woff2", "font/woff2"],
]);

const portsToTry = 100;

/**
 * Serves the files of a folder, as any static host would. A taken port moves to the next.
 * @param {string} folder
 * @param {{ port?: number, host?: string }} [options] port 0 lets the system choose
 * @returns {Promise<{ url: string, close: () => void }>} the address ends with a slash
 */
export async function serve(folder, { port = 4173, host = "127.0.0.1" } = {}) {
  const server = createServer((request, response) => answer(folder, request, response));
  for (let tried = port; ; tried++) {
    const error = await listen(server, tried, host);
    if (!error) break;
    if (error.code !== "EADDRINUSE" || tried - port >= portsToTry) throw error;
  }
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * @param {import("node:http").Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<NodeJS.ErrnoException | null>}
 */
function listen(server, port, host) {
  return new Promise((resolve) => {
    server.once("error", resolve);
    server.listen(port, host, () => {
      server.removeListener("error", resolve);
      resolve(null);
    });
  });
}

/**
 * @param {string} folder
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
function answer(folder, request, response) {
  if (request.method !== "GET" && request.method !== "HEAD") return void response.writeHead(405).end();
  const url = new URL(request.url ?? "/", "http://localhost");
  const file = fileFor(folder, url.pathname);
  if (file === "folder") {
    // Relative addresses in a page need the slash: `/some/where` would look for its files in `/some`.
    return void response.writeHead(301, { Location: `${url.pathname.replace(/^\/+/, "/")}/${url.search}` }).end();
  }
  if (file === null) return void response.writeHead(404, { "Content-Type": "text/plain" }).end("Not found\n");
  response.writeHead(200, {
    "Content-Type": mediaTypes.get(extname(file)) ?? "application/octet-stream",
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
  });
  if (request.method === "HEAD") return void response.end();
  createReadStream(file).on("error", () => response.destroy()).pipe(response);
}

/**
 * @param {string} folder
 * @param {string} pathname
 * @returns {string | null} the file to send, "folder" when the slash at the end is missing, null when there is none
 */
function fileFor(folder, pathname) {
  try {
    const path = join(folder, decodeURIComponent(pathname));
    if (!path.startsWith(folder + sep)) return null;
    const found = statSync(path);
    if (!found.isDirectory()) return path;
    if (!pathname.endsWith("/")) return "folder";
    const index = join(path, "index.html");
    return statSync(index).isFile() ? index : null;
  } catch {
    return null;
  }
}
