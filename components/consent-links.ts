// What the administrator of each tenant opens: Microsoft's consent page, or the sign-up page in front of it.
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../rules/clouds.js";
import { adminConsentUrl, ConsentMode } from "../rules/consent.js";
import type { Issue } from "../rules/issue.js";
import { siteUrlOf } from "../sign-up/facts.js";
import { endpointsOf } from "./cloud.js";
import { defined } from "./defined.js";
import { refusing } from "./refusal.js";

/** What links are made from. */
export interface LinkFacts {
  readonly mode: ConsentMode;
  readonly appId: pulumi.Input<string>;
  readonly tenantId: pulumi.Input<string>;
  readonly customerTenants: readonly string[];
  readonly redirectUri?: pulumi.Input<string>;
  readonly cloud?: Cloud;
}

/** Links of a stack's tenants. */
export interface ConsentLinks {
  /** Of the tenant that owns the application; undefined where nobody has to open anything of ours. */
  readonly own: pulumi.Output<string | undefined>;
  /** Every tenant with its link, the application's own first. */
  readonly tenants: readonly TenantLink[];
}

export interface TenantLink {
  readonly tenant: pulumi.Output<string>;
  readonly link: pulumi.Output<string | undefined>;
}

/** An issue for the sign-up page without its return page, from which its address follows. */
export function checkSignUpRedirect(mode: ConsentMode, redirectUri: unknown): Issue[] {
  if (mode !== ConsentMode.SignUp || redirectUri !== undefined) return [];
  return [
    {
      path: "redirectUri",
      rule: "must be given when mode is signUp",
      whose: "this package",
      fix: "Give the return page of the sign-up site.",
    },
  ];
}

export function consentLinks(facts: LinkFacts, parent: pulumi.Resource): ConsentLinks {
  const own = pulumi.output(facts.tenantId);
  const ownLink =
    facts.mode === ConsentMode.Grant ? pulumi.output(undefined) : linkFor(own, facts, parent);
  const customers = facts.customerTenants.map((name) => {
    const tenant = pulumi.output(name);
    return { tenant, link: linkFor(tenant, facts, parent) };
  });
  return { own: ownLink, tenants: [{ tenant: own, link: ownLink }, ...customers] };
}

function linkFor(
  tenant: pulumi.Output<string>,
  { mode, appId, redirectUri, cloud }: LinkFacts,
  parent: pulumi.Resource,
): pulumi.Output<string | undefined> {
  if (mode === ConsentMode.External) return pulumi.output(undefined);
  const endpoints = endpointsOf(cloud);
  return pulumi.output({ tenant, appId, redirectUri }).apply(
    refusing(parent, (known): string | undefined =>
      // The page makes a link of its own, with a state that only its tab knows.
      mode === ConsentMode.SignUp && known.redirectUri !== undefined
        ? siteUrlOf(known.redirectUri)
        : adminConsentUrl({
            endpoints,
            tenant: known.tenant,
            appId: known.appId,
            ...defined({ redirectUri: known.redirectUri }),
          }),
    ),
  );
}
