// The picture beside the publisher's name, as a file of the site; without one, the first letter of the name.
import type { Publisher } from "./facts.js";
import { html } from "./html.js";

/** Largest logo in bytes: it is shown small, and the page has to open fast. */
export const LOGO_MAX_BYTES = 64 * 1024;

/** A logo as it is served. */
export interface LogoFile {
  readonly path: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** Kind of picture by its first bytes, or `undefined`. */
export function logoKind(bytes: Uint8Array): { path: string; contentType: string } | undefined {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 512));
  if (start.startsWith("\x89PNG\r\n\x1a\n")) return { path: "logo.png", contentType: "image/png" };
  if (start.startsWith("\xff\xd8\xff")) return { path: "logo.jpg", contentType: "image/jpeg" };
  if (/^RIFF....WEBP/s.test(start)) return { path: "logo.webp", contentType: "image/webp" };
  return /^\W*<(\?xml|!--|!DOCTYPE|svg)/i.test(start) && /<svg[\s>]/i.test(svgText(bytes))
    ? SVG
    : undefined;
}

/** Whether an SVG could run code when somebody opens it by its own address. */
export function isActiveSvg(bytes: Uint8Array): boolean {
  return /<script|<foreignObject|<!ENTITY|[\s"'/]on[a-z]+\s*=|javascript:/i.test(svgText(bytes));
}

/** The publisher's logo, or its initial in a square of the page's own colour. */
export function logoFile(publisher: Publisher): LogoFile {
  const kind = publisher.logo && logoKind(publisher.logo);
  if (publisher.logo && kind) return { ...kind, bytes: publisher.logo };
  const [initial = ""] = publisher.name.trim();
  const svg = html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 44"><rect width="44" height="44" fill="#0b5c54"/><text x="22" y="30" fill="#fff" font-family="Segoe UI,Roboto,Helvetica Neue,Arial,sans-serif" font-size="22" font-weight="600" text-anchor="middle">${initial.toUpperCase()}</text></svg>`;
  return { ...SVG, bytes: new TextEncoder().encode(svg.toString()) };
}

const SVG = { path: "logo.svg", contentType: "image/svg+xml" };

function svgText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
