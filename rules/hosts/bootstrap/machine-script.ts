// What every script on a machine begins with (Windows PowerShell 5.1): its configuration, tokens, certificate and service.
// The text never changes with a stack: whatever a stack says reaches a machine as data, in configuration.json. ASCII only,
// because Windows PowerShell takes a script without a byte order mark for ANSI.

export const MACHINE_SCRIPT = String.raw`$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12

$Root = Split-Path -Parent $PSCommandPath
$Configuration = Get-Content -Raw -Encoding UTF8 -Path (Join-Path $Root 'configuration.json') | ConvertFrom-Json
$ServiceName = $Configuration.serviceName
$ServiceKey = 'HKLM:\SYSTEM\CurrentControlSet\Services\' + $ServiceName
$Metadata = 'http://169.254.169.254/metadata/'
$BindingOwner = '{5c3f8a52-6f0f-4f4e-9c2b-7a1d1f0f6b21}'

function Write-Log([string]$Text) {
  $line = (Get-Date).ToUniversalTime().ToString('u') + ' ' + $Text
  Add-Content -Encoding UTF8 -Path (Join-Path $Root 'machine.log') -Value $line
  Write-Output $line
}

function Wait-For([string]$What, [int]$Minutes, [scriptblock]$Attempt) {
  $end = (Get-Date).AddMinutes($Minutes)
  $said = ''
  while ($true) {
    $why = 'it is not there'
    try {
      $found = & $Attempt
      if ($found) { return $found }
    } catch {
      $why = $_.Exception.Message
    }
    # What is written to the output would be a part of what is returned.
    if ($why -ne $said) { Write-Log ($What + ' is waited for: ' + $why) | Out-Null }
    $said = $why
    if ((Get-Date) -gt $end) { throw ($What + ' was not found within ' + $Minutes + ' minutes: ' + $why) }
    Start-Sleep -Seconds 15
  }
}

function Invoke-Program([string]$Program, [string[]]$Arguments, [int[]]$Success) {
  $said = & $Program $Arguments | Out-String
  if ($Success -notcontains $LASTEXITCODE) {
    throw ($Program + ' ended with ' + $LASTEXITCODE + ': ' + $said.Trim())
  }
}

function Get-Metadata([string]$Path) {
  Invoke-RestMethod -UseBasicParsing -Headers @{ Metadata = 'true' } -Uri ($Metadata + $Path)
}

function Get-IdentityToken([string]$Audience) {
  $query = '&resource=' + [Uri]::EscapeDataString($Audience)
  $query += '&client_id=' + [Uri]::EscapeDataString($Configuration.identityClientId)
  (Get-Metadata ('identity/oauth2/token?api-version=2018-02-01' + $query)).access_token
}

function Invoke-WithToken([string]$Audience, [string]$Uri) {
  $headers = @{ Authorization = 'Bearer ' + (Get-IdentityToken $Audience) }
  Invoke-RestMethod -UseBasicParsing -Headers $headers -Uri $Uri
}

function Test-CoversHost($Certificate) {
  $hostName = $Configuration.hostName
  $wildcard = '*.' + ($hostName -replace '^[^.]+\.', '')
  foreach ($name in $Certificate.DnsNameList) {
    if ($name.Punycode -eq $hostName -or $name.Punycode -eq $wildcard) { return $true }
  }
  return $false
}

# The newest one: a renewed certificate has another thumbprint and the same names.
function Find-Certificate {
  $now = Get-Date
  Get-ChildItem -Path 'Cert:\LocalMachine\My' |
    Where-Object { $_.HasPrivateKey -and $_.NotBefore -le $now -and $_.NotAfter -gt $now } |
    Where-Object { Test-CoversHost $_ } |
    Sort-Object -Property NotBefore -Descending |
    Select-Object -First 1
}

function Set-CertificateBinding([string]$Thumbprint, [bool]$Again) {
  foreach ($listener in $Configuration.listeners) {
    $address = 'ipport=0.0.0.0:' + [int]$listener.port
    $shown = & netsh.exe http show sslcert $address | Out-String
    if ($shown -match $Thumbprint -and -not $Again) { continue }
    if ($shown -match '[0-9a-fA-F]{40}') {
      Invoke-Program 'netsh.exe' @('http', 'delete', 'sslcert', $address) @(0)
    }
    $negotiation = 'clientcertnegotiation=disable'
    if ($listener.asksForCertificate) { $negotiation = 'clientcertnegotiation=enable' }
    $binding = @('http', 'add', 'sslcert', $address, ('certhash=' + $Thumbprint))
    $binding += @(('appid=' + $BindingOwner), 'certstorename=MY', $negotiation)
    Invoke-Program 'netsh.exe' $binding @(0)
    Write-Log ('Port ' + $listener.port + ' serves the certificate ' + $Thumbprint)
  }
}

# The service's own environment: only its process sees it, and it counts from the next start on, without a reboot.
function Get-ServiceSettings {
  $settings = @{}
  $item = Get-ItemProperty -Path $ServiceKey -ErrorAction SilentlyContinue
  if ($item -and $item.Environment) {
    foreach ($line in $item.Environment) {
      $name, $value = $line -split '=', 2
      $settings[$name] = $value
    }
  }
  return $settings
}

function Set-ServiceSettings($Settings) {
  $lines = @($Settings.Keys | Sort-Object | ForEach-Object { $_ + '=' + $Settings[$_] })
  New-ItemProperty -Path $ServiceKey -Name Environment -PropertyType MultiString -Value $lines -Force | Out-Null
}
`;
