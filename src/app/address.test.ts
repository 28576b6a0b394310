import { describe, expect, it } from "vitest";
import { embedHtml } from "../actions/sharing";
import { fullPageAddress, readAddress } from "./address";

describe("the page's address", () => {
  it("says what to open and how", () => {
    expect(readAddress({ search: "?embed&preset=keys&lang=ko&theme=dark", hash: "#abc" })).toEqual({ embed: true, preset: "keys", fragment: "abc", language: "ko", theme: "dark" });
    expect(readAddress({ search: "?lang=fr&theme=pink", hash: "" })).toEqual({ embed: false, preset: null, fragment: "", language: null, theme: null });
  });

  it("loses only its frame", () => {
    expect(fullPageAddress("https://example.org/topiq/?embed&preset=keys#abc")).toBe("https://example.org/topiq/?preset=keys#abc");
  });
});

describe("the HTML to paste", () => {
  it("quotes every attribute and escapes what is in them", () => {
    const html = embedHtml("https://example.org/?embed#a&b", 'Topiq: <"x">');
    expect(html).toContain('src="https://example.org/?embed#a&amp;b"');
    expect(html).toContain('title="Topiq: &lt;&quot;x&quot;&gt;"');
    expect(html).toContain('loading="lazy" allow="clipboard-write; fullscreen"');
    expect(html.replaceAll(/ [a-z]+="[^"]*"/g, "")).toBe("<iframe></iframe>");
  });
});
