// How the bot proves who it is: by trust in another identity, by a secret, or not yet.

import { checkArmId } from "./arm-ids.js";
import { checkFederatedList, type FederatedWish } from "./federated-trust.js";
import { checkGuid } from "./guid.js";
import { type Issue, shown } from "./issue.js";
import { checkDisplayName } from "./names.js";
import { checkGeneration } from "./secret-generation.js";
import { checkCertificates } from "./sign-in-certificate.js";

/** A secret is never made unless it is asked for. @default CredentialKind.None */
export enum CredentialKind {
  /** The application trusts tokens of a managed identity or of an OIDC issuer; there is nothing to steal. */
  Federated = "federated",
  /** The public part of a certificate whose private key the bot alone has. Somebody has to renew it before it ends. */
  Certificate = "certificate",
  /** A client secret. It stands encrypted in the state, and somebody has to replace it before it ends. */
  Secret = "secret",
  /** The stack makes none; somebody gives the application one later. */
  None = "none",
}

/** The setting `credential`; the trusts are for kind `federated`. */
export interface CredentialWish extends FederatedWish {
  /** @default CredentialKind.None */
  readonly kind?: CredentialKind;
  /** What the secret is called in the portal, for kind `secret`. @default the application's choice */
  readonly displayName?: string;
  /** When the secret ends, as in `2027-06-30T00:00:00Z`, for kind `secret`. @default two years on, the service's choice */
  readonly endDate?: string;
  /** Raised by one for a new secret or certificate. @default 0 */
  readonly generation?: number;
  /** The public part, for kind `certificate`. */
  readonly certificate?: string;
  /** That of the generation before. @default none is kept */
  readonly previousCertificate?: string;
  /** What was written here until now, which stays beside it. @default none */
  readonly previous?: Omit<CredentialWish, "previous">;
  /** ARM id of the Key Vault that the current secret is written to, for kind `secret`. @default none */
  readonly vaultId?: string;
  /** Its name in the vault, for kind `secret` with a vault. @default "bot-client-secret" */
  readonly secretName?: string;
}

/** Issues of the setting `credential`. */
export function checkCredential(path: string, credential: CredentialWish): Issue[] {
  const { kind = CredentialKind.None, federated = [], managedIdentityPrincipalId } = credential;
  const issues = checkBelongs(path, kind, credential);
  if (kind === CredentialKind.Federated && !federated.length && !managedIdentityPrincipalId) {
    issues.push({
      path,
      rule: "must say whom to trust when its kind is federated",
      whose: "Microsoft Entra ID",
      fix: "Give managedIdentityPrincipalId, or a list federated with name, issuer and subject.",
    });
  }
  if (managedIdentityPrincipalId !== undefined) {
    const what = "the identity's principal (object) id, not its client id";
    issues.push(
      ...checkGuid(`${path}.managedIdentityPrincipalId`, managedIdentityPrincipalId, what),
    );
  }
  if (credential.displayName !== undefined) {
    issues.push(...checkDisplayName(`${path}.displayName`, credential.displayName));
  }
  if (credential.endDate !== undefined && !isInstant(credential.endDate)) {
    issues.push({
      path: `${path}.endDate`,
      rule: "must be a date and time with its zone",
      whose: "Microsoft Graph",
      got: shown(credential.endDate),
      fix: 'Write it as in "2027-06-30T00:00:00Z", in a stack file with the quotes: without them YAML makes another text of it.',
    });
  }
  if (kind === CredentialKind.Certificate) issues.push(...checkCertificates(path, credential));
  return [
    ...issues,
    ...checkPrevious(path, credential, kind),
    ...checkRotation(path, credential),
    ...checkFederatedList(`${path}.federated`, credential),
  ];
}

// Two of one kind would have the same names.
function checkPrevious(
  path: string,
  { kind: stated, previous }: CredentialWish,
  kind: CredentialKind,
): Issue[] {
  if (previous === undefined) return [];
  const at = `${path}.previous`;
  const before = previous.kind ?? None;
  const issues = checkCredential(at, previous);
  if (before === None || before === kind || stated === None) {
    issues.push({
      path: `${at}.kind`,
      rule: `must be another kind than ${path}.kind, and neither of them none`,
      whose: "this package",
      got: before,
      fix: "Write here what stood under credential until now, and the new kind there.",
    });
  }
  return issues;
}

function checkRotation(path: string, credential: CredentialWish): Issue[] {
  const { generation, vaultId, secretName } = credential;
  const issues = generation === undefined ? [] : checkGeneration(`${path}.generation`, generation);
  if (vaultId !== undefined) {
    issues.push(...checkArmId(`${path}.vaultId`, vaultId, "Microsoft.KeyVault/vaults"));
  }
  if (secretName !== undefined && !/^[0-9a-zA-Z-]{1,127}$/.test(secretName)) {
    issues.push({
      path: `${path}.secretName`,
      rule: "must be 1 to 127 letters, digits and hyphens",
      whose: "Azure Key Vault",
      got: shown(secretName),
      fix: "Respell it.",
    });
  }
  if (secretName !== undefined && vaultId === undefined) {
    issues.push({
      path: `${path}.secretName`,
      rule: `must be left out unless ${path}.vaultId is given`,
      whose: "this package",
      fix: "Give the vault, or remove it.",
    });
  }
  return issues;
}

const { Federated, Secret, Certificate, None } = CredentialKind;

const BELONGS = {
  federated: [Federated],
  managedIdentityPrincipalId: [Federated],
  displayName: [Secret],
  endDate: [Secret],
  generation: [Secret, Certificate],
  vaultId: [Secret],
  secretName: [Secret],
  certificate: [Certificate],
  previousCertificate: [Certificate],
} as const;

// A setting that has no effect is a misunderstanding, and with credentials a dangerous one.
function checkBelongs(path: string, kind: CredentialKind, credential: CredentialWish): Issue[] {
  return Object.entries(BELONGS).flatMap(([setting, owners]) => {
    const given = Reflect.get(credential, setting) !== undefined;
    if (!given || owners.some((owner) => owner === kind)) return [];
    const kinds = owners.join(" or ");
    return [
      {
        path: `${path}.${setting}`,
        rule: `must be left out unless ${path}.kind is ${kinds}`,
        whose: "this package",
        fix: `Remove it, or set ${path}.kind to ${kinds}.`,
      },
    ];
  });
}

function isInstant(text: string): boolean {
  const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,7})?(Z|[+-]\d{2}:\d{2})$/;
  return shape.test(text) && !Number.isNaN(Date.parse(text));
}
