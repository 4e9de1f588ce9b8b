// What no deployment can do for people: the list that ends an update and that the commands print again.
import { accessPolicyScript, needingAccessPolicy } from "./access-policy.js";
import { ANY_ORGANISATION } from "./consent.js";
import { CredentialKind } from "./credential.js";
import { MediaRecording } from "./recording.js";

/** What is known about a registration once it is made. */
export interface RegistrationFacts {
  readonly botName: string;
  readonly appId: string;
  /** Left out when there is no link to open, as with a managed identity. */
  readonly consentLink?: string;
  /** Names of the app roles the application asks for. */
  readonly requested: readonly string[];
  /** Names of those that are granted. */
  readonly granted: readonly string[];
  /** Tenants of customers where consent is outstanding or cannot be told. @default [] */
  readonly customers?: readonly { readonly tenant: string; readonly link?: string }[];
  readonly credential: CredentialKind;
  /** A managed identity needs no credential of its own. */
  readonly usesManagedIdentity: boolean;
  /** Whether the application was adopted with the credentials it had. @default false */
  readonly keepsCredentials?: boolean;
  readonly mediaRecording?: MediaRecording;
}

/** What a person still has to do, in the order to do it; one text each, without line breaks. */
export function humanTodo(facts: RegistrationFacts): string[] {
  return [
    ...consent(facts),
    ...customerConsent(facts),
    ...credential(facts),
    ...managedIdentityTokens(facts),
    ...accessPolicy(facts),
    ...recordingPolicy(facts),
    "Install the bot's Teams app with supportsCalling set to true in its manifest: without it nobody sees a call button and no call arrives.",
  ];
}

function consent({ consentLink: link, requested, granted }: RegistrationFacts): string[] {
  const missing = requested.filter((value) => !granted.includes(value));
  if (missing.length === 0) return [];
  const how = link === undefined ? "in the Azure portal" : `by opening ${link}`;
  return [
    `Let a Privileged Role Administrator of the tenant consent to ${missing.join(", ")} ${how}; consent has to be repeated whenever a permission is added.`,
  ];
}

function customerConsent({ customers = [] }: RegistrationFacts): string[] {
  return customers.map(({ tenant, link }) => {
    const where =
      tenant.toLowerCase() === ANY_ORGANISATION ? "each customer's tenant" : `tenant ${tenant}`;
    const how = link === undefined ? "" : ` by opening ${link}`;
    return `Let a Privileged Role Administrator of ${where} consent${how}.`;
  });
}

function credential(facts: RegistrationFacts): string[] {
  const { usesManagedIdentity, keepsCredentials = false } = facts;
  if (facts.credential !== CredentialKind.None || usesManagedIdentity || keepsCredentials) {
    return [];
  }
  return [
    `Give the application ${facts.appId} a credential (setting credential: federated, certificate or secret), or the bot cannot sign in.`,
  ];
}

/**
 * Azure keeps a managed identity's tokens for about 24 hours, whatever the process does, and a token has the app roles of its
 * birth ("Managed identities for Azure resources: frequently asked questions").
 */
function managedIdentityTokens({ usesManagedIdentity, requested }: RegistrationFacts): string[] {
  if (!usesManagedIdentity || requested.length === 0) return [];
  return [
    "Allow about 24 hours after each change of app roles: Azure keeps the managed identity's token for that long, and it has the app roles of its birth. A bot of type SingleTenant whose application trusts the identity has new roles with its next token.",
  ];
}

function accessPolicy({ requested, botName, appId }: RegistrationFacts): string[] {
  const needing = needingAccessPolicy(requested);
  if (needing.length === 0) return [];
  const [create, grant] = accessPolicyScript(botName, appId);
  return [
    `In Teams PowerShell, for ${needing.join(", ")}, run: ${create} and then: ${grant} (or -Global in place of -Identity for everybody). It takes up to 30 minutes to work; teams-calling-bot policy prints the whole script.`,
  ];
}

function recordingPolicy({ mediaRecording, appId }: RegistrationFacts): string[] {
  if (mediaRecording !== MediaRecording.AfterRecordingStatus) return [];
  return [
    `In Teams PowerShell, make a compliance recording policy for app ${appId} and grant it to the users whose calls are recorded: New-CsOnlineApplicationInstance, Sync-CsOnlineApplicationInstance, New-CsTeamsComplianceRecordingPolicy, Set-CsTeamsComplianceRecordingPolicy, Grant-CsTeamsComplianceRecordingPolicy.`,
  ];
}
