// What a machine does when its certificate was renewed. New connections get the new certificate at once. The process has read
// the old one when it started and must start again (microsoft-graph-comms-samples#464), which ends its calls: so that waits for
// a moment without any, until a day before the old certificate ends.

export const RENEWAL_SCRIPT = String.raw`. (Join-Path (Split-Path -Parent $PSCommandPath) 'machine.ps1')

# While a call goes on, Microsoft's services are taken to hold a connection to one of the machine's own ports.
function Test-Idle {
  $ports = @($Configuration.listeners | Where-Object { $_.publicPorts } | ForEach-Object { [int]$_.port })
  $open = @(Get-NetTCPConnection -State Established -ErrorAction SilentlyContinue | Where-Object { $ports -contains $_.LocalPort })
  return ($open.Count -eq 0)
}

try {
  $certificate = Find-Certificate
  if (-not $certificate) { throw ('No valid certificate for ' + $Configuration.hostName + ' is installed') }
  Set-CertificateBinding $certificate.Thumbprint $false
  $settings = Get-ServiceSettings
  $used = $settings[$Configuration.thumbprintSetting]
  if ($used -eq $certificate.Thumbprint) { exit 0 }
  $old = Get-ChildItem -Path 'Cert:\LocalMachine\My' | Where-Object { $_.Thumbprint -eq $used }
  $pressing = (-not $old) -or ($old.NotAfter -lt (Get-Date).AddDays(1))
  if (-not $pressing -and -not (Test-Idle)) {
    Write-Log 'The certificate was renewed; the service restarts when no call goes on.'
    exit 0
  }
  $settings[$Configuration.thumbprintSetting] = $certificate.Thumbprint
  Set-ServiceSettings $settings
  Restart-Service -Force -Name $ServiceName
  Write-Log ('The service uses the certificate ' + $certificate.Thumbprint)
} catch {
  Write-Log ('The renewed certificate could not be used: ' + $_.Exception.Message)
  exit 1
}
`;
