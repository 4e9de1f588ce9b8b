// The sign-up site as files: what is uploaded to a static website, or written to a folder to be hosted elsewhere.
import { throwIfAny } from "../rules/issue.js";
import { checkSignUpFacts } from "./check-facts.js";
import { sheetOf } from "./document-shell.js";
import { RETURN_PAGE, type SignUpFacts } from "./facts.js";
import { logoFile } from "./logo.js";
import { notFoundPage, returnPage } from "./return-page.js";
import { signUpPage } from "./sign-up-page.js";

/** One file of the site. */
export interface SiteFile {
  /** Relative to the site, with `/` between its parts. */
  readonly path: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** Value of the header Cache-Control. */
  readonly cacheControl: string;
}

/** File the host serves for the site's address. */
export const INDEX_PAGE = "index.html";
/** File the host serves, with status 404, for what is not there. */
export const NOT_FOUND_PAGE = "404.html";

/**
 * All files of the site; the same facts give the same bytes.
 * @throws RulesError when {@link checkSignUpFacts} finds anything
 */
export function buildSignUpSite(facts: SignUpFacts): SiteFile[] {
  throwIfAny(checkSignUpFacts(facts));
  const sheet = sheetOf(facts);
  return [
    page(INDEX_PAGE, signUpPage(sheet)),
    page(RETURN_PAGE, returnPage(sheet)),
    page(NOT_FOUND_PAGE, notFoundPage(sheet)),
    { ...logoFile(facts.publisher), cacheControl: "public, max-age=86400" },
  ];
}

/** A page is asked for again each time, so that a change of permissions is seen at once. */
function page(path: string, content: string): SiteFile {
  return {
    path,
    contentType: "text/html; charset=utf-8",
    bytes: new TextEncoder().encode(content),
    cacheControl: "no-cache",
  };
}
