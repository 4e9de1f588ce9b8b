// Whether the identity that deploys may do what the stack asks of Entra, told from its own token before anything is created.
import type { Issue } from "./issue.js";

/** A Graph app role of a deploying identity. Never one of the bot. */
export interface DeployerRole {
  readonly value: string;
  /** App role id in the public cloud. */
  readonly id: string;
}

/** The app roles that deploying identities use. Source: microsoft-graph-devx-content, permissions-descriptions.json. */
export const DEPLOYER_ROLES = {
  ownApplications: {
    value: "Application.ReadWrite.OwnedBy",
    id: "18a4783c-866b-4cc7-a460-3d5e5662c884",
  },
  allApplications: {
    value: "Application.ReadWrite.All",
    id: "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9",
  },
  grantAppRoles: {
    value: "AppRoleAssignment.ReadWrite.All",
    id: "06b708a9-e830-4db3-a914-8e69da51d44f",
  },
  publishApps: {
    value: "AppCatalog.ReadWrite.All",
    id: "dc149144-f292-421e-b185-5953f2e98d7f",
  },
} as const satisfies Record<string, DeployerRole>;

/** Template ids of the directory roles that matter here ("Microsoft Entra built-in roles"); a token has them in `wids`. */
export const DIRECTORY_ROLES = {
  globalAdministrator: "62e90394-69f5-4237-9190-012177145e10",
  privilegedRoleAdministrator: "e8611ab8-c189-46e8-94e1-60213ab1f814",
  applicationAdministrator: "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
  cloudApplicationAdministrator: "158c047a-c907-4556-b7ef-446551a6b5f7",
} as const;

/** What a stack does in the directory. */
export interface DirectoryWork {
  /** It makes an Entra application and service principal (not so for a bot of type UserAssignedMSI). */
  readonly createsApplication: boolean;
  /** It assigns app roles itself (consent mode `grant`). */
  readonly grantsConsent: boolean;
}

/** One right that the work needs, and everything that gives it. */
export interface DeployerNeed {
  /** The setting that asks for it. */
  readonly path: string;
  /** Continues "The deploying identity must ...". */
  readonly work: string;
  /** Graph app roles of which one is enough; the first is the one to ask for. */
  readonly appRoles: readonly [string, ...string[]];
  /** Directory roles (template ids) of which one is enough. */
  readonly directoryRoles: readonly string[];
}

/** The rights that the work needs. */
export function neededDeployerRoles(work: DirectoryWork): DeployerNeed[] {
  const role = DIRECTORY_ROLES;
  const needs: DeployerNeed[] = [];
  if (work.createsApplication) {
    needs.push({
      path: "bot.type",
      work: "manage an Entra application",
      appRoles: [DEPLOYER_ROLES.ownApplications.value, DEPLOYER_ROLES.allApplications.value],
      directoryRoles: [
        role.globalAdministrator,
        role.applicationAdministrator,
        role.cloudApplicationAdministrator,
      ],
    });
  }
  if (work.grantsConsent) {
    needs.push({
      path: "consent.mode",
      work: "grant Microsoft Graph app roles",
      appRoles: [DEPLOYER_ROLES.grantAppRoles.value],
      directoryRoles: [role.globalAdministrator, role.privilegedRoleAdministrator],
    });
  }
  return needs;
}

/** The claims of the deployer's Microsoft Graph token that tell its rights. */
export interface DeployerClaims {
  /** App roles of an application. */
  readonly roles?: readonly string[];
  /** Directory roles, by template id. */
  readonly wids?: readonly string[];
  /** Delegated scopes: present when a person deploys. */
  readonly scp?: string;
  /** `app` for an application's token, `user` for a person's. */
  readonly idtyp?: string;
  /** Object id of the deployer. */
  readonly oid?: string;
}

/**
 * An issue for each need that the token of an application does not meet. A person's token, or one that does not say, gives
 * none: custom directory roles do not show in a token, so a refusal could be wrong; the directory has the last word.
 */
export function checkDeployerRights(
  claims: DeployerClaims,
  needs: readonly DeployerNeed[],
): Issue[] {
  if (!isApplication(claims)) return [];
  const roles = claims.roles ?? [];
  const wids = (claims.wids ?? []).map((id) => id.toLowerCase());
  return needs
    .filter((need) => !need.appRoles.some((role) => roles.includes(role)))
    .filter((need) => !need.directoryRoles.some((id) => wids.includes(id)))
    .map((need) => ({
      path: need.path,
      rule: `needs a deploying identity that may ${need.work}${cannotGrant(need, wids)}`,
      whose: "Microsoft Entra ID",
      fix: `Give it the Microsoft Graph app role ${need.appRoles.join(" or ")}${alternative(need)}.`,
    }));
}

function isApplication({ scp, idtyp, roles }: DeployerClaims): boolean {
  return scp === undefined && idtyp !== "user" && (idtyp === "app" || roles !== undefined);
}

/**
 * An issue when the owners that a stack names leave out a deployer that may change only what it owns: the provider takes the
 * application away from it as soon as it is made, and the service principal is refused.
 */
export function checkKeepsOwnership(
  path: string,
  owners: readonly string[],
  claims: DeployerClaims,
): Issue[] {
  const { oid, roles = [], wids = [] } = claims;
  const owns = roles.includes(DEPLOYER_ROLES.ownApplications.value);
  const may = roles.includes(DEPLOYER_ROLES.allApplications.value) || wids.length > 0;
  const named = owners.some((owner) => owner.toLowerCase() === oid?.toLowerCase());
  if (oid === undefined || !isApplication(claims) || !owns || may || named) return [];
  return [
    {
      path,
      rule: `must include the deploying identity ${oid}, which may change only the applications that it owns`,
      whose: "Microsoft Entra ID",
      fix: `Add it, or give it the Microsoft Graph app role ${DEPLOYER_ROLES.allApplications.value}.`,
    },
  ];
}

function cannotGrant(need: DeployerNeed, wids: readonly string[]): string {
  if (need.path !== "consent.mode") return "";
  const held = [
    wids.includes(DIRECTORY_ROLES.applicationAdministrator) && "Application Administrator",
    wids.includes(DIRECTORY_ROLES.cloudApplicationAdministrator) &&
      "Cloud Application Administrator",
  ].filter((name) => name !== false);
  return held.length === 0 ? "" : `, and ${held.join(" or ")} may not`;
}

function alternative(need: DeployerNeed): string {
  return need.path === "consent.mode"
    ? ", or set consent.mode to url and let a Privileged Role Administrator open the link"
    : "";
}
