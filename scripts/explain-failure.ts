// What a person can do about failures that the engine, Azure or Entra report in their own words.
// A table: the engine's text is always shown as it is, this only adds a sentence below it.

/** Where a stack is deployed to. */
export type Destination = "local cloud" | "azure";

interface KnownFailure {
  /** Found in the engine's text. */
  readonly text: RegExp;
  readonly advice: string | ((found: RegExpExecArray, destination: Destination) => string);
}

const LOCAL_STATE_BACK =
  "Put a file of `pulumi-state/.pulumi/backups` of the state folder in its place, or empty everything with `npm run cloud -- --reset`.";

const knownFailures: readonly KnownFailure[] = [
  {
    // BotBuilder-Samples#1085, microsoft-teams-apps-company-communicator#872
    text: /(?<!\w)Id is already in use|bot name is already registered/i,
    advice:
      "The bot's name is taken: it is unique over all of Azure, not only in your subscription. Choose another name, or leave it out: one is then derived from project, stack, tenant and subscription.",
  },
  {
    // bot-docs#693, botbuilder-tools#264
    text: /MsaAppId is already in use|Microsoft App ID is already registered/i,
    advice:
      "Another Azure Bot uses this application: there is one bot for each app id in the whole world. Delete the other bot, or let this stack make an application of its own.",
  },
  {
    // microsoft-365-agents-toolkit#14385
    text: /InvalidBotCreationData|Multitenant bot creation is deprecated/i,
    advice:
      "Azure creates no MultiTenant bots any more. Use SingleTenant or UserAssignedMSI; other tenants are reached by a multi-tenant Entra application.",
  },
  {
    // microsoft-365-agents-toolkit#8774
    text: /(MsaApp\w+|msaApp\w+)\W.{0,40}cannot be changed/i,
    advice:
      "A bot keeps its app id, tenant and type for life. Destroy the stack and deploy it again, or give the bot another name.",
  },
  {
    text: /Authorization_RequestDenied|Insufficient privileges to complete the operation/i,
    advice:
      "The identity that deploys lacks a right in Microsoft Graph. It needs Application.ReadWrite.OwnedBy to register the bot and, only where the stack grants consent itself, AppRoleAssignment.ReadWrite.All; a tenant administrator gives them. Without the second, set consent to `url`.",
  },
  {
    text: /AuthorizationFailed|does not have authorization to perform action/i,
    advice:
      "The identity that deploys lacks a role in the Azure subscription. Contributor on the resource group is enough for bot and channel.",
  },
  {
    // "Troubleshoot errors with using Azure Policy"; a provider quotes the message, and the quotes in it.
    text: /RequestDisallowedByPolicy(?:[\s\S]{0,600}?policyAssignment[\s\S]{0,40}?\\?"name\\?"\s*:\s*\\?"([^"\\]+))?/i,
    advice: ([, assignment]) =>
      `An Azure Policy of the organisation forbids this resource as the stack wants it${assignment === undefined ? "" : ` (assignment ${assignment})`}. Change the setting that it names, such as \`tags\`, the region or \`bot.sku\`, or have whoever owns the policy except the resource group.`,
  },
  {
    text: /cannot create already existing resource '([^']+)'/i,
    advice: ([, id]) =>
      `${id} exists and is not in this stack's state, e.g. because an earlier run was killed. Run \`npm run stack\` or \`teams-calling-bot recover\`, which take over what is provably this stack's; otherwise import it (resource option \`import\`) or delete it, then run this again.`,
  },
  {
    text: /MissingSubscriptionRegistration|not registered to use namespace '?([\w.]+)?/i,
    advice: ([, namespace]) =>
      `The subscription has not been told to use this service. Run \`az provider register --namespace ${namespace ?? "Microsoft.BotService"}\` once.`,
  },
  {
    text: /InvalidAuthenticationToken|invalid_client|AADSTS\d{5,}/i,
    advice: (_found, destination) =>
      destination === "azure"
        ? "Sign-in failed. Run `az login`, or check ARM_CLIENT_ID, ARM_CLIENT_SECRET and ARM_TENANT_ID."
        : "Sign-in to the local cloud failed. Its secrets belong to its state folder: use `npm run local` or `npm run stack`, which set them.",
  },
  {
    // pulumi/pulumi: pkg/resource/stack, errors of a schema or of features that came later.
    text: /unsupported (checkpoint|deployment) version|newer than what this version|unsupported features?/i,
    advice:
      "The stack's state was written by a newer Pulumi engine than this one, which is not to touch it. Install the newest (https://www.pulumi.com/docs/install/) and run this again.",
  },
  {
    text: /snapshot integrity (error|failure)/i,
    advice: (_found, destination) =>
      destination === "azure"
        ? "The stack's state contradicts itself, as after an edit by hand. Run `pulumi state repair`, or restore it from the backend's history."
        : `The stack's state contradicts itself, as after an edit by hand. ${LOCAL_STATE_BACK}`,
  },
  {
    text: /failed to load checkpoint(?!: unsupported)|could not deserialize deployment(?!.*passphrase)/i,
    advice: (_found, destination) =>
      destination === "azure"
        ? "The stack's state in your backend is damaged. Restore it from the backend's own history, or with `pulumi stack import` from an export."
        : `The stack's state is damaged. ${LOCAL_STATE_BACK}`,
  },
  {
    text: /ResourceGroupNotFound/i,
    advice:
      "The resource group is not there. Make it first, or leave `resourceGroup.existing` out: the stack then makes one.",
  },
  {
    text: /ApplicationsClient\.BaseClient\.Post\(\).{0,200}Resource '([^']+)' does not exist/is,
    advice: ([, id]) =>
      `The directory has no ${id}, which the application is to refer to. Check \`owners\`: they are object ids of users and service principals of this tenant.`,
  },
  {
    text: /LocationNotAvailable\w*|No registered resource provider found for location/i,
    advice:
      "Azure does not offer this there. Set `azure-native:location` to a region such as westeurope.",
  },
  {
    text: /illegal base64 data/i,
    advice:
      "A `secure:` value in the stack's file is not one that the engine wrote. Set it again with `pulumi config set --secret`.",
  },
  {
    text: /plugin did not begin responding to RPC connections|error reading from server: EOF/i,
    advice:
      "A provider stopped while the engine used it. Run this again; what is done is in the state.",
  },
  {
    text: /ECONNREFUSED|connection refused/i,
    advice: (_found, destination) =>
      destination === "azure"
        ? "A service could not be reached. Check the network and the proxy settings, then run this again."
        : "The local cloud stopped while the engine used it. Run this again; `npm run cloud` keeps one running.",
  },
  {
    text: /TooManyRequests|Status=429/i,
    advice: "The service is throttling. Wait a minute and run this again; what is done is kept.",
  },
  {
    text: /incorrect passphrase|malformed state value/i,
    advice: (_found, destination) =>
      destination === "azure"
        ? "PULUMI_CONFIG_PASSPHRASE is not the one that this stack was made with, or the line `encryptionsalt` of its file is not its own: restore that from version control."
        : "The stack's file or its state has a salt of another passphrase than the local one. Restore the line `encryptionsalt` of stacks/Pulumi.<stack>.yaml, or remove it with the secrets below it, delete the stack's folder below `run` in the state folder, and where that does not help `npm run cloud -- --reset`.",
  },
  {
    text: /passphrase must be set/i,
    advice:
      "This stack's secrets are protected by a passphrase: set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE.",
  },
  {
    text: /stack is currently locked by|Another update is currently in progress/i,
    advice:
      "Another run holds the lock of this stack. Wait for it; when it is certain that none is alive (it was killed on another machine), free the lock with the operation `cancel` and run this again.",
  },
  {
    text: /PULUMI_ACCESS_TOKEN must be set|not (yet )?logged in/i,
    advice: "The engine is not logged in to a backend for its state. Run `pulumi login` first.",
  },
  {
    text: /no resource plugin|could not (find|load) plugin|failed to load plugin/i,
    advice:
      "A provider plugin is missing. Run `pulumi plugin install` in this project, with a network.",
  },
];

/** One sentence for each known failure in the text, each once, in the order of the table. */
export function explainFailure(text: string, destination: Destination): string[] {
  return knownFailures.flatMap(({ text: pattern, advice }) => {
    const found = pattern.exec(text);
    if (found === null) return [];
    return [typeof advice === "string" ? advice : advice(found, destination)];
  });
}
