// What the bot will be able to do, in a person's words: media first, then the rest by name.
import type { RequestedPermission } from "../rules/capabilities.js";
import { findPermission, type Permission } from "../rules/permissions.js";
import type { Sheet } from "./document-shell.js";
import type { SignUpFacts } from "./facts.js";
import { type Html, html } from "./html.js";
import { icon, permissionIcon } from "./icons.js";
import { fill } from "./names.js";

/** What is asked for, under the official names; names that are none are left out. */
export function knownPermissions(requested: readonly RequestedPermission[]): RequestedPermission[] {
  return requested.flatMap((asked) => {
    const known = findPermission(asked.value);
    return known === undefined ? [] : [{ ...asked, value: known.value }];
  });
}

/** The permissions asked for as the catalogue knows them, those that touch media first. */
export function listedPermissions({ requested }: Pick<SignUpFacts, "requested">): Permission[] {
  const known = requested.flatMap(({ value }) => findPermission(value) ?? []);
  return [
    ...known.filter(({ touchesMedia }) => touchesMedia),
    ...known.filter(({ touchesMedia }) => !touchesMedia),
  ];
}

/** The capabilities named by a permission's `because`, in the order given. */
export function capabilitiesOf(because: readonly string[]): string[] {
  return because.flatMap((text) => /^asked for by capability (\w+)$/.exec(text)?.[1] ?? []);
}

/** The section with one entry for each permission. */
export function permissionList(sheet: Sheet): Html {
  const { texts, say } = sheet;
  const listed = listedPermissions(sheet.facts);
  const media = listed.some(({ touchesMedia }) => touchesMedia);
  return html`<section aria-labelledby="what">
<h2 id="what">${say(texts.what.heading)}</h2>
<p>${say(texts.what.lede)}</p>
<ul class="permissions">${listed.map((permission) => entry(permission, sheet))}</ul>
${!media && html`<p class="note">${icon("check")}<span>${say(texts.what.noMedia)}</span></p>`}
</section>`;
}

function entry({ value, touchesMedia, demands }: Permission, sheet: Sheet): Html {
  const { texts, say } = sheet;
  const limits = demands.flatMap((demand) => texts.what.limits[demand] ?? []);
  return html`<li${touchesMedia && html` class="media"`}>
<span class="tile">${icon(permissionIcon(value, touchesMedia))}</span>
<div>${touchesMedia && html`<p class="badge">${say(texts.what.media)}</p>`}
<h3>${upperFirst(texts.what.lets[value] ?? value, texts.lang)}</h3>
${reason(value, sheet)}
${limits.map((limit) => html`<p>${say(limit)}</p>`)}
<p class="code" dir="ltr">${value}</p></div></li>`;
}

function reason(value: string, { facts, texts, say }: Sheet): Html | undefined {
  const own = facts.reasons?.[value];
  if (own !== undefined) return html`<p>${own}</p>`;
  const because =
    knownPermissions(facts.requested).find((asked) => asked.value === value)?.because ?? [];
  const reasons = capabilitiesOf(because).flatMap((name) => texts.what.capabilities[name] ?? []);
  if (reasons.length === 0) return html`<p>${say(texts.what.noReason)}</p>`;
  // What only says the heading over again is no reason of its own.
  const heading = texts.what.lets[value] ?? "";
  const telling = reasons.filter((text) => !heading.startsWith(text));
  if (telling.length === 0) return undefined;
  const { because: only, becauseToo, separator } = texts.what;
  const sentence = telling.length === reasons.length ? only : becauseToo;
  return html`<p>${fill(sentence, { reasons: telling.join(separator) })}</p>`;
}

function upperFirst(text: string, lang: string): string {
  const [first = ""] = text;
  return first.toLocaleUpperCase(lang) + text.slice(first.length);
}
