// The one command that Azure runs on a machine. It fetches scripts and configuration from the machine's user data and starts
// them, in a folder to which nobody but the system and administrators can write, because the system runs what lies there.

export const LOADER_SCRIPT = `$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$root = Join-Path $env:ProgramData 'teams-calling-bot'
New-Item -ItemType Directory -Force -Path $root | Out-Null
& icacls.exe $root '/inheritance:r' '/grant:r' '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' | Out-Null
if ($LASTEXITCODE -ne 0) { throw ('The folder could not be closed to others: ' + $LASTEXITCODE) }
$uri = 'http://169.254.169.254/metadata/instance/compute/userData?api-version=2021-01-01&format=text'
$data = Invoke-RestMethod -UseBasicParsing -Headers @{ Metadata = 'true' } -Uri $uri
$bundle = ConvertFrom-Json ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($data)))
foreach ($file in $bundle.files) { [IO.File]::WriteAllText((Join-Path $root $file.name), $file.text) }
& powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File (Join-Path $root 'setup.ps1')
exit $LASTEXITCODE
`;
