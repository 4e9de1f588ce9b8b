// The credential of the bot's Entra application: federated ones, a certificate, a client secret, or none.
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { CredentialKind } from "../rules/credential.js";
import { checkedTrust, MANAGED_IDENTITY_TRUST } from "../rules/federated-trust.js";
import { createCertificates } from "./client-certificates.js";
import { createSecrets } from "./client-secrets.js";
import { RENEWABLE } from "./lifetime.js";
import { refusing } from "./refusal.js";

/** An outside identity that may sign in as the bot, such as a workload of another platform. */
export interface FederatedCredentialArgs {
  /** 3 to 120 characters of `A-Z a-z 0-9 - _`. It names the credential for good: changing it replaces the credential. */
  name: string;
  /**
   * What it was called before. It is deleted first then, because Entra takes no second one of the same issuer and subject: for
   * a moment nobody signs in by it. @default it was never called otherwise
   */
  formerName?: string;
  /** `iss` of the outside tokens, https. */
  issuer: pulumi.Input<string>;
  /** `sub` of the outside tokens, case-sensitive. */
  subject: pulumi.Input<string>;
  /** `aud` of the outside tokens. @default the token exchange audience of the stack's cloud */
  audience?: pulumi.Input<string>;
}

/** A credential by itself. */
export interface OneCredentialArgs {
  /** A secret is made only when `secret` is written here. @default CredentialKind.None */
  kind?: CredentialKind;
  /** For `federated`: who may sign in as the bot. At most 20. @default [] */
  federated?: FederatedCredentialArgs[];
  /**
   * For `federated`: principal (object) id of a user-assigned managed identity of the same tenant that may sign in as the
   * bot. @default none
   */
  managedIdentityPrincipalId?: pulumi.Input<string>;
  /** For `secret`: what the portal calls it. @default "teams-calling-bot" */
  displayName?: pulumi.Input<string>;
  /**
   * For `secret`: when it ends, as in `2027-06-30T00:00:00Z`. Change it together with `generation`: by itself it replaces the
   * secret that the bot is using. @default two years from its creation
   */
  endDate?: pulumi.Input<string>;
  /**
   * For `certificate`: its public part, as PEM or as base64. It changes only together with `generation`. The private key stays
   * where the bot runs.
   */
  certificate?: string;
  /** For `certificate`, from generation 1 on: the one of the generation before, which stays good. @default none is kept */
  previousCertificate?: string;
  /**
   * For `secret` and `certificate`: raise it by one for a new one. The one before stays good until the next time, so that the bot can take
   * the new one at its leisure. @default 0
   */
  generation?: number;
  /**
   * For `secret`: ARM id of a Key Vault that exists, where the current secret is written. Whoever deploys needs the
   * right to write secrets there. @default none: the secret is an output alone
   */
  vaultId?: string;
  /** For `secret` with a vault: what it is called there. @default "bot-client-secret" */
  secretName?: string;
}

/** How the bot proves that it is the application. */
export interface BotCredentialArgs extends OneCredentialArgs {
  /**
   * What was written here until now: it stays beside the new kind, until it is removed because the bot signs in with that. A
   * credential that was made as a new one here would not be the bot's.
   * @default the credential of before goes with the update
   */
  previous?: OneCredentialArgs;
}

/** What credentials hang on. */
export interface CredentialTarget {
  readonly name: string;
  readonly parent: pulumi.Resource;
  /** Further options of a credential. */
  readonly options: pulumi.CustomResourceOptions;
  /** `/applications/{objectId}` */
  readonly applicationId: pulumi.Output<string>;
  readonly applicationObjectId: pulumi.Output<string>;
  readonly tenantId: pulumi.Output<string>;
  /** Sign-in origin of the cloud, the issuer of managed identities. */
  readonly login: string;
  /** Audience of tokens that are exchanged in this cloud. */
  readonly federatedAudience: string;
}

/** Whose tokens the application takes, as a stack output shows it. Nothing of it is secret. */
export interface FederatedOutput {
  name: string;
  issuer: string;
  subject: string;
  audience: string;
}

/** What was made, with what stays of before. */
export interface MadeCredential {
  /** As a secret. */
  readonly clientSecret?: pulumi.Output<string>;
  readonly federated?: pulumi.Output<FederatedOutput[]>;
}

export function createCredential(
  args: BotCredentialArgs,
  target: CredentialTarget,
): MadeCredential {
  const before = args.previous === undefined ? {} : createOne(args.previous, target);
  return { ...before, ...createOne(args, target) };
}

function createOne(args: OneCredentialArgs, target: CredentialTarget): MadeCredential {
  switch (args.kind) {
    case CredentialKind.Federated:
      return { federated: pulumi.all(createFederated(args, target)) };
    case CredentialKind.Certificate:
      createCertificates(args, target);
      return {};
    case CredentialKind.Secret:
      return { clientSecret: createSecrets(args, target) };
    default:
      return {};
  }
}

function createFederated(
  args: BotCredentialArgs,
  target: CredentialTarget,
): pulumi.Output<FederatedOutput>[] {
  const { name, parent, options, applicationId, federatedAudience } = target;
  return trusts(args, target).map(({ formerName, ...wanted }, index) => {
    const trust = pulumi
      .output({ audience: federatedAudience, ...wanted })
      .apply(refusing(parent, checkedTrust(`credential.federated[${index}]`)));
    new azuread.ApplicationFederatedIdentityCredential(
      `${name}-federated-${wanted.name}`,
      {
        applicationId,
        displayName: wanted.name,
        issuer: trust.issuer,
        subject: trust.subject,
        audiences: [trust.audience],
      },
      { ...RENEWABLE, ...options, ...renamed(name, formerName), parent },
    );
    return trust;
  });
}

function renamed(name: string, formerName: string | undefined): pulumi.CustomResourceOptions {
  if (formerName === undefined) return {};
  return { aliases: [{ name: `${name}-federated-${formerName}` }], deleteBeforeReplace: true };
}

function trusts(args: BotCredentialArgs, target: CredentialTarget): FederatedCredentialArgs[] {
  const { federated = [], managedIdentityPrincipalId } = args;
  if (managedIdentityPrincipalId === undefined) return federated;
  const managedIdentity = {
    name: MANAGED_IDENTITY_TRUST,
    issuer: pulumi.interpolate`${target.login}/${target.tenantId}/v2.0`,
    subject: managedIdentityPrincipalId,
  };
  return [...federated, managedIdentity];
}
