export { checkSignUpFacts } from "./check-facts.js";
export { contentSecurityPolicyHeader, securityHeaders } from "./content-security-policy.js";
export { type Publisher, RETURN_PAGE, returnPageUrl, type SignUpFacts } from "./facts.js";
export { buildSignUpSite, INDEX_PAGE, NOT_FOUND_PAGE, type SiteFile } from "./site.js";
export { Direction, ENGLISH, type SignUpTexts } from "./texts.js";
