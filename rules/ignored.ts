// What others write on purpose and the stack leaves as it is: the setting `ignore`. It names every single thing, so that whatever
// else somebody changes is still seen and put right.
import { together } from "./adopted-together.js";
import { type Issue, shown } from "./issue.js";
import { OWN_TAGS } from "./tags.js";
import { shownUrl, splitUrl } from "./url-shape.js";
import { normaliseReplyUrl } from "./urls.js";

/** The setting `ignore`. */
export interface Ignored {
  /** Reply URLs of the application. @default [] */
  readonly replyUrls?: readonly string[];
  /** Names of tags of the Azure resources. @default [] */
  readonly tags?: readonly string[];
}

const OURS = "this package";
const LONGEST_TAG_NAME = 512;

/** Issues of the setting by itself. Whether a URL would be accepted today is not asked: it stands in the directory. */
export function checkIgnored(path: string, { replyUrls = [], tags = [] }: Ignored): Issue[] {
  return [
    ...replyUrls.flatMap((url, i) => checkUrl(`${path}.replyUrls[${i}]`, url)),
    ...checkRepeats(`${path}.replyUrls`, replyUrls.map(normaliseReplyUrl)),
    ...tags.flatMap((name, i) => checkTagName(`${path}.tags[${i}]`, name)),
    ...checkRepeats(`${path}.tags`, tags),
  ];
}

function checkUrl(path: string, url: string): Issue[] {
  if (!/[\s\p{Cc}*]/u.test(url) && splitUrl(url) !== undefined && URL.canParse(url)) return [];
  return [
    {
      path,
      rule: "must be one full URL, as the application has it",
      whose: OURS,
      got: shownUrl(url),
      fix: "Copy it from the application's page Authentication, or from what verify calls unknown to the stack.",
    },
  ];
}

function checkTagName(path: string, name: string): Issue[] {
  const problem = (rule: string, fix: string): Issue[] => [
    { path, rule, whose: OURS, got: shown(name), fix },
  ];
  if (name === "" || name.length > LONGEST_TAG_NAME || /[\p{Cc}\\]/u.test(name)) {
    return problem(
      `must be the name of a tag, 1 to ${LONGEST_TAG_NAME} characters without control characters and \\`,
      "Write the name alone, in the case that Azure shows.",
    );
  }
  const own: readonly string[] = Object.values(OWN_TAGS);
  if (!own.includes(name.toLowerCase())) return [];
  return problem(
    "must not be a tag that this package sets, because by it a left-over is found",
    "Remove it.",
  );
}

function checkRepeats(path: string, texts: readonly string[]): Issue[] {
  return texts.flatMap((text, i) => {
    const first = texts.indexOf(text);
    if (first === i) return [];
    const rule = `must not repeat ${path}[${first}]`;
    return [{ path: `${path}[${i}]`, rule, whose: OURS, fix: "Remove one of the two." }];
  });
}

/** What the stack says itself, which it cannot ignore as well. */
export interface SaidByStack {
  /** With the name of the setting that says it. */
  readonly replyUrls: readonly { readonly setting: string; readonly url: string }[];
  /** Names. */
  readonly tags: readonly string[];
}

/** Issues of the setting beside the others: what the stack writes and ignores at once would be neither. */
export function checkIgnoredIsForeign(
  path: string,
  { replyUrls = [], tags = [] }: Ignored,
  said: SaidByStack,
): Issue[] {
  const issue = (at: string, setting: string, got: string): Issue => ({
    path: at,
    rule: `must not be what ${setting} says, because the stack writes that itself`,
    whose: OURS,
    got,
    fix: `Remove it here, or there: then it is left as it is for as long as somebody keeps it.`,
  });
  const urls = replyUrls.flatMap((url, i) => {
    const own = said.replyUrls.find((one) => normaliseReplyUrl(one.url) === normaliseReplyUrl(url));
    return own === undefined ? [] : [issue(`${path}.replyUrls[${i}]`, own.setting, shownUrl(url))];
  });
  const names = tags.flatMap((name, i) =>
    said.tags.some((own) => own.toLowerCase() === name.toLowerCase())
      ? [issue(`${path}.tags[${i}]`, "tags", shown(name))]
      : [],
  );
  return [...urls, ...names];
}

/**
 * The reply URLs that an application gets: the stack's own, and of those that it leaves alone the ones that stand there now, as they
 * are written there. So none that somebody keeps is removed, and none that somebody has removed comes back.
 */
export function withIgnoredUrls(
  own: readonly string[],
  ignored: readonly string[],
  there: readonly string[],
): string[] {
  const foreign = withoutIgnoredUrls(there, ignored);
  return together(
    own,
    there.filter((url) => !foreign.includes(url)),
  );
}

/** Those that the stack does not leave alone. */
export function withoutIgnoredUrls(urls: readonly string[], ignored: readonly string[]): string[] {
  const left = new Set(ignored.map(normaliseReplyUrl));
  return urls.filter((url) => !left.has(normaliseReplyUrl(url)));
}

/** When nobody could look which of them are there: to go on might remove one. */
export function notLookedUp(path: string): Issue {
  return {
    path,
    rule: "must be looked up in the directory before the application is written, which the deploying identity could not",
    whose: OURS,
    fix: "Run this again; if it stays so, let the azuread and the azure-native provider sign in as one identity, which may read the application (an owner may).",
  };
}
