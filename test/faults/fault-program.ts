// A stack with one of each thing that registers a bot, to be disturbed while it comes up, is refreshed and goes.
import {
  AdminConsent,
  BotIdentity,
  CallingBot,
  Capability,
  ConsentMode,
  CredentialKind,
  stackOutputs,
  Tenancy,
} from "../../components/index.js";

export async function faultProgram() {
  const workload = new BotIdentity("workload", {
    displayName: "workload",
    permissions: ["Calls.Initiate.All"],
    credential: {
      kind: CredentialKind.Federated,
      federated: [{ name: "cluster", issuer: "https://oidc.contoso.com", subject: "system:a" }],
    },
  });
  new AdminConsent("workload", {
    mode: ConsentMode.Grant,
    permissions: ["Calls.Initiate.All"],
    appId: workload.appId,
    servicePrincipalObjectId: workload.servicePrincipalObjectId,
    tenantId: workload.tenantId,
  });
  const bot = new CallingBot("bot", {
    host: {
      messagingEndpoint: "https://contoso.com/api/messages",
      callingWebhook: "https://contoso.com/teamsapp/api/calling",
    },
    displayName: "bot",
    capabilities: [Capability.CallUsers],
    tenancy: Tenancy.MultiTenant,
    credential: { kind: CredentialKind.Secret, endDate: "2030-01-01T00:00:00Z" },
    consent: {
      mode: ConsentMode.SignUp,
      publisher: {
        name: "Contoso Ltd",
        privacyUrl: "https://contoso.com/privacy",
        termsUrl: "https://contoso.com/terms",
        contact: "mailto:bots@contoso.com",
      },
    },
  });
  return stackOutputs(bot);
}
