// Everything that would make the page wrong, misleading or unsafe, found before it is built.
import { checkConsentTenant } from "../rules/consent.js";
import { checkGuid } from "../rules/guid.js";
import { type Issue, shown } from "../rules/issue.js";
import { checkPermissionName } from "../rules/permissions.js";
import { checkRecordingStatement } from "../rules/recording.js";
import { shownUrl } from "../rules/url-shape.js";
import { checkReplyUrl } from "../rules/urls.js";
import { checkTexts } from "./check-texts.js";
import { RETURN_PAGE, type SignUpFacts } from "./facts.js";
import { isActiveSvg, LOGO_MAX_BYTES, logoKind } from "./logo.js";
import { knownPermissions } from "./permission-list.js";
import { ENGLISH } from "./texts.js";

const WHOSE = "the sign-up page";

/** Issues of the facts of a sign-up site, all at once. */
export function checkSignUpFacts(facts: SignUpFacts): Issue[] {
  const { requested, publisher } = facts;
  return [
    ...checkName("displayName", facts.displayName),
    ...checkName("publisher.name", publisher.name),
    ...(publisher.logo === undefined ? [] : checkLogo(publisher.logo)),
    ...checkWebAddress("privacyUrl", facts.privacyUrl, ["https:"]),
    ...checkWebAddress("termsUrl", facts.termsUrl, ["https:"]),
    ...checkWebAddress("contact", facts.contact, ["https:", "mailto:"]),
    ...checkGuid("appId", facts.appId, "the application (client) id of the bot"),
    ...checkOrigin("endpoints.login", facts.endpoints.login),
    ...checkOrigin("endpoints.graph", facts.endpoints.graph),
    ...checkRequested(facts),
    ...checkRecordingStatement(requested, facts.mediaRecording),
    ...checkRedirect(facts.redirectUri),
    ...(facts.tenant === undefined ? [] : checkConsentTenant("tenant", facts.tenant)),
    ...checkTexts(facts.texts ?? ENGLISH, knownPermissions(requested)),
  ];
}

function checkRequested({ requested, reasons = {} }: SignUpFacts): Issue[] {
  const strange = Object.keys(reasons).filter((name) => !requested.some((r) => r.value === name));
  return [
    ...(requested.length === 0 ? [NOTHING_REQUESTED] : []),
    ...requested.flatMap(({ value }, i) => checkPermissionName(`requested[${i}].value`, value)),
    ...strange.map((name) => ({
      path: `reasons.${name}`,
      rule: "must be the reason for a permission that is asked for",
      whose: WHOSE,
      fix: `Ask for ${name}, or leave its reason out.`,
    })),
  ];
}

function checkName(path: string, name: string): Issue[] {
  if (name.trim() !== "" && name.length <= 120 && !/\p{Cc}/u.test(name)) return [];
  const rule = "must be 1 to 120 characters on one line";
  return [{ path, rule, whose: WHOSE, got: shown(name), fix: "Write the name people know." }];
}

function checkWebAddress(path: string, address: string, schemes: readonly string[]): Issue[] {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const plain = url !== undefined && !url.username && !url.password && !/[\s\p{Cc}]/u.test(address);
  if (plain && schemes.includes(url.protocol) && url.href.length > url.protocol.length + 2)
    return [];
  const rule = `must be a full address that starts with ${schemes.join(" or ")}`;
  const fix = "Give an address that administrators can open.";
  return [{ path, rule, whose: WHOSE, got: shownUrl(address), fix }];
}

function checkOrigin(path: string, origin: string): Issue[] {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  if (url?.protocol === "https:" && url.origin === origin) return [];
  const rule = "must be an https origin without a path";
  const fix = "Take it from the endpoints of the cloud.";
  return [{ path, rule, whose: WHOSE, got: shownUrl(origin), fix }];
}

/** The return page stands beside the sign-up page: the state is only found again on the same origin. */
function checkRedirect(redirectUri: string): Issue[] {
  const issues = checkReplyUrl("redirectUri", redirectUri, { allowLocalhost: true });
  if (issues.length > 0 || /^[^?]*\/[^?]*$/.exec(redirectUri)?.[0].endsWith(`/${RETURN_PAGE}`)) {
    return issues;
  }
  const rule = `must end in /${RETURN_PAGE}, because that is the file Microsoft sends administrators back to`;
  const fix = `Write the address of the site and /${RETURN_PAGE}.`;
  return [{ path: "redirectUri", rule, whose: WHOSE, got: shownUrl(redirectUri), fix }];
}

function checkLogo(logo: Uint8Array): Issue[] {
  const refuse = (rule: string, fix: string): Issue[] => [
    { path: "publisher.logo", rule, whose: WHOSE, got: `${logo.length} bytes`, fix },
  ];
  if (logo.length > LOGO_MAX_BYTES) {
    return refuse(
      `must be at most ${LOGO_MAX_BYTES} bytes`,
      "Make it smaller: 88 pixels are enough.",
    );
  }
  const kind = logoKind(logo);
  if (kind === undefined) return refuse("must be PNG, JPEG, WebP or SVG", "Convert the picture.");
  return kind.path === "logo.svg" && isActiveSvg(logo)
    ? refuse("must be an SVG that runs no code", "Export it as plain SVG, or use PNG.")
    : [];
}

const NOTHING_REQUESTED: Issue = {
  path: "requested",
  rule: "must hold at least one permission",
  whose: WHOSE,
  got: "a list",
  fix: "Give the permissions that the application asks for.",
};
