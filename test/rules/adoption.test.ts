import { describe, expect, it } from "vitest";
import { checkNothingLost, checkOneBot, type LiveApplication } from "../../rules/adoptable.js";
import { additions, permissionsTogether } from "../../rules/adopted-together.js";
import {
  type Adoption,
  checkAdoption,
  checkAdoptionPlace,
  checkSubscription,
} from "../../rules/adoption.js";
import { formatIssue } from "../../rules/issue.js";

const SUBSCRIPTION = "11111111-1111-4111-8111-111111111111";
const BOT = `/subscriptions/${SUBSCRIPTION}/resourceGroups/Bots/providers/Microsoft.BotService/botServices/reception`;
const GUID = "22222222-2222-4222-8222-222222222222";
const GRAPH = "00000003-0000-0000-c000-000000000000";
const JOIN = "f6b49018-60ab-4f81-83bd-22caeabfed2d";
const INITIATE = "284383ee-7f6e-4e40-a2a8-e85dcb029101";
const WHOLE: Adoption = {
  bot: BOT,
  channel: `${BOT}/channels/MsTeamsChannel`,
  application: `/applications/${GUID}`,
  servicePrincipal: `/servicePrincipals/${GUID}`,
  found: { permissions: [{ resource: GRAPH, access: [`Role ${JOIN}`] }] },
};
const PLACE = {
  resourceGroup: "bots",
  groupExists: true,
  botName: undefined,
  isManagedIdentity: false,
  saysOwners: false,
};

describe("the setting adopt", () => {
  it("is accepted with every id that the command writes, in any case", () => {
    expect(checkAdoption("adopt", WHOLE)).toEqual([]);
    expect(checkAdoptionPlace("adopt", WHOLE, PLACE)).toEqual([]);
    expect(checkSubscription("adopt", WHOLE, SUBSCRIPTION.toUpperCase())).toEqual([]);
  });

  it.each<[string, Adoption, string]>([
    ["a bot that is no bot", { bot: "reception" }, "adopt.bot must be the resource id of one"],
    [
      "another bot's channel",
      { bot: BOT, channel: `${BOT}2/channels/MsTeamsChannel` },
      "adopt.channel must be the id of the bot's Teams channel",
    ],
    [
      "an application by its app id",
      { application: GUID },
      "adopt.application must be /applications/ and an object id",
    ],
    [
      "a service principal alone",
      { servicePrincipal: `/servicePrincipals/${GUID}` },
      "adopt.application must be given with adopt.servicePrincipal",
    ],
    [
      "a permission by its name",
      { found: { permissions: [{ resource: GRAPH, access: ["Calls.JoinGroupCall.All"] }] } },
      "adopt.found.permissions[0].access[0] must be Role or Scope, a space, and an id",
    ],
    [
      "an API by its name",
      { found: { permissions: [{ resource: "Microsoft Graph", access: [] }] } },
      "adopt.found.permissions[0].resource must be the app id of an API",
    ],
  ])("refuses %s", (_what, adoption, sentence) => {
    expect(checkAdoption("adopt", adoption).map(formatIssue).join("\n")).toContain(sentence);
  });

  it.each<[string, Adoption, Partial<typeof PLACE>, string]>([
    [
      "another group",
      WHOLE,
      { resourceGroup: "others" },
      "resourceGroup must be {name: Bots, existing: true}",
    ],
    [
      "a group that the stack makes",
      WHOLE,
      { groupExists: false },
      "resourceGroup must be {name: Bots, existing: true}",
    ],
    [
      "a bot without its application",
      { bot: BOT },
      {},
      "adopt.application must be given with adopt.bot",
    ],
    ["owners", WHOLE, { saysOwners: true }, "owners must be left out with adopt.application"],
    [
      "an application of a managed identity",
      WHOLE,
      { isManagedIdentity: true },
      "adopt.application must be left out",
    ],
  ])("refuses %s beside it", (_what, adoption, place, sentence) => {
    const issues = checkAdoptionPlace("adopt", adoption, { ...PLACE, ...place });
    expect(issues.map(formatIssue).join("\n")).toContain(sentence);
  });
});

describe("what was found and what is asked for", () => {
  it("are put together in the directory's order, each once", () => {
    const found = [
      { resource: GUID, access: [`Scope ${GUID}`] },
      { resource: GRAPH, access: [`Scope ${GUID}`, `Role ${JOIN}`] },
    ];
    expect(permissionsTogether(found, [JOIN, INITIATE])).toEqual([
      found[0],
      { resource: GRAPH, access: [`Scope ${GUID}`, `Role ${JOIN}`, `Role ${INITIATE}`] },
    ]);
    expect(permissionsTogether(found, [])).toEqual(found);
  });

  it("differ by what the stack adds", () => {
    const asked = {
      replyUrls: ["https://contoso.com/in"],
      permissions: ["Calls.JoinGroupCall.All", "Calls.Initiate.All"],
      callingWebhook: "https://contoso.com/c",
    };
    const found = { ...WHOLE.found, calling: true, callingWebhook: "https://contoso.com/c" };
    expect(additions({ ...WHOLE, found }, asked)).toEqual([
      "app role Calls.Initiate.All of the application",
      "reply URL https://contoso.com/in of the application",
      "the application's tags pulumi-project, pulumi-stack and pulumi-name",
    ]);
  });
});

describe("what is there", () => {
  it("is refused when two bots have one application", () => {
    const bot = (id: string) => ({ id, appId: GUID, tags: {} });
    const all = [bot("/a"), bot("/b")];
    expect(checkOneBot("--bot", bot("/A"), all).map(formatIssue)).toEqual([
      "--bot must be the only bot with its application, and /b has the same (this package). Give the other bot an application of its own, or delete it, and run this again.",
    ]);
    expect(checkOneBot("--bot", bot("/a"), [bot("/a")])).toEqual([]);
  });

  it("must not lose what it was given after the stack file was written", () => {
    const live: LiveApplication = {
      objectId: GUID,
      appId: GUID,
      tags: ["HideApp", "pulumi-stack:prod"],
      replyUrls: ["https://contoso.com/wanted", "https://contoso.com/new"],
      permissions: [
        { resource: GRAPH, access: [`Role ${JOIN}`, `Role ${INITIATE}`, `Scope ${GUID}`] },
      ],
    };
    const wanted = { replyUrls: ["https://contoso.com/wanted"], roleIds: [INITIATE] };
    expect(
      checkNothingLost("adopt", WHOLE, wanted, live).map(({ path, rule }) => `${path} ${rule}`),
    ).toEqual([
      "adopt.found.replyUrls must hold everything that the application has, or it would be removed; missing: https://contoso.com/new",
      `adopt.found.permissions must hold everything that the application has, or it would be removed; missing: ${GRAPH} Scope ${GUID}`,
      "adopt.found.tags must hold everything that the application has, or it would be removed; missing: HideApp",
    ]);
  });
});
