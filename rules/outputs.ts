// The one documented shape of a stack's outputs. The commands read it back, maybe with another version of this package.
import { z } from "zod";
import { HostKind, HostSlot, Tenancy } from "./bot-choices.js";
import { Cloud } from "./clouds.js";
import { ConsentMode } from "./consent.js";
import { ConsentState } from "./consent-state.js";
import { CredentialKind } from "./credential.js";
import { type Issue, shown } from "./issue.js";
import { parseWithIssues } from "./zod-issues.js";

/** Raised when the shape changes in a way that an older reader would misread. */
export const OUTPUTS_VERSION = 1;

const tenantConsent = z.object({
  tenant: z.string(),
  state: z.enum(ConsentState),
  /** App roles by name. Left out when the state is unknown. */
  missing: z.array(z.string()).exactOptional(),
  /** Left out in mode `grant` as well: what the stack takes back is gone only when the update has ended. */
  surplus: z.array(z.string()).exactOptional(),
  link: z.string().exactOptional(),
  /** Why the state is unknown. */
  reason: z.string().exactOptional(),
});

const hostOutput = z.object({
  kind: z.enum(HostKind),
  /** Left out by versions of this package that knew one host alone. */
  slot: z.enum(HostSlot).exactOptional(),
  identityClientId: z.string().exactOptional(),
  /**
   * Where media is controlled that the bot's own process hosts: a TCP port a machine. `instances` are the machines that the
   * update asked for; left out by versions of this package that did not say it.
   */
  media: z
    .object({
      hostName: z.string(),
      firstPort: z.number(),
      lastPort: z.number(),
      instances: z.number().exactOptional(),
    })
    .exactOptional(),
});

const outputsSchema = z.object({
  schemaVersion: z.literal(OUTPUTS_VERSION),
  /** The bot's name within the stack; left out by versions of this package that did not compare with the last update. */
  logicalName: z.string().exactOptional(),
  cloud: z.enum(Cloud),
  tenantId: z.string(),
  subscriptionId: z.string(),
  /** Of the Entra application, or the client id of the managed identity. */
  appId: z.string(),
  /** Left out for a bot that signs in as a managed identity. */
  applicationObjectId: z.string().exactOptional(),
  /** Left out for an application that was adopted, which keeps its own. */
  tenancy: z.enum(Tenancy).exactOptional(),
  servicePrincipalObjectId: z.string(),
  botName: z.string(),
  botResourceId: z.string(),
  resourceGroupName: z.string(),
  channelResourceId: z.string(),
  /** Where the bot runs; left out by versions of this package that made no hosts. */
  host: hostOutput.exactOptional(),
  /** The host beside it, while calls are handed over, and where that one takes messages and calls. */
  otherHost: hostOutput
    .extend({ messagingEndpoint: z.string(), callingWebhook: z.string() })
    .exactOptional(),
  messagingEndpoint: z.string(),
  callingWebhook: z.string(),
  replyUrls: z.array(z.string()),
  /** Reply URLs that others may add and take away; left out where there are none. */
  ignoredReplyUrls: z.array(z.string()).exactOptional(),
  /** App roles the application asks for, and why. */
  permissions: z.array(
    z.object({ value: z.string(), id: z.string(), because: z.array(z.string()) }),
  ),
  /** Names of the app roles this stack granted. */
  grantedPermissions: z.array(z.string()),
  consent: z.object({
    mode: z.enum(ConsentMode),
    /** Of the bot's own tenant, or the address of the sign-up page. */
    link: z.string().exactOptional(),
    /** In mode `signUp`: the page that administrators are sent to. */
    signUpUrl: z.string().exactOptional(),
    /** Of all tenants together: see `overallState`. */
    state: z.enum(ConsentState).exactOptional(),
    /** Stands for the set of app roles that is asked for. */
    fingerprint: z.string().exactOptional(),
    /** The bot's own tenant first, as they stood when the stack was last updated. */
    tenants: z.array(tenantConsent).exactOptional(),
    /** Customers' tenants that the stack named before: their consent stays until they take it back. */
    formerTenants: z.array(z.string()).exactOptional(),
  }),
  credential: z.enum(CredentialKind),
  /** Which client secret or certificate is the current one; left out for other credentials. */
  credentialGeneration: z.number().exactOptional(),
  /** Whose tokens the application takes; left out unless the credential is of kind `federated`, and by versions before. */
  federated: z
    .array(
      z.object({ name: z.string(), issuer: z.string(), subject: z.string(), audience: z.string() }),
    )
    .exactOptional(),
  /** The current certificate; left out unless the credential is of kind `certificate`. */
  certificate: z.object({ thumbprint: z.string(), endDate: z.string() }).exactOptional(),
  /** Kind of the credential of before, while it stays beside the new one. */
  previousCredential: z.enum(CredentialKind).exactOptional(),
  /** The package of the bot's Teams app, where the stack packs one. */
  app: z
    .object({
      packagePath: z.string(),
      sha256: z.string(),
      teamsAppId: z.string(),
      version: z.string(),
    })
    .exactOptional(),
  /** Where a bot was adopted: ids of what was there and stays, and in words what the stack added to it. */
  adopted: z.object({ kept: z.array(z.string()), added: z.array(z.string()) }).exactOptional(),
  /** What a person still has to do, in order. */
  todo: z.array(z.string()),
});

/** Names of the outputs that the shape has. */
export const OUTPUT_NAMES: readonly string[] = Object.keys(outputsSchema.shape);

/** A stack's outputs. None is secret. */
export type StackOutputs = z.output<typeof outputsSchema>;

/** Reads a stack's outputs; outputs that are not of this shape are left out, so that a program may add its own. */
export function parseOutputs(value: unknown): { outputs?: StackOutputs; issues: Issue[] } {
  const version =
    typeof value === "object" && value !== null ? Reflect.get(value, "schemaVersion") : undefined;
  if (version !== OUTPUTS_VERSION) return { issues: [otherVersion(version)] };
  const { value: outputs, issues } = parseWithIssues(outputsSchema, value);
  return outputs ? { outputs, issues } : { issues };
}

function otherVersion(version: unknown): Issue {
  const issue: Issue = {
    path: "schemaVersion",
    rule: `must be ${OUTPUTS_VERSION} in the outputs of the stack`,
    whose: "this package",
    fix: "Run pulumi up with this version of the package, or read them with the version that wrote them.",
  };
  return version === undefined ? issue : { ...issue, got: shown(version) };
}
