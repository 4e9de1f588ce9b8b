// Where commands sign in: the cloud's own authority, Microsoft's or the local one.
const MICROSOFT_LOGIN = /(^|\.)(microsoftonline\.(com|us|cn)|chinacloudapi\.cn)$/;

/** Options of any credential of `@azure/identity` for a sign-in origin. */
export function signInAuthority(login: string): {
  authorityHost: string;
  disableInstanceDiscovery: boolean;
} {
  return {
    authorityHost: login,
    // Only Microsoft's own sign-in hosts are known to the discovery.
    disableInstanceDiscovery: !MICROSOFT_LOGIN.test(new URL(login).hostname),
  };
}
