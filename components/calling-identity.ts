// What a calling bot signs in as: an Entra application of its own, or a managed identity.
import type * as pulumi from "@pulumi/pulumi";
import { output } from "@pulumi/pulumi";
import { BotType } from "../rules/bot-choices.js";
import type { RequestedPermission } from "../rules/capabilities.js";
import { allReplyUrls } from "../rules/config-together.js";
import { ConsentMode } from "../rules/consent.js";
import { BotIdentity } from "./bot-identity.js";
import type { CallingBotArgs } from "./calling-bot-args.js";
import { defined } from "./defined.js";
import type { DeploymentPlace } from "./deployment-place.js";
import { managedIdentity } from "./managed-identity.js";
import { permitted } from "./permitted-deployer.js";

/** An identity as registration and consent take it, whichever kind it is. */
export interface CallingIdentity {
  readonly appId: pulumi.Output<string>;
  readonly applicationObjectId: pulumi.Output<string | undefined>;
  readonly servicePrincipalObjectId: pulumi.Output<string>;
  readonly clientSecret: pulumi.Output<string | undefined>;
  readonly replyUrls: pulumi.Output<string[]>;
  /** Where consent returns to: always one of the reply URLs. */
  readonly redirectUri: string | undefined;
  readonly managedIdentityResourceId: pulumi.Output<string> | undefined;
}

interface Surroundings extends DeploymentPlace {
  readonly resourceGroup: pulumi.Output<string>;
  readonly requested: readonly RequestedPermission[];
}

/** Makes the identity; nothing of it before the deployer is known not to lack the rights for all that follows. */
export function createCallingIdentity(
  name: string,
  args: CallingBotArgs,
  surroundings: Surroundings,
  parent: pulumi.Resource,
): CallingIdentity {
  return args.bot?.type === BotType.UserAssignedMSI
    ? withoutApplication(name, args, surroundings, parent)
    : withApplication(name, args, surroundings, parent);
}

function withApplication(
  name: string,
  args: CallingBotArgs,
  { botName, requested }: Surroundings,
  parent: pulumi.Resource,
): CallingIdentity {
  const replyUrls = allReplyUrls(args.replyUrls ?? [], args.consent?.redirectUrl);
  const work = { createsApplication: true, grantsConsent: grantsConsent(args) };
  const identity = new BotIdentity(
    name,
    {
      ...defined({ tenancy: args.tenancy, credential: args.credential, cloud: args.cloud }),
      // No owners means "whoever deploys", an empty list would be nobody.
      ...defined({ owners: args.owners?.length ? args.owners : undefined }),
      displayName: permitted(args.displayName ?? botName, work, parent, args.cloud),
      permissions: requested.map(({ value }) => value),
      replyUrls,
    },
    { parent },
  );
  return {
    appId: identity.appId,
    applicationObjectId: identity.applicationObjectId,
    servicePrincipalObjectId: identity.servicePrincipalObjectId,
    clientSecret: identity.clientSecret,
    replyUrls: identity.replyUrls,
    redirectUri: consentRedirect(args, replyUrls),
    managedIdentityResourceId: undefined,
  };
}

function withoutApplication(
  name: string,
  args: CallingBotArgs,
  { botName, resourceGroup }: Surroundings,
  parent: pulumi.Resource,
): CallingIdentity {
  const work = { createsApplication: false, grantsConsent: grantsConsent(args) };
  const identity = managedIdentity(name, args.managedIdentity, {
    resourceGroupName: resourceGroup,
    resourceName: permitted(botName, work, parent, args.cloud),
    tags: args.tags,
    parent,
  });
  return {
    appId: identity.clientId,
    applicationObjectId: output(undefined),
    servicePrincipalObjectId: identity.principalId,
    clientSecret: output(undefined),
    replyUrls: output([]),
    redirectUri: undefined,
    managedIdentityResourceId: identity.resourceId,
  };
}

function grantsConsent(args: CallingBotArgs): boolean {
  return args.consent?.mode === ConsentMode.Grant;
}

/** The page that was named for it, or else the first reply URL. */
function consentRedirect(args: CallingBotArgs, replyUrls: readonly string[]): string | undefined {
  const [named] = allReplyUrls([], args.consent?.redirectUrl);
  return named ?? replyUrls[0];
}
