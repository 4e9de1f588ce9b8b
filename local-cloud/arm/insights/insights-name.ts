// "Naming rules and restrictions for Azure resources", Microsoft.Insights.

export const INSIGHTS_NAME = {
  pattern: /^[^%&\\?/<>#\p{Cc}]*[^%&\\?/<>#\p{Cc}. ]$/u,
  minLength: 1,
  maxLength: 260,
  says: "no control characters and none of %&\\?/<>#, and neither a space nor a period at the end",
};
