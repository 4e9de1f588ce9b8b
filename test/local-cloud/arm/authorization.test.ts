// Roles: who may do what, from when on, and what an assignment must say.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isGranted } from "../../../local-cloud/arm/authorization/granted.js";
import { DEPLOYER, SUBSCRIPTION_ID, TENANT_ID } from "../../../local-cloud/well-known.js";
import {
  type ArmUnderTest,
  GROUP,
  IDENTITIES,
  SUBSCRIPTION,
  startArm,
  withGroup,
} from "./arm-under-test.js";

const IDENTITY = `${IDENTITIES}/uami-calls`;
const ASSIGNMENTS = "/providers/Microsoft.Authorization/roleAssignments";
const DEFINITIONS = "/providers/Microsoft.Authorization/roleDefinitions";
const [ONE, TWO] = ["11111111-0000-4000-8000-000000000001", "11111111-0000-4000-8000-000000000002"];
const NOBODY = "bbbbbbbb-0000-4000-8000-000000000001";
const READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
const CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c";
const SECRETS_USER = "4633458b-17de-408a-b874-0445c86b69e6";
const roleId = (guid: string) => `${SUBSCRIPTION}${DEFINITIONS}/${guid}`;

let arm: ArmUnderTest;
let principalId: string;

beforeEach(async () => {
  arm = await startArm();
  await withGroup(arm);
  principalId = (await arm.put(IDENTITY, { location: "westeurope" })).body.properties.principalId;
});
afterEach(() => arm.stop());

const assign = (scope: string, name: string, properties: Record<string, unknown> = {}) =>
  arm.put(`${scope}${ASSIGNMENTS}/${name}`, {
    properties: {
      principalId,
      principalType: "ServicePrincipal",
      roleDefinitionId: roleId(READER),
      ...properties,
    },
  });
const named = async (path: string) =>
  (await arm.get(path)).body.value.map(({ name }: { name: string }) => name).sort();

describe("a role assignment", () => {
  it("is made on a subscription, a group and a resource, read back and deleted", async () => {
    const properties = {
      roleDefinitionId: roleId(READER),
      principalId,
      principalType: "ServicePrincipal",
      scope: IDENTITY,
      description: null,
      condition: null,
      conditionVersion: null,
      delegatedManagedIdentityResourceId: null,
      createdOn: "2026-11-23T10:00:00.000Z",
      updatedOn: "2026-11-23T10:00:00.000Z",
      createdBy: DEPLOYER.servicePrincipalId,
      updatedBy: DEPLOYER.servicePrincipalId,
    };
    const made = await assign(IDENTITY.toUpperCase(), ONE);
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: `${IDENTITY}${ASSIGNMENTS}/${ONE}`,
      name: ONE,
      type: "Microsoft.Authorization/roleAssignments",
      properties,
    });
    expect((await arm.get(`${IDENTITY}${ASSIGNMENTS}/${ONE}`)).body).toEqual(made.body);
    expect((await assign(IDENTITY, ONE)).status).toBe(200);
    const gone = await arm.delete(`${IDENTITY}${ASSIGNMENTS}/${ONE}`);
    expect([gone.status, gone.body.name]).toEqual([200, ONE]);
    expect((await arm.delete(`${IDENTITY}${ASSIGNMENTS}/${ONE}`)).status).toBe(204);
    const answer = await arm.get(`${IDENTITY}${ASSIGNMENTS}/${ONE}`);
    expect([answer.status, answer.body.error.code]).toEqual([404, "RoleAssignmentNotFound"]);
    expect((await assign(SUBSCRIPTION, ONE)).status).toBe(201);
    expect((await assign(GROUP, TWO)).status).toBe(201);
  });

  it("is listed at its scope, above it and below it", async () => {
    await assign(GROUP, ONE);
    await assign(IDENTITY, TWO, { roleDefinitionId: roleId(CONTRIBUTOR) });
    expect(await named(`${SUBSCRIPTION}${ASSIGNMENTS}`)).toEqual([ONE, TWO]);
    expect(await named(`${IDENTITY}${ASSIGNMENTS}`)).toEqual([ONE, TWO]);
    const asked = (filter: string) =>
      named(`${GROUP}${ASSIGNMENTS}?$filter=${encodeURIComponent(filter)}`);
    expect(await asked("atScope()")).toEqual([ONE]);
    expect(await asked(`principalId eq '${principalId}'`)).toEqual([ONE, TWO]);
    expect(await asked(`atScope() and assignedTo('${principalId}')`)).toEqual([ONE]);
    expect(await asked(`assignedTo('${NOBODY}')`)).toEqual([]);
    const strange = await arm.get(`${GROUP}${ASSIGNMENTS}?$filter=foo`);
    expect(strange.status).toBe(501);
  });

  it("goes with what it hangs on, and stays when its principal goes", async () => {
    await assign(IDENTITY, ONE);
    await assign(GROUP, TWO);
    await arm.delete(IDENTITY);
    expect(await named(`${GROUP}${ASSIGNMENTS}`)).toEqual([TWO]);
    await arm.put(IDENTITY, { location: "westeurope" });
    expect(await named(`${IDENTITY}${ASSIGNMENTS}?$filter=atScope()`)).toEqual([TWO]);
    const deletion = await arm.delete(GROUP);
    await arm.get(deletion.headers.get("location") ?? "");
    await withGroup(arm);
    expect(await named(`${SUBSCRIPTION}${ASSIGNMENTS}`)).toEqual([]);
  });

  it.each([
    ["a name that is no GUID", "reader", {}, 400, "InvalidRoleAssignmentId"],
    ["no principal", ONE, { principalId: "" }, 400, "InvalidPrincipalId"],
    ["a principal by its app id's name", ONE, { principalId: "bot" }, 400, "InvalidPrincipalId"],
    ["no role", ONE, { roleDefinitionId: null }, 400, "InvalidRoleDefinitionId"],
    ["a role by its name", ONE, { roleDefinitionId: "Reader" }, 400, "InvalidRoleDefinitionId"],
    [
      "a role that is not there",
      ONE,
      { roleDefinitionId: roleId(NOBODY) },
      400,
      "RoleDefinitionDoesNotExist",
    ],
    ["an unknown kind of principal", ONE, { principalType: "Robot" }, 400, "InvalidPrincipalType"],
    ["the wrong kind of principal", ONE, { principalType: "User" }, 400, "UnmatchedPrincipalType"],
    ["a condition", ONE, { condition: "@Resource[x]" }, 501, "NotImplemented"],
  ])("is refused with %s", async (_what, name, change, status, code) => {
    const answer = await assign(GROUP, name, change);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  it("needs a scope that is there", async () => {
    const elsewhere = await assign(`${GROUP}-2`, ONE);
    expect(elsewhere.body.error.code).toBe("ResourceGroupNotFound");
    const resource = await assign(`${IDENTITIES}/uami-missing`, ONE);
    expect([resource.status, resource.body.error]).toEqual([
      404,
      {
        code: "ResourceNotFound",
        message:
          "The Resource 'Microsoft.ManagedIdentity/userAssignedIdentities/uami-missing' under resource group 'rg-bots' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix",
      },
    ]);
    const above = await assign("/providers/Microsoft.Management/managementGroups/root", ONE);
    expect(above.status).toBe(501);
  });

  it("asks the directory for its principal, unless it says what that is", async () => {
    const unknown = await assign(GROUP, ONE, { principalId: NOBODY, principalType: null });
    expect([unknown.status, unknown.body.error]).toEqual([
      400,
      {
        code: "PrincipalNotFound",
        message: `Principal ${NOBODY.replaceAll("-", "")} does not exist in the directory ${TENANT_ID}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype`,
      },
    ]);
    const told = await assign(GROUP, ONE, { principalId: NOBODY });
    expect([told.status, told.body.properties.principalType]).toEqual([201, "ServicePrincipal"]);
    const found = await assign(GROUP, TWO, { principalType: null });
    expect([found.status, found.body.properties.principalType]).toEqual([201, "ServicePrincipal"]);
  });

  it("does not find a principal that was made a moment ago", async () => {
    arm.context.replication.replicateLate(1);
    principalId = (await arm.put(`${IDENTITIES}/uami-new`, { location: "westeurope" })).body
      .properties.principalId;
    const early = await assign(GROUP, ONE, { principalType: null });
    expect(early.body.error.code).toBe("PrincipalNotFound");
    expect((await assign(GROUP, ONE, { principalType: null })).status).toBe(201);
  });

  it("exists once for principal, role and scope", async () => {
    await assign(GROUP, ONE);
    const twin = await assign(GROUP, TWO);
    expect([twin.status, twin.body.error]).toEqual([
      409,
      {
        code: "RoleAssignmentExists",
        message: `The role assignment already exists. The ID of the existing role assignment is ${ONE.replaceAll("-", "")}.`,
      },
    ]);
    expect((await assign(IDENTITY, TWO)).status).toBe(201);
  });

  it.each([
    ["another role", () => assign(GROUP, ONE, { roleDefinitionId: roleId(CONTRIBUTOR) })],
    ["another principal", () => assign(GROUP, ONE, { principalId: NOBODY })],
    ["another scope", () => assign(SUBSCRIPTION, ONE)],
  ])("cannot be given %s", async (_what, change) => {
    await assign(GROUP, ONE);
    const answer = await change();
    expect([answer.status, answer.body.error]).toEqual([
      400,
      {
        code: "RoleAssignmentUpdateNotPermitted",
        message:
          "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
      },
    ]);
  });
});

describe("what a role assignment allows", () => {
  const calling = async () => ({ token: await arm.token({ oid: principalId }) });

  it("is done by whom it is for, there and below", async () => {
    expect((await arm.get(GROUP, { token: await arm.token({ oid: principalId }) })).status).toBe(
      403,
    );
    await assign(GROUP, ONE);
    const token = await arm.token({ oid: principalId });
    expect((await arm.get(GROUP, { token })).status).toBe(200);
    expect((await arm.get(IDENTITY, { token })).status).toBe(200);
    expect((await arm.get(SUBSCRIPTION, { token })).status).toBe(403);
    expect((await arm.put(IDENTITY, { location: "westeurope" }, { token })).status).toBe(403);
    expect((await arm.get("/subscriptions", { token })).body.value).toHaveLength(1);
  });

  it("does not include giving roles to others, unless the role says so", async () => {
    await assign(GROUP, ONE, { roleDefinitionId: roleId(CONTRIBUTOR) });
    const body = {
      properties: {
        principalId: DEPLOYER.servicePrincipalId,
        principalType: "ServicePrincipal",
        roleDefinitionId: roleId(READER),
      },
    };
    const refused = await arm.put(`${IDENTITY}${ASSIGNMENTS}/${TWO}`, body, await calling());
    expect([refused.status, refused.body.error.code]).toEqual([403, "AuthorizationFailed"]);
    expect(refused.body.error.message).toContain("Microsoft.Authorization/roleAssignments/write");
    await assign(IDENTITY, TWO, {
      roleDefinitionId: roleId("f58310d9-a9f6-439a-9e8d-f62e7b41a168"),
    });
    const third = "11111111-0000-4000-8000-000000000003";
    const made = await arm.put(`${IDENTITY}${ASSIGNMENTS}/${third}`, body, await calling());
    expect(made.status).toBe(201);
  });

  it("counts only once it has spread", async () => {
    const wanted = { dataAction: "Microsoft.KeyVault/vaults/secrets/getSecret/action" };
    const secret = `${GROUP}/providers/Microsoft.KeyVault/vaults/kv/secrets/cert`;
    const granted = () => isGranted(arm.context, principalId, wanted, secret);
    arm.context.replication.spreadRolesAfter(60);
    await assign(GROUP, ONE, { roleDefinitionId: roleId(SECRETS_USER) });
    expect(granted()).toBe(false);
    arm.clock.now = new Date("2026-11-23T10:00:59Z");
    expect(granted()).toBe(false);
    arm.clock.now = new Date("2026-11-23T10:01:00Z");
    expect(granted()).toBe(true);
    const other = { dataAction: "Microsoft.KeyVault/vaults/secrets/setSecret/action" };
    expect(isGranted(arm.context, principalId, other, secret)).toBe(false);
    expect(isGranted(arm.context, NOBODY, wanted, secret)).toBe(false);
    const action = { action: "Microsoft.KeyVault/vaults/secrets/getSecret/action" };
    expect(isGranted(arm.context, principalId, action, secret)).toBe(false);
    await arm.delete(`${GROUP}${ASSIGNMENTS}/${ONE}`);
    expect(granted()).toBe(false);
  });
});

describe("role definitions", () => {
  it("have the ids that they have everywhere", async () => {
    const at = async (scope: string, filter: string) =>
      (await arm.get(`${scope}${DEFINITIONS}?$filter=${encodeURIComponent(filter)}`)).body.value;
    const [found] = await at(GROUP, "roleName eq 'Key Vault Secrets User'");
    expect(found).toMatchObject({
      id: roleId(SECRETS_USER),
      name: SECRETS_USER,
      type: "Microsoft.Authorization/roleDefinitions",
      properties: {
        roleName: "Key Vault Secrets User",
        type: "BuiltInRole",
        assignableScopes: ["/"],
        permissions: [
          {
            actions: [],
            notActions: [],
            dataActions: [
              "Microsoft.KeyVault/vaults/secrets/getSecret/action",
              "Microsoft.KeyVault/vaults/secrets/readMetadata/action",
            ],
            notDataActions: [],
          },
        ],
      },
    });
    expect((await arm.get(`${DEFINITIONS}/${SECRETS_USER}`)).body.id).toBe(
      `${DEFINITIONS}/${SECRETS_USER}`,
    );
    expect(await at(SUBSCRIPTION, "roleName eq 'Nobody''s'")).toEqual([]);
    const missing = await arm.get(`${SUBSCRIPTION}${DEFINITIONS}/${NOBODY}`);
    expect([missing.status, missing.body.error.code]).toEqual([404, "RoleDefinitionDoesNotExist"]);
  });

  const custom = (properties: Record<string, unknown> = {}) => ({
    properties: {
      roleName: "Instance protector",
      description: "Protects instances with calls from scaling in.",
      assignableScopes: [GROUP],
      permissions: [
        {
          actions: [
            "Microsoft.Compute/virtualMachineScaleSets/read",
            "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/*",
          ],
          notActions: ["Microsoft.Compute/virtualMachineScaleSets/virtualMachines/delete"],
        },
      ],
      ...properties,
    },
  });
  const role = `${GROUP}${DEFINITIONS}/${ONE}`;

  it("of one's own are made, assigned where they may be, and kept while they are assigned", async () => {
    const made = await arm.put(role, custom());
    expect(made.status).toBe(201);
    expect(made.body.id).toBe(roleId(ONE));
    expect(made.body.properties).toMatchObject({
      type: "CustomRole",
      createdBy: DEPLOYER.servicePrincipalId,
    });
    expect(await named(`${SUBSCRIPTION}${DEFINITIONS}?$filter=type eq 'CustomRole'`)).toEqual([]);
    expect(await named(`${IDENTITY}${DEFINITIONS}?$filter=type eq 'CustomRole'`)).toEqual([ONE]);
    const wide = await assign(SUBSCRIPTION, TWO, { roleDefinitionId: roleId(ONE) });
    expect(wide.body.error.code).toBe("RoleDefinitionDoesNotExist");
    expect((await assign(IDENTITY, TWO, { roleDefinitionId: roleId(ONE) })).status).toBe(201);
    const may = (action: string) => isGranted(arm.context, principalId, { action }, IDENTITY);
    const machines = "Microsoft.Compute/virtualMachineScaleSets/virtualMachines";
    expect([may(`${machines}/write`), may(`${machines}/delete`)]).toEqual([true, false]);
    const kept = await arm.delete(role);
    expect([kept.status, kept.body.error.code]).toEqual([400, "RoleDefinitionHasAssignments"]);
    await arm.delete(`${IDENTITY}${ASSIGNMENTS}/${TWO}`);
    expect((await arm.delete(role)).status).toBe(200);
    expect((await arm.delete(role)).status).toBe(204);
  });

  it.each([
    ["a name that is no GUID", `${GROUP}${DEFINITIONS}/mine`, {}, 400, "InvalidRoleDefinitionId"],
    [
      "the id of a built-in role",
      `${GROUP}${DEFINITIONS}/${READER}`,
      {},
      403,
      "AuthorizationFailed",
    ],
    ["no name", role, { roleName: "" }, 400, "InvalidRoleDefinitionName"],
    ["a name that is taken", role, { roleName: "reader" }, 409, "RoleDefinitionWithSameNameExists"],
    ["no scope", role, { assignableScopes: [] }, 400, "InvalidAssignableScopes"],
    ["all scopes", role, { assignableScopes: ["/"] }, 400, "InvalidAssignableScopes"],
    [
      "a scope that is not there",
      role,
      { assignableScopes: [`${GROUP}-2`] },
      404,
      "ResourceGroupNotFound",
    ],
    [
      "a scope that it is not written at",
      role,
      { assignableScopes: [IDENTITY] },
      400,
      "InvalidAssignableScopes",
    ],
    ["no permissions", role, { permissions: [] }, 400, "InvalidRoleDefinition"],
    [
      "a typing error in an action",
      role,
      { permissions: [{ actions: ["Microsoft.Computer/x/read"] }] },
      400,
      "InvalidActionOrNotAction",
    ],
    [
      "a data action without a verb",
      role,
      { permissions: [{ dataActions: ["Microsoft.KeyVault/vaults"] }] },
      400,
      "InvalidActionOrNotAction",
    ],
  ])("of one's own are refused with %s", async (_what, path, change, status, code) => {
    const answer = await arm.put(path, custom(change));
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });
});

it("the namespace says which types it has", async () => {
  const { body } = await arm.get(
    `/subscriptions/${SUBSCRIPTION_ID}/providers/Microsoft.Authorization`,
  );
  const types = body.resourceTypes.map(
    ({ resourceType }: { resourceType: string }) => resourceType,
  );
  expect(types).toEqual(["roleAssignments", "roleDefinitions"]);
});
