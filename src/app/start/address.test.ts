import { describe, expect, it } from "vitest";
import { embedHtml } from "../../actions/embedding";
import { fullPageAddress, readAddress } from "./address";

describe("the page's address", () => {
  it("says what to open and how", () => {
    expect(readAddress({ search: "?embed&preset=keys&lang=ko&theme=dark", hash: "#abc" })).toEqual({ embed: true, preset: "keys", fragment: "abc", language: "ko", theme: "dark" });
    expect(readAddress({ search: "?lang=fr&theme=pink", hash: "" })).toEqual({ embed: false, preset: null, fragment: "", language: null, theme: null });
    expect(readAddress({ search: "?embed&amp;theme=dark", hash: "" })).toMatchObject({ embed: true, theme: "dark" });
  });

  it("loses only its frame", () => {
    expect(fullPageAddress("https://example.org/topiq/?embed&preset=keys#abc")).toBe("https://example.org/topiq/?preset=keys#abc");
  });
});

describe("the HTML to paste", () => {
  const addresses = { embed: "https://example.org/?embed&theme=dark#a_b", page: "https://example.org/#a_b" };
  const html = embedHtml(addresses, ' Topiq: <"x">\n\n{y} *z*');

  it("is one line that HTML, Markdown and JSX read alike: every attribute quoted, none of them a style, every tag closed", () => {
    expect(html).toMatch(/^\S.*\S$/);
    expect(html.replaceAll(/ [a-zA-Z]+="[^"<>]*"/g, "")).toBe("<iframe></iframe><p><a>Topiq: &lt;&quot;x&quot;&gt; &#123;y&#125; &#42;z&#42;</a></p>");
    expect(html).not.toContain("style=");
    expect(html).toContain('src="https://example.org/?embed&amp;theme=dark#a_b"');
    expect(html).toContain('title="Topiq: &lt;&quot;x&quot;&gt; {y} *z*"');
    expect(html).toContain('loading="lazy" allow="clipboard-write; fullscreen"');
  });

  it("is as wide as the page's text, and as high as a phone needs", () => {
    expect(html).toContain('width="100%" height="480"');
  });

  it("ends with a link to the whole page, for where frames are taken out", () => {
    expect(html.replace(/<iframe.*<\/iframe>/, "")).toMatch(/^<p><a href="https:\/\/example\.org\/#a_b">Topiq: /);
  });
});
