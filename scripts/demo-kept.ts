// What `npm run demo -- --keep` adds: the bot asks its customers' administrators by a page of its own, and all of it stays up.
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { ConsentMode } from "../rules/consent.js";
import type { StackOutputs } from "../rules/outputs.js";

/** Settings on top of the stack's file, by path. */
const SIGN_UP: Readonly<Record<string, string>> = {
  tenancy: "multiTenant",
  "consent.mode": ConsentMode.SignUp,
  "consent.publisher.name": "Contoso",
  "consent.publisher.privacyUrl": "https://contoso.com/privacy",
  "consent.publisher.termsUrl": "https://contoso.com/terms",
  "consent.publisher.contact": "mailto:bots@contoso.com",
};

/** The next update of the stack puts the page up, and takes back what the stack had granted by itself. */
export async function askByPage(stack: Stack): Promise<void> {
  const settings = Object.entries(SIGN_UP).map(([key, value]) => [key, { value }]);
  await stack.setAllConfig(Object.fromEntries(settings), true);
}

/** What somebody may do now. */
export function invitation(
  { botName, consent }: StackOutputs,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const inside = `LOCAL_CLOUD_FOLDER="${environment["LOCAL_CLOUD_FOLDER"]}" npm run local --`;
  return `
The bot ${botName} stays until Ctrl-C. Consent as an administrator would, in a browser that trusts
${environment["LOCAL_CLOUD_CA"]} (or that you tell to go on):
  ${consent.signUpUrl}
From another terminal, see whether consent is in force, or look around:
  ${inside} npm run -s teams-calling-bot -- consent status --stack local
  ${inside} <command>
  Resource Manager ${environment["LOCAL_ARM_URL"]}
  Microsoft Graph  ${environment["LOCAL_GRAPH_URL"]}`;
}
