import { describe, expect, it } from "vitest";
import {
  checkDeployerRights,
  checkKeepsOwnership,
  DEPLOYER_ROLES,
  type DeployerClaims,
  DIRECTORY_ROLES,
  neededDeployerRoles,
} from "../../rules/deployer-rights.js";
import { isGuid } from "../../rules/guid.js";
import { formatIssue } from "../../rules/issue.js";
import { PERMISSIONS } from "../../rules/permissions.js";

const both = neededDeployerRoles({ createsApplication: true, grantsConsent: true });
const missing = (claims: DeployerClaims) =>
  checkDeployerRights(claims, both).map(({ path }) => path);

describe("the rights of the deploying identity", () => {
  it("are asked for by what the stack does", () => {
    expect(neededDeployerRoles({ createsApplication: false, grantsConsent: false })).toEqual([]);
    expect(both.map(({ appRoles }) => appRoles)).toEqual([
      ["Application.ReadWrite.OwnedBy", "Application.ReadWrite.All"],
      ["AppRoleAssignment.ReadWrite.All"],
    ]);
  });

  it("are missing from an application's token without the roles (CI cannot grant: azure-cli#15967)", () => {
    expect(checkDeployerRights({ idtyp: "app" }, both).map(formatIssue)).toEqual([
      "bot.type needs a deploying identity that may manage an Entra application (Microsoft Entra ID). Give it the Microsoft Graph app role Application.ReadWrite.OwnedBy or Application.ReadWrite.All.",
      "consent.mode needs a deploying identity that may grant Microsoft Graph app roles (Microsoft Entra ID). Give it the Microsoft Graph app role AppRoleAssignment.ReadWrite.All, or set consent.mode to url and let a Privileged Role Administrator open the link.",
    ]);
    expect(missing({ roles: [] })).toEqual(["bot.type", "consent.mode"]);
  });

  it("are given by app roles", () => {
    expect(missing({ roles: ["Application.ReadWrite.OwnedBy"] })).toEqual(["consent.mode"]);
    expect(
      missing({ roles: ["Application.ReadWrite.All", "AppRoleAssignment.ReadWrite.All"] }),
    ).toEqual([]);
  });

  it("are given by directory roles, each for its own work", () => {
    const wids = (...ids: string[]): DeployerClaims => ({ idtyp: "app", wids: ids });
    expect(missing(wids(DIRECTORY_ROLES.globalAdministrator.toUpperCase()))).toEqual([]);
    expect(missing(wids(DIRECTORY_ROLES.privilegedRoleAdministrator))).toEqual(["bot.type"]);
    expect(missing(wids(DIRECTORY_ROLES.applicationAdministrator))).toEqual(["consent.mode"]);
  });

  it("do not come from Cloud Application Administrator for a grant, and the sentence says so", () => {
    const claims = { idtyp: "app", wids: [DIRECTORY_ROLES.cloudApplicationAdministrator] };
    expect(checkDeployerRights(claims, both).map(({ rule }) => rule)).toEqual([
      "needs a deploying identity that may grant Microsoft Graph app roles, and Cloud Application Administrator may not",
    ]);
  });

  it("are left to the directory when a person deploys or the token does not tell", () => {
    expect(missing({})).toEqual([]);
    expect(missing({ scp: "User.Read", wids: [] })).toEqual([]);
    expect(missing({ scp: "User.Read", roles: [] })).toEqual([]);
    expect(missing({ idtyp: "user", roles: [] })).toEqual([]);
  });

  it("rest on owning for Application.ReadWrite.OwnedBy, so the owners must include the deployer", () => {
    const oid = "11111111-1111-4111-8111-000000000001";
    const other = "11111111-1111-4111-8111-000000000002";
    const roles = ["Application.ReadWrite.OwnedBy"];
    expect(checkKeepsOwnership("owners", [other], { oid, roles }).map(formatIssue)).toEqual([
      `owners must include the deploying identity ${oid}, which may change only the applications that it owns (Microsoft Entra ID). Add it, or give it the Microsoft Graph app role Application.ReadWrite.All.`,
    ]);
    const keeps = (owners: string[], claims: DeployerClaims) =>
      expect(checkKeepsOwnership("owners", owners, claims)).toEqual([]);
    keeps([other, oid.toUpperCase()], { oid, roles });
    keeps([other], { oid, roles: [...roles, "Application.ReadWrite.All"] });
    keeps([other], { oid, roles, wids: [DIRECTORY_ROLES.applicationAdministrator] });
    keeps([other], { oid, scp: "Application.ReadWrite.All" });
    keeps([other], {});
  });

  it("have well-formed ids that no permission of a bot shares", () => {
    const ids: string[] = [
      ...Object.values(DEPLOYER_ROLES).map(({ id }) => id),
      ...Object.values(DIRECTORY_ROLES),
    ];
    expect(ids.filter((id) => !isGuid(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(PERMISSIONS.filter(({ id }) => ids.includes(id))).toEqual([]);
  });
});
