// The one schema of everything a stack can say. A new setting is one line here and, when it touches others, one rule in config-together.ts.
import { z } from "zod";
import { checkAdoption } from "./adoption.js";
import { BotSku, BotType, checkBotType, Tenancy } from "./bot-choices.js";
import { Capability } from "./capabilities.js";
import { Cloud, checkCloud } from "./clouds.js";
import { ConsentMode, checkCustomerTenants } from "./consent.js";
import { CredentialKind, checkCredential } from "./credential.js";
import { checkGuid } from "./guid.js";
import { hostSettings } from "./hosts/host-settings.js";
import { identitySettings } from "./hosts/host-shapes.js";
import { checkIgnored } from "./ignored.js";
import { appSettings } from "./manifest/app-settings.js";
import {
  checkBotName,
  checkDisplayName,
  checkIconUrl,
  checkLocation,
  checkResourceGroupName,
} from "./names.js";
import { MediaRecording } from "./recording.js";
import { checkTags } from "./tags.js";
import { checkReplyUrl, checkReplyUrlList, type UrlOptions } from "./urls.js";
import { checked } from "./zod-issues.js";

const guid = (what: string) => checked(z.string(), (path, value) => checkGuid(path, value, what));

const federatedTrust = z.strictObject({
  name: z.string().describe("what to call this trust"),
  issuer: z.string().describe("the issuer's https URL"),
  subject: z.string().describe("the subject of the tokens to trust"),
  audience: z.string().exactOptional(),
});

/** What the page makes of it is checked where the page is built. */
const signUpPublisher = z.strictObject({
  name: z.string().describe("the publisher's name"),
  privacyUrl: z.string().describe("the privacy statement's https URL"),
  termsUrl: z.string().describe("the terms of use's https URL"),
  contact: z.string().describe("where people get help: mailto: or https"),
  logo: z.string().exactOptional(),
});

const credentialSettings = {
  kind: z.enum(CredentialKind).exactOptional(),
  federated: z.array(federatedTrust).exactOptional(),
  managedIdentityPrincipalId: z.string().exactOptional(),
  displayName: z.string().exactOptional(),
  endDate: z.string().exactOptional(),
  generation: z.number().exactOptional(),
  certificate: z.string().exactOptional(),
  previousCertificate: z.string().exactOptional(),
  vaultId: z.string().exactOptional(),
  secretName: z.string().exactOptional(),
};

const texts = z.array(z.string());

const adoptSettings = z.strictObject({
  bot: z.string().exactOptional(),
  channel: z.string().exactOptional(),
  application: z.string().exactOptional(),
  servicePrincipal: z.string().exactOptional(),
  found: z
    .strictObject({
      replyUrls: texts.exactOptional(),
      permissions: z.array(z.strictObject({ resource: z.string(), access: texts })).exactOptional(),
      tags: texts.exactOptional(),
      calling: z.boolean().exactOptional(),
      callingWebhook: z.string().exactOptional(),
    })
    .exactOptional(),
});

/**
 * The schema. All settings are optional but `host`; what is left out has the default shown.
 * @param written what is written under `host` and `otherHost`, whose kinds decide what else may stand there
 */
export function settingsSchema(
  written: { readonly host?: unknown; readonly otherHost?: unknown },
  urls: UrlOptions = {},
) {
  const replyUrl = checked(z.string(), (path, url) => checkReplyUrl(path, url, urls));
  const botType = checked(z.string(), checkBotType).pipe(z.enum(BotType));

  return z.strictObject({
    displayName: checked(z.string(), checkDisplayName).exactOptional(),
    cloud: checked(z.enum(Cloud), (path, cloud) => checkCloud(cloud, path)).default(Cloud.Public),
    resourceGroup: z
      .strictObject({
        name: checked(z.string(), checkResourceGroupName).exactOptional(),
        existing: z.boolean().default(false),
        location: checked(z.string(), checkLocation).exactOptional(),
      })
      .prefault({}),
    bot: z
      .strictObject({
        name: checked(z.string(), checkBotName).exactOptional(),
        type: botType.default(BotType.SingleTenant),
        sku: z.enum(BotSku).default(BotSku.Free),
        description: z.string().exactOptional(),
        iconUrl: checked(z.string(), checkIconUrl).exactOptional(),
      })
      .prefault({}),
    managedIdentity: identitySettings.exactOptional(),
    adopt: checked(adoptSettings, checkAdoption).exactOptional(),
    tenancy: z.enum(Tenancy).default(Tenancy.SingleTenant),
    host: hostSettings(written.host, urls).describe("where the bot runs"),
    otherHost: hostSettings(written.otherHost, urls).exactOptional(),
    capabilities: z.array(z.enum(Capability)).default([]),
    permissions: z.array(z.string()).default([]),
    mediaRecording: z.enum(MediaRecording).exactOptional(),
    replyUrls: checked(z.array(replyUrl), checkReplyUrlList).default([]),
    credential: checked(
      z.strictObject({
        ...credentialSettings,
        previous: z.strictObject(credentialSettings).exactOptional(),
      }),
      checkCredential,
    ).prefault({}),
    consent: z
      .strictObject({
        mode: z.enum(ConsentMode).default(ConsentMode.Url),
        redirectUrl: replyUrl.exactOptional(),
        publisher: signUpPublisher.exactOptional(),
        reasons: z.record(z.string(), z.string()).exactOptional(),
        customerTenants: checked(z.array(z.string()), checkCustomerTenants).exactOptional(),
        adopt: z.record(z.string(), z.string()).exactOptional(),
      })
      .prefault({}),
    app: appSettings.exactOptional(),
    owners: z.array(guid("the object id of the owner")).default([]),
    tags: checked(z.record(z.string(), z.string()), checkTags).default({}),
    allowReplace: z
      .strictObject({
        bot: z.string().exactOptional(),
        appId: z.string().exactOptional(),
        location: z.string().exactOptional(),
        tenancy: z.string().exactOptional(),
        host: z.string().exactOptional(),
      })
      .exactOptional(),
    ignore: checked(
      z.strictObject({ replyUrls: texts.exactOptional(), tags: texts.exactOptional() }),
      checkIgnored,
    ).exactOptional(),
    protect: z.boolean().default(false),
    ephemeral: z.boolean().default(false),
  });
}

/** What the schema reads: everything stated, with its default where nothing was. */
export type Settings = z.output<ReturnType<typeof settingsSchema>>;
