// Versions of Microsoft.BotService that have Azure Bots (`azurebot`) and their channels.

/** The newest stable one is 2022-09-15; azure-native asks for 2023-09-15-preview. */
export const BOT_API_VERSIONS = [
  "2021-03-01",
  "2021-05-01-preview",
  "2022-06-15-preview",
  "2022-09-15",
  "2023-09-15-preview",
] as const;
