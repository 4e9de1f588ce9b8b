// A calling bot, whole: resource group, host, identity, registration, consent, in the order that has no cycle.
import * as pulumi from "@pulumi/pulumi";
import { Tenancy } from "../rules/bot-choices.js";
import { requestedPermissions } from "../rules/capabilities.js";
import { Cloud, checkCloud } from "../rules/clouds.js";
import { checkTogether } from "../rules/config-together.js";
import { CredentialKind } from "../rules/credential.js";
import { checkHostFields } from "../rules/hosts/host-settings.js";
import { checkLogicalName } from "../rules/hosts/slot-name.js";
import { checkIgnored } from "../rules/ignored.js";
import { AdminConsent } from "./admin-consent.js";
import { type AdoptedOutput, adoptable, adoptionWish, explainAdoption } from "./adoption.js";
import { after } from "./after.js";
import type { FederatedOutput } from "./bot-credential.js";
import { BotRegistration } from "./bot-registration.js";
import type { CallingBotArgs } from "./calling-bot-args.js";
import { createCallingIdentity, ownManagedIdentity } from "./calling-identity.js";
import { type CertificateOutput, certificateOutput } from "./client-certificates.js";
import type { ConsentOutput } from "./consent-output.js";
import { defined } from "./defined.js";
import { deploymentPlace } from "./deployment-place.js";
import { checkHostedSignUp, hostedAddress, hostedSite } from "./hosted-sign-up.js";
import { callingHosts } from "./hosts/calling-hosts.js";
import { usableCertificates } from "./hosts/certificates-first.js";
import {
  type HostOutput,
  hostOutput,
  type OtherHostOutput,
  otherHostOutput,
} from "./hosts/host-output.js";
import { hostedCredential } from "./hosts/hosted-credential.js";
import { leavingTags } from "./ignored-tags.js";
import { sayWhatIsKept } from "./kept-parts.js";
import { goingWith, lasting } from "./lifetime.js";
import { type AppOutput, packApp } from "./packed-app.js";
import { type PermissionOutput, shownPermission } from "./permission-output.js";
import { explainPermissions } from "./permission-report.js";
import { directoryWork, permittedDeployer } from "./permitted-deployer.js";
import { refuse } from "./refusal.js";
import { remainingTodo } from "./remaining-todo.js";
import { keepsWhatIsInUse } from "./replacement.js";
import { ownResourceGroup } from "./resource-group.js";
import { stackOutputs } from "./stack-outputs.js";

/**
 * Registers a Microsoft Teams calls-and-meetings bot: Entra application with its Graph app roles and reply URLs, Azure Bot,
 * Teams channel with calling and webhook, and admin consent or the link to ask for it.
 *
 * @example
 * const bot = new CallingBot("bot", {
 *   host: {
 *     messagingEndpoint: "https://contoso.com/api/messages",
 *     callingWebhook: "https://contoso.com/teamsapp/api/calling",
 *   },
 *   capabilities: [Capability.AnswerCalls, Capability.JoinMeetings],
 * });
 *
 * @example
 * // Media access needs a word on what is kept; a secret is only made when it is asked for.
 * new CallingBot("recorder", {
 *   host,
 *   capabilities: [Capability.AccessMedia],
 *   mediaRecording: MediaRecording.AfterRecordingStatus,
 *   credential: { kind: CredentialKind.Secret },
 * });
 */
export class CallingBot extends pulumi.ComponentResource {
  /** The bot's name within the stack. */
  readonly logicalName: pulumi.Output<string>;
  /** The cloud that was named; `public` on the local cloud too. */
  readonly cloud: pulumi.Output<string>;
  readonly tenantId: pulumi.Output<string>;
  readonly subscriptionId: pulumi.Output<string>;
  readonly resourceGroupName: pulumi.Output<string>;
  /** App id of the Entra application, or client id of the managed identity. */
  readonly appId: pulumi.Output<string>;
  /** Whose administrators can consent; undefined for an application that was adopted, which keeps its own. */
  readonly tenancy?: pulumi.Output<string>;
  /** Undefined for a bot that signs in as a managed identity. */
  readonly applicationObjectId?: pulumi.Output<string>;
  readonly servicePrincipalObjectId: pulumi.Output<string>;
  /** A secret output; undefined unless the credential is of kind `secret`. */
  readonly clientSecret: pulumi.Output<string | undefined>;
  /** Which kind of credential the stack made. */
  readonly credential: pulumi.Output<string>;
  /** Which of its secrets or certificates is the current one; undefined for another credential. */
  readonly credentialGeneration?: pulumi.Output<number>;
  /** Whose tokens the application takes; undefined unless the credential is of kind `federated`. */
  readonly federated?: pulumi.Output<FederatedOutput[]>;
  /** The current certificate; undefined unless the credential is of kind `certificate`. */
  readonly certificate?: pulumi.Output<CertificateOutput>;
  /** Kind of the credential of before, while it stays beside the new one. */
  readonly previousCredential?: pulumi.Output<string>;
  /** Every reply URL of the application. */
  readonly replyUrls: pulumi.Output<string[]>;
  /** Those that others may add and take away; undefined when none were named. */
  readonly ignoredReplyUrls?: pulumi.Output<string[]>;
  readonly botName: pulumi.Output<string>;
  /** ARM id of the Azure Bot. */
  readonly botResourceId: pulumi.Output<string>;
  /** ARM id of the Teams channel. */
  readonly channelResourceId: pulumi.Output<string>;
  /** Where it runs. */
  readonly host: pulumi.Output<HostOutput>;
  /** The host beside it; undefined where there is none. */
  readonly otherHost?: pulumi.Output<OtherHostOutput>;
  readonly messagingEndpoint: pulumi.Output<string>;
  /** As the service stores it. */
  readonly callingWebhook: pulumi.Output<string>;
  /** App roles that the application asks for, and why. */
  readonly permissions: pulumi.Output<PermissionOutput[]>;
  /** App roles that this deployment granted, by name. */
  readonly grantedPermissions: pulumi.Output<string[]>;
  readonly consent: pulumi.Output<ConsentOutput>;
  /** The package of its Teams app; undefined when none was asked for. */
  readonly app?: pulumi.Output<AppOutput>;
  /** What stood there before the stack; undefined when everything was made. */
  readonly adopted?: pulumi.Output<AdoptedOutput>;
  /** What a person still has to do, in order. */
  readonly todo: pulumi.Output<string[]>;

  constructor(name: string, args: CallingBotArgs, opts?: pulumi.ComponentResourceOptions) {
    super("teams-calling-bot:index:CallingBot", name, {}, leavingTags(args.ignore?.tags, opts));
    refuse(this, [
      ...checkLogicalName("name", name),
      ...checkCloud(args.cloud ?? Cloud.Public),
      ...checkTogether({ ...args }),
      ...checkIgnored("ignore", args.ignore ?? {}),
      ...checkHostFields("host", { ...args.host }),
      ...(args.otherHost ? checkHostFields("otherHost", { ...args.otherHost }) : []),
      ...checkHostedSignUp(args),
    ]);
    const { requested } = requestedPermissions(args);
    explainPermissions(requested, this);

    const place = deploymentPlace(name, args, this);
    const deployer = permittedDeployer(directoryWork(args), this, args.cloud);
    const adoption = adoptionWish(args, requested, place.tenantId);
    const free = adoption === undefined ? undefined : adoptable(adoption, this);
    const keeping = keepsWhatIsInUse(name, args, place, this);
    const hostArgs = args.otherHost === undefined ? [args.host] : [args.host, args.otherHost];
    const certificates = usableCertificates(hostArgs, args.cloud, this);
    const permitted = pulumi.all([deployer, place.botName, free, keeping, certificates]);
    const kept = lasting(args.protect);
    const resourceGroup = ownResourceGroup(name, args.resourceGroup ?? {}, {
      tags: args.tags,
      permitted,
      parent: this,
      options: kept,
    });
    const inGroup = goingWith(args.ephemeral, resourceGroup.made);
    const surroundings = { ...place, permitted, resourceGroup };
    const managedIdentity = ownManagedIdentity(name, args, surroundings, this);
    const hosts = callingHosts(args, {
      name,
      parent: this,
      ...place,
      resourceGroupName: after(permitted, resourceGroup.name),
      location: args.resourceGroup?.location,
      tags: args.tags,
      botType: args.bot?.type,
      identity: managedIdentity,
      cloud: args.cloud,
    });
    const credential = hostedCredential(
      {
        stated: args.credential ?? {},
        botType: args.bot?.type,
        tenantId: place.tenantId,
        cloud: args.cloud,
      },
      hosts,
    );
    const signUp = hostedAddress(name, args, surroundings, this);
    const identity = createCallingIdentity(
      name,
      args,
      {
        ...surroundings,
        requested,
        managedIdentity,
        credential,
        signUpRedirect: signUp?.redirectUri,
      },
      this,
    );
    const host = hosts.inUse.address.run(identity);
    const otherHost = hosts.other?.address.run(identity);
    const registration = new BotRegistration(
      name,
      {
        ...defined({ ...args.bot, name: undefined }),
        ...defined({ displayName: args.displayName, tags: args.tags, cloud: args.cloud }),
        ...defined({ managedIdentityResourceId: identity.managedIdentityResourceId }),
        resourceGroupName: resourceGroup.name,
        botName: place.botName,
        appId: identity.appId,
        tenantId: place.tenantId,
        messagingEndpoint: host.messagingEndpoint,
        callingWebhook: host.callingWebhook,
        ...defined({ adoptBot: args.adopt?.bot, adoptChannel: args.adopt?.channel }),
      },
      { ...kept, ...inGroup, parent: this },
    );
    if (signUp !== undefined) {
      hostedSite(name, args, signUp, { ...surroundings, appId: identity.appId }, this);
    }
    const consent = new AdminConsent(
      name,
      {
        ...defined({ redirectUri: identity.redirectUri, cloud: args.cloud }),
        ...defined({
          mode: args.consent?.mode,
          customerTenants: args.consent?.customerTenants,
          adopt: args.consent?.adopt,
        }),
        replyUrls: identity.replyUrls,
        permissions: requested.map(({ value }) => value),
        appId: identity.appId,
        servicePrincipalObjectId: identity.servicePrincipalObjectId,
        tenantId: place.tenantId,
      },
      { ...goingWith(args.ephemeral, identity.owner), parent: this },
    );
    if (args.protect) {
      sayWhatIsKept(args, { makesGroup: resourceGroup.made !== undefined, signUp }, this);
    }

    this.logicalName = pulumi.output(name);
    if (args.adopt?.application === undefined) {
      this.tenancy = pulumi.output<string>(args.tenancy ?? Tenancy.SingleTenant);
    }
    this.cloud = pulumi.output<string>(args.cloud ?? Cloud.Public);
    this.tenantId = place.tenantId;
    this.subscriptionId = place.subscriptionId;
    this.resourceGroupName = resourceGroup.name;
    this.appId = identity.appId;
    if (identity.applicationObjectId) this.applicationObjectId = identity.applicationObjectId;
    this.servicePrincipalObjectId = identity.servicePrincipalObjectId;
    this.clientSecret = identity.clientSecret;
    this.credential = pulumi.output<string>(credential.kind ?? CredentialKind.None);
    const { generation = 0, previous } = credential;
    const certificate = certificateOutput(credential);
    if (credential.kind === CredentialKind.Secret || certificate) {
      this.credentialGeneration = pulumi.output(generation);
    }
    if (identity.federated) this.federated = identity.federated;
    if (certificate) this.certificate = pulumi.output(certificate);
    if (previous?.kind) this.previousCredential = pulumi.output<string>(previous.kind);
    this.replyUrls = identity.replyUrls;
    if (args.ignore?.replyUrls) this.ignoredReplyUrls = pulumi.output(args.ignore.replyUrls);
    this.botName = registration.botName;
    this.botResourceId = registration.botResourceId;
    this.channelResourceId = registration.channelResourceId;
    this.host = hostOutput(args.host, hosts.inUse.address, host);
    if (args.otherHost && hosts.other && otherHost) {
      this.otherHost = otherHostOutput(args.otherHost, hosts.other.address, otherHost);
    }
    this.messagingEndpoint = registration.messagingEndpoint;
    this.callingWebhook = registration.callingWebhook;
    this.permissions = pulumi.output(requested.map(shownPermission));
    this.grantedPermissions = consent.grantedPermissions;
    this.consent = consent.consent;
    const app = packApp(name, args, { appId: identity.appId, requested }, this);
    if (app) this.app = app;
    if (adoption) this.adopted = explainAdoption(adoption, registration.callingWebhook, this);
    this.todo = remainingTodo(this, args, {
      credential: credential.kind ?? CredentialKind.None,
      usesManagedIdentity: managedIdentity !== undefined,
    });
    this.registerOutputs(stackOutputs(this));
  }
}
