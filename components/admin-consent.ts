// Admin consent to the bot's app roles: given by this deployment or asked for, and known to be still in force.
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../rules/clouds.js";
import { ConsentMode, checkConsentTenant, checkCustomerTenants } from "../rules/consent.js";
import { checkAdopted } from "../rules/consent-adoption.js";
import { permissionFingerprint } from "../rules/consent-state.js";
import { checkPermissionNames, findPermission } from "../rules/permissions.js";
import { grantAppRoles } from "./consent-grant.js";
import { checkSignUpRedirect, consentLinks } from "./consent-links.js";
import { type ConsentOutput, consentOutput } from "./consent-output.js";
import { ifPlain, refuse } from "./refusal.js";

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
  /** The tenant that owns the application. Its administrator consents first. */
  tenantId: pulumi.Input<string>;
  /**
   * For a multi-tenant application: tenants of customers whose consent is wanted, by id or verified domain. `organizations`
   * stands for any; its link works for everybody, and its state is never known.
   * @default []
   */
  customerTenants?: string[];
  /**
   * Where the administrator lands afterwards, exactly as the application registers it; for `signUp` the return page of the
   * sign-up site.
   * @default none: the browser ends on an error page although consent is recorded
   */
  redirectUri?: pulumi.Input<string>;
  /**
   * The application's reply URLs, where the same program makes it; `redirectUri` must be one of them, letter for letter.
   * @default those that the directory holds when the stack is updated
   */
  replyUrls?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * For `grant`: assignments that exist already and are taken over, as app role name to
   * `/servicePrincipals/{resource}/appRoleAssignedTo/{assignment}`. Needed for one update only.
   * @default {}
   */
  adopt?: Record<string, string>;
  /** @default Cloud.Public */
  cloud?: Cloud;
}

/**
 * Consent to what the bot asks for. Every change of permissions needs consent again before it is in force: each preview and
 * update reads what is granted and warns by name. Where nobody may read it, the state is `unknown` and says why.
 *
 * @example
 * const consent = new AdminConsent("bot", {
 *   permissions: ["Calls.JoinGroupCall.All"],
 *   appId: identity.appId,
 *   servicePrincipalObjectId: identity.servicePrincipalObjectId,
 *   tenantId: identity.tenantId,
 *   redirectUri: "https://contoso.com/consented",
 *   replyUrls: identity.replyUrls,
 * });
 * export const link = consent.link;
 *
 * @example
 * // Customers consent on the sign-up page.
 * new AdminConsent("bot", { ...bot, mode: ConsentMode.SignUp, customerTenants: ["fabrikam.com"] });
 */
export class AdminConsent extends pulumi.ComponentResource {
  /** What an administrator of the application's own tenant opens; undefined in the modes `grant` and `external`. */
  readonly link: pulumi.Output<string | undefined>;
  /** App roles that this deployment has granted, by name; empty in every mode but `grant`. */
  readonly grantedPermissions: pulumi.Output<string[]>;
  /** How consent stands in each tenant, the application's own first. Reading it takes at most 10 seconds. */
  readonly consent: pulumi.Output<ConsentOutput>;
  /** Stands for the set of app roles that is asked for; another set has another. */
  readonly fingerprint: pulumi.Output<string>;

  constructor(name: string, args: AdminConsentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("teams-calling-bot:index:AdminConsent", name, {}, opts);
    const { mode = ConsentMode.Url, customerTenants = [], adopt = {}, cloud } = args;
    const asked = args.permissions.flatMap((wanted) => findPermission(wanted)?.value ?? []);
    refuse(this, [
      ...checkPermissionNames("permissions", args.permissions),
      ...ifPlain(args.tenantId, (tenant) => checkConsentTenant("tenantId", tenant)),
      ...checkCustomerTenants("customerTenants", customerTenants),
      ...checkSignUpRedirect(mode, args.redirectUri),
      ...(mode === ConsentMode.Grant ? checkAdopted("adopt", adopt, asked) : []),
    ]);
    const { appId, servicePrincipalObjectId } = args;
    const grant = { roles: asked, servicePrincipalObjectId, adopt: byOfficialName(adopt), cloud };
    const links = consentLinks({ ...args, mode, customerTenants }, this);

    this.grantedPermissions =
      mode === ConsentMode.Grant ? grantAppRoles(name, grant, this) : pulumi.output([]);
    this.link = links.own;
    this.fingerprint = pulumi.output(permissionFingerprint(asked));
    this.consent = consentOutput(
      {
        mode,
        asked,
        links,
        appId,
        cloud,
        redirectUri: args.redirectUri,
        replyUrls: args.replyUrls,
      },
      // Read only when the service principal and every assignment exist.
      { after: [servicePrincipalObjectId, this.grantedPermissions] },
      this,
    );
    this.registerOutputs({
      link: this.link,
      grantedPermissions: this.grantedPermissions,
      consent: this.consent,
      fingerprint: this.fingerprint,
    });
  }
}

function byOfficialName(adopt: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(adopt).map(([name, id]) => [findPermission(name)?.value ?? name, id]),
  );
}
