// Admin consent to the bot's app roles: given by this deployment, or asked for by a link.
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../rules/clouds.js";
import { adminConsentUrl, ConsentMode } from "../rules/consent.js";
import { checkPermissionNames, findPermission } from "../rules/permissions.js";
import { endpointsOf } from "./cloud.js";
import { graphServicePrincipal } from "./graph-service-principal.js";
import { refuse, refusing } from "./refusal.js";

export interface AdminConsentArgs {
  /**
   * `grant` assigns the app roles with the deployer's own right AppRoleAssignment.ReadWrite.All. Whoever may use that right
   * can give any application any app role, so a pipeline that holds it is as powerful as a Global Administrator.
   * @default ConsentMode.Url
   */
  mode?: ConsentMode;
  /** Graph app roles by name, the ones that the application asks for. */
  permissions: string[];
  /** App id of the bot. */
  appId: pulumi.Input<string>;
  /** Object id of the bot's service principal, or principal id of its managed identity. */
  servicePrincipalObjectId: pulumi.Input<string>;
  /** The tenant whose administrator consents. */
  tenantId: pulumi.Input<string>;
  /**
   * For `url`: where the administrator lands afterwards, exactly as the application registers it.
   * @default none: the browser ends on an error page although consent is recorded
   */
  redirectUri?: pulumi.Input<string>;
  /** @default Cloud.Public */
  cloud?: Cloud;
}

/**
 * Consent of a tenant to what the bot asks for. Every change of permissions needs consent again before it is in force.
 *
 * @example
 * const consent = new AdminConsent("bot", {
 *   permissions: ["Calls.JoinGroupCall.All"],
 *   appId: identity.appId,
 *   servicePrincipalObjectId: identity.servicePrincipalObjectId,
 *   tenantId: identity.tenantId,
 * });
 * export const link = consent.link;
 */
export class AdminConsent extends pulumi.ComponentResource {
  /** Opened by a Privileged Role Administrator; undefined in mode `grant`. */
  readonly link: pulumi.Output<string | undefined>;
  /** App roles that this deployment has granted, by name; empty in mode `url`. */
  readonly grantedPermissions: pulumi.Output<string[]>;

  constructor(name: string, args: AdminConsentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("teams-calling-bot:index:AdminConsent", name, {}, opts);
    refuse(this, checkPermissionNames("permissions", args.permissions));
    const grants = args.mode === ConsentMode.Grant;
    this.grantedPermissions = grants ? grantAppRoles(name, args, this) : pulumi.output([]);
    this.link = grants ? pulumi.output(undefined) : consentLink(args, this);
    this.registerOutputs({ link: this.link, grantedPermissions: this.grantedPermissions });
  }
}

function grantAppRoles(
  name: string,
  args: AdminConsentArgs,
  parent: pulumi.Resource,
): pulumi.Output<string[]> {
  const graph = graphServicePrincipal(parent, args.cloud);
  const roles = args.permissions.flatMap((wanted) => findPermission(wanted)?.value ?? []);
  const granted = roles.map((role) => {
    const assignment = new azuread.AppRoleAssignment(
      `${name}-${role}`,
      {
        appRoleId: graph.roleId(role),
        principalObjectId: args.servicePrincipalObjectId,
        resourceObjectId: graph.objectId,
      },
      { parent },
    );
    return assignment.id.apply(() => role);
  });
  return pulumi.all(granted);
}

function consentLink(
  args: AdminConsentArgs,
  parent: pulumi.Resource,
): pulumi.Output<string | undefined> {
  const endpoints = endpointsOf(args.cloud);
  const facts = { tenant: args.tenantId, appId: args.appId, redirectUri: args.redirectUri };
  return pulumi.output(facts).apply(
    refusing(parent, ({ tenant, appId, redirectUri }) =>
      adminConsentUrl({
        endpoints,
        tenant,
        appId,
        ...(redirectUri === undefined ? {} : { redirectUri }),
      }),
    ),
  );
}
