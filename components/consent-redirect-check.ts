// Whether the consent link returns to a reply URL that the application really has. Said, not enforced: the list may belong
// to another program.
import * as pulumi from "@pulumi/pulumi";
import { checkRedirectUri } from "../rules/consent-redirect.js";
import { formatIssue } from "../rules/issue.js";
import { type ConsentReader, readReplyUrls } from "./consent-reading.js";

/** Where consent returns to, and the reply URLs as far as the program knows them. */
export interface RedirectFacts {
  readonly redirectUri: string | undefined;
  /** @default those that the directory holds */
  readonly replyUrls: readonly string[] | undefined;
}

/** Warns when `redirectUri` is not registered, letter for letter; says nothing where there is none or nobody may look. */
export async function sayWhetherRegistered(
  reader: ConsentReader,
  { redirectUri, replyUrls }: RedirectFacts,
): Promise<void> {
  if (redirectUri === undefined) return;
  const registered = replyUrls ?? (await directoryReplyUrls(reader));
  if (registered === undefined) return;
  for (const issue of checkRedirectUri("redirectUri", redirectUri, registered)) {
    await pulumi.log.warn(formatIssue(issue), reader.parent);
  }
}

/** Only in an update: what a preview finds may be changed by the very update that it announces. */
async function directoryReplyUrls(reader: ConsentReader): Promise<readonly string[] | undefined> {
  return pulumi.runtime.isDryRun() ? undefined : readReplyUrls(reader);
}
