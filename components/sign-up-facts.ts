// From what a program says to the facts that the sign-up pages are built from, and what is wrong with them.
import { resolve } from "node:path";
import { readFile } from "../files/file-access.js";
import { type Capability, requestedPermissions } from "../rules/capabilities.js";
import type { Cloud } from "../rules/clouds.js";
import type { Issue } from "../rules/issue.js";
import type { MediaRecording } from "../rules/recording.js";
import { checkSignUpFacts, RETURN_PAGE, type SignUpFacts } from "../sign-up/index.js";
import { endpointsOf } from "./cloud.js";
import { defined } from "./defined.js";

/** Who asks for consent, as the sign-up page shows it. */
export interface SignUpPublisherArgs {
  /** 1 to 120 characters. */
  name: string;
  /** https. */
  privacyUrl: string;
  /** https. */
  termsUrl: string;
  /** Where a person gets help: `mailto:` or https. */
  contact: string;
  /** Path of a PNG, JPEG, WebP or SVG of at most 64 KiB. @default the first letter of the name */
  logo?: string;
}

/** What the page says that is known before anything exists. */
export interface PlainSignUpArgs {
  readonly publisher: SignUpPublisherArgs;
  readonly capabilities?: readonly Capability[] | undefined;
  readonly permissions?: readonly string[] | undefined;
  readonly reasons?: Readonly<Record<string, string>> | undefined;
  readonly mediaRecording?: MediaRecording | undefined;
  readonly cloud?: Cloud | undefined;
}

/** What becomes known only while resources are made. */
export type LateSignUpFacts = Pick<SignUpFacts, "displayName" | "appId" | "redirectUri"> & {
  readonly tenant?: string | undefined;
};

const MOST_LOGO_BYTES = 1024 * 1024;

/** Facts of the page; `logo` holds the bytes of the publisher's picture. */
export function signUpFacts(
  args: PlainSignUpArgs,
  late: LateSignUpFacts,
  logo: Uint8Array | undefined,
): SignUpFacts {
  const { publisher, mediaRecording, reasons } = args;
  const { login, graph } = endpointsOf(args.cloud);
  const { displayName, appId, redirectUri, tenant } = late;
  return {
    displayName,
    appId,
    redirectUri,
    publisher: { name: publisher.name, ...defined({ logo }) },
    privacyUrl: publisher.privacyUrl,
    termsUrl: publisher.termsUrl,
    contact: publisher.contact,
    endpoints: { login, graph },
    requested: requestedPermissions(args).requested,
    ...defined({ mediaRecording, reasons, tenant }),
  };
}

/** Reads the publisher's picture. @param path where `publisher` stands, for messages */
export function readLogo(
  path: string,
  { logo }: SignUpPublisherArgs,
): { bytes?: Uint8Array; issues: Issue[] } {
  if (logo === undefined) return { issues: [] };
  return readFile(resolve(logo), `${path}.logo`, MOST_LOGO_BYTES);
}

/** Issues of all that is known already, so that nothing is made for a page that could not be built. */
export function checkPlainSignUp(path: string, args: PlainSignUpArgs): Issue[] {
  const { bytes, issues } = readLogo(path, args.publisher);
  if (issues.length > 0) return issues;
  // Stand-ins for what only the deployment will know.
  const late = {
    displayName: "bot",
    appId: "00000000-0000-0000-0000-000000000001",
    redirectUri: `https://contoso.com/${RETURN_PAGE}`,
  };
  return checkSignUpFacts(signUpFacts(args, late, bytes)).map((issue) => ({
    ...issue,
    path: placed(path, issue.path),
  }));
}

/** The facts are flat, the settings of the publisher stand together. */
function placed(path: string, fact: string): string {
  if (["privacyUrl", "termsUrl", "contact"].includes(fact)) return `${path}.${fact}`;
  return fact.startsWith("publisher.") ? `${path}${fact.slice("publisher".length)}` : fact;
}
