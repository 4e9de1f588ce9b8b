import { describe, expect, it } from "vitest";
import { HostKind, HostSlot, Tenancy } from "../../rules/bot-choices.js";
import { formatIssue } from "../../rules/issue.js";
import {
  type AllowedReplacement,
  type BotInUse,
  type BotWanted,
  checkReplacement,
} from "../../rules/replacement.js";

const TENANT = "11111111-1111-4111-8111-000000000001";
const APP = "11111111-1111-4111-8111-000000000002";
const OBJECT = "11111111-1111-4111-8111-000000000003";
const BOT = `/subscriptions/${TENANT}/resourceGroups/bots/providers/Microsoft.BotService/botServices/contoso`;

const site = { kind: HostKind.AppService, slot: HostSlot.First };
const container = { kind: HostKind.ContainerApp, slot: HostSlot.Second };
const elsewhere = { kind: HostKind.Existing, slot: HostSlot.First };

const before: BotInUse = {
  tenantId: TENANT,
  appId: APP,
  applicationObjectId: OBJECT,
  botResourceId: BOT,
  tenancy: Tenancy.MultiTenant,
  host: site,
  location: "westeurope",
};
const wanted: BotWanted = {
  tenantId: TENANT.toUpperCase(),
  resourceGroup: "Bots",
  botName: "contoso",
  usesManagedIdentity: false,
  tenancy: Tenancy.MultiTenant,
  host: site,
  location: "West Europe",
};

function refused(
  change: Partial<BotWanted>,
  allowed: AllowedReplacement = {},
  was: Partial<BotInUse> = {},
): string[] {
  return checkReplacement({ ...before, ...was }, { ...wanted, ...change }, allowed).map(
    formatIssue,
  );
}

describe("a bot that is in use", () => {
  it("is left alone by a stack that wants the same, in any spelling", () => {
    expect(refused({})).toEqual([]);
    expect(refused({ location: undefined })).toEqual([]);
  });

  it("is not moved to another tenant, whatever is allowed", () => {
    const elsewhere = { tenantId: OBJECT };
    expect(refused(elsewhere, { bot: BOT, appId: APP })).toEqual([
      `tenantId must stay ${TENANT}, where this stack's bot is registered: a bot cannot move to another tenant (Microsoft Entra ID), got "${OBJECT}". Sign in to that tenant, or make another stack for the other one.`,
    ]);
  });

  it("is replaced only when the stack names it by its id", () => {
    const named = { botName: "fabrikam" };
    expect(refused(named)).toEqual([
      `bot.name must stay contoso, because another one replaces the Azure Bot, and until that is up nobody reaches it (this package), got "fabrikam". To lose no call hand over to a new one (docs/hand-over.md); to replace it all the same set allowReplace.bot to "${BOT}".`,
    ]);
    expect(refused(named, { bot: BOT.replace("contoso", "another") })).toHaveLength(1);
    expect(refused(named, { bot: BOT.toLowerCase() })).toEqual([]);
    expect(refused({ resourceGroup: "others", botName: "fabrikam" })).toEqual([
      expect.stringMatching(/^bot\.name /),
      expect.stringMatching(/^resourceGroup\.name must stay bots,/),
    ]);
  });

  it("keeps its app id, by whichever setting it would get another", () => {
    const paths = (change: Partial<BotWanted>, was: Partial<BotInUse> = {}) =>
      checkReplacement({ ...before, ...was }, { ...wanted, ...change }).map(({ path }) => path);
    const managed = { applicationObjectId: undefined, tenancy: Tenancy.SingleTenant };
    expect(paths({ usesManagedIdentity: true })).toEqual(["bot.type"]);
    expect(paths({}, managed)).toEqual(["bot.type"]);
    expect(paths({ usesManagedIdentity: true, appId: OBJECT }, managed)).toEqual([
      "managedIdentity.clientId",
    ]);
    expect(paths({ usesManagedIdentity: true, appId: APP }, managed)).toEqual([]);
    expect(paths({ applicationObjectId: TENANT })).toEqual(["adopt.application"]);
    expect(paths({ applicationObjectId: OBJECT })).toEqual([]);
    expect(refused({ usesManagedIdentity: true }, { appId: APP })).toEqual([]);
    expect(refused({ usesManagedIdentity: true })[0]).toContain(
      `set allowReplace.appId to "${APP}".`,
    );
  });

  it("loses its app id with the managed identity that is made under its name, in its group", () => {
    const made = { usesManagedIdentity: true, makesManagedIdentity: true };
    const was = { applicationObjectId: undefined };
    const paths = (change: Partial<BotWanted>, allowed: AllowedReplacement) =>
      checkReplacement({ ...before, ...was }, { ...wanted, ...made, ...change }, allowed).map(
        ({ path }) => path,
      );
    expect(paths({}, {})).toEqual([]);
    expect(paths({ botName: "fabrikam" }, { bot: BOT })).toEqual(["bot.name"]);
    expect(paths({ resourceGroup: "others" }, { bot: BOT })).toEqual(["resourceGroup.name"]);
    const moved = { location: "northeurope" };
    expect(paths(moved, { location: "westeurope" })).toEqual(["resourceGroup.location"]);
    expect(
      paths({ botName: "fabrikam", ...moved }, { bot: BOT, appId: APP, location: "westeurope" }),
    ).toEqual([]);
  });

  it("is not deleted with a resource group that moves", () => {
    const moved = { location: "northeurope" };
    expect(refused(moved)[0]).toContain('set allowReplace.location to "westeurope".');
    expect(refused(moved, { location: "North Europe" })).toHaveLength(1);
    expect(refused(moved, { location: "West Europe" })).toEqual([]);
    expect(refused(moved, {}, { location: undefined })).toEqual([]);
  });

  it("serves its customers until the stack says that they may be cut off", () => {
    const single = { tenancy: Tenancy.SingleTenant };
    expect(refused(single)[0]).toMatch(/^tenancy must stay multiTenant, because the customers'/);
    expect(refused(single, { tenancy: "multiTenant" })).toEqual([]);
    expect(refused({ tenancy: undefined })).toEqual([]);
    expect(refused({}, {}, { tenancy: Tenancy.SingleTenant })).toEqual([]);
  });
});

describe("a host that takes calls", () => {
  it("is not exchanged in its place", () => {
    const exchanged = { host: { ...container, slot: HostSlot.First } };
    expect(refused(exchanged)).toEqual([
      'host.kind must stay appService in the slot first, because the host that takes the calls would be taken away (this package), got "containerApp". To lose no call hand over to a new one (docs/hand-over.md); to replace it all the same set allowReplace.host to "appService".',
    ]);
    expect(refused(exchanged, { host: "appService" })).toEqual([]);
    expect(refused(exchanged, { host: "containerApp" })).toHaveLength(1);
  });

  it("hands over to one that was up before, and stays for its calls", () => {
    const beside = { host: site, otherHost: container };
    expect(refused(beside)).toEqual([]);
    const switched = { host: container, otherHost: site };
    expect(refused(switched)).toEqual([expect.stringMatching(/^host\.slot must stay first until/)]);
    expect(refused(switched, {}, beside)).toEqual([]);
    expect(refused({ host: container }, {}, beside)).toEqual([
      expect.stringMatching(/^otherHost must be the host of kind appService in the slot first /),
    ]);
    expect(refused({ host: container }, {}, switched)).toEqual([]);
    expect(refused({ host: container, otherHost: { ...elsewhere } }, {}, beside)).toHaveLength(1);
  });

  it("need not stay where the stack did not make it", () => {
    const beside = { host: elsewhere, otherHost: container };
    expect(refused({ host: container }, {}, beside)).toEqual([]);
    expect(refused({ host: container }, {}, { host: elsewhere })).toHaveLength(1);
    expect(refused({ host: container }, {}, { host: undefined })).toEqual([]);
  });
});
