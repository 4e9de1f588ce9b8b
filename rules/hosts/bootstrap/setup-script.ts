// What makes a Windows machine into a host of the bot. It may run again at any time: it finds what is there and changes what
// is different. See machine-script.ts for how it is written. None of it was seen on a machine in Azure.

export const SETUP_SCRIPT = String.raw`. (Join-Path (Split-Path -Parent $PSCommandPath) 'machine.ps1')

# The media library needs Windows Media Foundation and the Visual C++ runtime.
function Install-Prerequisites {
  $feature = Install-WindowsFeature -Name Server-Media-Foundation
  $installer = Join-Path $Root 'vc_redist.x64.exe'
  Invoke-WebRequest -UseBasicParsing -Uri 'https://aka.ms/vs/17/release/vc_redist.x64.exe' -OutFile $installer
  $signature = Get-AuthenticodeSignature -FilePath $installer
  if ($signature.Status -ne 'Valid' -or $signature.SignerCertificate.Subject -notmatch 'O=Microsoft Corporation') {
    throw 'The Visual C++ runtime that was downloaded is not signed by Microsoft.'
  }
  $install = Start-Process -Wait -PassThru -FilePath $installer -ArgumentList '/install', '/quiet', '/norestart'
  # 1638: a newer one is there. 3010: a restart is due.
  if (@(0, 1638, 3010) -notcontains $install.ExitCode) {
    throw ('The Visual C++ runtime could not be installed: ' + $install.ExitCode)
  }
  return ($feature.RestartNeeded -eq 'Yes' -or $install.ExitCode -eq 3010)
}

function Set-FirewallRules {
  foreach ($rule in $Configuration.firewall) {
    $name = 'teams-calling-bot-' + $rule.name
    Remove-NetFirewallRule -Name $name -ErrorAction SilentlyContinue
    New-NetFirewallRule -Name $name -DisplayName $name -Direction Inbound -Action Allow -Profile Any -Protocol $rule.protocol -LocalPort $rule.ports -RemoteAddress $rule.remoteAddresses | Out-Null
  }
}

# http.sys lets the service's account, NETWORK SERVICE, listen on each port.
function Set-UrlReservations {
  foreach ($listener in $Configuration.listeners) {
    $url = 'url=https://+:' + [int]$listener.port + '/'
    $shown = & netsh.exe http show urlacl $url | Out-String
    if ($shown -match 'https://') { continue }
    Invoke-Program 'netsh.exe' @('http', 'add', 'urlacl', $url, 'sddl=D:(A;;GX;;;NS)') @(0)
  }
}

# The load balancer says which port is whose. Whether the metadata service does for NAT rules of version 2 is not known: it may
# tell every machine the first port of the range, so it is asked only where the load balancer says nothing.
function Get-PublicPort($Listener) {
  $port = Get-PublicPortFromLoadBalancer $Listener
  if ($port) { return $port }
  return Get-PublicPortFromMetadata $Listener
}

function Get-PublicPortFromMetadata($Listener) {
  try {
    $rules = (Get-Metadata 'loadbalancer?api-version=2020-10-01').loadbalancer.inboundRules
  } catch {
    return $null
  }
  foreach ($rule in $rules) {
    $public = [int]$rule.frontendPort
    $inRange = $public -ge [int]$Listener.publicPorts.first -and $public -le [int]$Listener.publicPorts.last
    if ([int]$rule.backendPort -eq [int]$Listener.port -and $inRange) { return $public }
  }
  return $null
}

function Get-PublicPortFromLoadBalancer($Listener) {
  $self = (Get-Metadata 'instance/compute?api-version=2021-02-01').resourceId + '/'
  $pool = Invoke-WithToken $Configuration.resourceManager.audience $Configuration.resourceManager.backendPool
  foreach ($address in $pool.properties.loadBalancerBackendAddresses) {
    $of = $address.properties.networkInterfaceIPConfiguration.id
    if (-not $of -or -not $of.StartsWith($self, [StringComparison]::OrdinalIgnoreCase)) { continue }
    foreach ($mapping in $address.properties.inboundNatRulesPortMapping) {
      if ([int]$mapping.backendPort -eq [int]$Listener.port) { return [int]$mapping.frontendPort }
    }
  }
  return $null
}

# The folder of the bot's files; a package is unpacked into a folder of its own, so that the one before stays whole.
function Get-Application {
  $package = $Configuration.package
  if (-not $package.url) { return $package.command }
  $folder = Join-Path (Join-Path $env:ProgramFiles 'teams-calling-bot') $package.sha256
  if (-not (Test-Path -Path (Join-Path $folder '.complete'))) {
    $archive = Join-Path $Root 'package.zip'
    $headers = @{}
    if ($package.audience) {
      $headers['Authorization'] = 'Bearer ' + (Get-IdentityToken $package.audience)
      $headers['x-ms-version'] = '2020-10-02'
    }
    Invoke-WebRequest -UseBasicParsing -Headers $headers -Uri $package.url -OutFile $archive
    $hash = (Get-FileHash -Algorithm SHA256 -Path $archive).Hash
    if ($hash -ne $package.sha256) {
      throw ('The package at ' + $package.url + ' has the SHA-256 ' + $hash + ' and not ' + $package.sha256)
    }
    if (Test-Path -Path $folder) { Remove-Item -Recurse -Force -Path $folder }
    Expand-Archive -Path $archive -DestinationPath $folder
    New-Item -ItemType File -Path (Join-Path $folder '.complete') | Out-Null
    Remove-Item -Force -Path $archive
  }
  return (Join-Path $folder $package.command)
}

function Get-Settings($Certificate) {
  $settings = @{}
  foreach ($setting in $Configuration.settings) { $settings[$setting.name] = $setting.value }
  foreach ($secret in $Configuration.secrets) {
    $answer = Wait-For ('The secret for ' + $secret.name) 20 { Invoke-WithToken $Configuration.vaultAudience $secret.url }
    if (-not $answer.value) { throw ('The secret for ' + $secret.name + ' is empty: give it a value in the vault') }
    $settings[$secret.name] = $answer.value
  }
  foreach ($listener in $Configuration.listeners) {
    if (-not $listener.publicPorts) { continue }
    $settings[$listener.publicPortSetting] = Wait-For ('The public port for ' + $listener.port) 20 { Get-PublicPort $listener }
  }
  $settings[$Configuration.thumbprintSetting] = $Certificate.Thumbprint
  return $settings
}

# Only the system and administrators read the service's settings, because secrets are among them.
function Protect-ServiceKey {
  $access = New-Object Security.AccessControl.RegistrySecurity
  $access.SetSecurityDescriptorSddlForm('D:P(A;CI;KA;;;SY)(A;CI;KA;;;BA)', [Security.AccessControl.AccessControlSections]::Access)
  Set-Acl -Path $ServiceKey -AclObject $access
}

function Install-BotService([string]$Application, $Settings) {
  $path = '"' + $Application + '"'
  if (-not (Get-Service -Name $ServiceName -ErrorAction SilentlyContinue)) {
    New-Service -Name $ServiceName -BinaryPathName $path -StartupType Automatic | Out-Null
  }
  Stop-Service -Force -Name $ServiceName
  $service = Get-CimInstance -ClassName Win32_Service | Where-Object { $_.Name -eq $ServiceName }
  $change = @{ PathName = $path; StartName = 'NT AUTHORITY\NetworkService'; StartPassword = '' }
  $answer = Invoke-CimMethod -InputObject $service -MethodName Change -Arguments $change
  if ($answer.ReturnValue -ne 0) { throw ('The service could not be set up: ' + $answer.ReturnValue) }
  Invoke-Program 'sc.exe' @('failure', $ServiceName, 'reset=', '86400', 'actions=', 'restart/5000/restart/5000/restart/60000') @(0)
  if (-not [Diagnostics.EventLog]::SourceExists($ServiceName)) {
    New-EventLog -LogName Application -Source $ServiceName
  }
  Protect-ServiceKey
  Set-ServiceSettings $Settings
}

# The vault extension raises event 1001 when it has installed a renewed certificate; every hour all the same, in case it was missed.
function Register-Renewal {
  $eventTrigger = New-CimInstance -ClientOnly -CimClass (Get-CimClass -Namespace 'root/Microsoft/Windows/TaskScheduler' -ClassName 'MSFT_TaskEventTrigger')
  $eventTrigger.Enabled = $true
  $eventTrigger.Subscription = '<QueryList><Query Id="0" Path="Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational"><Select>*[System[(EventID=1001)]]</Select></Query></QueryList>'
  $hourly = New-ScheduledTaskTrigger -Once -At (Get-Date) -RepetitionInterval (New-TimeSpan -Hours 1)
  $script = Join-Path $Root 'renew.ps1'
  $action = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument ('-NoProfile -NonInteractive -ExecutionPolicy Bypass -File "' + $script + '"')
  $system = New-ScheduledTaskPrincipal -UserId 'S-1-5-18' -RunLevel Highest
  Register-ScheduledTask -Force -TaskName 'teams-calling-bot-renewal' -Trigger @($eventTrigger, $hourly) -Action $action -Principal $system | Out-Null
}

try {
  $restart = Install-Prerequisites
  Set-FirewallRules
  $certificate = Wait-For ('A certificate for ' + $Configuration.hostName) 20 { Find-Certificate }
  Set-UrlReservations
  Set-CertificateBinding $certificate.Thumbprint $true
  $settings = Get-Settings $certificate
  Install-BotService (Get-Application) $settings
  Register-Renewal
  if ($restart) {
    Write-Log 'The machine restarts once to finish what was installed.'
    Invoke-Program 'shutdown.exe' @('/r', '/t', '60') @(0)
  } else {
    Start-Service -Name $ServiceName
  }
  Write-Log 'The machine is set up.'
} catch {
  Write-Log ('The machine could not be set up: ' + $_.Exception.Message)
  exit 1
}
`;
