// The output `consent`, and the warnings that go with it.
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../rules/clouds.js";
import { ConsentMode } from "../rules/consent.js";
import {
  consentState,
  type GrantedRoles,
  overallState,
  permissionFingerprint,
  type TenantConsent,
} from "../rules/consent-state.js";
import { consentWarnings, unknownConsent } from "../rules/consent-warnings.js";
import { endpointsOf } from "./cloud.js";
import type { ConsentLinks } from "./consent-links.js";
import { type ConsentReader, readGranted } from "./consent-reading.js";
import { sayWhetherRegistered } from "./consent-redirect-check.js";
import { defined } from "./defined.js";
import { formerTenants } from "./former-tenants.js";
import { grantedBefore } from "./granted-before.js";

/** Consent of one tenant, as a stack output shows it. */
export interface TenantConsentOutput {
  tenant: string;
  /** `granted`, `outstanding`, `partial` or `unknown`. */
  state: string;
  /** App roles that are not granted yet, by name; absent when the state is unknown. */
  missing?: string[];
  /** App roles that are granted and no longer asked for; absent when that cannot be told. */
  surplus?: string[];
  /** What an administrator of that tenant opens. */
  link?: string;
  /** Why the state is unknown. */
  reason?: string;
}

/** How consent is given and how it stands, as a stack output shows it. */
export interface ConsentOutput {
  mode: string;
  /** Opened by a Privileged Role Administrator; absent where this deployment grants consent. */
  link?: string;
  /** In mode `signUp`: the page that administrators are sent to. */
  signUpUrl?: string;
  /** `granted` when every tenant has granted everything, `outstanding` when something is missing anywhere, or `unknown`. */
  state?: string;
  /** Stands for the set of app roles that is asked for. */
  fingerprint?: string;
  /** The application's own tenant first. */
  tenants?: TenantConsentOutput[];
  /** Customers' tenants that the stack named before; absent when there are none. */
  formerTenants?: string[];
}

/** What the output is made from. */
export interface ConsentOutputFacts {
  readonly mode: ConsentMode;
  /** App roles by their official name. */
  readonly asked: readonly string[];
  readonly links: ConsentLinks;
  readonly appId: pulumi.Input<string>;
  readonly cloud: Cloud | undefined;
  /** Where the links return to. */
  readonly redirectUri: pulumi.Input<string> | undefined;
  /** The application's reply URLs, where the program knows them. */
  readonly replyUrls: pulumi.Input<pulumi.Input<string>[]> | undefined;
}

/** Reads how consent stands once everything in `after` exists, warns, and puts it out. Never fails. */
export function consentOutput(
  { mode, asked, links, appId, cloud, redirectUri, replyUrls }: ConsentOutputFacts,
  { after }: { readonly after: readonly pulumi.Input<unknown>[] },
  parent: pulumi.Resource,
): pulumi.Output<ConsentOutput> {
  const tenants = links.tenants.map(({ tenant, link }) => pulumi.output({ tenant, link }));
  const redirect = pulumi.output({ redirectUri, replyUrls });
  return pulumi
    .all([appId, pulumi.all(tenants), redirect, pulumi.all([...after])])
    .apply(async ([app, named, redirectFacts]) => {
      const reader = { parent, endpoints: endpointsOf(cloud), appId: app };
      const listed = named.map(({ tenant }) => tenant);
      const [consents, former] = await Promise.all([
        readConsents(reader, { mode, asked }, named),
        formerTenants(parent, app, listed),
        sayWhetherRegistered(reader, redirectFacts),
      ]);
      await say(consents, mode, parent);
      return {
        mode,
        ...defined({ link: named[0]?.link }),
        ...(mode === ConsentMode.SignUp ? defined({ signUpUrl: named[0]?.link }) : {}),
        state: overallState(consents),
        fingerprint: permissionFingerprint(asked),
        tenants: consents.map((consent, i) => shown(consent, grantsHere(mode, i))),
        ...(former.length === 0 ? {} : { formerTenants: former }),
      };
    });
}

async function readConsents(
  reader: ConsentReader,
  { mode, asked }: Pick<ConsentOutputFacts, "mode" | "asked">,
  tenants: readonly { tenant: string; link: string | undefined }[],
): Promise<TenantConsent[]> {
  const questions = tenants.map(({ tenant }, i) => ({
    tenant,
    ...(grantsHere(mode, i) ? { expected: asked } : {}),
  }));
  const [granted, takenBack] = await Promise.all([
    readGranted(reader, questions),
    mode === ConsentMode.Grant ? [] : grantedBefore(reader.parent, reader.appId),
  ]);
  return tenants.map(({ tenant, link }, i) => {
    const found = granted[i] ?? { roles: [] };
    const left = i === 0 ? without(found, takenBack) : found;
    return consentState({ tenant, asked, granted: left, ...defined({ link }) });
  });
}

function without(granted: GrantedRoles, takenBack: readonly string[]): GrantedRoles {
  if ("unknown" in granted) return granted;
  return { roles: granted.roles.filter((role) => !takenBack.includes(role)) };
}

/** Whether the stack itself grants the app roles in the tenant at this place of the list. */
function grantsHere(mode: ConsentMode, place: number): boolean {
  return mode === ConsentMode.Grant && place === 0;
}

async function say(
  consents: readonly TenantConsent[],
  mode: ConsentMode,
  parent: pulumi.Resource,
): Promise<void> {
  for (const [i, consent] of consents.entries()) {
    for (const sentence of consentWarnings(consent, { takesBack: grantsHere(mode, i) })) {
      await pulumi.log.warn(sentence, parent);
    }
    const unknown = unknownConsent(consent);
    if (unknown !== undefined) await pulumi.log.info(unknown, parent);
  }
}

/** Where the stack grants, a surplus is left out: what it takes back is still there until the update has ended. */
function shown(consent: TenantConsent, stackGrants: boolean): TenantConsentOutput {
  const { tenant, state, missing, surplus, link, reason } = consent;
  const lists = {
    missing: missing === undefined ? undefined : [...missing],
    surplus: surplus === undefined || stackGrants ? undefined : [...surplus],
  };
  return { tenant, state, ...defined({ ...lists, link, reason }) };
}
