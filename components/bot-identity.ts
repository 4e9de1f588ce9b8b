// The bot's identity in Entra: application, service principal, credential.
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { permissionsTogether, together } from "../rules/adopted-together.js";
import type { FoundPermissions } from "../rules/adoption.js";
import { Tenancy } from "../rules/bot-choices.js";
import type { Cloud } from "../rules/clouds.js";
import { checkCredential } from "../rules/credential.js";
import { checkIgnored, withIgnoredUrls } from "../rules/ignored.js";
import { checkDisplayName } from "../rules/names.js";
import { checkPermissionNames, findPermission } from "../rules/permissions.js";
import { checkedReplyUrls, checkReplyUrls } from "../rules/urls.js";
import type { AdoptArgs } from "./adopt-args.js";
import {
  adoptedResource,
  KEPT_OF_APPLICATION,
  KEPT_OF_SERVICE_PRINCIPAL,
} from "./adopted-resource.js";
import {
  type BotCredentialArgs,
  createCredential,
  type FederatedOutput,
} from "./bot-credential.js";
import { directoryClient } from "./client-config.js";
import { endpointsOf } from "./cloud.js";
import { graphServicePrincipal } from "./graph-service-principal.js";
import type { IgnoredReplyUrlsArgs } from "./ignore-args.js";
import { replyUrlsThere } from "./ignored-reply-urls.js";
import { entraTags } from "./left-over-tags.js";
import { goingWith } from "./lifetime.js";
import { ownership } from "./owners.js";
import { ifPlain, refuse, refusing } from "./refusal.js";

export interface BotIdentityArgs {
  /** What people see where consent is given, 1 to 256 characters. */
  displayName: pulumi.Input<string>;
  /** Graph app roles by name, such as `Calls.JoinGroupCall.All`. They are asked for, not granted: see AdminConsent. */
  permissions: string[];
  /**
   * Every reply URL of the application: nothing else may write this list, but for what `ignore` names. Order does not matter.
   * @default [] (consent given through a link ends on an error page)
   */
  replyUrls?: pulumi.Input<pulumi.Input<string>[]>;
  /** Whether other tenants can consent to the application. @default Tenancy.SingleTenant */
  tenancy?: Tenancy;
  /** How the bot signs in. @default none is made */
  credential?: BotCredentialArgs;
  /**
   * Object ids of the owners, complete: users and service principals that the directory has.
   * @default whoever deploys first; differences that come later are left alone
   */
  owners?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Whether service principal and credentials are left to go with the application. Quicker, because Entra takes long to
   * confirm each, but if deleting the application fails they stay, and the stack no longer knows them. @default false
   */
  ephemeral?: boolean;
  /** @default Cloud.Public */
  cloud?: Cloud;
  /**
   * An application that exists and is taken over: app roles, reply URLs and tags are added to those that were found, and
   * everything else of it stays as it is, its name too. @default one is made
   */
  adopt?: AdoptArgs;
  /** What of the application others write on purpose. @default nothing */
  ignore?: IgnoredReplyUrlsArgs;
}

/**
 * Entra application, service principal and credential of a calling bot. The option `protect` keeps application and service
 * principal; a credential can always be renewed.
 *
 * @example
 * const identity = new BotIdentity("bot", {
 *   displayName: "Contoso reception",
 *   permissions: ["Calls.JoinGroupCall.All"],
 *   replyUrls: ["https://contoso.com/consented"],
 * });
 */
export class BotIdentity extends pulumi.ComponentResource {
  /** The bot's app id, also called client id. */
  readonly appId: pulumi.Output<string>;
  readonly applicationObjectId: pulumi.Output<string>;
  /** What app roles are assigned to. */
  readonly servicePrincipalObjectId: pulumi.Output<string>;
  /** The tenant that owns the application. */
  readonly tenantId: pulumi.Output<string>;
  /** As the directory holds them. */
  readonly replyUrls: pulumi.Output<string[]>;
  /** A secret output; undefined unless the credential is of kind `secret`. */
  readonly clientSecret: pulumi.Output<string | undefined>;
  /** Whose tokens it takes; undefined unless the credential is of kind `federated`. */
  readonly federated?: pulumi.Output<FederatedOutput[]>;

  constructor(name: string, args: BotIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("teams-calling-bot:index:BotIdentity", name, {}, opts);
    refuse(this, [
      ...ifPlain(args.displayName, (text) => checkDisplayName("displayName", text)),
      ...checkPermissionNames("permissions", args.permissions),
      ...ifPlain(args.replyUrls, (urls) => checkReplyUrls("replyUrls", urls, REPLY_URL_OPTIONS)),
      ...ifPlain(args.credential, (credential) => checkCredential("credential", credential)),
      ...checkIgnored("ignore", args.ignore ?? {}),
    ]);
    const { login, federatedAudience } = endpointsOf(args.cloud);
    const { owners, ignoreChanges } = ownership(args.owners, this, args.cloud);
    this.tenantId = directoryClient(this).tenantId;

    const { application: existing, servicePrincipal: existingPrincipal } = args.adopt ?? {};
    const application = new azuread.Application(
      name,
      { ...applicationArgs(name, args, this), owners },
      { parent: this, ignoreChanges, ...adoptedResource(existing, KEPT_OF_APPLICATION) },
    );
    // An application that is taken over outlives the stack, and would keep what was left to go with it.
    const withIt = goingWith(args.ephemeral, existing === undefined ? application : undefined);
    const servicePrincipal = new azuread.ServicePrincipal(
      `${name}-service-principal`,
      // It belongs to this application alone: one that is there already is of a run that did not hear that it made it.
      { clientId: application.clientId, owners, useExisting: true },
      {
        ...withIt,
        parent: this,
        ignoreChanges,
        ...adoptedResource(existingPrincipal, KEPT_OF_SERVICE_PRINCIPAL),
      },
    );
    const { clientSecret, federated } = createCredential(args.credential ?? {}, {
      name,
      parent: this,
      options: withIt,
      applicationId: application.id,
      applicationObjectId: application.objectId,
      tenantId: this.tenantId,
      login,
      federatedAudience,
    });

    this.appId = application.clientId;
    this.applicationObjectId = application.objectId;
    this.servicePrincipalObjectId = servicePrincipal.objectId;
    this.replyUrls = application.web.apply((web) => web?.redirectUris ?? []);
    this.clientSecret = pulumi.output(clientSecret);
    if (federated !== undefined) this.federated = federated;
    this.registerOutputs({
      appId: this.appId,
      applicationObjectId: this.applicationObjectId,
      servicePrincipalObjectId: this.servicePrincipalObjectId,
      tenantId: this.tenantId,
    });
  }
}

/** localhost is a legal reply URL of an application under development. */
const REPLY_URL_OPTIONS = { allowLocalhost: true };

function applicationArgs(name: string, args: BotIdentityArgs, parent: pulumi.Resource) {
  const graph = graphServicePrincipal(parent, args.cloud);
  const { found = {} } = args.adopt ?? {};
  const roles = args.permissions.flatMap((wanted) => findPermission(wanted)?.value ?? []);
  const checkUrls = refusing(parent, checkedReplyUrls("replyUrls", REPLY_URL_OPTIONS));
  const { adopt, cloud, ignore: { replyUrls: ignored = [] } = {} } = args;
  return {
    displayName: args.displayName,
    signInAudience: args.tenancy === Tenancy.MultiTenant ? "AzureADMultipleOrgs" : "AzureADMyOrg",
    // The provider's own default is 1, with which identifier URIs fall under a stricter tenant policy.
    api: { requestedAccessTokenVersion: 2 },
    // What was found is not checked: it stands there.
    web: {
      redirectUris: pulumi
        .all([
          pulumi.output(args.replyUrls ?? []).apply(checkUrls),
          replyUrlsThere({ name, ignored, adopt, cloud }, parent),
        ])
        .apply(([urls, there]) => withIgnoredUrls(together(found.replyUrls, urls), ignored, there)),
    },
    requiredResourceAccesses: pulumi
      .all(roles.map((role) => graph.roleId(role)))
      .apply((ids) => resourceAccesses(permissionsTogether(found.permissions ?? [], ids))),
    tags: together(found.tags, entraTags(name)),
  };
}

function resourceAccesses(permissions: readonly FoundPermissions[]) {
  return permissions.map(({ resource, access }) => ({
    resourceAppId: resource,
    resourceAccesses: access.map((one) => {
      const [type = "", id = ""] = one.split(" ");
      return { id, type };
    }),
  }));
}
