// Application ids of Microsoft's own services, the same in every tenant. The real provider has a longer list baked in
// (go-azure-sdk, sdk/environments); these are the ones that a Teams bot meets.

export const PUBLISHED_APP_IDS: Readonly<Record<string, string>> = {
  AzureActiveDirectoryGraph: "00000002-0000-0000-c000-000000000000",
  AzureKeyVault: "cfa8b339-82a2-471a-a3c9-0fc0be7a4093",
  AzureResourceManager: "797f4846-ba00-4fd7-ba43-dac1f8f63013",
  AzureServiceManagement: "797f4846-ba00-4fd7-ba43-dac1f8f63013",
  AzureStorage: "e406a681-f3d4-42a8-90b6-c2b029497af1",
  MicrosoftAzureCli: "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
  MicrosoftGraph: "00000003-0000-0000-c000-000000000000",
  MicrosoftTeams: "1fec8e78-bce4-4aaf-ab1b-5451cc387264",
  MicrosoftTeamsWebClient: "5e3ce6c0-2b1f-4285-8d4b-75ee78787346",
  Office365ExchangeOnline: "00000002-0000-0ff1-ce00-000000000000",
  Office365SharePointOnline: "00000003-0000-0ff1-ce00-000000000000",
};
