// Trust in another identity: whose tokens an application accepts in place of a secret.
import { type Issue, shown, throwIfAny } from "./issue.js";
import { checkFederatedName } from "./names.js";

/** Tokens that the application accepts in place of a secret: those of one subject of one issuer. */
export interface FederatedTrust {
  /** Cannot be changed later. */
  readonly name: string;
  /** The issuer's https URL, as it stands in the token. */
  readonly issuer: string;
  /** The token's subject, letter for letter. */
  readonly subject: string;
  /** @default the cloud's `federatedAudience` */
  readonly audience?: string;
}

/** The trusts that are wanted. */
export interface FederatedWish {
  /** @default [] */
  readonly federated?: readonly FederatedTrust[];
  /** Object id of a user-assigned managed identity in the same tenant. @default none */
  readonly managedIdentityPrincipalId?: string;
}

const MAX_FEDERATED = 20;
const MAX_LENGTH = 600;
const ENTRA = "Microsoft Entra ID";

/** What the trust in `managedIdentityPrincipalId` is called; no other trust may have the name. */
export const MANAGED_IDENTITY_TRUST = "managed-identity";

/** All of an application's, that in a managed identity among them. */
export function checkFederatedList(
  path: string,
  { federated = [], managedIdentityPrincipalId }: FederatedWish,
): Issue[] {
  const issues: Issue[] = [];
  const count = federated.length + (managedIdentityPrincipalId === undefined ? 0 : 1);
  if (count > MAX_FEDERATED) {
    const rule = `must trust at most ${MAX_FEDERATED} subjects, a managed identity among them`;
    issues.push({ path, rule, whose: ENTRA, got: String(count), fix: "Remove some." });
  }
  const names = new Set<string>(managedIdentityPrincipalId ? [MANAGED_IDENTITY_TRUST] : []);
  const subjects = new Set<string>();
  for (const [i, trust] of federated.entries()) {
    const at = `${path}[${i}]`;
    issues.push(...checkTrust(at, trust));
    if (names.has(trust.name.toLowerCase())) {
      issues.push({
        path: `${at}.name`,
        rule: "must differ from the names of the other federated credentials",
        whose: ENTRA,
        got: shown(trust.name),
        fix: "Choose another name.",
      });
    }
    const subject = JSON.stringify([trust.issuer, trust.subject]);
    if (subjects.has(subject)) {
      issues.push({
        path: at,
        rule: "must differ from the others by issuer or subject",
        whose: ENTRA,
        fix: "Remove one of the two.",
      });
    }
    names.add(trust.name.toLowerCase());
    subjects.add(subject);
  }
  return issues;
}

/** For a trust known only during `up`: returns it unchanged, or throws a RulesError. */
export function checkedTrust(path: string): <Trust extends FederatedTrust>(trust: Trust) => Trust {
  return (trust) => {
    throwIfAny(checkTrust(path, trust));
    return trust;
  };
}

function checkTrust(path: string, trust: FederatedTrust): Issue[] {
  const issues = checkFederatedName(`${path}.name`, trust.name);
  if (!/^https:\/\/[^\s*/]+[^\s*]*$/.test(trust.issuer) || trust.issuer.length > MAX_LENGTH) {
    issues.push({
      path: `${path}.issuer`,
      rule: `must be an https URL of at most ${MAX_LENGTH} characters without wildcards`,
      whose: ENTRA,
      got: shown(trust.issuer),
      fix: "Copy it from the iss claim of the token.",
    });
  }
  for (const part of ["subject", "audience"] as const) {
    const text = trust[part];
    if (text === undefined || (text !== "" && text.length <= MAX_LENGTH && !text.includes("*"))) {
      continue;
    }
    issues.push({
      path: `${path}.${part}`,
      rule: `must be 1 to ${MAX_LENGTH} characters without wildcards`,
      whose: ENTRA,
      got: shown(text),
      fix: `Copy it letter for letter from the ${part === "subject" ? "sub" : "aud"} claim of the token.`,
    });
  }
  return issues;
}
