; The Windows installer, for Inno Setup 6: `iscc /DVersion=0.1.0 packaging\bundle\windows\kindred.iss` in the checkout.
; It installs for one person, without asking for an administrator. Paths in [Setup] count from SourceDir, which counts
; from this file.
#ifndef Version
  #error Say which version: /DVersion=0.1.0
#endif

[Setup]
AppId={{6E2A1B60-52E7-4C65-9A36-6B1F0C2E7D41}
AppName=Kindred
AppVersion={#Version}
AppPublisher=The Kindred project
DefaultDirName={autopf}\Kindred
DefaultGroupName=Kindred
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\build\icons\kindred.ico
UninstallDisplayIcon={app}\kindred-window.exe
SourceDir=..\..\..\dist\kindred
OutputDir=..\..\dist
OutputBaseFilename=Kindred-{#Version}-setup
Compression=lzma2
SolidCompression=yes
ChangesEnvironment=yes

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"
Name: "german"; MessagesFile: "compiler:Languages\German.isl"

[Files]
Source: "*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\Kindred"; Filename: "{app}\kindred-window.exe"

[Registry]
; "Open with Kindred" in the menu of every folder.
Root: HKCU; Subkey: "Software\Classes\Directory\shell\Kindred"; ValueType: string; ValueData: "Kindred"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\Directory\shell\Kindred"; ValueName: "Icon"; ValueType: string; ValueData: "{app}\kindred-window.exe"
Root: HKCU; Subkey: "Software\Classes\Directory\shell\Kindred\command"; ValueType: string; ValueData: """{app}\kindred-window.exe"" ""%1"""
