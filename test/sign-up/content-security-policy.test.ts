import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "../../sign-up/content-security-policy.js";
import {
  buildSignUpSite,
  contentSecurityPolicyHeader,
  securityHeaders,
} from "../../sign-up/index.js";
import { exampleFacts } from "./example-facts.js";

const pages = buildSignUpSite(exampleFacts())
  .filter(({ contentType }) => contentType.startsWith("text/html"))
  .map(({ path, bytes }) => ({ path, page: new TextDecoder().decode(bytes) }));

function hashes(page: string, element: "script" | "style"): string[] {
  return [...page.matchAll(new RegExp(`<${element}>(.*?)</${element}>`, "gs"))].map(
    ([, content = ""]) => `'sha256-${createHash("sha256").update(content).digest("base64")}'`,
  );
}

describe("the content security policy", () => {
  it("allows the style and scripts of these pages by hash, and nothing from elsewhere", () => {
    const directives = contentSecurityPolicy().split("; ");
    expect(directives.map((directive) => directive.split(" ")[0])).toEqual([
      "default-src",
      "script-src",
      "style-src",
      "img-src",
      "base-uri",
      "form-action",
      "require-trusted-types-for",
      "trusted-types",
    ]);
    expect(contentSecurityPolicy()).not.toMatch(/unsafe|https?:|\*/);
    for (const { page } of pages) {
      const [script] = hashes(page, "script");
      const [style] = hashes(page, "style");
      expect([hashes(page, "script").length, hashes(page, "style").length]).toEqual([1, 1]);
      expect(directives[1]).toContain(script);
      expect(directives[2]).toBe(`style-src ${style}`);
    }
  });

  it("stands in every page before anything it could apply to", () => {
    for (const { page } of pages) {
      const policy = page.indexOf("Content-Security-Policy");
      expect(policy).toBeGreaterThan(0);
      expect(page.slice(0, policy)).not.toMatch(/<(script|style|link|img)/);
    }
  });

  it("has no inline styles or handlers, which no hash covers", () => {
    for (const { page } of pages) expect(page).not.toMatch(/<[^>]*\s(style|on[a-z]+)=/);
  });

  it("refuses frames as a header, which a meta element cannot", () => {
    expect(contentSecurityPolicyHeader()).toBe(
      `${contentSecurityPolicy()}; frame-ancestors 'none'`,
    );
    expect(pages.some(({ page }) => page.includes("frame-ancestors"))).toBe(false);
    expect(securityHeaders()).toMatchObject({
      "Content-Security-Policy": contentSecurityPolicyHeader(),
      "X-Frame-Options": "DENY",
      "X-Content-Type-Options": "nosniff",
    });
  });
});
