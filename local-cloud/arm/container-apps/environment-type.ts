export const ENVIRONMENT_TYPE = "Microsoft.App/managedEnvironments";
