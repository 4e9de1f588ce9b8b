// The sign-up page of a calling bot, where the stack puts it up itself: its address before the application, its files after.
import type * as pulumi from "@pulumi/pulumi";
import { Tenancy } from "../rules/bot-choices.js";
import { ConsentMode } from "../rules/consent.js";
import type { Issue } from "../rules/issue.js";
import { defaultStorageAccountName } from "../rules/storage-names.js";
import { after } from "./after.js";
import type { CallingBotArgs } from "./calling-bot-args.js";
import { defined } from "./defined.js";
import type { DeploymentPlace } from "./deployment-place.js";
import { goingWith, lasting } from "./lifetime.js";
import type { OwnResourceGroup } from "./resource-group.js";
import { SignUpAddress } from "./sign-up-address.js";
import { checkPlainSignUp } from "./sign-up-facts.js";
import { SignUpSite } from "./sign-up-site.js";

interface AddressSurroundings extends DeploymentPlace {
  /** Nothing is made before this is known. */
  readonly permitted: pulumi.Output<unknown>;
  readonly resourceGroup: OwnResourceGroup;
}

interface SiteFacts extends DeploymentPlace {
  readonly resourceGroup: OwnResourceGroup;
  readonly appId: pulumi.Output<string>;
}

/** Issues of what the page will say; none where the stack puts up no page. */
export function checkHostedSignUp(args: CallingBotArgs): Issue[] {
  const plain = plainSignUp(args);
  return plain === undefined ? [] : checkPlainSignUp("consent.publisher", plain);
}

/** The address of the page; undefined where the stack puts up none. */
export function hostedAddress(
  name: string,
  args: CallingBotArgs,
  { facts, permitted, resourceGroup }: AddressSurroundings,
  parent: pulumi.Resource,
): SignUpAddress | undefined {
  if (plainSignUp(args) === undefined) return undefined;
  return new SignUpAddress(
    name,
    {
      resourceGroupName: resourceGroup.name,
      accountName: after(permitted, facts.apply(defaultStorageAccountName)),
      ...defined({ tags: args.tags, location: args.resourceGroup?.location }),
    },
    { ...lasting(args.protect), ...goingWith(args.ephemeral, resourceGroup.made), parent },
  );
}

/** Puts the files there. */
export function hostedSite(
  name: string,
  args: CallingBotArgs,
  address: SignUpAddress,
  { tenantId, botName, resourceGroup, appId }: SiteFacts,
  parent: pulumi.Resource,
): SignUpSite | undefined {
  const plain = plainSignUp(args);
  if (plain === undefined) return undefined;
  const { accountName, containerName, redirectUri } = address;
  // Nobody else's administrator can consent to an application of one tenant.
  const only = args.tenancy === Tenancy.MultiTenant ? {} : { tenantId };
  return new SignUpSite(
    name,
    {
      ...plain,
      ...only,
      resourceGroupName: resourceGroup.name,
      accountName,
      containerName,
      redirectUri,
      appId,
      displayName: args.displayName ?? botName,
    },
    { ...goingWith(args.ephemeral, resourceGroup.made), parent },
  );
}

function plainSignUp(args: CallingBotArgs) {
  const { mode, publisher, reasons } = args.consent ?? {};
  if (mode !== ConsentMode.SignUp || publisher === undefined) return undefined;
  const { capabilities, permissions, mediaRecording, cloud } = args;
  return {
    publisher,
    ...defined({ capabilities, permissions, mediaRecording, cloud, reasons }),
  };
}
