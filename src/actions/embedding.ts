import { addressWith } from "./sharing";

/** The address of a fragment for a frame, in one theme, or (null) in that of its reader's system. */
export function embedAddress(fragment: string, theme: "light" | "dark" | null): string {
  return addressWith(theme ? `?embed&theme=${theme}` : "?embed", fragment);
}

/** CSS pixels at which a phone shows the scene. */
const EMBED_HEIGHT = 480;

/**
 * What an author pastes, into HTML, Markdown and MDX alike: one line, without a `style`, which JSX wants in another form, and in JSX's
 * spelling, for HTML has no case. Feeds and mails lose the frame, and keep the link after it.
 */
export function embedHtml(addresses: { readonly embed: string; readonly page: string }, title: string): string {
  const name = title.trim().replaceAll(/\s+/g, " ");
  return (
    `<iframe src="${escapeAttribute(addresses.embed)}" title="${escapeAttribute(name)}" width="100%" height="${EMBED_HEIGHT}" frameBorder="0" ` +
    `loading="lazy" allow="clipboard-write; fullscreen"></iframe><p><a href="${escapeAttribute(addresses.page)}">${escapeText(name)}</a></p>`
  );
}

function escapeAttribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Besides, the letters that Markdown or MDX would read as marks: as references they are letters everywhere. */
function escapeText(text: string): string {
  return escapeAttribute(text).replaceAll(/[{}[\]*_`~\\|$]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
