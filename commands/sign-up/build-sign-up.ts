// `sign-up`: the files of the sign-up page, from a stack's outputs and what only a person knows.
import { resolve } from "node:path";
import { readFile } from "../../files/file-access.js";
import { writeFolderWhole } from "../../files/folder-access.js";
import { endpointsFromEnvironment } from "../../rules/clouds.js";
import type { Issue } from "../../rules/issue.js";
import type { StackOutputs } from "../../rules/outputs.js";
import type { MediaRecording } from "../../rules/recording.js";
import {
  buildSignUpSite,
  checkSignUpFacts,
  RETURN_PAGE,
  type SignUpFacts,
} from "../../sign-up/index.js";
import { type BotSource, registeredBot } from "../registration/registered-bot.js";
import type { Report } from "../report.js";
import type { Surroundings } from "../surroundings.js";

export interface SignUpOptions extends BotSource {
  readonly out: string;
  readonly name: string;
  readonly publisher: string;
  readonly privacy: string;
  readonly terms: string;
  readonly contact: string;
  /** Path of a picture. */
  readonly logo?: string;
  readonly redirectUri?: string;
  readonly tenant?: string;
  readonly mediaRecording?: MediaRecording;
}

const MOST_LOGO_BYTES = 1024 * 1024;
/** Names that this command gives its files, whichever picture it was given. */
const OWN_FILE = /^(index\.html|consented\.html|404\.html|logo\.(png|jpg|webp|svg))$/;

/** Option by the fact that it gives, for messages. */
const OPTIONS: Readonly<Record<string, string>> = {
  displayName: "--name",
  "publisher.name": "--publisher",
  "publisher.logo": "--logo",
  privacyUrl: "--privacy",
  termsUrl: "--terms",
  contact: "--contact",
  redirectUri: "--redirect-uri",
  tenant: "--tenant",
  mediaRecording: "--media-recording",
};

export async function buildSignUp(
  surroundings: Surroundings,
  options: SignUpOptions,
): Promise<Report> {
  const { cwd } = surroundings;
  const refuse = (issues: readonly Issue[]): Report => ({
    lines: [],
    issues,
    afterIssues: "Nothing was written.",
  });
  const { bot, issues } = await registeredBot(surroundings, options);
  if (bot === undefined) return refuse(issues);
  const logo =
    options.logo === undefined
      ? { issues: [] }
      : readFile(resolve(cwd, options.logo), "--logo", MOST_LOGO_BYTES);
  const redirect = redirectOf(bot, options.redirectUri);
  const early = [...logo.issues, ...redirect.issues];
  if (redirect.uri === undefined || early.length > 0) return refuse(early);

  const facts = factsOf(surroundings, options, bot, { uri: redirect.uri, logo: logo.bytes });
  const wrong = checkSignUpFacts(facts);
  if (wrong.length > 0) {
    return refuse(wrong.map((issue) => ({ ...issue, path: OPTIONS[issue.path] ?? issue.path })));
  }
  const files = buildSignUpSite(facts);
  const folder = resolve(cwd, options.out);
  const unwritten = writeFolderWhole(folder, options.out, files, (name) => OWN_FILE.test(name));
  if (unwritten.length > 0) return refuse(unwritten);
  const names = files.map(({ path }) => path);
  return {
    lines: [
      `${options.out} holds the sign-up page: ${names.join(", ")}.`,
      `Serve it so that ${redirect.uri} is its ${RETURN_PAGE}.`,
    ],
    issues: [],
    data: { path: options.out, files: names, redirectUri: redirect.uri },
  };
}

function factsOf(
  { env }: Surroundings,
  options: SignUpOptions,
  bot: StackOutputs,
  { uri, logo }: { readonly uri: string; readonly logo: Uint8Array | undefined },
): SignUpFacts {
  const { name, publisher, privacy, terms, contact, tenant, mediaRecording } = options;
  const { login, graph } = endpointsFromEnvironment(env, bot.cloud);
  return {
    displayName: name,
    publisher: { name: publisher, ...(logo === undefined ? {} : { logo }) },
    privacyUrl: privacy,
    termsUrl: terms,
    contact,
    appId: bot.appId,
    endpoints: { login, graph },
    requested: bot.permissions,
    redirectUri: uri,
    ...(tenant === undefined ? {} : { tenant }),
    ...(mediaRecording === undefined ? {} : { mediaRecording }),
  };
}

/** The page's own reply URL; Microsoft sends nobody to an address that is not registered, letter for letter. */
function redirectOf(
  { replyUrls }: StackOutputs,
  given: string | undefined,
): { uri?: string; issues: Issue[] } {
  const found = replyUrls.filter((url) => url.endsWith(`/${RETURN_PAGE}`));
  const [only] = found;
  if (given === undefined && only !== undefined && found.length === 1) {
    return { uri: only, issues: [] };
  }
  if (given !== undefined && replyUrls.includes(given)) return { uri: given, issues: [] };
  const path = "--redirect-uri";
  const fix = `Add the page's address and /${RETURN_PAGE} to replyUrls of the stack, deploy it, and give the same here.`;
  const issue: Issue =
    given === undefined
      ? {
          path,
          rule: `must be given, unless exactly one reply URL of the bot ends in /${RETURN_PAGE}`,
          whose: "this package",
          fix: found.length > 1 ? `Choose one of ${found.join(", ")}.` : fix,
        }
      : {
          path,
          rule: "must be a reply URL of the bot, letter for letter",
          whose: "Microsoft Entra ID",
          got: JSON.stringify(given),
          fix: replyUrls.length > 0 ? `Give one of ${replyUrls.join(", ")}, or add it.` : fix,
        };
  return { issues: [issue] };
}
