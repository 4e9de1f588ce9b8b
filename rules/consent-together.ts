// Settings of consent that only make sense together with others. They read what was written, like config-together.ts.
import { BotType, Tenancy } from "./bot-choices.js";
import { ConsentMode } from "./consent.js";
import { checkAdopted } from "./consent-adoption.js";
import type { Issue } from "./issue.js";

/** What the settings of consent are held against. */
export interface ConsentSurroundings {
  /** `consent` as written. */
  readonly consent: Readonly<Record<string, unknown>>;
  readonly tenancy: unknown;
  /** `bot.type` as written. */
  readonly botType: unknown;
  /** App roles that the application asks for, by name. */
  readonly asked: readonly string[];
}

/** Issues of `consent` in its surroundings. */
export function checkConsentTogether(surroundings: ConsentSurroundings): Issue[] {
  const { consent, asked } = surroundings;
  const mode = consent["mode"] ?? ConsentMode.Url;
  return [
    ...(mode === ConsentMode.SignUp ? checkSignUp(consent) : checkNoSignUp(consent)),
    ...checkCustomers(surroundings),
    ...checkAdoption(consent["adopt"], mode, asked),
  ];
}

function checkSignUp(consent: ConsentSurroundings["consent"]): Issue[] {
  const whose = "this package";
  const path = "consent.redirectUrl";
  const elsewhere = consent["redirectUrl"] !== undefined;
  if (consent["publisher"] === undefined) {
    if (elsewhere) return checkNoReasons(consent);
    const rule = `must be given when consent.mode is ${ConsentMode.SignUp}, unless consent.publisher lets this stack put up the page`;
    const fix =
      "Say in consent.publisher who asks, or give the return page of a sign-up site: its address and consented.html.";
    return [{ path, rule, whose, fix }];
  }
  if (!elsewhere) return [];
  const rule = "must be left out with consent.publisher, because this stack puts up the page";
  return [{ path, rule, whose, fix: "Remove one of the two." }];
}

function checkNoSignUp(consent: ConsentSurroundings["consent"]): Issue[] {
  if (consent["publisher"] === undefined) return checkNoReasons(consent);
  const rule = `must be left out unless consent.mode is ${ConsentMode.SignUp}`;
  const fix = `Remove it, or set consent.mode to "${ConsentMode.SignUp}".`;
  return [{ path: "consent.publisher", rule, whose: "this package", fix }];
}

function checkNoReasons(consent: ConsentSurroundings["consent"]): Issue[] {
  if (consent["reasons"] === undefined) return [];
  const rule = "must be left out without consent.publisher, because they stand on its page";
  return [{ path: "consent.reasons", rule, whose: "this package", fix: "Remove it." }];
}

function checkCustomers({ consent, tenancy, botType }: ConsentSurroundings): Issue[] {
  const path = "consent.customerTenants";
  const tenants = consent["customerTenants"];
  if (!Array.isArray(tenants) || tenants.length === 0) return [];
  if (botType === BotType.UserAssignedMSI) {
    const rule = `must be empty for ${BotType.UserAssignedMSI}, because a managed identity lives in one tenant`;
    const fix = `Remove it, or use bot.type ${BotType.SingleTenant} and tenancy ${Tenancy.MultiTenant}.`;
    return [{ path, rule, whose: "Azure Bot Service", fix }];
  }
  if (tenancy === Tenancy.MultiTenant) return [];
  const rule = `must be empty unless tenancy is ${Tenancy.MultiTenant}, because others cannot consent to an application of one tenant`;
  const fix = `Remove it, or set tenancy to ${Tenancy.MultiTenant}.`;
  return [{ path, rule, whose: "Microsoft Entra ID", fix }];
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
