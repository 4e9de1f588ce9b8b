// What a calling bot signs in as: an Entra application of its own, or a managed identity.
import type * as pulumi from "@pulumi/pulumi";
import { output } from "@pulumi/pulumi";
import { BotType } from "../rules/bot-choices.js";
import type { RequestedPermission } from "../rules/capabilities.js";
import { allReplyUrls } from "../rules/config-together.js";
import { after } from "./after.js";
import type { BotCredentialArgs, FederatedOutput } from "./bot-credential.js";
import { BotIdentity } from "./bot-identity.js";
import type { CallingBotArgs } from "./calling-bot-args.js";
import { defined } from "./defined.js";
import type { DeploymentPlace } from "./deployment-place.js";
import { goingWith, lasting } from "./lifetime.js";
import { type ManagedIdentity, managedIdentity } from "./managed-identity.js";
import type { OwnResourceGroup } from "./resource-group.js";

/** An identity as registration and consent take it, whichever kind it is. */
export interface CallingIdentity {
  readonly appId: pulumi.Output<string>;
  readonly applicationObjectId: pulumi.Output<string> | undefined;
  readonly servicePrincipalObjectId: pulumi.Output<string>;
  readonly clientSecret: pulumi.Output<string | undefined>;
  readonly federated: pulumi.Output<FederatedOutput[]> | undefined;
  readonly replyUrls: pulumi.Output<string[]>;
  /** Where consent returns to: always one of the reply URLs. */
  readonly redirectUri: pulumi.Input<string> | undefined;
  readonly managedIdentityResourceId: pulumi.Output<string> | undefined;
  /** What app role assignments vanish with, where the stack deletes it. */
  readonly owner: pulumi.Resource | undefined;
}

interface IdentityPlace extends DeploymentPlace {
  /** Known once the deployer may do what follows and the bot's name is free: nothing is made before. */
  readonly permitted: pulumi.Output<unknown>;
  readonly resourceGroup: OwnResourceGroup;
}

interface Surroundings extends IdentityPlace {
  readonly requested: readonly RequestedPermission[];
  /** Return page of the sign-up page, where this stack puts it up. */
  readonly signUpRedirect: pulumi.Output<string> | undefined;
  /** For a bot without an application: what it signs in as. */
  readonly managedIdentity: ManagedIdentity | undefined;
  readonly credential: BotCredentialArgs;
}

/** What a bot of type UserAssignedMSI signs in as, made or given; undefined for a bot with an application. */
export function ownManagedIdentity(
  name: string,
  args: CallingBotArgs,
  { botName, permitted, resourceGroup }: IdentityPlace,
  parent: pulumi.Resource,
): ManagedIdentity | undefined {
  if (args.bot?.type !== BotType.UserAssignedMSI) return undefined;
  return managedIdentity(name, args.managedIdentity, {
    resourceGroupName: resourceGroup.name,
    resourceName: after(permitted, botName),
    tags: args.tags,
    parent,
    options: { ...lasting(args.protect), ...goingWith(args.ephemeral, resourceGroup.made) },
  });
}

/** Makes the identity, unless it is a managed one, which is there already. */
export function createCallingIdentity(
  name: string,
  args: CallingBotArgs,
  surroundings: Surroundings,
  parent: pulumi.Resource,
): CallingIdentity {
  const { managedIdentity, resourceGroup } = surroundings;
  return managedIdentity === undefined
    ? withApplication(name, args, surroundings, parent)
    : withoutApplication(managedIdentity, args.managedIdentity ? undefined : resourceGroup.made);
}

function withApplication(
  name: string,
  args: CallingBotArgs,
  { botName, permitted, requested, signUpRedirect, credential }: Surroundings,
  parent: pulumi.Resource,
): CallingIdentity {
  const stated = allReplyUrls(args.replyUrls ?? [], args.consent?.redirectUrl);
  const replyUrls = signUpRedirect?.apply((back) => allReplyUrls(stated, back)) ?? stated;
  const identity = new BotIdentity(
    name,
    {
      ...defined({
        tenancy: args.tenancy,
        cloud: args.cloud,
        adopt: args.adopt,
        ignore: args.ignore && defined({ replyUrls: args.ignore.replyUrls }),
        ephemeral: args.ephemeral,
      }),
      credential,
      // No owners means "whoever deploys", an empty list would be nobody.
      ...defined({ owners: args.owners?.length ? args.owners : undefined }),
      displayName: after(permitted, args.displayName ?? botName),
      permissions: requested.map(({ value }) => value),
      replyUrls,
    },
    { ...lasting(args.protect), parent },
  );
  return {
    appId: identity.appId,
    applicationObjectId: identity.applicationObjectId,
    servicePrincipalObjectId: identity.servicePrincipalObjectId,
    clientSecret: identity.clientSecret,
    federated: identity.federated,
    replyUrls: identity.replyUrls,
    redirectUri: signUpRedirect ?? consentRedirect(args, stated),
    managedIdentityResourceId: undefined,
    owner: args.adopt?.application === undefined ? identity : undefined,
  };
}

function withoutApplication(
  identity: ManagedIdentity,
  owner: pulumi.Resource | undefined,
): CallingIdentity {
  return {
    appId: identity.clientId,
    applicationObjectId: undefined,
    servicePrincipalObjectId: identity.principalId,
    clientSecret: output(undefined),
    federated: undefined,
    replyUrls: output([]),
    redirectUri: undefined,
    managedIdentityResourceId: identity.resourceId,
    owner,
  };
}

/** The page that was named for it, or else the first reply URL. */
function consentRedirect(args: CallingBotArgs, replyUrls: readonly string[]): string | undefined {
  const [named] = allReplyUrls([], args.consent?.redirectUrl);
  return named ?? replyUrls[0];
}
