// Settings of consent that only make sense together with others. They read what was written, like config-together.ts.
import { Tenancy } from "./bot-choices.js";
import { ConsentMode } from "./consent.js";
import { checkAdopted } from "./consent-adoption.js";
import type { Issue } from "./issue.js";

/** What the settings of consent are held against. */
export interface ConsentSurroundings {
  /** `consent` as written. */
  readonly consent: Readonly<Record<string, unknown>>;
  readonly tenancy: unknown;
  /** App roles that the application asks for, by name. */
  readonly asked: readonly string[];
}

/** Issues of `consent` in its surroundings. */
export function checkConsentTogether({ consent, tenancy, asked }: ConsentSurroundings): Issue[] {
  const mode = consent["mode"] ?? ConsentMode.Url;
  return [
    ...(mode === ConsentMode.SignUp ? checkSignUp(consent) : []),
    ...checkCustomers(consent["customerTenants"], tenancy),
    ...checkAdoption(consent["adopt"], mode, asked),
  ];
}

function checkSignUp(consent: ConsentSurroundings["consent"]): Issue[] {
  if (consent["redirectUrl"] !== undefined) return [];
  return [
    {
      path: "consent.redirectUrl",
      rule: `must be given when consent.mode is ${ConsentMode.SignUp}`,
      whose: "this package",
      fix: "Give the address of the return page of the sign-up site: its address and consented.html.",
    },
  ];
}

function checkCustomers(tenants: unknown, tenancy: unknown): Issue[] {
  if (!Array.isArray(tenants) || tenants.length === 0 || tenancy === Tenancy.MultiTenant) return [];
  return [
    {
      path: "consent.customerTenants",
      rule: `must be empty unless tenancy is ${Tenancy.MultiTenant}, because others cannot consent to an application of one tenant`,
      whose: "Microsoft Entra ID",
      fix: `Remove it, or set tenancy to ${Tenancy.MultiTenant}.`,
    },
  ];
}

function checkAdoption(adopt: unknown, mode: unknown, asked: readonly string[]): Issue[] {
  if (typeof adopt !== "object" || adopt === null || Array.isArray(adopt)) return [];
  const ids = Object.entries(adopt).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  if (ids.length === 0) return [];
  const path = "consent.adopt";
  if (mode === ConsentMode.Grant) return checkAdopted(path, Object.fromEntries(ids), asked);
  const rule = `must be left out unless consent.mode is ${ConsentMode.Grant}`;
  return [{ path, rule, whose: "this package", fix: "Remove it: nothing is granted here." }];
}
