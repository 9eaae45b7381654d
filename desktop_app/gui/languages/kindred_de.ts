<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Taking back the {run} to {folder} was stopped. The rest can be taken back, too.</source>
        <translation>Das Zurücknehmen ({run} nach {folder}) wurde unterbrochen. Der Rest lässt sich ebenfalls zurücknehmen.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message numerus="yes">
        <source>Organizing {folder} to {destination} was stopped: %n photos not done yet.</source>
        <translation>
            <numerusform>Das Einordnen von {folder} nach {destination} wurde unterbrochen: %n Foto steht noch aus.</numerusform>
            <numerusform>Das Einordnen von {folder} nach {destination} wurde unterbrochen: %n Fotos stehen noch aus.</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped after {read} of {found} photos. These can be grouped and organized.</source>
        <translation>Nach {read} von {found} Fotos abgebrochen. Diese lassen sich gruppieren und einordnen.</translation>
    </message>
    <message>
        <source>Stopped after the previews of {read} of {found} photos. These can be grouped only.</source>
        <translation>Nach den Vorschaubildern von {read} von {found} Fotos abgebrochen. Diese lassen sich nur gruppieren.</translation>
    </message>
    <message>
        <source>Stopped before a photo was read.</source>
        <translation>Abgebrochen, bevor ein Foto gelesen wurde.</translation>
    </message>
    <message>
        <source>Stopped before there were groups.</source>
        <translation>Abgebrochen, bevor es Gruppen gab.</translation>
    </message>
    <message>
        <source>Stopped before anything was touched.</source>
        <translation>Abgebrochen, bevor etwas angerührt wurde.</translation>
    </message>
    <message>
        <source>Stopped. The groups are as they were.</source>
        <translation>Abgebrochen. Die Gruppen sind, wie sie waren.</translation>
    </message>
    <message numerus="yes">
        <source>%n photos came since the groups were made.</source>
        <translation>
            <numerusform>%n Foto kam hinzu, seit die Gruppen gebildet wurden.</numerusform>
            <numerusform>%n Fotos kamen hinzu, seit die Gruppen gebildet wurden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Group anew</source>
        <translation>Neu gruppieren</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weitermachen</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>Undo…</source>
        <translation>Rückgängig …</translation>
    </message>
    <message numerus="yes">
        <source>Show %n files</source>
        <translation>
            <numerusform>%n Datei zeigen</numerusform>
            <numerusform>%n Dateien zeigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Dismiss the notice</source>
        <translation>Hinweis schließen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Warning: {what}</source>
        <translation>Warnung: {what}</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Show the files that could not be read, and why</source>
        <translation>Zeigen, welche Dateien sich nicht lesen ließen und warum</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>bereit</translation>
    </message>
    <message numerus="yes">
        <source>%n new photos joined their groups.</source>
        <translation>
            <numerusform>%n neues Foto ist in seiner Gruppe.</numerusform>
            <numerusform>%n neue Fotos sind in ihren Gruppen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new photos came, under “Unsure”: {unsure}.</source>
        <translation>
            <numerusform>%n neues Foto, bei den Unsicheren: {unsure}.</numerusform>
            <numerusform>%n neue Fotos, bei den Unsicheren: {unsure}.</numerusform>
        </translation>
    </message>
    <message>
        <source>{verb} {photos} ({files}) into {folders}</source>
        <translation>{verb}: {photos} ({files}) in {folders}</translation>
    </message>
    <message numerus="yes">
        <source>%n photos</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files with a number added to the name</source>
        <translation>
            <numerusform>%n Datei mit einer Nummer im Namen</numerusform>
            <numerusform>%n Dateien mit einer Nummer im Namen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files left alone</source>
        <translation>
            <numerusform>%n Datei bleibt unberührt</numerusform>
            <numerusform>%n Dateien bleiben unberührt</numerusform>
        </translation>
    </message>
    <message>
        <source>{needed} needed, {free} free.</source>
        <translation>{needed} nötig, {free} frei.</translation>
    </message>
    <message numerus="yes">
        <source>%n groups</source>
        <translation>
            <numerusform>%n Gruppe</numerusform>
            <numerusform>%n Gruppen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n ausgewählt</numerusform>
            <numerusform>%n ausgewählt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problems (show)</source>
        <translation>
            <numerusform>%n Problem (zeigen)</numerusform>
            <numerusform>%n Probleme (zeigen)</numerusform>
        </translation>
    </message>
    <message>
        <source>Main</source>
        <comment>a tool bar</comment>
        <translation>Werkzeugleiste</translation>
    </message>
    <message>
        <source>Main tools</source>
        <translation>Werkzeugleiste</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>Number of groups</source>
        <translation>Anzahl der Gruppen</translation>
    </message>
    <message>
        <source>k, the number of groups</source>
        <translation>k, die Anzahl der Gruppen</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>Auto</translation>
    </message>
    <message>
        <source>Auto: the suggested number of groups</source>
        <translation>Auto: die vorgeschlagene Anzahl der Gruppen</translation>
    </message>
    <message>
        <source>Take the number of groups that the elbow chart suggests</source>
        <translation>Die Anzahl nehmen, die das Ellbogen-Diagramm vorschlägt</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>What there is no room for</source>
        <translation>Wofür kein Platz ist</translation>
    </message>
    <message>
        <source>Organize…</source>
        <translation>Einordnen …</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message numerus="yes">
        <source>Takes at most %n photos</source>
        <translation>
            <numerusform>Nimmt höchstens %n Foto</numerusform>
            <numerusform>Nimmt höchstens %n Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>Kein Ordner</translation>
    </message>
    <message>
        <source>Folder {folder}</source>
        <translation>Ordner {folder}</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>Einen Ordner öffnen</translation>
    </message>
    <message>
        <source>Organize {count}…</source>
        <translation>{count} einordnen …</translation>
    </message>
    <message>
        <source>Kindred only reads your folder until you say otherwise. Nothing leaves this computer.</source>
        <translation>Kindred liest Ihren Ordner nur, bis Sie etwas anderes sagen. Nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>Sort photos by what they show</source>
        <translation>Fotos ordnen nach dem, was sie zeigen</translation>
    </message>
    <message>
        <source>Drop a folder of photos here</source>
        <translation>Ziehen Sie einen Ordner mit Fotos hierher</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Ordner öffnen …</translation>
    </message>
    <message>
        <source>Open the sample album</source>
        <translation>Beispielalbum öffnen</translation>
    </message>
    <message>
        <source>Draws 120 small pictures and shows them, to try Kindred out</source>
        <translation>Zeichnet 120 kleine Bilder und zeigt sie, um Kindred auszuprobieren</translation>
    </message>
    <message>
        <source>Opened before</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Open {folder}</source>
        <translation>{folder} öffnen</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Progress bar</source>
        <translation>Fortschrittsbalken</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Hold the work; nothing is lost</source>
        <translation>Die Arbeit anhalten; nichts geht verloren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop the work; what was done so far stays</source>
        <translation>Die Arbeit abbrechen; was schon getan ist, bleibt</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Paused · {done} of {total}</source>
        <translation>Angehalten · {done} von {total}</translation>
    </message>
    <message>
        <source>Kindred is still working on files. Close it?</source>
        <translation>Kindred arbeitet noch an Dateien. Trotzdem schließen?</translation>
    </message>
    <message>
        <source>Stopping leaves every file whole, here or there; the next start offers to continue.</source>
        <translation>Beim Abbrechen bleibt jede Datei ganz, am alten oder am neuen Ort; beim nächsten Start können Sie fortsetzen.</translation>
    </message>
    <message>
        <source>Finish, then close</source>
        <translation>Fertigmachen, dann schließen</translation>
    </message>
    <message>
        <source>Stop now and close</source>
        <translation>Jetzt abbrechen und schließen</translation>
    </message>
    <message>
        <source>Keep working</source>
        <translation>Weiterarbeiten</translation>
    </message>
    <message>
        <source>Kindred is still learning from photos. Close it?</source>
        <translation>Kindred lernt noch aus Fotos. Trotzdem schließen?</translation>
    </message>
    <message>
        <source>Stopping leaves photos and models as they are; what was learned so far is lost.</source>
        <translation>Beim Abbrechen bleiben Fotos und Modelle, wie sie sind; was bisher gelernt wurde, geht verloren.</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>Abbrechen und schließen</translation>
    </message>
    <message>
        <source>Keep learning</source>
        <translation>Weiterlernen</translation>
    </message>
    <message>
        <source>Kindred closes after this</source>
        <translation>Danach schließt sich Kindred</translation>
    </message>
    <message>
        <source>taken back: {what}</source>
        <translation>zurückgenommen: {what}</translation>
    </message>
    <message>
        <source>done again: {what}</source>
        <translation>wiederholt: {what}</translation>
    </message>
    <message>
        <source>moving {what} to {group}</source>
        <translation>{what} nach {group} verschieben</translation>
    </message>
    <message numerus="yes">
        <source>moving %n photos as your corrections say</source>
        <translation>
            <numerusform>%n Foto nach Ihren Korrekturen verschieben</numerusform>
            <numerusform>%n Fotos nach Ihren Korrekturen verschieben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>making a group of %n photos</source>
        <translation>
            <numerusform>neue Gruppe aus %n Foto</numerusform>
            <numerusform>neue Gruppe aus %n Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>merging {groups}</source>
        <translation>{groups} zusammenlegen</translation>
    </message>
    <message>
        <source>splitting {group} into {count}</source>
        <translation>{group} in {count} teilen</translation>
    </message>
    <message>
        <source>renaming {group}</source>
        <translation>{group} umbenennen</translation>
    </message>
    <message numerus="yes">
        <source>keeping the names {group}</source>
        <translation>
            <numerusform>den Namen {group} behalten</numerusform>
            <numerusform>die Namen {group} behalten</numerusform>
        </translation>
    </message>
    <message>
        <source>another cover for {group}</source>
        <translation>anderes Titelbild für {group}</translation>
    </message>
    <message>
        <source>locking {groups}</source>
        <translation>{groups} sperren</translation>
    </message>
    <message>
        <source>unlocking {groups}</source>
        <translation>{groups} entsperren</translation>
    </message>
    <message>
        <source>leaving out {groups}</source>
        <translation>{groups} auslassen</translation>
    </message>
    <message>
        <source>taking in {groups}</source>
        <translation>{groups} einbeziehen</translation>
    </message>
    <message numerus="yes">
        <source>keeping %n photos in place</source>
        <translation>
            <numerusform>%n Foto festhalten</numerusform>
            <numerusform>%n Fotos festhalten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>releasing %n photos</source>
        <translation>
            <numerusform>%n Foto freigeben</numerusform>
            <numerusform>%n Fotos freigeben</numerusform>
        </translation>
    </message>
    <message>
        <source>grouping anew</source>
        <translation>neu gruppieren</translation>
    </message>
    <message>
        <source>the groups are being made; try again in a moment</source>
        <translation>die Gruppen werden gerade gebildet; versuchen Sie es gleich noch einmal</translation>
    </message>
    <message>
        <source>done: {what}</source>
        <translation>erledigt: {what}</translation>
    </message>
    <message>
        <source>{some} and {other}</source>
        <translation>{some} und {other}</translation>
    </message>
    <message>
        <source>this disk has no trash that can be used</source>
        <translation>dieses Laufwerk hat keinen nutzbaren Papierkorb</translation>
    </message>
    <message>
        <source>&amp;Explore</source>
        <translation>&amp;Erkunden</translation>
    </message>
    <message>
        <source>Map and photos in the middle, groups at the left, neighbors and the chart at the right</source>
        <translation>Karte und Fotos in der Mitte, Gruppen links, ähnliche Fotos und das Diagramm rechts</translation>
    </message>
    <message>
        <source>&amp;Sort</source>
        <translation>&amp;Sortieren</translation>
    </message>
    <message>
        <source>Groups and photos alone, both large: for putting photos where they belong</source>
        <translation>Nur Gruppen und Fotos, beide groß: um Fotos dorthin zu legen, wo sie hingehören</translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <translation>&amp;Betrachten</translation>
    </message>
    <message>
        <source>One photo large above the others, with its details and its neighbors</source>
        <translation>Ein Foto groß über den anderen, mit seinen Details und ähnlichen Fotos</translation>
    </message>
    <message>
        <source>&amp;Float</source>
        <translation>Ab&amp;lösen</translation>
    </message>
    <message>
        <source>&amp;Into the window</source>
        <translation>Ins &amp;Fenster</translation>
    </message>
    <message>
        <source>&amp;Hide</source>
        <translation>Aus&amp;blenden</translation>
    </message>
    <message>
        <source>&amp;Put everything back</source>
        <translation>Alles &amp;zurückstellen</translation>
    </message>
    <message>
        <source>Float or hide this pane; drag its heading to move it</source>
        <translation>Bereich ablösen oder ausblenden; an der Überschrift lässt er sich verschieben</translation>
    </message>
    <message>
        <source>{pane}: float or hide</source>
        <translation>{pane}: ablösen oder ausblenden</translation>
    </message>
    <message>
        <source>{count} · key {key}</source>
        <translation>{count} · Taste {key}</translation>
    </message>
    <message numerus="yes">
        <source>Move %n photos to</source>
        <translation>
            <numerusform>%n Foto verschieben nach</numerusform>
            <numerusform>%n Fotos verschieben nach</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking for photos like those that you placed…</source>
        <translation>Es werden Fotos gesucht, die den von Ihnen einsortierten ähnlich sind …</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>The originals stay where they are. Needs space for a second copy.</source>
        <translation>Die Originale bleiben, wo sie sind. Braucht Platz für eine zweite Kopie.</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>copied and verified</source>
        <translation>kopiert und geprüft</translation>
    </message>
    <message>
        <source>copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>its original is gone, so this copy is kept</source>
        <translation>das Original ist fort, deshalb bleibt diese Kopie</translation>
    </message>
    <message>
        <source>its original has changed, so this copy is kept</source>
        <translation>das Original hat sich geändert, deshalb bleibt diese Kopie</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>The originals go into the new folders. Undo brings them back.</source>
        <translation>Die Originale kommen in die neuen Ordner. Zurücknehmen bringt sie zurück.</translation>
    </message>
    <message>
        <source>Moving</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>verschoben</translation>
    </message>
    <message>
        <source>move</source>
        <translation>Verschieben</translation>
    </message>
    <message numerus="yes">
        <source>%n photos to {group}</source>
        <translation>
            <numerusform>%n Foto nach {group}</numerusform>
            <numerusform>%n Fotos nach {group}</numerusform>
        </translation>
    </message>
    <message>
        <source>That could not be found out: {error}</source>
        <translation>Das ließ sich nicht ermitteln: {error}</translation>
    </message>
    <message>
        <source>Move {number}</source>
        <translation>{number} verschieben</translation>
    </message>
    <message numerus="yes">
        <source>%n more photos look like your corrections. The surest come first; what you placed stays.</source>
        <translation>
            <numerusform>%n weiteres Foto sieht aus wie Ihre Korrekturen. Das sicherste kommt zuerst; was Sie einsortiert haben, bleibt.</numerusform>
            <numerusform>%n weitere Fotos sehen aus wie Ihre Korrekturen. Die sichersten kommen zuerst; was Sie einsortiert haben, bleibt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing would move.</source>
        <translation>Nichts würde verschoben.</translation>
    </message>
    <message>
        <source>No other photo looks clearly like those that you placed. Nothing would move.</source>
        <translation>Kein anderes Foto sieht den von Ihnen einsortierten klar ähnlich. Nichts würde verschoben.</translation>
    </message>
    <message numerus="yes">
        <source>%n photos were left alone, because their group, or the one that they would go to, is locked.</source>
        <translation>
            <numerusform>%n Foto blieb, wo es ist, weil seine Gruppe oder die, in die es käme, gesperrt ist.</numerusform>
            <numerusform>%n Fotos blieben, wo sie sind, weil ihre Gruppe oder die, in die sie kämen, gesperrt ist.</numerusform>
        </translation>
    </message>
    <message>
        <source>A new group is made of selected photos. Select some, or drop them on New group.</source>
        <translation>Eine neue Gruppe entsteht aus ausgewählten Fotos. Wählen Sie welche aus, oder ziehen Sie sie auf „Neue Gruppe“.</translation>
    </message>
    <message>
        <source>Put some photos into the groups they belong to first. Then Kindred finds more of each.</source>
        <translation>Legen Sie zuerst einige Fotos in die Gruppen, in die sie gehören. Dann findet Kindred mehr davon.</translation>
    </message>
    <message numerus="yes">
        <source>%n photos moved.</source>
        <translation>
            <numerusform>%n Foto verschoben.</numerusform>
            <numerusform>%n Fotos verschoben.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>There is no other group that it could become one with.</source>
        <translation>Es gibt keine andere Gruppe, mit der sie sich zusammenlegen ließe.</translation>
    </message>
    <message>
        <source>Merge {group} with</source>
        <translation>{group} zusammenlegen mit</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Zusammenlegen</translation>
    </message>
    <message>
        <source>The group changed meanwhile and was left as it is. Split it again.</source>
        <translation>Die Gruppe hat sich inzwischen geändert und blieb, wie sie ist. Teilen Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>Wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>Merge the two: {sum}</source>
        <translation>Beide zusammenlegen: {sum}</translation>
    </message>
    <message>
        <source>Files are being organized. Another folder can be opened when that is done.</source>
        <translation>Es werden gerade Dateien eingeordnet. Ein anderer Ordner lässt sich danach öffnen.</translation>
    </message>
    <message>
        <source>The folder {folder} is not there any more. What was read of it stays in sight.</source>
        <translation>Der Ordner {folder} ist nicht mehr da. Was von ihm gelesen wurde, bleibt zu sehen.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Neu einlesen</translation>
    </message>
    <message>
        <source>Open a folder of photos</source>
        <translation>Einen Ordner mit Fotos öffnen</translation>
    </message>
    <message>
        <source>Drawing the sample album…</source>
        <translation>Das Beispielalbum wird gezeichnet …</translation>
    </message>
    <message>
        <source>Select two to {most} photos to compare them: Ctrl and a click adds one.</source>
        <translation>Wählen Sie zwei bis {most} Fotos aus, um sie zu vergleichen: Strg und ein Klick nimmt eins hinzu.</translation>
    </message>
    <message>
        <source>No program on this computer opens {file}.</source>
        <translation>Kein Programm auf diesem Computer öffnet {file}.</translation>
    </message>
    <message>
        <source>{file} is not there any more. It was moved, renamed or deleted since the folder was read.</source>
        <translation>{file} ist nicht mehr da. Es wurde verschoben, umbenannt oder gelöscht, seit der Ordner gelesen wurde.</translation>
    </message>
    <message>
        <source>No file manager answered. The file is {file}</source>
        <translation>Kein Dateimanager hat geantwortet. Die Datei ist {file}</translation>
    </message>
    <message>
        <source>Find photos similar to a picture</source>
        <translation>Fotos suchen, die einem Bild ähnlich sind</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>The photos are being read in full. Files can be organized as soon as that is done.</source>
        <translation>Die Fotos werden ganz eingelesen. Danach lassen sich Dateien einordnen.</translation>
    </message>
    <message>
        <source>The folder is being checked. Files can be organized as soon as that is done.</source>
        <translation>Der Ordner wird geprüft. Danach lassen sich Dateien einordnen.</translation>
    </message>
    <message>
        <source>These groups come from the files&apos; previews. No file is touched before it was read in full.</source>
        <translation>Diese Gruppen beruhen auf den Vorschaubildern der Dateien. Keine Datei wird angefasst, bevor sie ganz eingelesen ist.</translation>
    </message>
    <message>
        <source>What is shown is how the folder was left. No file is touched before it was looked at again.</source>
        <translation>Zu sehen ist der Ordner, wie er verlassen wurde. Keine Datei wird angefasst, bevor er wieder durchgesehen ist.</translation>
    </message>
    <message>
        <source>Sidecars become what they were, and new ones go. What was changed since is left alone.</source>
        <translation>Begleitdateien werden wieder, was sie waren, und neue verschwinden. Was seither geändert wurde, bleibt unberührt.</translation>
    </message>
    <message>
        <source>They return to {folder}. What was changed since stays where it is.</source>
        <translation>Sie kehren nach {folder} zurück. Was seither geändert wurde, bleibt, wo es ist.</translation>
    </message>
    <message>
        <source>What was made there goes; the originals stay. What was changed since is left alone.</source>
        <translation>Was dort angelegt wurde, verschwindet; die Originale bleiben. Was seither geändert wurde, bleibt unberührt.</translation>
    </message>
    <message>
        <source>Take back the {run} of {photos} in {folder}?</source>
        <translation>{run} von {photos} in {folder} zurücknehmen?</translation>
    </message>
    <message>
        <source>Take back the {run} of {photos} to {folder}?</source>
        <translation>{run} von {photos} nach {folder} zurücknehmen?</translation>
    </message>
    <message numerus="yes">
        <source>Take back %n photos</source>
        <translation>
            <numerusform>%n Foto zurücknehmen</numerusform>
            <numerusform>%n Fotos zurücknehmen</numerusform>
        </translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>So lassen</translation>
    </message>
    <message numerus="yes">
        <source>Bring %n photos back from the trash?</source>
        <translation>
            <numerusform>%n Foto aus dem Papierkorb zurückholen?</numerusform>
            <numerusform>%n Fotos aus dem Papierkorb zurückholen?</numerusform>
        </translation>
    </message>
    <message>
        <source>To {folder}, with all files that belong there. Where another file has the name by now, the one in the trash stays there.</source>
        <translation>Nach {folder}, mit allen Dateien, die dazugehören. Wo inzwischen eine andere Datei so heißt, bleibt die im Papierkorb dort.</translation>
    </message>
    <message numerus="yes">
        <source>Bring back %n photos</source>
        <translation>
            <numerusform>%n Foto zurückholen</numerusform>
            <numerusform>%n Fotos zurückholen</numerusform>
        </translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelle …</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Models, compare, learn</source>
        <translation>Modelle, Vergleichen, Lernen</translation>
    </message>
    <message>
        <source>Learn from this folder</source>
        <translation>Aus diesem Ordner lernen</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Was getan wurde</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Use the model again that the one in use was learned from</source>
        <translation>Wieder das Modell benutzen, aus dem das jetzige gelernt wurde</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>What the model is for</source>
        <translation>Wofür das Modell da ist</translation>
    </message>
    <message>
        <source>&amp;Use</source>
        <translation>&amp;Benutzen</translation>
    </message>
    <message>
        <source>Look at the photos with the chosen model from now on</source>
        <translation>Die Fotos von jetzt an mit dem gewählten Modell ansehen</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>A folder, a file or a zip of a model; dropping one here does the same</source>
        <translation>Ordner, Datei oder ZIP eines Modells; Sie können es auch hierher ziehen</translation>
    </message>
    <message>
        <source>A &amp;folder…</source>
        <translation>&amp;Ordner …</translation>
    </message>
    <message>
        <source>A f&amp;ile or zip…</source>
        <translation>&amp;Datei oder ZIP …</translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation>&amp;Entfernen …</translation>
    </message>
    <message>
        <source>Delete the chosen model, if it is one of yours</source>
        <translation>Das gewählte Modell löschen, wenn es eines von Ihren ist</translation>
    </message>
    <message>
        <source>What it is for:</source>
        <translation>Wofür es da ist:</translation>
    </message>
    <message>
        <source>Learning goes on. Tools &gt; Models… shows how far it is.</source>
        <translation>Das Lernen geht weiter. Werkzeuge &gt; Modelle … zeigt, wie weit es ist.</translation>
    </message>
    <message>
        <source>{model} is in use. Each photo is looked at once with a model.</source>
        <translation>{model} ist in Gebrauch. Jedes Foto wird mit einem Modell einmal angesehen.</translation>
    </message>
    <message>
        <source>Add a model: its folder</source>
        <translation>Modell hinzufügen: sein Ordner</translation>
    </message>
    <message>
        <source>Models (*.zip *.onnx card.json);;All files (*)</source>
        <translation>Modelle (*.zip *.onnx card.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Add a model: its zip or card</source>
        <translation>Modell hinzufügen: sein ZIP oder seine Karte</translation>
    </message>
    <message>
        <source>“{model}” came with Kindred and stays: only models that you added can be removed.</source>
        <translation>„{model}“ kam mit Kindred und bleibt: Nur Modelle, die Sie hinzugefügt haben, lassen sich entfernen.</translation>
    </message>
    <message>
        <source>It can be added again from where you have it; one that was learned is gone.</source>
        <translation>Sie können es von dort, wo Sie es haben, wieder hinzufügen; ein gelerntes ist dann fort.</translation>
    </message>
    <message>
        <source>It is in use: {model} takes its place.</source>
        <translation>Es ist in Gebrauch: {model} tritt an seine Stelle.</translation>
    </message>
    <message>
        <source>Remove the model {model}?</source>
        <translation>Das Modell {model} entfernen?</translation>
    </message>
    <message>
        <source>Remove {model}</source>
        <translation>{model} entfernen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>learned</source>
        <translation>gelernt</translation>
    </message>
    <message>
        <source>added by you</source>
        <translation>von Ihnen hinzugefügt</translation>
    </message>
    <message>
        <source>came with Kindred</source>
        <translation>mit Kindred geliefert</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>in Gebrauch</translation>
    </message>
    <message>
        <source>What the words mean</source>
        <translation>Was die Wörter bedeuten</translation>
    </message>
    <message>
        <source>Sorts photo folders by what the pictures show, on this computer alone: nothing is sent anywhere.</source>
        <translation>Ordnet Fotos nach dem, was sie zeigen, allein auf diesem Computer: Nichts wird verschickt.</translation>
    </message>
    <message>
        <source>The window uses Qt and Qt for Python under the LGPL, version 3.</source>
        <translation>Das Fenster nutzt Qt und Qt for Python unter der LGPL, Version 3.</translation>
    </message>
    <message>
        <source>Licences of all that is inside</source>
        <translation>Lizenzen von allem, was enthalten ist</translation>
    </message>
    <message>
        <source>About Kindred</source>
        <translation>Über Kindred</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>Wohin</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Take the chosen run back; what was changed since is left alone</source>
        <translation>Den gewählten Lauf zurücknehmen; was seither geändert wurde, bleibt unberührt</translation>
    </message>
    <message>
        <source>Each line is one time that files were organized, keywords written, or duplicates moved to the trash. Undo takes it back.</source>
        <translation>Jede Zeile steht für ein Mal, dass Dateien eingeordnet, Stichwörter geschrieben oder Duplikate in den Papierkorb verschoben wurden. „Rückgängig“ nimmt es zurück.</translation>
    </message>
    <message>
        <source>Nothing has been organized yet.</source>
        <translation>Es wurde noch nichts eingeordnet.</translation>
    </message>
    <message>
        <source>duplicates</source>
        <translation>Duplikate</translation>
    </message>
    <message>
        <source>the trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>Large photo</source>
        <translation>Großes Foto</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Neighbors</source>
        <translation>Ähnliche Fotos</translation>
    </message>
    <message>
        <source>How many groups?</source>
        <translation>Wie viele Gruppen?</translation>
    </message>
    <message>
        <source>working</source>
        <translation>arbeitet</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Image</source>
        <translation>B&amp;ild</translation>
    </message>
    <message>
        <source>&amp;Group</source>
        <translation>&amp;Gruppe</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>&amp;Werkzeuge</translation>
    </message>
    <message>
        <source>&amp;Settings</source>
        <translation>&amp;Einstellungen</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>P&amp;anes</source>
        <translation>&amp;Bereiche</translation>
    </message>
    <message>
        <source>La&amp;yout</source>
        <translation>An&amp;ordnung</translation>
    </message>
    <message>
        <source>Move &amp;to</source>
        <translation>&amp;Verschieben nach</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>&amp;Aussehen</translation>
    </message>
    <message>
        <source>Group in place &amp;{place}</source>
        <translation>Gruppe an Stelle &amp;{place}</translation>
    </message>
    <message>
        <source>Put the selected photos into group {place} of the list</source>
        <translation>Die ausgewählten Fotos in Gruppe {place} der Liste legen</translation>
    </message>
    <message>
        <source>&amp;Open folder…</source>
        <translation>Ordner &amp;öffnen …</translation>
    </message>
    <message>
        <source>Look at the photos of a folder</source>
        <translation>Die Fotos eines Ordners ansehen</translation>
    </message>
    <message>
        <source>Open the &amp;sample album</source>
        <translation>Beispiel&amp;album öffnen</translation>
    </message>
    <message>
        <source>Draw a small album and look at it</source>
        <translation>Ein kleines Album zeichnen und ansehen</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>&amp;Neu einlesen</translation>
    </message>
    <message>
        <source>Find what was added, changed or removed</source>
        <translation>Finden, was hinzukam, sich änderte oder entfernt wurde</translation>
    </message>
    <message>
        <source>&amp;Close folder</source>
        <translation>Ordner &amp;schließen</translation>
    </message>
    <message>
        <source>Back to the first page</source>
        <translation>Zurück zur ersten Seite</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Close Kindred</source>
        <translation>Kindred schließen</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Take back what was corrected last; files stay as they are</source>
        <translation>Die letzte Korrektur zurücknehmen; Dateien bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>&amp;Undo {what}</source>
        <translation>&amp;Rückgängig: {what}</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Do again what was taken back last</source>
        <translation>Noch einmal tun, was zuletzt zurückgenommen wurde</translation>
    </message>
    <message>
        <source>&amp;Redo {what}</source>
        <translation>&amp;Wiederholen: {what}</translation>
    </message>
    <message>
        <source>&amp;Copy path</source>
        <translation>&amp;Pfad kopieren</translation>
    </message>
    <message>
        <source>Put the paths of the selected photos on the clipboard</source>
        <translation>Die Pfade der ausgewählten Fotos in die Zwischenablage kopieren</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Alles auswählen</translation>
    </message>
    <message>
        <source>Select every photo shown</source>
        <translation>Jedes gezeigte Foto auswählen</translation>
    </message>
    <message>
        <source>Select &amp;none</source>
        <translation>&amp;Nichts auswählen</translation>
    </message>
    <message>
        <source>Select no photo</source>
        <translation>Kein Foto auswählen</translation>
    </message>
    <message>
        <source>&amp;Larger thumbnails</source>
        <translation>&amp;Größere Vorschaubilder</translation>
    </message>
    <message>
        <source>Show fewer, larger photos</source>
        <translation>Weniger, dafür größere Fotos zeigen</translation>
    </message>
    <message>
        <source>&amp;Smaller thumbnails</source>
        <translation>&amp;Kleinere Vorschaubilder</translation>
    </message>
    <message>
        <source>Show more, smaller photos</source>
        <translation>Mehr, dafür kleinere Fotos zeigen</translation>
    </message>
    <message>
        <source>&amp;Whole map</source>
        <translation>Gan&amp;ze Karte</translation>
    </message>
    <message>
        <source>Zoom the map so that every point is in sight</source>
        <translation>Die Karte so zeigen, dass jeder Punkt zu sehen ist</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Ausgelassen</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Left alone by the latest run</source>
        <translation>Vom letzten Lauf unberührt gelassen</translation>
    </message>
    <message>
        <source>&amp;Problems</source>
        <translation>&amp;Probleme</translation>
    </message>
    <message>
        <source>&amp;Left out</source>
        <translation>&amp;Ausgelassen</translation>
    </message>
    <message>
        <source>Left &amp;alone</source>
        <translation>&amp;Unberührt</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Read these files again, for instance after they were repaired or may be read now</source>
        <translation>Diese Dateien noch einmal lesen, etwa wenn sie repariert wurden oder jetzt gelesen werden dürfen</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>Liste kopieren</translation>
    </message>
    <message>
        <source>Put the list that is shown on the clipboard</source>
        <translation>Die gezeigte Liste in die Zwischenablage kopieren</translation>
    </message>
    <message>
        <source>The latest run left these files as they were; nothing was overwritten. Organize again tries them again.</source>
        <translation>Der letzte Lauf ließ diese Dateien, wie sie waren; nichts wurde überschrieben. Wenn Sie noch einmal einordnen, werden sie wieder versucht.</translation>
    </message>
    <message>
        <source>The latest run left no file alone.</source>
        <translation>Der letzte Lauf ließ keine Datei unberührt.</translation>
    </message>
    <message>
        <source>Left &amp;alone ({number})</source>
        <translation>&amp;Unberührt ({number})</translation>
    </message>
    <message numerus="yes">
        <source>%n files could not be read, or only in part. They stay where they are; everything else was looked at.</source>
        <translation>
            <numerusform>%n Datei ließ sich nicht oder nur zum Teil lesen. Sie bleibt, wo sie ist; alles andere wurde angesehen.</numerusform>
            <numerusform>%n Dateien ließen sich nicht oder nur zum Teil lesen. Sie bleiben, wo sie sind; alles andere wurde angesehen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Every photo could be read.</source>
        <translation>Jedes Foto ließ sich lesen.</translation>
    </message>
    <message>
        <source>Left out on purpose: {kinds}. They stay where they are.</source>
        <translation>Mit Absicht ausgelassen: {kinds}. Sie bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>Nothing was left out.</source>
        <translation>Nichts wurde ausgelassen.</translation>
    </message>
    <message>
        <source>&amp;Problems ({number})</source>
        <translation>&amp;Probleme ({number})</translation>
    </message>
    <message>
        <source>&amp;Left out ({number})</source>
        <translation>&amp;Ausgelassen ({number})</translation>
    </message>
    <message>
        <source>Files that could not be read, and what was left out</source>
        <translation>Dateien, die sich nicht lesen ließen, und was ausgelassen wurde</translation>
    </message>
    <message>
        <source>&amp;Groups</source>
        <translation>&amp;Gruppen</translation>
    </message>
    <message>
        <source>The list of groups</source>
        <translation>Die Liste der Gruppen</translation>
    </message>
    <message>
        <source>&amp;Map</source>
        <translation>&amp;Karte</translation>
    </message>
    <message>
        <source>Every photo as a point; look-alikes lie near each other</source>
        <translation>Jedes Foto als Punkt; ähnliche liegen nah beieinander</translation>
    </message>
    <message>
        <source>&amp;Photos</source>
        <translation>&amp;Fotos</translation>
    </message>
    <message>
        <source>The photos of the chosen group</source>
        <translation>Die Fotos der gewählten Gruppe</translation>
    </message>
    <message>
        <source>&amp;Large photo</source>
        <translation>Großes F&amp;oto</translation>
    </message>
    <message>
        <source>The photo that is looked at, as large as there is room</source>
        <translation>Das betrachtete Foto, so groß es der Platz erlaubt</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>&amp;Details</translation>
    </message>
    <message>
        <source>What is known of the photo that is looked at</source>
        <translation>Was über das betrachtete Foto bekannt ist</translation>
    </message>
    <message>
        <source>&amp;Neighbors</source>
        <translation>Ä&amp;hnliche Fotos</translation>
    </message>
    <message>
        <source>The photos most like the one that is looked at</source>
        <translation>Die Fotos, die dem betrachteten am ähnlichsten sind</translation>
    </message>
    <message>
        <source>&amp;How many groups?</source>
        <translation>&amp;Wie viele Gruppen?</translation>
    </message>
    <message>
        <source>The chart that suggests a number of groups</source>
        <translation>Das Diagramm, das eine Anzahl der Gruppen vorschlägt</translation>
    </message>
    <message>
        <source>Every pane where the chosen layout has it</source>
        <translation>Jeder Bereich dort, wo ihn die gewählte Anordnung hat</translation>
    </message>
    <message>
        <source>&amp;Next pane</source>
        <translation>&amp;Nächster Bereich</translation>
    </message>
    <message>
        <source>Let the keys go to the next pane</source>
        <translation>Die Tasten gelten im nächsten Bereich</translation>
    </message>
    <message>
        <source>Pre&amp;vious pane</source>
        <translation>&amp;Voriger Bereich</translation>
    </message>
    <message>
        <source>Let the keys go to the pane before</source>
        <translation>Die Tasten gelten im vorigen Bereich</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>Vollbil&amp;d</translation>
    </message>
    <message>
        <source>Fill the screen, or return from it</source>
        <translation>Den Bildschirm füllen oder zurückkehren</translation>
    </message>
    <message>
        <source>&amp;Move to group…</source>
        <translation>In &amp;Gruppe verschieben …</translation>
    </message>
    <message>
        <source>Put the selected photos into another group, or a new one</source>
        <translation>Die ausgewählten Fotos in eine andere oder eine neue Gruppe legen</translation>
    </message>
    <message>
        <source>&amp;Keep in this group</source>
        <translation>In dieser Gruppe be&amp;halten</translation>
    </message>
    <message>
        <source>Regrouping leaves the selected photos where they are</source>
        <translation>Neues Gruppieren lässt die ausgewählten Fotos, wo sie sind</translation>
    </message>
    <message>
        <source>Use as co&amp;ver</source>
        <translation>Als &amp;Titelbild nehmen</translation>
    </message>
    <message>
        <source>Let this photo stand for its group</source>
        <translation>Dieses Foto steht für seine Gruppe</translation>
    </message>
    <message>
        <source>&amp;Look closely</source>
        <translation>Genau &amp;ansehen</translation>
    </message>
    <message>
        <source>Show the photo large; arrows walk on, Space returns</source>
        <translation>Das Foto groß zeigen; Pfeiltasten blättern, die Leertaste führt zurück</translation>
    </message>
    <message>
        <source>Com&amp;pare</source>
        <translation>Ve&amp;rgleichen</translation>
    </message>
    <message>
        <source>Show two to four selected photos side by side</source>
        <translation>Zwei bis vier ausgewählte Fotos nebeneinander zeigen</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>Open the photo in the program made for it</source>
        <translation>Das Foto in dem dafür gedachten Programm öffnen</translation>
    </message>
    <message>
        <source>&amp;Show in folder</source>
        <translation>Im &amp;Ordner zeigen</translation>
    </message>
    <message>
        <source>Show the file in the file manager</source>
        <translation>Die Datei im Dateimanager zeigen</translation>
    </message>
    <message>
        <source>Copy or move to a fol&amp;der…</source>
        <translation>In Ordner &amp;kopieren oder verschieben …</translation>
    </message>
    <message>
        <source>File only the selected photos</source>
        <translation>Nur die ausgewählten Fotos einordnen</translation>
    </message>
    <message>
        <source>&amp;Find similar</source>
        <translation>Ähnliche &amp;suchen</translation>
    </message>
    <message>
        <source>Show the photos most like this one</source>
        <translation>Die Fotos zeigen, die diesem am ähnlichsten sind</translation>
    </message>
    <message>
        <source>Find similar to a f&amp;ile…</source>
        <translation>Ähnliche zu einer &amp;Datei suchen …</translation>
    </message>
    <message>
        <source>Choose any picture and show the photos of this folder most like it</source>
        <translation>Ein beliebiges Bild wählen und die Fotos dieses Ordners zeigen, die ihm am ähnlichsten sind</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>The neighbors seen before</source>
        <translation>Die vorher gezeigten ähnlichen Fotos</translation>
    </message>
    <message>
        <source>For&amp;ward</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>The neighbors seen after</source>
        <translation>Die danach gezeigten ähnlichen Fotos</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>&amp;Umbenennen …</translation>
    </message>
    <message>
        <source>Give the chosen group another name</source>
        <translation>Der gewählten Gruppe einen anderen Namen geben</translation>
    </message>
    <message>
        <source>&amp;Keep this name</source>
        <translation>Diesen Namen be&amp;halten</translation>
    </message>
    <message>
        <source>Let the suggested name of the chosen group be its name</source>
        <translation>Den vorgeschlagenen Namen der gewählten Gruppe zu ihrem Namen machen</translation>
    </message>
    <message>
        <source>Keep &amp;all suggested names</source>
        <translation>Alle vorgeschla&amp;genen Namen behalten</translation>
    </message>
    <message>
        <source>Let every suggested name be the group&apos;s name</source>
        <translation>Jeden vorgeschlagenen Namen zum Namen der Gruppe machen</translation>
    </message>
    <message>
        <source>&amp;Merge with…</source>
        <translation>&amp;Zusammenlegen mit …</translation>
    </message>
    <message>
        <source>Make one group of the chosen one and another</source>
        <translation>Aus der gewählten und einer anderen Gruppe eine machen</translation>
    </message>
    <message>
        <source>&amp;Split…</source>
        <translation>&amp;Teilen …</translation>
    </message>
    <message>
        <source>Make several groups of the chosen one, after a look at them</source>
        <translation>Aus der gewählten Gruppe mehrere machen, nachdem Sie sie gesehen haben</translation>
    </message>
    <message>
        <source>Ne&amp;w group</source>
        <translation>&amp;Neue Gruppe</translation>
    </message>
    <message>
        <source>Put the selected photos into a group of their own</source>
        <translation>Die ausgewählten Fotos in eine eigene Gruppe legen</translation>
    </message>
    <message>
        <source>&amp;Lock</source>
        <translation>&amp;Sperren</translation>
    </message>
    <message>
        <source>Regrouping takes no photo out of the chosen group and adds none</source>
        <translation>Neues Gruppieren nimmt kein Foto aus der gewählten Gruppe und fügt keins hinzu</translation>
    </message>
    <message>
        <source>Leave &amp;out of Organize</source>
        <translation>Beim Einordnen &amp;auslassen</translation>
    </message>
    <message>
        <source>Organize leaves the chosen group where it is</source>
        <translation>„Einordnen“ lässt die gewählte Gruppe, wo sie ist</translation>
    </message>
    <message>
        <source>&amp;Copy or move this group…</source>
        <translation>Gruppe &amp;kopieren oder verschieben …</translation>
    </message>
    <message>
        <source>File only the chosen group into a folder</source>
        <translation>Nur die gewählte Gruppe in einen Ordner einordnen</translation>
    </message>
    <message>
        <source>&amp;Group anew</source>
        <translation>Neu g&amp;ruppieren</translation>
    </message>
    <message>
        <source>Make the groups of all photos, also of those that came later and only joined</source>
        <translation>Die Gruppen aus allen Fotos bilden, auch aus später hinzugekommenen, die nur eingereiht wurden</translation>
    </message>
    <message>
        <source>&amp;Next group</source>
        <translation>Nä&amp;chste Gruppe</translation>
    </message>
    <message>
        <source>Show the group below</source>
        <translation>Die Gruppe darunter zeigen</translation>
    </message>
    <message>
        <source>&amp;Previous group</source>
        <translation>&amp;Vorige Gruppe</translation>
    </message>
    <message>
        <source>Show the group above</source>
        <translation>Die Gruppe darüber zeigen</translation>
    </message>
    <message>
        <source>&amp;Organize…</source>
        <translation>&amp;Einordnen …</translation>
    </message>
    <message>
        <source>Copy, move or link the photos, a folder for each group</source>
        <translation>Die Fotos kopieren, verschieben oder verknüpfen, ein Ordner für jede Gruppe</translation>
    </message>
    <message>
        <source>Write &amp;keywords…</source>
        <translation>&amp;Stichwörter schreiben …</translation>
    </message>
    <message>
        <source>Each photo&apos;s group as a keyword beside it, for other programs</source>
        <translation>Die Gruppe jedes Fotos als Stichwort daneben, für andere Programme</translation>
    </message>
    <message>
        <source>Decide &amp;unsure photos…</source>
        <translation>&amp;Unsichere Fotos entscheiden …</translation>
    </message>
    <message>
        <source>One by one, each beside the groups it is most like</source>
        <translation>Eins nach dem anderen, jedes neben den Gruppen, denen es am ähnlichsten ist</translation>
    </message>
    <message>
        <source>&amp;Teach…</source>
        <translation>An&amp;lernen …</translation>
    </message>
    <message>
        <source>Find more photos like those that you put into groups by hand</source>
        <translation>Weitere Fotos finden, die denen ähneln, die Sie von Hand in Gruppen gelegt haben</translation>
    </message>
    <message>
        <source>&amp;Duplicates…</source>
        <translation>&amp;Duplikate …</translation>
    </message>
    <message>
        <source>Photos that are there more than once, and the way to the trash</source>
        <translation>Fotos, die mehrfach da sind, und der Weg in den Papierkorb</translation>
    </message>
    <message>
        <source>Use the &amp;suggested number of groups</source>
        <translation>&amp;Vorgeschlagene Anzahl der Gruppen</translation>
    </message>
    <message>
        <source>Let the elbow chart choose</source>
        <translation>Das Ellbogen-Diagramm wählen lassen</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>&amp;Modelle …</translation>
    </message>
    <message>
        <source>What looks at the photos: use, add, compare, or learn from this folder</source>
        <translation>Was die Fotos ansieht: benutzen, hinzufügen, vergleichen oder aus diesem Ordner lernen</translation>
    </message>
    <message>
        <source>&amp;History…</source>
        <translation>Ve&amp;rlauf …</translation>
    </message>
    <message>
        <source>What was organized so far, and undo</source>
        <translation>Was bisher eingeordnet wurde, und rückgängig machen</translation>
    </message>
    <message>
        <source>&amp;Cancel what is running</source>
        <translation>Laufendes &amp;abbrechen</translation>
    </message>
    <message>
        <source>Stop the work in progress</source>
        <translation>Die laufende Arbeit abbrechen</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>Model, method, what is left out, colors</source>
        <translation>Modell, Verfahren, was ausgelassen wird, Farben</translation>
    </message>
    <message>
        <source>&amp;Keys…</source>
        <translation>&amp;Tasten …</translation>
    </message>
    <message>
        <source>The keys of every action, and other ones where you want them</source>
        <translation>Die Tasten jeder Aktion, und andere, wo Sie möchten</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>Follow the system</source>
        <translation>Dem System folgen</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>Dark text on a light window</source>
        <translation>Dunkle Schrift auf hellem Fenster</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>Light text on a dark window</source>
        <translation>Helle Schrift auf dunklem Fenster</translation>
    </message>
    <message>
        <source>&amp;Find an action…</source>
        <translation>&amp;Aktion suchen …</translation>
    </message>
    <message>
        <source>Type a few letters of what you want to do</source>
        <translation>Ein paar Buchstaben dessen tippen, was Sie tun möchten</translation>
    </message>
    <message>
        <source>&amp;What the words mean</source>
        <translation>Was die &amp;Wörter bedeuten</translation>
    </message>
    <message>
        <source>Groups, k, elbow, similarity, unsure</source>
        <translation>Gruppen, k, Ellbogen, Ähnlichkeit, unsicher</translation>
    </message>
    <message>
        <source>Open the &amp;log folder</source>
        <translation>&amp;Protokollordner öffnen</translation>
    </message>
    <message>
        <source>Where Kindred writes down what went wrong</source>
        <translation>Wo Kindred aufschreibt, was schiefging</translation>
    </message>
    <message>
        <source>Save a &amp;report…</source>
        <translation>Bericht &amp;speichern …</translation>
    </message>
    <message>
        <source>For whoever helps you; it names no folder and no photo</source>
        <translation>Für alle, die Ihnen helfen; er nennt keinen Ordner und kein Foto</translation>
    </message>
    <message>
        <source>&amp;About Kindred</source>
        <translation>Ü&amp;ber Kindred</translation>
    </message>
    <message>
        <source>Version and license</source>
        <translation>Version und Lizenz</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Empty the field</source>
        <translation>Feld leeren</translation>
    </message>
    <message>
        <source>Choose a photo to see it here.</source>
        <translation>Wählen Sie ein Foto, um es hier zu sehen.</translation>
    </message>
    <message>
        <source>Details of the photo</source>
        <translation>Details des Fotos</translation>
    </message>
    <message>
        <source>{width} × {height} · {pixels} MP</source>
        <translation>{width} × {height} · {pixels} MP</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Organize</source>
        <translation>Einordnen</translation>
    </message>
    <message>
        <source>{folder} sorted</source>
        <translation>{folder} sortiert</translation>
    </message>
    <message>
        <source>Destination folder</source>
        <translation>Zielordner</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Choose the destination folder</source>
        <translation>Zielordner wählen</translation>
    </message>
    <message>
        <source>What to do with the photos</source>
        <translation>Was mit den Fotos geschieht</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folders in folders; the fields are {fields}</source>
        <translation>Ordner in Ordnern; die Felder sind {fields}</translation>
    </message>
    <message>
        <source>Where a name is taken</source>
        <translation>Wenn ein Name vergeben ist</translation>
    </message>
    <message>
        <source>Keep both: the later one gets a number</source>
        <translation>Beide behalten: das spätere bekommt eine Nummer</translation>
    </message>
    <message>
        <source>Leave the later one where it is</source>
        <translation>Das spätere lassen, wo es ist</translation>
    </message>
    <message>
        <source>Nothing is ever replaced</source>
        <translation>Nie wird etwas ersetzt</translation>
    </message>
    <message>
        <source>File them with the group they are most like</source>
        <translation>Zur Gruppe legen, der sie am ähnlichsten sind</translation>
    </message>
    <message>
        <source>File them in a folder “Unsure”</source>
        <translation>In einen Ordner „Unsichere“ legen</translation>
    </message>
    <message>
        <source>Leave them where they are</source>
        <translation>Lassen, wo sie sind</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Same name</source>
        <translation>Gleicher Name</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>For example: {example}</source>
        <translation>Zum Beispiel: {example}</translation>
    </message>
    <message>
        <source>Working out what would happen…</source>
        <translation>Es wird ermittelt, was geschähe …</translation>
    </message>
    <message>
        <source>Choose a destination folder.</source>
        <translation>Wählen Sie einen Zielordner.</translation>
    </message>
    <message numerus="yes">
        <source>%n folders</source>
        <translation>
            <numerusform>%n Ordner</numerusform>
            <numerusform>%n Ordner</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos into {folders}</source>
        <translation>
            <numerusform>%n Foto in {folders}</numerusform>
            <numerusform>%n Fotos in {folders}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files that belong to them travel along</source>
        <translation>
            <numerusform>%n Datei, die dazugehört, kommt mit</numerusform>
            <numerusform>%n Dateien, die dazugehören, kommen mit</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} needed</source>
        <translation>{size} nötig</translation>
    </message>
    <message>
        <source>{size} free</source>
        <translation>{size} frei</translation>
    </message>
    <message>
        <source>There is not enough space. Choose another disk, or link instead of copying.</source>
        <translation>Der Platz reicht nicht. Wählen Sie ein anderes Laufwerk, oder verknüpfen Sie, statt zu kopieren.</translation>
    </message>
    <message>
        <source>Nothing to do: every photo is where it would go, or was left out.</source>
        <translation>Nichts zu tun: Jedes Foto ist schon dort, wo es hinkäme, oder wurde ausgelassen.</translation>
    </message>
    <message>
        <source>This destination lies inside the folder of the photos. What is filed there is not looked at again with this folder.</source>
        <translation>Dieses Ziel liegt im Ordner der Fotos. Was dort eingeordnet ist, wird mit diesem Ordner nicht noch einmal angesehen.</translation>
    </message>
    <message numerus="yes">
        <source>{verb} %n photos</source>
        <translation>
            <numerusform>{verb}: %n Foto</numerusform>
            <numerusform>{verb}: %n Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{verb} %n photos, {unsure} of them unsure</source>
        <translation>
            <numerusform>{verb}: %n Foto, davon {unsure} unsicher</numerusform>
            <numerusform>{verb}: %n Fotos, davon {unsure} unsicher</numerusform>
        </translation>
    </message>
    <message>
        <source>Double-click or press F2 to give the folder another name</source>
        <translation>Doppelklick oder F2 gibt dem Ordner einen anderen Namen</translation>
    </message>
    <message>
        <source>Same name, all kept</source>
        <translation>Gleicher Name, alle behalten</translation>
    </message>
    <message>
        <source>Left where they are, as you decided</source>
        <translation>Wie Sie entschieden, bleiben, wo sie sind</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>Dateigröße</translation>
    </message>
    <message>
        <source>Travels with</source>
        <translation>Dazu gehört</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Beschädigt</translation>
    </message>
    <message>
        <source>only part of the picture could be read</source>
        <translation>nur ein Teil des Bildes ließ sich lesen</translation>
    </message>
    <message>
        <source>no flash</source>
        <translation>ohne Blitz</translation>
    </message>
    <message>
        <source>flash</source>
        <translation>mit Blitz</translation>
    </message>
    <message>
        <source>manual</source>
        <translation>manuell</translation>
    </message>
    <message>
        <source>program</source>
        <translation>Programmautomatik</translation>
    </message>
    <message>
        <source>aperture priority</source>
        <translation>Zeitautomatik</translation>
    </message>
    <message>
        <source>shutter priority</source>
        <translation>Blendenautomatik</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Objektiv</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Belichtung</translation>
    </message>
    <message>
        <source>Aperture</source>
        <translation>Blende</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation>Empfindlichkeit</translation>
    </message>
    <message>
        <source>Focal length</source>
        <translation>Brennweite</translation>
    </message>
    <message>
        <source>Correction</source>
        <comment>of exposure</comment>
        <translation>Belichtungskorrektur</translation>
    </message>
    <message>
        <source>Program</source>
        <comment>of a camera</comment>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Flash</source>
        <translation>Blitz</translation>
    </message>
    <message>
        <source>Place</source>
        <comment>where a photo was taken</comment>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Software</source>
        <translation>Software</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>Urheber</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>{length} (as {full} on full frame)</source>
        <translation>{length} (wie {full} an Vollformat)</translation>
    </message>
    <message>
        <source>Write keywords</source>
        <translation>Stichwörter schreiben</translation>
    </message>
    <message>
        <source>Each photo&apos;s group becomes a keyword in the XMP sidecar beside it, where digiKam, darktable and Lightroom look for keywords. What a sidecar holds already stays. No photo is touched.</source>
        <translation>Die Gruppe jedes Fotos wird ein Stichwort in der XMP-Begleitdatei daneben, wo digiKam, darktable und Lightroom Stichwörter suchen. Was eine Begleitdatei schon enthält, bleibt. Kein Foto wird angerührt.</translation>
    </message>
    <message>
        <source>Names of new sidecars</source>
        <translation>Namen neuer Begleitdateien</translation>
    </message>
    <message>
        <source>As this folder has them</source>
        <translation>Wie in diesem Ordner üblich</translation>
    </message>
    <message>
        <source>IMG.jpg.xmp (digiKam, darktable)</source>
        <translation>IMG.jpg.xmp (digiKam, darktable)</translation>
    </message>
    <message>
        <source>IMG.xmp (Lightroom, Bridge)</source>
        <translation>IMG.xmp (Lightroom, Bridge)</translation>
    </message>
    <message>
        <source>Unsure photos</source>
        <translation>Unsichere Fotos</translation>
    </message>
    <message>
        <source>The group they are most like</source>
        <translation>Die Gruppe, der sie am ähnlichsten sind</translation>
    </message>
    <message>
        <source>No keyword</source>
        <translation>Kein Stichwort</translation>
    </message>
    <message>
        <source>New sidecars</source>
        <translation>Neue Begleitdateien</translation>
    </message>
    <message numerus="yes">
        <source>%n unsure</source>
        <translation>
            <numerusform>%n unsicheres</numerusform>
            <numerusform>%n unsichere</numerusform>
        </translation>
    </message>
    <message>
        <source>Sidecars</source>
        <translation>Begleitdateien</translation>
    </message>
    <message>
        <source>Sidecar</source>
        <translation>Begleitdatei</translation>
    </message>
    <message>
        <source>Keyword</source>
        <translation>Stichwort</translation>
    </message>
    <message>
        <source>Looking at the sidecars…</source>
        <translation>Die Begleitdateien werden angesehen …</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Added to</source>
        <translation>Ergänzt</translation>
    </message>
    <message>
        <source>Left alone</source>
        <translation>Unberührt</translation>
    </message>
    <message>
        <source>For example {example}</source>
        <translation>Zum Beispiel {example}</translation>
    </message>
    <message numerus="yes">
        <source>Write keywords for %n photos</source>
        <translation>
            <numerusform>Stichwörter für %n Foto schreiben</numerusform>
            <numerusform>Stichwörter für %n Fotos schreiben</numerusform>
        </translation>
    </message>
    <message>
        <source>and {number} more</source>
        <translation>und {number} weitere</translation>
    </message>
    <message>
        <source>That cannot be planned: {error}</source>
        <translation>Das lässt sich nicht planen: {error}</translation>
    </message>
    <message>
        <source>Enter</source>
        <comment>a key</comment>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>M:  Another group…</source>
        <translation>M:  Andere Gruppe …</translation>
    </message>
    <message>
        <source>S:  Skip</source>
        <translation>S:  Überspringen</translation>
    </message>
    <message>
        <source>Backspace:  The one before</source>
        <translation>Rücktaste:  Das vorige</translation>
    </message>
    <message>
        <source>Esc:  Back to all</source>
        <translation>Esc:  Zurück zu allen</translation>
    </message>
    <message>
        <source>{place} of {count} unsure · {file}</source>
        <translation>{place} von {count} unsicheren · {file}</translation>
    </message>
    <message>
        <source>Which group does this photo belong to?</source>
        <translation>In welche Gruppe gehört dieses Foto?</translation>
    </message>
    <message>
        <source>That was the last of {count}.</source>
        <translation>Das war das letzte von {count}.</translation>
    </message>
    <message numerus="yes">
        <source>%n photos you skipped are still unsure.</source>
        <translation>
            <numerusform>%n übersprungenes Foto ist noch unsicher.</numerusform>
            <numerusform>%n übersprungene Fotos sind noch unsicher.</numerusform>
        </translation>
    </message>
    <message>
        <source>None is unsure any more.</source>
        <translation>Keins ist mehr unsicher.</translation>
    </message>
    <message>
        <source>Large view</source>
        <translation>Großansicht</translation>
    </message>
    <message>
        <source>Left, Right, Home, End</source>
        <translation>Links, Rechts, Pos1, Ende</translation>
    </message>
    <message>
        <source>walk</source>
        <translation>blättern</translation>
    </message>
    <message>
        <source>larger, smaller, the whole photo, 100 %</source>
        <translation>größer, kleiner, das ganze Foto, 100 %</translation>
    </message>
    <message>
        <source>I, Space or Esc</source>
        <translation>I, Leertaste oder Esc</translation>
    </message>
    <message>
        <source>details, close</source>
        <translation>Angaben, schließen</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Raster</translation>
    </message>
    <message>
        <source>Shift or Ctrl and a click</source>
        <translation>Umschalt oder Strg und Klick</translation>
    </message>
    <message>
        <source>select more</source>
        <translation>mehr auswählen</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>Aktionen und ihre Tasten</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Search the keys</source>
        <translation>Tasten durchsuchen</translation>
    </message>
    <message>
        <source>New keys for the chosen action</source>
        <translation>Neue Tasten für die gewählte Aktion</translation>
    </message>
    <message>
        <source>Use these keys</source>
        <translation>Diese Tasten nehmen</translation>
    </message>
    <message>
        <source>As delivered</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Give the chosen action the keys that Kindred came with</source>
        <translation>Der gewählten Aktion die Tasten geben, mit denen Kindred kam</translation>
    </message>
    <message>
        <source>New keys:</source>
        <translation>Neue Tasten:</translation>
    </message>
    <message>
        <source>Choose an action to give it other keys.</source>
        <translation>Wählen Sie eine Aktion, um ihr andere Tasten zu geben.</translation>
    </message>
    <message>
        <source>“{action}” is chosen. Click into the field and press the new keys.</source>
        <translation>„{action}“ ist gewählt. Klicken Sie in das Feld und drücken Sie die neuen Tasten.</translation>
    </message>
    <message>
        <source>{keys} belongs to “{action}” ({menu}). Give that one other keys first.</source>
        <translation>{keys} gehört zu „{action}“ ({menu}). Geben Sie dieser Aktion zuerst andere Tasten.</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Duplikate</translation>
    </message>
    <message>
        <source>Back to all photos (Esc)</source>
        <translation>Zurück zu allen Fotos (Esc)</translation>
    </message>
    <message>
        <source>Back to all</source>
        <translation>Zurück zu allen</translation>
    </message>
    <message>
        <source>Exact and near</source>
        <translation>Exakte und ähnliche</translation>
    </message>
    <message>
        <source>Exact copies</source>
        <translation>Exakte Kopien</translation>
    </message>
    <message>
        <source>Near duplicates</source>
        <translation>Fast-Duplikate</translation>
    </message>
    <message>
        <source>Kind of duplicates</source>
        <translation>Art der Duplikate</translation>
    </message>
    <message>
        <source>Exact copies are the same file byte for byte</source>
        <translation>Exakte Kopien sind Byte für Byte dieselbe Datei</translation>
    </message>
    <message>
        <source>How alike</source>
        <translation>Wie ähnlich</translation>
    </message>
    <message>
        <source>How alike photos must be; documents and screenshots more than photos</source>
        <translation>Wie ähnlich Fotos sein müssen; Dokumente und Bildschirmfotos mehr als Fotos</translation>
    </message>
    <message>
        <source>Choose all but the suggested</source>
        <translation>Nur Vorschläge behalten</translation>
    </message>
    <message>
        <source>In every set</source>
        <translation>In jedem Satz</translation>
    </message>
    <message>
        <source>Keep all</source>
        <translation>Alle behalten</translation>
    </message>
    <message>
        <source>Let nothing go</source>
        <translation>Nichts weggeben</translation>
    </message>
    <message>
        <source>The photos of this set side by side (Return)</source>
        <translation>Die Fotos dieses Satzes nebeneinander (Eingabetaste)</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Take the latest ones out of the trash</source>
        <translation>Die letzten aus dem Papierkorb holen</translation>
    </message>
    <message>
        <source>Whole units: what belongs to a photo goes with it</source>
        <translation>Immer vollständig: Was zu einem Foto gehört, geht mit</translation>
    </message>
    <message>
        <source>Looking for duplicates…</source>
        <translation>Duplikate werden gesucht …</translation>
    </message>
    <message>
        <source>At least {percent} % alike</source>
        <translation>Ab {percent} % gleich</translation>
    </message>
    <message numerus="yes">
        <source>%n sets</source>
        <translation>
            <numerusform>%n Satz</numerusform>
            <numerusform>%n Sätze</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n copies beyond the one to keep</source>
        <translation>
            <numerusform>%n Kopie zu viel</numerusform>
            <numerusform>%n Kopien zu viel</numerusform>
        </translation>
    </message>
    <message>
        <source>No duplicates here.</source>
        <translation>Hier gibt es keine Duplikate.</translation>
    </message>
    <message>
        <source>None of this kind.</source>
        <translation>Keine dieser Art.</translation>
    </message>
    <message numerus="yes">
        <source>Move %n photos to the trash…</source>
        <translation>
            <numerusform>%n Foto in den Papierkorb …</numerusform>
            <numerusform>%n Fotos in den Papierkorb …</numerusform>
        </translation>
    </message>
    <message>
        <source>Move photos to the trash…</source>
        <translation>Fotos in den Papierkorb …</translation>
    </message>
    <message numerus="yes">
        <source>Bring %n photos back</source>
        <translation>
            <numerusform>%n Foto zurückholen</numerusform>
            <numerusform>%n Fotos zurückholen</numerusform>
        </translation>
    </message>
    <message>
        <source>Moved to the trash on {time}</source>
        <translation>In den Papierkorb verschoben am {time}</translation>
    </message>
    <message>
        <source>{file} was on its way to the trash when Kindred ended: look for it there.</source>
        <translation>{file} war auf dem Weg in den Papierkorb, als Kindred endete: Sehen Sie dort nach.</translation>
    </message>
    <message numerus="yes">
        <source>Move %n photos ({size}) to the trash?</source>
        <translation>
            <numerusform>%n Foto ({size}) in den Papierkorb verschieben?</numerusform>
            <numerusform>%n Fotos ({size}) in den Papierkorb verschieben?</numerusform>
        </translation>
    </message>
    <message>
        <source>Files that belong to a photo go along. Of each set at least one photo stays. All can be brought back.</source>
        <translation>Dateien, die zu einem Foto gehören, gehen mit. Von jedem Satz bleibt mindestens ein Foto. Alles lässt sich zurückholen.</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Close the large view (Esc)</source>
        <translation>Großansicht schließen (Esc)</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>Voriges Foto</translation>
    </message>
    <message>
        <source>The photo before (Left)</source>
        <translation>Das Foto davor (Links)</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>Nächstes Foto</translation>
    </message>
    <message>
        <source>The photo after (Right)</source>
        <translation>Das Foto danach (Rechts)</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Ganz</translation>
    </message>
    <message>
        <source>The whole photo (F)</source>
        <translation>Das ganze Foto (F)</translation>
    </message>
    <message>
        <source>Pixel for pixel (Z)</source>
        <translation>Pixel für Pixel (Z)</translation>
    </message>
    <message>
        <source>What is known of the photo (I)</source>
        <translation>Was über das Foto bekannt ist (I)</translation>
    </message>
    <message>
        <source>Neighbors of this photo</source>
        <translation>Diesem Foto ähnlich</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>{place} von {count}</translation>
    </message>
    <message>
        <source>The line falls as groups are added: photos lie closer to the middle of their group (within-cluster sum of squares). Where it bends, the elbow, further groups bring little. The dashed line is a second opinion (silhouette): higher means groups that stand further apart. The dotted line is what photos without any groups would give: where the first line runs well below it, the groups are there. The suggestion weighs all of this; the shaded numbers would all do.</source>
        <translation>Die Linie fällt mit jeder weiteren Gruppe: Die Fotos liegen näher an der Mitte ihrer Gruppe (Summe der Abstandsquadrate). Wo sie knickt, am Ellbogen, bringen weitere Gruppen wenig. Die gestrichelte Linie ist eine zweite Meinung (Silhouette): Je höher, desto weiter stehen die Gruppen auseinander. Die gepunktete Linie ist, was Fotos ganz ohne Gruppen ergäben: Wo die erste deutlich darunter verläuft, gibt es die Gruppen wirklich. Der Vorschlag wägt all das ab; die hinterlegten Anzahlen wären alle möglich.</translation>
    </message>
    <message>
        <source>Number of groups on the elbow chart</source>
        <translation>Anzahl der Gruppen im Ellbogen-Diagramm</translation>
    </message>
    <message>
        <source>The curve appears once the photos have been looked at.</source>
        <translation>Die Kurve erscheint, sobald die Fotos angesehen sind.</translation>
    </message>
    <message>
        <source>{percent}% of the scatter is left</source>
        <translation>{percent} % der Streuung bleiben</translation>
    </message>
    <message>
        <source>{percent}% of the scatter is left ({none}% if there were no groups)</source>
        <translation>{percent} % der Streuung bleiben ({none} %, wenn es keine Gruppen gäbe)</translation>
    </message>
    <message>
        <source>silhouette {value}</source>
        <translation>Silhouette {value}</translation>
    </message>
    <message>
        <source>scatter</source>
        <translation>Streuung</translation>
    </message>
    <message>
        <source>silhouette</source>
        <translation>Silhouette</translation>
    </message>
    <message>
        <source>no groups</source>
        <translation>ohne Gruppen</translation>
    </message>
    <message>
        <source>Take few large groups</source>
        <translation>Wenige große Gruppen nehmen</translation>
    </message>
    <message>
        <source>Take many small groups</source>
        <translation>Viele kleine Gruppen nehmen</translation>
    </message>
    <message>
        <source>One group more divides this one; all others stay as they are.</source>
        <translation>Eine Gruppe mehr teilt diese; alle anderen bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>All photos look the same: there is one group.</source>
        <translation>Alle Fotos sehen gleich aus: Es gibt eine Gruppe.</translation>
    </message>
    <message>
        <source>One photo is one group.</source>
        <translation>Ein Foto ist eine Gruppe.</translation>
    </message>
    <message>
        <source>Coarse: {k}</source>
        <translation>Grob: {k}</translation>
    </message>
    <message>
        <source>Fine: {k}</source>
        <translation>Fein: {k}</translation>
    </message>
    <message>
        <source>Click or drag to choose; arrow keys work too.</source>
        <translation>Klicken oder ziehen Sie, um zu wählen; auch die Pfeiltasten gehen.</translation>
    </message>
    <message>
        <source>{now} → {then} divides “{group}”</source>
        <translation>{now} → {then} teilt „{group}“</translation>
    </message>
    <message>
        <source>Thumbnail size</source>
        <translation>Größe der Vorschaubilder</translation>
    </message>
    <message>
        <source>Photos of the chosen group</source>
        <translation>Fotos der gewählten Gruppe</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Show only some of the photos</source>
        <translation>Nur manche Fotos zeigen</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>Alle Fotos</translation>
    </message>
    <message>
        <source>by path</source>
        <translation>nach Pfad</translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %n photos</source>
        <translation>
            <numerusform>{shown} von %n Foto</numerusform>
            <numerusform>{shown} von %n Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Most like the group first</source>
        <translation>Der &amp;Gruppe am ähnlichsten zuerst</translation>
    </message>
    <message>
        <source>most sure first</source>
        <translation>sicherste zuerst</translation>
    </message>
    <message>
        <source>By &amp;date</source>
        <translation>Nach &amp;Datum</translation>
    </message>
    <message>
        <source>by date</source>
        <translation>nach Datum</translation>
    </message>
    <message>
        <source>By &amp;name</source>
        <translation>Nach &amp;Name</translation>
    </message>
    <message>
        <source>by name</source>
        <translation>nach Name</translation>
    </message>
    <message>
        <source>&amp;Largest file first</source>
        <translation>Größte Datei &amp;zuerst</translation>
    </message>
    <message>
        <source>largest first</source>
        <translation>größte zuerst</translation>
    </message>
    <message>
        <source>&amp;Unsure first</source>
        <translation>&amp;Unsichere zuerst</translation>
    </message>
    <message>
        <source>unsure first</source>
        <translation>unsichere zuerst</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Sortieren</translation>
    </message>
    <message>
        <source>Which photos come first, and what is written on them</source>
        <translation>Welche Fotos zuerst kommen und was auf ihnen steht</translation>
    </message>
    <message>
        <source>&amp;Headings by date</source>
        <translation>Ü&amp;berschriften nach Datum</translation>
    </message>
    <message>
        <source>&amp;File names on the photos</source>
        <translation>D&amp;ateinamen auf den Fotos</translation>
    </message>
    <message>
        <source>Part of the name</source>
        <translation>Teil des Namens</translation>
    </message>
    <message>
        <source>Filter by name</source>
        <translation>Nach Name filtern</translation>
    </message>
    <message>
        <source>Filter by year</source>
        <translation>Nach Jahr filtern</translation>
    </message>
    <message>
        <source>Filter by camera</source>
        <translation>Nach Kamera filtern</translation>
    </message>
    <message>
        <source>Only photos of which a part could not be read</source>
        <translation>Nur Fotos, von denen sich ein Teil nicht lesen ließ</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Unsichere</translation>
    </message>
    <message>
        <source>Only photos that no group claims clearly</source>
        <translation>Nur Fotos, die keine Gruppe klar beansprucht</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Doppelt</translation>
    </message>
    <message>
        <source>All years</source>
        <translation>Alle Jahre</translation>
    </message>
    <message>
        <source>All cameras</source>
        <translation>Alle Kameras</translation>
    </message>
    <message>
        <source>Only photos that are there more than once</source>
        <translation>Nur Fotos, die mehrfach da sind</translation>
    </message>
    <message>
        <source>Look for duplicates first: Tools &gt; Duplicates</source>
        <translation>Zuerst nach Duplikaten suchen: Werkzeuge &gt; Duplikate</translation>
    </message>
    <message>
        <source>The name is a suggestion. Enter keeps it.</source>
        <translation>Der Name ist ein Vorschlag. Die Eingabetaste behält ihn.</translation>
    </message>
    <message>
        <source>Locked: regrouping takes no photo out and adds none.</source>
        <translation>Gesperrt: Neues Gruppieren nimmt kein Foto heraus und fügt keins hinzu.</translation>
    </message>
    <message>
        <source>Left out: Organize leaves its photos where they are.</source>
        <translation>Ausgelassen: „Einordnen“ lässt ihre Fotos, wo sie sind.</translation>
    </message>
    <message>
        <source>with the selected photo</source>
        <translation>mit dem ausgewählten Foto</translation>
    </message>
    <message>
        <source>suggested name</source>
        <translation>vorgeschlagener Name</translation>
    </message>
    <message>
        <source>Photos that no group claims clearly. Organize files them with the group they are most like, unless you say otherwise.</source>
        <translation>Fotos, die keine Gruppe klar beansprucht. „Einordnen“ legt sie zu der Gruppe, der sie am ähnlichsten sind, wenn Sie nichts anderes sagen.</translation>
    </message>
    <message>
        <source>Drop photos here to put them into this group.</source>
        <translation>Ziehen Sie Fotos hierher, um sie in diese Gruppe zu legen.</translation>
    </message>
    <message>
        <source>Drop photos here or press {key} to put them into this group.</source>
        <translation>Ziehen Sie Fotos hierher, oder drücken Sie {key}, um sie in diese Gruppe zu legen.</translation>
    </message>
    <message>
        <source>F2 gives it another name.</source>
        <translation>F2 gibt ihr einen anderen Namen.</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>ausgelassen</translation>
    </message>
    <message>
        <source>Name of the group</source>
        <translation>Name der Gruppe</translation>
    </message>
    <message>
        <source>Name of a group, or of a new one</source>
        <translation>Name einer Gruppe oder einer neuen</translation>
    </message>
    <message>
        <source>Name of a group</source>
        <translation>Name einer Gruppe</translation>
    </message>
    <message>
        <source>No group is called so.</source>
        <translation>Keine Gruppe heißt so.</translation>
    </message>
    <message>
        <source>New group</source>
        <translation>Neue Gruppe</translation>
    </message>
    <message>
        <source>New group “{name}”</source>
        <translation>Neue Gruppe „{name}“</translation>
    </message>
    <message>
        <source>Drop photos here, or select some and press this, to put them into a group of their own</source>
        <translation>Ziehen Sie Fotos hierher, oder wählen Sie welche aus und klicken Sie hier, um sie in eine eigene Gruppe zu legen</translation>
    </message>
    <message>
        <source>Unsure below, percent</source>
        <translation>Unsicher unter, Prozent</translation>
    </message>
    <message>
        <source>How sure Kindred must be that a photo belongs to its group. Photos below that stand under Unsure; Organize files them with the group they are most like, unless you say otherwise.</source>
        <translation>Wie sicher Kindred sein muss, dass ein Foto in seine Gruppe gehört. Fotos darunter stehen bei den Unsicheren; „Einordnen“ legt sie zu der Gruppe, der sie am ähnlichsten sind, wenn Sie nichts anderes sagen.</translation>
    </message>
    <message>
        <source>Teach</source>
        <translation>Anlernen</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Entscheiden</translation>
    </message>
    <message>
        <source>Unsure below {percent} %</source>
        <translation>Unsicher unter {percent} %</translation>
    </message>
    <message>
        <source>Unsure: none</source>
        <translation>Unsichere: keine</translation>
    </message>
    <message>
        <source>Photo under the pointer</source>
        <translation>Foto unter dem Mauszeiger</translation>
    </message>
    <message>
        <source>&amp;Move the map</source>
        <translation>Karte &amp;verschieben</translation>
    </message>
    <message>
        <source>A drag moves the map; one from a selected photo carries the selection to a group. With Shift it selects a rectangle, with Alt a lasso.</source>
        <translation>Ziehen verschiebt die Karte; von einem ausgewählten Foto aus trägt es die Auswahl in eine Gruppe. Mit der Umschalttaste wählt es ein Rechteck aus, mit Alt ein Lasso.</translation>
    </message>
    <message>
        <source>Select a &amp;rectangle</source>
        <translation>&amp;Rechteck auswählen</translation>
    </message>
    <message>
        <source>A drag selects the photos of a rectangle; Shift adds them to the others.</source>
        <translation>Ziehen wählt die Fotos eines Rechtecks aus; mit der Umschalttaste kommen sie zu den anderen hinzu.</translation>
    </message>
    <message>
        <source>Select with a l&amp;asso</source>
        <translation>Mit L&amp;asso auswählen</translation>
    </message>
    <message>
        <source>A drag selects the photos it goes around; Shift adds them to the others.</source>
        <translation>Ziehen wählt die umfahrenen Fotos aus; mit der Umschalttaste kommen sie zu den anderen hinzu.</translation>
    </message>
    <message>
        <source>Zoom so that every point is in sight (Home, or a double click)</source>
        <translation>So zeigen, dass jeder Punkt zu sehen ist (Pos1 oder ein Doppelklick)</translation>
    </message>
    <message>
        <source>&amp;Legend</source>
        <translation>&amp;Legende</translation>
    </message>
    <message>
        <source>Show which mark is which group, and hide groups from the map</source>
        <translation>Zeigen, welches Zeichen welche Gruppe ist, und Gruppen auf der Karte ausblenden</translation>
    </message>
    <message>
        <source>&amp;Save a picture of the map…</source>
        <translation>Karte als &amp;Bild speichern …</translation>
    </message>
    <message>
        <source>Legend of the map</source>
        <translation>Legende der Karte</translation>
    </message>
    <message>
        <source>Click a group to hide it from the map, and again to bring it back</source>
        <translation>Ein Klick blendet eine Gruppe auf der Karte aus, noch einer wieder ein</translation>
    </message>
    <message>
        <source>The photo the others are compared with</source>
        <translation>Das Foto, mit dem die anderen verglichen werden</translation>
    </message>
    <message>
        <source>The number is the cosine similarity: 1.00 is the same picture, 0 has nothing in common.</source>
        <translation>Die Zahl ist die Kosinus-Ähnlichkeit: 1,00 ist dasselbe Bild, bei 0 gibt es nichts Gemeinsames.</translation>
    </message>
    <message>
        <source>All similar…</source>
        <translation>Alle ähnlichen …</translation>
    </message>
    <message>
        <source>Select every photo that is more like this one than a limit</source>
        <translation>Jedes Foto auswählen, das diesem ähnlicher ist als eine Grenze</translation>
    </message>
    <message>
        <source>Click a photo or a point on the map to see the photos most like it, or drop any picture here.</source>
        <translation>Klicken Sie ein Foto oder einen Punkt auf der Karte an, um die ähnlichsten Fotos zu sehen, oder ziehen Sie ein beliebiges Bild hierher.</translation>
    </message>
    <message>
        <source>Most like the file {file}</source>
        <translation>Am ähnlichsten zur Datei {file}</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <source>duplicate</source>
        <translation>Duplikat</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>unsicher</translation>
    </message>
    <message>
        <source>Locked: regrouping leaves it in its group</source>
        <translation>Gesperrt: Neues Gruppieren lässt es in seiner Gruppe</translation>
    </message>
    <message>
        <source>Duplicate: there more than once, see Tools &gt; Duplicates</source>
        <translation>Duplikat: mehrfach da, siehe Werkzeuge &gt; Duplikate</translation>
    </message>
    <message>
        <source>Unsure: no group claims it clearly</source>
        <translation>Unsicher: Keine Gruppe beansprucht es klar</translation>
    </message>
    <message>
        <source>{count} companion</source>
        <translation>{count} Begleiter</translation>
    </message>
    <message>
        <source>Not looked at yet</source>
        <translation>Noch nicht angesehen</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} Pixel</translation>
    </message>
    <message>
        <source>Taken {time}</source>
        <translation>Aufgenommen {time}</translation>
    </message>
    <message>
        <source>Travels with {files}</source>
        <translation>Dazu gehört {files}</translation>
    </message>
    <message>
        <source>Damaged: only part of the picture could be read</source>
        <translation>Beschädigt: Nur ein Teil des Bildes ließ sich lesen</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} bis {last}</translation>
    </message>
    <message>
        <source>January</source>
        <translation>Januar</translation>
    </message>
    <message>
        <source>February</source>
        <translation>Februar</translation>
    </message>
    <message>
        <source>March</source>
        <translation>März</translation>
    </message>
    <message>
        <source>April</source>
        <translation>April</translation>
    </message>
    <message>
        <source>May</source>
        <translation>Mai</translation>
    </message>
    <message>
        <source>June</source>
        <translation>Juni</translation>
    </message>
    <message>
        <source>July</source>
        <translation>Juli</translation>
    </message>
    <message>
        <source>August</source>
        <translation>August</translation>
    </message>
    <message>
        <source>September</source>
        <translation>September</translation>
    </message>
    <message>
        <source>October</source>
        <translation>Oktober</translation>
    </message>
    <message>
        <source>November</source>
        <translation>November</translation>
    </message>
    <message>
        <source>December</source>
        <translation>Dezember</translation>
    </message>
    <message>
        <source>{day} {month} {year}</source>
        <translation>{day}. {month} {year}</translation>
    </message>
    <message>
        <source>{month} {year}</source>
        <translation>{month} {year}</translation>
    </message>
    <message>
        <source>The map fills while the photos are looked at.</source>
        <translation>Die Karte füllt sich, während die Fotos angesehen werden.</translation>
    </message>
    <message>
        <source>Map of photos</source>
        <translation>Karte der Fotos</translation>
    </message>
    <message>
        <source>Each point is a photo; points that look alike are near. A click selects one, and the arrow keys walk.</source>
        <translation>Jeder Punkt ist ein Foto; ähnliche liegen nah beieinander. Ein Klick wählt eins aus, die Pfeiltasten gehen weiter.</translation>
    </message>
    <message>
        <source>No photo of this folder could be read.</source>
        <translation>Kein Foto dieses Ordners ließ sich lesen.</translation>
    </message>
    <message>
        <source>PCA {axis}</source>
        <translation>PCA {axis}</translation>
    </message>
    <message>
        <source>PCA {axis}: {percent} %</source>
        <translation>PCA {axis}: {percent} %</translation>
    </message>
    <message>
        <source>{folder} map.png</source>
        <translation>{folder} Karte.png</translation>
    </message>
    <message>
        <source>Save a picture of the map</source>
        <translation>Bild der Karte speichern</translation>
    </message>
    <message>
        <source>The picture of the map could not be saved as {file}. Choose another folder.</source>
        <translation>Das Bild der Karte ließ sich nicht als {file} speichern. Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Select what is more similar than, hundredths</source>
        <translation>Auswählen, was ähnlicher ist als, Hundertstel</translation>
    </message>
    <message>
        <source>The limit of the cosine similarity: the further right, the more alike and the fewer.</source>
        <translation>Die Grenze der Kosinus-Ähnlichkeit: je weiter rechts, desto ähnlicher und weniger.</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>counting…</source>
        <translation>wird gezählt …</translation>
    </message>
    <message>
        <source>{limit} and above: {what}</source>
        <translation>ab {limit}: {what}</translation>
    </message>
    <message>
        <source>If the folder was moved or renamed, open it where it is now; if its disk is away, connect it.</source>
        <translation>Wurde der Ordner verschoben oder umbenannt, öffnen Sie ihn dort, wo er jetzt liegt; fehlt sein Laufwerk, schließen Sie es an.</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} min {seconds} s</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation>{hours} h</translation>
    </message>
    <message>
        <source>{number} kB</source>
        <translation>{number} kB</translation>
    </message>
    <message>
        <source>{number} MB</source>
        <translation>{number} MB</translation>
    </message>
    <message>
        <source>{number} GB</source>
        <translation>{number} GB</translation>
    </message>
    <message>
        <source>{number} TB</source>
        <translation>{number} TB</translation>
    </message>
    <message numerus="yes">
        <source>%n bytes</source>
        <translation>
            <numerusform>%n Byte</numerusform>
            <numerusform>%n Byte</numerusform>
        </translation>
    </message>
    <message>
        <source>{year}-{month}-{day}</source>
        <translation>{day}.{month}.{year}</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>{number}/s</source>
        <translation>{number}/s</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>noch etwa {time}</translation>
    </message>
    <message>
        <source>That is fairly sure.</source>
        <translation>Das ist recht sicher.</translation>
    </message>
    <message>
        <source>It may well be more or fewer.</source>
        <translation>Es können gut mehr oder weniger sein.</translation>
    </message>
    <message numerus="yes">
        <source>%n groups suggested.</source>
        <translation>
            <numerusform>%n Gruppe vorgeschlagen.</numerusform>
            <numerusform>%n Gruppen vorgeschlagen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n groups suggested ({k} would also do).</source>
        <translation>
            <numerusform>%n Gruppe vorgeschlagen ({k} ginge auch).</numerusform>
            <numerusform>%n Gruppen vorgeschlagen ({k} ginge auch).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n groups suggested ({low} to {high} would also do).</source>
        <translation>
            <numerusform>%n Gruppe vorgeschlagen ({low} bis {high} gingen auch).</numerusform>
            <numerusform>%n Gruppen vorgeschlagen ({low} bis {high} gingen auch).</numerusform>
        </translation>
    </message>
    <message>
        <source>The photos do not say how many groups there are. {k} is a guess.</source>
        <translation>Die Fotos verraten nicht, wie viele Gruppen es sind. {k} ist geraten.</translation>
    </message>
    <message>
        <source>The photos do not say how many groups there are. {k} is a guess. Take {low} for few large groups, {high} for many small ones.</source>
        <translation>Die Fotos verraten nicht, wie viele Gruppen es sind. {k} ist geraten. Nehmen Sie {low} für wenige große Gruppen, {high} für viele kleine.</translation>
    </message>
    <message>
        <source>The cache keeps nothing new: {trouble}. Until that is mended, or KINDRED_HOME names another place, photos are embedded again each time.</source>
        <translation>Der Zwischenspeicher nimmt nichts Neues auf: {trouble}. Bis das behoben ist oder KINDRED_HOME einen anderen Ort nennt, werden die Merkmale der Fotos jedes Mal neu berechnet.</translation>
    </message>
    <message>
        <source>the disk of {file} has only {size} left</source>
        <translation>auf dem Laufwerk von {file} sind nur noch {size} frei</translation>
    </message>
    <message>
        <source>The cache was not cleared: {reason}.</source>
        <translation>Der Zwischenspeicher wurde nicht geleert: {reason}.</translation>
    </message>
    <message>
        <source>{file} could not be used ({reason})</source>
        <translation>{file} war nicht nutzbar ({reason})</translation>
    </message>
    <message>
        <source>{file} is not used ({reason})</source>
        <translation>{file} wird nicht benutzt ({reason})</translation>
    </message>
    <message>
        <source>another program keeps it locked</source>
        <translation>ein anderes Programm hält die Datei gesperrt</translation>
    </message>
    <message>
        <source>no permission</source>
        <translation>keine Berechtigung</translation>
    </message>
    <message>
        <source>not enough memory</source>
        <translation>zu wenig Arbeitsspeicher</translation>
    </message>
    <message>
        <source>it cannot be written</source>
        <translation>die Datei ist nicht beschreibbar</translation>
    </message>
    <message>
        <source>the disk reports an error</source>
        <translation>das Laufwerk meldet einen Fehler</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>das Laufwerk ist voll</translation>
    </message>
    <message>
        <source>it cannot be opened or written</source>
        <translation>die Datei lässt sich nicht öffnen oder beschreiben</translation>
    </message>
    <message>
        <source>the file system does not allow a file this large</source>
        <translation>das Dateisystem erlaubt keine so große Datei</translation>
    </message>
    <message>
        <source>The cache {file} was written by a newer version of Kindred.</source>
        <translation>Der Zwischenspeicher {file} stammt von einer neueren Version von Kindred.</translation>
    </message>
    <message>
        <source>Update Kindred, or delete that file: photos are not affected, embeddings are computed again.</source>
        <translation>Aktualisieren Sie Kindred, oder löschen Sie diese Datei: Fotos sind nicht betroffen, Merkmale werden neu berechnet.</translation>
    </message>
    <message>
        <source>Choose one of: {names}.</source>
        <translation>Wählen Sie eines von: {names}.</translation>
    </message>
    <message>
        <source>{name}: holds bytes that are no text; {file} could not keep them.</source>
        <translation>{name}: enthält Bytes, die kein Text sind; {file} könnte sie nicht aufnehmen.</translation>
    </message>
    <message>
        <source>{name}: there is no “{value}”.</source>
        <translation>{name}: „{value}“ gibt es nicht.</translation>
    </message>
    <message>
        <source>{file}: {name}: there is no “{value}”.</source>
        <translation>{file}: {name}: „{value}“ gibt es nicht.</translation>
    </message>
    <message>
        <source>Choose one of: {names}. For example: kindred settings unset {name}.</source>
        <translation>Wählen Sie eines von: {names}. Zum Beispiel: kindred settings unset {name}.</translation>
    </message>
    <message>
        <source>Electing typical photos</source>
        <translation>Typische Fotos werden gewählt</translation>
    </message>
    <message>
        <source>Joining groups</source>
        <translation>Gruppen werden verbunden</translation>
    </message>
    <message>
        <source>Trying numbers of groups</source>
        <translation>Anzahlen von Gruppen werden versucht</translation>
    </message>
    <message>
        <source>There is no space called “{space}”.</source>
        <translation>Es gibt keinen Raum „{space}“.</translation>
    </message>
    <message>
        <source>Fitting the mixture</source>
        <translation>Die Mischung wird angepasst</translation>
    </message>
    <message>
        <source>The method “{method}” takes at most {most} photos; here are {count}.</source>
        <translation>Das Verfahren „{method}“ nimmt höchstens {most} Fotos; hier sind {count}.</translation>
    </message>
    <message>
        <source>Open a smaller folder, or choose one of: {methods}.</source>
        <translation>Öffnen Sie einen kleineren Ordner, oder wählen Sie eines von: {methods}.</translation>
    </message>
    <message>
        <source>Open a smaller folder.</source>
        <translation>Öffnen Sie einen kleineren Ordner.</translation>
    </message>
    <message>
        <source>{number} groups cannot be made.</source>
        <translation>{number} Gruppen lassen sich nicht bilden.</translation>
    </message>
    <message>
        <source>Ask for 1 or more.</source>
        <translation>Verlangen Sie 1 oder mehr.</translation>
    </message>
    <message>
        <source>{number} groups cannot be made of {count} photos.</source>
        <translation>{number} Gruppen lassen sich aus {count} Fotos nicht bilden.</translation>
    </message>
    <message>
        <source>Ask for at most {count}.</source>
        <translation>Verlangen Sie höchstens {count}.</translation>
    </message>
    <message>
        <source>Close other programs, open a smaller folder, or choose another method, such as {method}.</source>
        <translation>Schließen Sie andere Programme, öffnen Sie einen kleineren Ordner, oder wählen Sie ein anderes Verfahren, etwa {method}.</translation>
    </message>
    <message>
        <source>The method “{method}” needs more memory than this machine can give.</source>
        <translation>Das Verfahren „{method}“ braucht mehr Arbeitsspeicher, als dieser Computer geben kann.</translation>
    </message>
    <message>
        <source>The method “{method}” came to no result: {why}.</source>
        <translation>Das Verfahren „{method}“ kam zu keinem Ergebnis: {why}.</translation>
    </message>
    <message>
        <source>The method “{method}” needs a model that carries clusters of its own; this one has none.</source>
        <translation>Das Verfahren „{method}“ braucht ein Modell mit eigenen Gruppen; dieses hat keine.</translation>
    </message>
    <message>
        <source>Choose another method, or another model (`kindred models list`).</source>
        <translation>Wählen Sie ein anderes Verfahren oder ein anderes Modell (`kindred models list`).</translation>
    </message>
    <message>
        <source>Looking for dense places</source>
        <translation>Dichte Stellen werden gesucht</translation>
    </message>
    <message>
        <source>Finding groups within groups</source>
        <translation>Gruppen in Gruppen werden gesucht</translation>
    </message>
    <message>
        <source>Around typical pictures (k-means)</source>
        <translation>Um typische Bilder (k-Means)</translation>
    </message>
    <message>
        <source>Joining the most alike, step by step (Ward)</source>
        <translation>Das Ähnlichste Schritt für Schritt verbinden (Ward)</translation>
    </message>
    <message>
        <source>Overlapping clouds (Gaussian mixture)</source>
        <translation>Überlappende Wolken (Gauß-Mischung)</translation>
    </message>
    <message>
        <source>Pictures elect their examples (affinity propagation)</source>
        <translation>Bilder wählen ihre Vorbilder (Affinity Propagation)</translation>
    </message>
    <message>
        <source>Dense places, the rest unsure (HDBSCAN)</source>
        <translation>Dichte Stellen, der Rest unsicher (HDBSCAN)</translation>
    </message>
    <message>
        <source>Chains of look-alikes (spectral)</source>
        <translation>Ketten ähnlicher Bilder (spektral)</translation>
    </message>
    <message>
        <source>Learning what neighbors share (SCAN)</source>
        <translation>Lernen, was Nachbarn teilen (SCAN)</translation>
    </message>
    <message>
        <source>Learning from a teacher (TEMI)</source>
        <translation>Von einem Lehrer lernen (TEMI)</translation>
    </message>
    <message>
        <source>The kinds this model knows</source>
        <translation>Die Arten, die dieses Modell kennt</translation>
    </message>
    <message>
        <source>There is no clustering method called “{method}”.</source>
        <translation>Es gibt kein Verfahren „{method}“.</translation>
    </message>
    <message>
        <source>Training cluster heads</source>
        <translation>Gruppen werden gelernt</translation>
    </message>
    <message>
        <source>Learning from the surest photos</source>
        <translation>Aus den sichersten Fotos wird gelernt</translation>
    </message>
    <message>
        <source>its process ended before its work did (exit code {code})</source>
        <translation>sein Prozess endete vor der Arbeit (Code {code})</translation>
    </message>
    <message>
        <source>its process could not be started ({error})</source>
        <translation>sein Prozess ließ sich nicht starten ({error})</translation>
    </message>
    <message>
        <source>Unsure</source>
        <comment>a group</comment>
        <translation>Unsichere</translation>
    </message>
    <message>
        <source>Group {number}</source>
        <translation>Gruppe {number}</translation>
    </message>
    <message>
        <source>“{name}” is the name of another group.</source>
        <translation>„{name}“ heißt schon eine andere Gruppe.</translation>
    </message>
    <message>
        <source>Choose another name, or merge the two groups.</source>
        <translation>Wählen Sie einen anderen Namen, oder legen Sie die beiden Gruppen zusammen.</translation>
    </message>
    <message>
        <source>The names of the groups in {folder} could not be read. Their file was set aside: {file}</source>
        <translation>Die Namen der Gruppen in {folder} ließen sich nicht lesen. Ihre Datei wurde beiseitegelegt: {file}</translation>
    </message>
    <message>
        <source>The names of the groups in {folder} could not be kept: {why}.</source>
        <translation>Die Namen der Gruppen in {folder} ließen sich nicht behalten: {why}.</translation>
    </message>
    <message>
        <source>What a newer Kindred kept about the groups in {folder} cannot be read by this one.</source>
        <translation>Was ein neueres Kindred über die Gruppen in {folder} festgehalten hat, kann dieses nicht lesen.</translation>
    </message>
    <message>
        <source>Use the newer one, or move {file} away to start afresh.</source>
        <translation>Benutzen Sie das neuere, oder verschieben Sie {file}, um neu zu beginnen.</translation>
    </message>
    <message>
        <source>What was kept about the groups in {folder} cannot be read: {why}.</source>
        <translation>Was über die Gruppen in {folder} festgehalten wurde, lässt sich nicht lesen: {why}.</translation>
    </message>
    <message>
        <source>Look after {file}, or move it away to start afresh.</source>
        <translation>Sehen Sie nach {file}, oder verschieben Sie die Datei, um neu zu beginnen.</translation>
    </message>
    <message>
        <source>Measuring pictures</source>
        <translation>Bilder werden vermessen</translation>
    </message>
    <message>
        <source>Comparing files</source>
        <translation>Dateien werden verglichen</translation>
    </message>
    <message>
        <source>whole, the others are damaged</source>
        <translation>heil, die anderen sind beschädigt</translation>
    </message>
    <message>
        <source>whole, the other is damaged</source>
        <translation>heil, das andere ist beschädigt</translation>
    </message>
    <message>
        <source>has its RAW file</source>
        <translation>hat seine RAW-Datei</translation>
    </message>
    <message>
        <source>largest: {size}</source>
        <translation>am größten: {size}</translation>
    </message>
    <message>
        <source>larger: {size}</source>
        <translation>größer: {size}</translation>
    </message>
    <message>
        <source>sharpest</source>
        <translation>am schärfsten</translation>
    </message>
    <message>
        <source>sharper</source>
        <translation>schärfer</translation>
    </message>
    <message>
        <source>least compressed: {size}</source>
        <translation>am wenigsten komprimiert: {size}</translation>
    </message>
    <message>
        <source>less compressed: {size}</source>
        <translation>weniger komprimiert: {size}</translation>
    </message>
    <message numerus="yes">
        <source>has %n files beside it</source>
        <translation>
            <numerusform>hat %n Datei bei sich</numerusform>
            <numerusform>hat %n Dateien bei sich</numerusform>
        </translation>
    </message>
    <message>
        <source>oldest: taken {time}</source>
        <translation>am ältesten: {time} aufgenommen</translation>
    </message>
    <message>
        <source>older: taken {time}</source>
        <translation>älter: {time} aufgenommen</translation>
    </message>
    <message>
        <source>oldest file</source>
        <translation>älteste Datei</translation>
    </message>
    <message>
        <source>older file</source>
        <translation>ältere Datei</translation>
    </message>
    <message>
        <source>best in most respects</source>
        <translation>in den meisten Punkten am besten</translation>
    </message>
    <message>
        <source>as good as the other</source>
        <translation>so gut wie das andere</translation>
    </message>
    <message>
        <source>Comparing pictures</source>
        <translation>Bilder werden verglichen</translation>
    </message>
    <message>
        <source>Laying pictures over each other</source>
        <translation>Bilder werden übereinandergelegt</translation>
    </message>
    <message>
        <source>in doubt: look in the trash</source>
        <translation>unklar: im Papierkorb nachsehen</translation>
    </message>
    <message>
        <source>brought back</source>
        <translation>zurückgeholt</translation>
    </message>
    <message>
        <source>in the trash</source>
        <translation>im Papierkorb</translation>
    </message>
    <message>
        <source>brought back in part</source>
        <translation>zum Teil zurückgeholt</translation>
    </message>
    <message>
        <source>The record in {folder} cannot be written.</source>
        <translation>Das Protokoll in {folder} lässt sich nicht schreiben.</translation>
    </message>
    <message>
        <source>Moving to the trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>It stays: no other photo of its set could be read.</source>
        <translation>Es bleibt: Kein anderes Foto seines Satzes ließ sich lesen.</translation>
    </message>
    <message>
        <source>It stays: {why}.</source>
        <translation>Es bleibt: {why}.</translation>
    </message>
    <message>
        <source>It cannot be found any more ({why}).</source>
        <translation>Es ist nicht mehr zu finden ({why}).</translation>
    </message>
    <message>
        <source>It stays: it was changed since it was compared. Look again.</source>
        <translation>Es bleibt: Es wurde seit dem Vergleich geändert. Sehen Sie noch einmal nach.</translation>
    </message>
    <message>
        <source>It stays: it is the same file as {file}, not a copy.</source>
        <translation>Es bleibt: Es ist dieselbe Datei wie {file}, keine Kopie.</translation>
    </message>
    <message>
        <source>A newer version of Kindred moved these photos to the trash.</source>
        <translation>Eine neuere Version von Kindred hat diese Fotos in den Papierkorb verschoben.</translation>
    </message>
    <message>
        <source>Start that version to bring them back, or restore them from the trash itself.</source>
        <translation>Starten Sie jene Version, um sie zurückzuholen, oder stellen Sie sie im Papierkorb selbst wieder her.</translation>
    </message>
    <message>
        <source>The record {file} cannot be written.</source>
        <translation>Das Protokoll {file} lässt sich nicht schreiben.</translation>
    </message>
    <message>
        <source>Bringing back</source>
        <translation>Wird zurückgeholt</translation>
    </message>
    <message>
        <source>It is in the trash; this system does not say where. Restore it there.</source>
        <translation>Die Datei ist im Papierkorb; dieses System sagt nicht, wo. Stellen Sie sie dort wieder her.</translation>
    </message>
    <message>
        <source>It stays in the trash: another file has its name now.</source>
        <translation>Sie bleibt im Papierkorb: Eine andere Datei hat jetzt ihren Namen.</translation>
    </message>
    <message>
        <source>It is not in the trash any more.</source>
        <translation>Sie ist nicht mehr im Papierkorb.</translation>
    </message>
    <message>
        <source>It stays in the trash: {why}.</source>
        <translation>Sie bleibt im Papierkorb: {why}.</translation>
    </message>
    <message numerus="yes">
        <source>%n photos brought back.</source>
        <translation>
            <numerusform>%n Foto zurückgeholt.</numerusform>
            <numerusform>%n Fotos zurückgeholt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos moved to the trash.</source>
        <translation>
            <numerusform>%n Foto in den Papierkorb verschoben.</numerusform>
            <numerusform>%n Fotos in den Papierkorb verschoben.</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped before the rest.</source>
        <translation>Vor dem Rest abgebrochen.</translation>
    </message>
    <message numerus="yes">
        <source>%n files not: {file}. {why}</source>
        <translation>
            <numerusform>%n Datei nicht: {file}. {why}</numerusform>
            <numerusform>%n Dateien nicht: {file}. {why}</numerusform>
        </translation>
    </message>
    <message>
        <source>it is a folder, not a file</source>
        <translation>es ist ein Ordner, keine Datei</translation>
    </message>
    <message>
        <source>it is a pipe, socket or device, not a file</source>
        <translation>es ist eine Pipe, ein Socket oder ein Gerät, keine Datei</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message numerus="yes">
        <source>%n links</source>
        <translation>
            <numerusform>%n Verknüpfung</numerusform>
            <numerusform>%n Verknüpfungen</numerusform>
        </translation>
    </message>
    <message>
        <source>Links are left alone: a photo counts where it lies itself, and what a link leads to may be somebody else&apos;s.</source>
        <translation>Verknüpfungen bleiben unberührt: Ein Foto zählt dort, wo es selbst liegt, und das Ziel einer Verknüpfung kann jemand anderem gehören.</translation>
    </message>
    <message>
        <source>Open the folder that they lead to, or put the photos themselves here.</source>
        <translation>Öffnen Sie den Ordner, auf den sie verweisen, oder legen Sie die Fotos selbst hierher.</translation>
    </message>
    <message numerus="yes">
        <source>%n films</source>
        <translation>
            <numerusform>%n Film</numerusform>
            <numerusform>%n Filme</numerusform>
        </translation>
    </message>
    <message>
        <source>Kindred sorts pictures; films are looked at only beside their photo.</source>
        <translation>Kindred sortiert Bilder; Filme werden nur neben ihrem Foto beachtet.</translation>
    </message>
    <message>
        <source>Kindred shows pictures alone.</source>
        <translation>Kindred zeigt nur Bilder.</translation>
    </message>
    <message numerus="yes">
        <source>%n files of another kind</source>
        <translation>
            <numerusform>%n Datei anderer Art</numerusform>
            <numerusform>%n Dateien anderer Art</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files that are only in the cloud</source>
        <translation>
            <numerusform>%n Datei nur in der Cloud</numerusform>
            <numerusform>%n Dateien nur in der Cloud</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking at them would download them.</source>
        <translation>Ein Blick hinein würde sie herunterladen.</translation>
    </message>
    <message>
        <source>Download them to include them.</source>
        <translation>Laden Sie sie herunter, um sie einzubeziehen.</translation>
    </message>
    <message numerus="yes">
        <source>%n hidden</source>
        <translation>
            <numerusform>%n versteckt</numerusform>
            <numerusform>%n versteckt</numerusform>
        </translation>
    </message>
    <message>
        <source>Hidden files and folders stay closed.</source>
        <translation>Versteckte Dateien und Ordner bleiben geschlossen.</translation>
    </message>
    <message>
        <source>Open the hidden folder itself.</source>
        <translation>Öffnen Sie den versteckten Ordner selbst.</translation>
    </message>
    <message numerus="yes">
        <source>%n unfinished downloads</source>
        <translation>
            <numerusform>%n unfertiger Download</numerusform>
            <numerusform>%n unfertige Downloads</numerusform>
        </translation>
    </message>
    <message>
        <source>They are still being written.</source>
        <translation>Daran wird noch geschrieben.</translation>
    </message>
    <message>
        <source>Try later.</source>
        <translation>Versuchen Sie es später.</translation>
    </message>
    <message numerus="yes">
        <source>%n Live Photos kept as one document each</source>
        <translation>
            <numerusform>%n Live Photo als ein Dokument</numerusform>
            <numerusform>%n Live Photos als je ein Dokument</numerusform>
        </translation>
    </message>
    <message>
        <source>Apple Photos keeps the photo and its film in one document.</source>
        <translation>Apple Fotos verwahrt Foto und Film in einem Dokument.</translation>
    </message>
    <message>
        <source>Export them from Photos first.</source>
        <translation>Exportieren Sie sie zuerst aus Apple Fotos.</translation>
    </message>
    <message numerus="yes">
        <source>%n libraries of other programs</source>
        <translation>
            <numerusform>%n Mediathek eines anderen Programms</numerusform>
            <numerusform>%n Mediatheken anderer Programme</numerusform>
        </translation>
    </message>
    <message>
        <source>Kindred opens no other program&apos;s library.</source>
        <translation>Kindred öffnet keine Mediathek eines anderen Programms.</translation>
    </message>
    <message>
        <source>Export the photos from that program first.</source>
        <translation>Exportieren Sie die Fotos zuerst aus jenem Programm.</translation>
    </message>
    <message numerus="yes">
        <source>%n settings files of other programs</source>
        <translation>
            <numerusform>%n Einstellungsdatei eines anderen Programms</numerusform>
            <numerusform>%n Einstellungsdateien anderer Programme</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files that a Mac left (._)</source>
        <translation>
            <numerusform>%n Datei, die ein Mac hinterlassen hat (._)</numerusform>
            <numerusform>%n Dateien, die ein Mac hinterlassen hat (._)</numerusform>
        </translation>
    </message>
    <message>
        <source>A Mac keeps these beside files on a foreign disk; the photos are the files without ._ in the name.</source>
        <translation>Ein Mac legt sie auf fremden Laufwerken neben die Dateien; die Fotos sind die Dateien ohne ._ im Namen.</translation>
    </message>
    <message numerus="yes">
        <source>%n system folders</source>
        <translation>
            <numerusform>%n Systemordner</numerusform>
            <numerusform>%n Systemordner</numerusform>
        </translation>
    </message>
    <message>
        <source>System folders stay closed.</source>
        <translation>Systemordner bleiben geschlossen.</translation>
    </message>
    <message numerus="yes">
        <source>%n folders that Kindred sorted into</source>
        <translation>
            <numerusform>%n Ordner, in den Kindred eingeordnet hat</numerusform>
            <numerusform>%n Ordner, in die Kindred eingeordnet hat</numerusform>
        </translation>
    </message>
    <message>
        <source>What lies in the destination of an earlier run is sorted already.</source>
        <translation>Was im Ziel eines früheren Laufs liegt, ist schon eingeordnet.</translation>
    </message>
    <message>
        <source>Open that folder itself to look at it.</source>
        <translation>Öffnen Sie diesen Ordner selbst, um ihn anzusehen.</translation>
    </message>
    <message numerus="yes">
        <source>%n excluded by a setting</source>
        <translation>
            <numerusform>%n durch eine Einstellung ausgelassen</numerusform>
            <numerusform>%n durch eine Einstellung ausgelassen</numerusform>
        </translation>
    </message>
    <message>
        <source>The setting `exclude` leaves them out.</source>
        <translation>Die Einstellung `exclude` lässt sie aus.</translation>
    </message>
    <message>
        <source>Change that setting to include them.</source>
        <translation>Ändern Sie diese Einstellung, um sie einzubeziehen.</translation>
    </message>
    <message numerus="yes">
        <source>%n empty files</source>
        <translation>
            <numerusform>%n leere Datei</numerusform>
            <numerusform>%n leere Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>They are empty.</source>
        <translation>Sie sind leer.</translation>
    </message>
    <message numerus="yes">
        <source>%n documents</source>
        <translation>
            <numerusform>%n Dokument</numerusform>
            <numerusform>%n Dokumente</numerusform>
        </translation>
    </message>
    <message>
        <source>Documents are no images.</source>
        <translation>Dokumente sind keine Bilder.</translation>
    </message>
    <message numerus="yes">
        <source>%n pipes, sockets or devices</source>
        <translation>
            <numerusform>%n Pipe, Socket oder Gerät</numerusform>
            <numerusform>%n Pipes, Sockets oder Geräte</numerusform>
        </translation>
    </message>
    <message>
        <source>They are no files.</source>
        <translation>Das sind keine Dateien.</translation>
    </message>
    <message numerus="yes">
        <source>%n thumbnails of films</source>
        <translation>
            <numerusform>%n Vorschaubild eines Films</numerusform>
            <numerusform>%n Vorschaubilder von Filmen</numerusform>
        </translation>
    </message>
    <message>
        <source>They belong to films.</source>
        <translation>Sie gehören zu Filmen.</translation>
    </message>
    <message numerus="yes">
        <source>%n unsupported pictures</source>
        <translation>
            <numerusform>%n nicht unterstütztes Bild</numerusform>
            <numerusform>%n nicht unterstützte Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>Save them as JPEG or PNG.</source>
        <translation>Speichern Sie sie als JPEG oder PNG.</translation>
    </message>
    <message numerus="yes">
        <source>%n pictures that are only in the cloud</source>
        <translation>
            <numerusform>%n Bild nur in der Cloud</numerusform>
            <numerusform>%n Bilder nur in der Cloud</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n empty pictures</source>
        <translation>
            <numerusform>%n leeres Bild</numerusform>
            <numerusform>%n leere Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy them here again from where they came.</source>
        <translation>Kopieren Sie sie noch einmal von dort, woher sie kamen.</translation>
    </message>
    <message numerus="yes">
        <source>%n pictures by name only</source>
        <translation>
            <numerusform>%n Bild nur dem Namen nach</numerusform>
            <numerusform>%n Bilder nur dem Namen nach</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pictures that may not be read</source>
        <translation>
            <numerusform>%n Bild, das nicht gelesen werden darf</numerusform>
            <numerusform>%n Bilder, die nicht gelesen werden dürfen</numerusform>
        </translation>
    </message>
    <message>
        <source>Check their permissions.</source>
        <translation>Prüfen Sie ihre Berechtigungen.</translation>
    </message>
    <message numerus="yes">
        <source>%n folders that cannot be read</source>
        <translation>
            <numerusform>%n nicht lesbarer Ordner</numerusform>
            <numerusform>%n nicht lesbare Ordner</numerusform>
        </translation>
    </message>
    <message>
        <source>Check its permissions.</source>
        <translation>Prüfen Sie die Berechtigungen.</translation>
    </message>
    <message numerus="yes">
        <source>%n pictures that are too large</source>
        <translation>
            <numerusform>%n zu großes Bild</numerusform>
            <numerusform>%n zu große Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>Save them smaller.</source>
        <translation>Speichern Sie sie kleiner.</translation>
    </message>
    <message numerus="yes">
        <source>%n damaged pictures</source>
        <translation>
            <numerusform>%n beschädigtes Bild</numerusform>
            <numerusform>%n beschädigte Bilder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n others</source>
        <translation>
            <numerusform>%n weitere</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no photos that Kindred can show in {folder}.</source>
        <translation>In {folder} gibt es keine Fotos, die Kindred zeigen kann.</translation>
    </message>
    <message>
        <source>It is empty.</source>
        <translation>Der Ordner ist leer.</translation>
    </message>
    <message>
        <source>In it: {kinds}.</source>
        <translation>Darin: {kinds}.</translation>
    </message>
    <message>
        <source>not whole yet: a browser or a synchronization program is writing it</source>
        <translation>noch nicht vollständig: Ein Browser oder ein Abgleichprogramm schreibt daran</translation>
    </message>
    <message>
        <source>another program&apos;s library or document</source>
        <translation>Mediathek oder Dokument eines anderen Programms</translation>
    </message>
    <message>
        <source>a Live Photo that Apple Photos keeps as one document; export it from Photos to include it</source>
        <translation>ein Live Photo, das Apple Fotos als ein Dokument verwahrt; exportieren Sie es aus Apple Fotos, um es einzubeziehen</translation>
    </message>
    <message>
        <source>what a Mac keeps beside a file on a foreign disk; the photo itself is the file without ._</source>
        <translation>was ein Mac auf einem fremden Laufwerk neben eine Datei legt; das Foto selbst ist die Datei ohne ._</translation>
    </message>
    <message>
        <source>kept in iCloud and not on this computer; download it to include it</source>
        <translation>liegt in iCloud und nicht auf diesem Computer; laden Sie die Datei herunter, um sie einzubeziehen</translation>
    </message>
    <message>
        <source>kept in the cloud and not on this computer; download it to include it</source>
        <translation>liegt in der Cloud und nicht auf diesem Computer; laden Sie die Datei herunter, um sie einzubeziehen</translation>
    </message>
    <message>
        <source>settings that Capture One keeps for the photos beside it; they stay where they are</source>
        <translation>Einstellungen von Capture One für die Fotos daneben; sie bleiben, wo sie sind</translation>
    </message>
    <message>
        <source>settings that NX Studio keeps for the photos beside it; they stay where they are</source>
        <translation>Einstellungen von NX Studio für die Fotos daneben; sie bleiben, wo sie sind</translation>
    </message>
    <message>
        <source>comments that gThumb keeps for the photos beside it; they stay where they are</source>
        <translation>Kommentare von gThumb zu den Fotos daneben; sie bleiben, wo sie sind</translation>
    </message>
    <message>
        <source>settings that Picasa keeps for this whole folder</source>
        <translation>Einstellungen von Picasa für diesen ganzen Ordner</translation>
    </message>
    <message>
        <source>a mark that hides this folder from Android galleries; Kindred looks at its photos all the same</source>
        <translation>eine Markierung, die diesen Ordner vor Android-Galerien verbirgt; Kindred sieht seine Fotos trotzdem an</translation>
    </message>
    <message>
        <source>a link to something else in this folder</source>
        <translation>eine Verknüpfung mit etwas anderem in diesem Ordner</translation>
    </message>
    <message>
        <source>a link out of the folder</source>
        <translation>eine Verknüpfung aus dem Ordner hinaus</translation>
    </message>
    <message>
        <source>a link that leads nowhere</source>
        <translation>eine Verknüpfung ins Leere</translation>
    </message>
    <message>
        <source>no regular file (a pipe, socket or device)</source>
        <translation>keine gewöhnliche Datei (Pipe, Socket oder Gerät)</translation>
    </message>
    <message>
        <source>Check the name.</source>
        <translation>Prüfen Sie den Namen.</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>Den Ordner {folder} gibt es nicht.</translation>
    </message>
    <message>
        <source>The folder {folder} may not be read.</source>
        <translation>Der Ordner {folder} darf nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be read: {reason}.</source>
        <translation>Der Ordner {folder} ist nicht lesbar: {reason}.</translation>
    </message>
    <message>
        <source>{name} is a file, not a folder.</source>
        <translation>{name} ist eine Datei, kein Ordner.</translation>
    </message>
    <message>
        <source>Name the folder it is in.</source>
        <translation>Geben Sie den Ordner an, in dem sie liegt.</translation>
    </message>
    <message>
        <source>There is no file {name}.</source>
        <translation>Die Datei {name} gibt es nicht.</translation>
    </message>
    <message>
        <source>The picture {name} cannot be read: {reason}.</source>
        <translation>Das Bild {name} ist nicht lesbar: {reason}.</translation>
    </message>
    <message>
        <source>{name} is a folder; a picture is wanted.</source>
        <translation>{name} ist ein Ordner; gebraucht wird ein Bild.</translation>
    </message>
    <message>
        <source>Name a file in it.</source>
        <translation>Geben Sie eine Datei darin an.</translation>
    </message>
    <message>
        <source>{name} is no regular file; a picture is wanted.</source>
        <translation>{name} ist keine gewöhnliche Datei; gebraucht wird ein Bild.</translation>
    </message>
    <message>
        <source>Name another.</source>
        <translation>Geben Sie eine andere an.</translation>
    </message>
    <message>
        <source>The picture {name} may not be read.</source>
        <translation>Das Bild {name} darf nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Looking through the folder</source>
        <translation>Ordner wird durchgesehen</translation>
    </message>
    <message>
        <source>a hidden folder</source>
        <translation>ein versteckter Ordner</translation>
    </message>
    <message>
        <source>a hidden file</source>
        <translation>eine versteckte Datei</translation>
    </message>
    <message>
        <source>a system folder</source>
        <translation>ein Systemordner</translation>
    </message>
    <message>
        <source>a destination of an earlier run</source>
        <translation>Ziel eines früheren Laufs</translation>
    </message>
    <message>
        <source>excluded by a pattern in the settings</source>
        <translation>durch ein Muster in den Einstellungen ausgelassen</translation>
    </message>
    <message>
        <source>the thumbnail of a film</source>
        <translation>das Vorschaubild eines Films</translation>
    </message>
    <message>
        <source>an empty file</source>
        <translation>eine leere Datei</translation>
    </message>
    <message>
        <source>{name} is not there any more.</source>
        <translation>{name} ist nicht mehr da.</translation>
    </message>
    <message>
        <source>{name} cannot be read: {reason}.</source>
        <translation>{name} ist nicht lesbar: {reason}.</translation>
    </message>
    <message>
        <source>{name} cannot be shown: {why}</source>
        <translation>{name} lässt sich nicht zeigen: {why}</translation>
    </message>
    <message>
        <source>Looking up known photos</source>
        <translation>Bekannte Fotos werden nachgeschlagen</translation>
    </message>
    <message>
        <source>Reading photos</source>
        <translation>Fotos werden eingelesen</translation>
    </message>
    <message>
        <source>Looking at previews</source>
        <translation>Vorschaubilder werden angesehen</translation>
    </message>
    <message>
        <source>{name} cannot be read: {why}</source>
        <translation>{name} ist nicht lesbar: {why}</translation>
    </message>
    <message>
        <source>Choose another picture.</source>
        <translation>Wählen Sie ein anderes Bild.</translation>
    </message>
    <message>
        <source>Getting the model ready</source>
        <translation>Das Modell wird vorbereitet</translation>
    </message>
    <message>
        <source>Reading thumbnails</source>
        <translation>Vorschaubilder werden gelesen</translation>
    </message>
    <message>
        <source>Finding similar photos</source>
        <translation>Ähnliche Fotos werden gesucht</translation>
    </message>
    <message>
        <source>There is no photo with the id {id} here.</source>
        <translation>Hier gibt es kein Foto mit der Nummer {id}.</translation>
    </message>
    <message>
        <source>KINDRED_HOME names another place.</source>
        <translation>KINDRED_HOME nennt einen anderen Ort.</translation>
    </message>
    <message>
        <source>There is no home folder for this user.</source>
        <translation>Dieser Benutzer hat kein persönliches Verzeichnis.</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be written ({why}).</source>
        <translation>In den Ordner {folder} lässt sich nicht schreiben ({why}).</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be made ({why}).</source>
        <translation>Der Ordner {folder} lässt sich nicht anlegen ({why}).</translation>
    </message>
    <message>
        <source>Photoshop document</source>
        <translation>Photoshop-Dokument</translation>
    </message>
    <message>
        <source>Windows icon</source>
        <translation>Windows-Symbol</translation>
    </message>
    <message>
        <source>camera RAW</source>
        <translation>Kamera-RAW</translation>
    </message>
    <message>
        <source>SGI image</source>
        <translation>SGI-Bild</translation>
    </message>
    <message>
        <source>Sun raster</source>
        <translation>Sun-Raster</translation>
    </message>
    <message>
        <source>QuickDraw picture</source>
        <translation>QuickDraw-Bild</translation>
    </message>
    <message>
        <source>Amiga picture</source>
        <translation>Amiga-Bild</translation>
    </message>
    <message>
        <source>X bitmap</source>
        <translation>X-Bitmap</translation>
    </message>
    <message>
        <source>X pixmap</source>
        <translation>X-Pixmap</translation>
    </message>
    <message>
        <source>wireless bitmap</source>
        <translation>WAP-Bitmap</translation>
    </message>
    <message>
        <source>MNG animation</source>
        <translation>MNG-Animation</translation>
    </message>
    <message>
        <source>film scan</source>
        <translation>Filmabtastung</translation>
    </message>
    <message>
        <source>Capture One package</source>
        <translation>Capture-One-Paket</translation>
    </message>
    <message>
        <source>Lytro light field</source>
        <translation>Lytro-Lichtfeld</translation>
    </message>
    <message>
        <source>GIMP document</source>
        <translation>GIMP-Dokument</translation>
    </message>
    <message>
        <source>Krita document</source>
        <translation>Krita-Dokument</translation>
    </message>
    <message>
        <source>OpenRaster document</source>
        <translation>OpenRaster-Dokument</translation>
    </message>
    <message>
        <source>Clip Studio document</source>
        <translation>Clip-Studio-Dokument</translation>
    </message>
    <message>
        <source>Procreate document</source>
        <translation>Procreate-Dokument</translation>
    </message>
    <message>
        <source>Affinity document</source>
        <translation>Affinity-Dokument</translation>
    </message>
    <message>
        <source>Paint Shop Pro document</source>
        <translation>Paint-Shop-Pro-Dokument</translation>
    </message>
    <message>
        <source>Paint.NET document</source>
        <translation>Paint.NET-Dokument</translation>
    </message>
    <message>
        <source>PaintTool SAI document</source>
        <translation>PaintTool-SAI-Dokument</translation>
    </message>
    <message>
        <source>Windows metafile</source>
        <translation>Windows-Metadatei</translation>
    </message>
    <message>
        <source>SVG drawing</source>
        <translation>SVG-Zeichnung</translation>
    </message>
    <message>
        <source>CorelDRAW drawing</source>
        <translation>CorelDRAW-Zeichnung</translation>
    </message>
    <message>
        <source>icon</source>
        <translation>Symbol</translation>
    </message>
    <message>
        <source>DirectDraw surface</source>
        <translation>DirectDraw-Textur</translation>
    </message>
    <message>
        <source>Blizzard texture</source>
        <translation>Blizzard-Textur</translation>
    </message>
    <message>
        <source>game texture</source>
        <translation>Spieltextur</translation>
    </message>
    <message>
        <source>bitmap</source>
        <translation>schwarzweiß</translation>
    </message>
    <message>
        <source>gray</source>
        <translation>Graustufen</translation>
    </message>
    <message>
        <source>palette</source>
        <translation>Farbpalette</translation>
    </message>
    <message>
        <source>multichannel</source>
        <translation>Mehrkanal</translation>
    </message>
    <message>
        <source>duotone</source>
        <translation>Duplex</translation>
    </message>
    <message>
        <source>large document</source>
        <translation>großes Dokument</translation>
    </message>
    <message>
        <source>lossless</source>
        <translation>verlustfrei</translation>
    </message>
    <message>
        <source>hierarchical</source>
        <translation>hierarchisch</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>Die Datei ist leer.</translation>
    </message>
    <message>
        <source>This is not a regular file.</source>
        <translation>Das ist keine gewöhnliche Datei.</translation>
    </message>
    <message>
        <source>The content is no picture Kindred knows.</source>
        <translation>Der Inhalt ist kein Bild, das Kindred kennt.</translation>
    </message>
    <message>
        <source>The file is named like a picture, but its content is no picture Kindred knows.</source>
        <translation>Die Datei heißt wie ein Bild, aber ihr Inhalt ist kein Bild, das Kindred kennt.</translation>
    </message>
    <message>
        <source>Kindred does not read this kind of picture ({format}). Save it as JPEG or PNG to see it here.</source>
        <translation>Kindred liest diese Art von Bild nicht ({format}). Speichern Sie es als JPEG oder PNG, um es hier zu sehen.</translation>
    </message>
    <message>
        <source>Kindred does not read this kind of {format} ({kind}). Save it with 8 bits, gray or RGB, to see it here.</source>
        <translation>Kindred liest diese Art von Bild nicht ({format}: {kind}). Speichern Sie es mit 8 Bit, in Graustufen oder RGB, um es hier zu sehen.</translation>
    </message>
    <message>
        <source>Kindred does not read this kind of TIFF ({kind}). Save it as RGB with 8 or 16 bits to see it here.</source>
        <translation>Kindred liest diese Art von TIFF nicht ({kind}). Speichern Sie es als RGB mit 8 oder 16 Bit, um es hier zu sehen.</translation>
    </message>
    <message>
        <source>The {format} data is damaged and cannot be read.</source>
        <translation>Die Bilddaten ({format}) sind beschädigt und nicht lesbar.</translation>
    </message>
    <message>
        <source>The {format} data is damaged and cannot be read ({reason}).</source>
        <translation>Die Bilddaten ({format}) sind beschädigt und nicht lesbar ({reason}).</translation>
    </message>
    <message>
        <source>The camera RAW data is damaged, or of a camera Kindred does not know.</source>
        <translation>Die Kamera-RAW-Daten sind beschädigt oder von einer Kamera, die Kindred nicht kennt.</translation>
    </message>
    <message>
        <source>Kindred cannot develop this kind of camera RAW, and there is no preview in the file. Export the photo as JPEG or TIFF to see it here.</source>
        <translation>Kindred kann diese Art von Kamera-RAW nicht entwickeln, und die Datei enthält keine Vorschau. Exportieren Sie das Foto als JPEG oder TIFF, um es hier zu sehen.</translation>
    </message>
    <message>
        <source>The file is {size} MB, more than the {limit} MB Kindred allows.</source>
        <translation>Die Datei hat {size} MB, mehr als die {limit} MB, die Kindred erlaubt.</translation>
    </message>
    <message>
        <source>The picture has {width} x {height} pixels, more than the {limit} million pixels Kindred allows.</source>
        <translation>Das Bild hat {width} x {height} Pixel, mehr als die {limit} Millionen Pixel, die Kindred erlaubt.</translation>
    </message>
    <message>
        <source>The picture has more than the {limit} million pixels Kindred allows.</source>
        <translation>Das Bild hat mehr als die {limit} Millionen Pixel, die Kindred erlaubt.</translation>
    </message>
    <message>
        <source>The picture has {width} x {height} pixels; decoding it takes {size} MB of memory, more than the {limit} MB Kindred allows.</source>
        <translation>Das Bild hat {width} x {height} Pixel; es zu dekodieren braucht {size} MB Arbeitsspeicher, mehr als die {limit} MB, die Kindred erlaubt.</translation>
    </message>
    <message>
        <source>Decoding this picture takes more memory than there is.</source>
        <translation>Dieses Bild zu dekodieren braucht mehr Arbeitsspeicher, als da ist.</translation>
    </message>
    <message>
        <source>Developing this file takes more memory than there is.</source>
        <translation>Diese Datei zu entwickeln braucht mehr Arbeitsspeicher, als da ist.</translation>
    </message>
    <message>
        <source>The picture would take too long to decode (too many passes).</source>
        <translation>Das Bild zu dekodieren würde zu lange dauern (zu viele Durchgänge).</translation>
    </message>
    <message>
        <source>Decoding this picture took more than {seconds} seconds, so it was given up.</source>
        <translation>Dieses Bild zu dekodieren dauerte mehr als {seconds} Sekunden und wurde deshalb abgebrochen.</translation>
    </message>
    <message>
        <source>The decoder of {format} crashed on this file; nothing else was affected.</source>
        <translation>Der Decoder für {format} ist an dieser Datei abgestürzt; sonst ist nichts betroffen.</translation>
    </message>
    <message>
        <source>Only part of the picture could be read.</source>
        <translation>Nur ein Teil des Bildes war lesbar.</translation>
    </message>
    <message>
        <source>It cannot be read whole; the photo is shown from {photo} beside it.</source>
        <translation>Die Datei ist nicht ganz lesbar; gezeigt wird das Foto aus {photo} daneben.</translation>
    </message>
    <message>
        <source>{reason} The photo is shown from {photo}, and it goes along.</source>
        <translation>{reason} Gezeigt wird das Foto aus {photo}; die Datei kommt mit.</translation>
    </message>
    <message>
        <source>Several workers ended while reading it.</source>
        <translation>Mehrere Rechner sind beim Lesen dieser Datei ausgefallen.</translation>
    </message>
    <message>
        <source>The model gave no usable numbers for it.</source>
        <translation>Das Modell lieferte dafür keine brauchbaren Zahlen.</translation>
    </message>
    <message>
        <source>It was there a moment ago and is gone now.</source>
        <translation>Die Datei war eben noch da und ist jetzt fort.</translation>
    </message>
    <message>
        <source>It was changed while Kindred read it; the next run takes it.</source>
        <translation>Die Datei wurde geändert, während Kindred sie las; der nächste Lauf nimmt sie auf.</translation>
    </message>
    <message>
        <source>It cannot be read: {reason}.</source>
        <translation>Sie ist nicht lesbar: {reason}.</translation>
    </message>
    <message>
        <source>The file cannot be read: {reason}.</source>
        <translation>Die Datei ist nicht lesbar: {reason}.</translation>
    </message>
    <message>
        <source>The folder cannot be read: {reason}.</source>
        <translation>Der Ordner ist nicht lesbar: {reason}.</translation>
    </message>
    <message>
        <source>The file is kept in the cloud and not on this computer. Download it to include it.</source>
        <translation>Die Datei liegt in der Cloud und nicht auf diesem Computer. Laden Sie sie herunter, um sie einzubeziehen.</translation>
    </message>
    <message>
        <source>not an image</source>
        <translation>kein Bild</translation>
    </message>
    <message>
        <source>not an image, and not on this computer (kept in the cloud)</source>
        <translation>kein Bild, und nicht auf diesem Computer (liegt in der Cloud)</translation>
    </message>
    <message>
        <source>not named like an image, and cannot be read ({reason})</source>
        <translation>heißt nicht wie ein Bild und ist nicht lesbar ({reason})</translation>
    </message>
    <message>
        <source>a {format} document, not an image</source>
        <translation>ein Dokument ({format}), kein Bild</translation>
    </message>
    <message>
        <source>{bits} bits</source>
        <translation>{bits} Bit</translation>
    </message>
    <message>
        <source>photometric kind {kind}</source>
        <translation>Farbart {kind}</translation>
    </message>
    <message>
        <source>compression {name}</source>
        <translation>Kompression {name}</translation>
    </message>
    <message>
        <source>image file is truncated</source>
        <translation>Datei abgeschnitten</translation>
    </message>
    <message>
        <source>image file is truncated ({number} bytes not processed)</source>
        <translation>Datei abgeschnitten ({number} Byte nicht verarbeitet)</translation>
    </message>
    <message>
        <source>broken data stream when reading image file</source>
        <translation>Datenstrom gebrochen</translation>
    </message>
    <message>
        <source>unrecognized data stream contents when reading image file</source>
        <translation>Inhalt des Datenstroms unbekannt</translation>
    </message>
    <message>
        <source>cannot load this image</source>
        <translation>Bild lässt sich nicht laden</translation>
    </message>
    <message>
        <source>Truncated File Read</source>
        <translation>Datei zu kurz</translation>
    </message>
    <message>
        <source>decoder error {number}</source>
        <translation>Fehler {number} des Decoders</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>signed</source>
        <translation>mit Vorzeichen</translation>
    </message>
    <message>
        <source>floating point</source>
        <translation>Gleitkomma</translation>
    </message>
    <message>
        <source>complex</source>
        <translation>komplex</translation>
    </message>
    <message>
        <source>Projecting to two dimensions</source>
        <translation>Die Karte wird berechnet</translation>
    </message>
    <message>
        <source>Kindred moved photos from there to {folder} (run {run}). Take that back: Tools &gt; History in the window, or kindred undo {run}.</source>
        <translation>Kindred hat Fotos von dort nach {folder} verschoben (Lauf {run}). Nehmen Sie das zurück: Werkzeuge &gt; Verlauf im Fenster oder kindred undo {run}.</translation>
    </message>
    <message>
        <source>Kindred moved photos from there to {folder} (run {run}). Open {folder}, or take that back: Tools &gt; History in the window, or kindred undo {run}.</source>
        <translation>Kindred hat Fotos von dort nach {folder} verschoben (Lauf {run}). Öffnen Sie {folder}, oder nehmen Sie das zurück: Werkzeuge &gt; Verlauf im Fenster oder kindred undo {run}.</translation>
    </message>
    <message>
        <source>Kindred works without a memory.</source>
        <translation>Kindred arbeitet ohne Gedächtnis.</translation>
    </message>
    <message>
        <source>{why} No file is touched without a record there.</source>
        <translation>{why} Ohne ein Protokoll dort wird keine Datei angerührt.</translation>
    </message>
    <message>
        <source>The record of earlier runs in {folder} cannot be read ({why}).</source>
        <translation>Das Protokoll früherer Läufe in {folder} lässt sich nicht lesen ({why}).</translation>
    </message>
    <message>
        <source>The model that turns pictures into numbers</source>
        <translation>Das Modell, das Bilder in Zahlen verwandelt</translation>
    </message>
    <message>
        <source>Where the model runs: on an NVIDIA card that works, or else on the processor, unless you say where</source>
        <translation>Wo das Modell läuft: auf einer NVIDIA-Karte, wenn es eine gibt, sonst auf dem Prozessor, wenn Sie nichts anderes sagen</translation>
    </message>
    <message>
        <source>Chosen by Kindred</source>
        <translation>Von Kindred gewählt</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>NVIDIA card (CUDA)</source>
        <translation>NVIDIA-Karte (CUDA)</translation>
    </message>
    <message>
        <source>Rounded numbers are several times faster on most processors; Kindred measures it once</source>
        <translation>Gerundete Zahlen sind auf den meisten Prozessoren um ein Mehrfaches schneller; Kindred misst es einmal</translation>
    </message>
    <message>
        <source>Rounded (int8)</source>
        <translation>Gerundet (int8)</translation>
    </message>
    <message>
        <source>Exact (float)</source>
        <translation>Genau (float)</translation>
    </message>
    <message>
        <source>Pictures read at the same time; 0 is one for each core of the processor</source>
        <translation>Gleichzeitig gelesene Bilder; 0 heißt eines je Prozessorkern</translation>
    </message>
    <message>
        <source>One for each core</source>
        <translation>Eines je Kern</translation>
    </message>
    <message>
        <source>Patterns of files and folders to leave out, such as *.gif</source>
        <translation>Muster für Dateien und Ordner, die ausgelassen werden, etwa *.gif</translation>
    </message>
    <message>
        <source>How photos are put into groups</source>
        <translation>Wie Fotos in Gruppen kommen</translation>
    </message>
    <message>
        <source>Names for groups that nobody named, from what their photos show, their dates and their folders</source>
        <translation>Namen für Gruppen, die niemand benannt hat: nach dem, was ihre Fotos zeigen, nach Datum und Ordner</translation>
    </message>
    <message>
        <source>Suggested</source>
        <translation>Vorgeschlagen</translation>
    </message>
    <message>
        <source>Numbers only</source>
        <translation>Nur Nummern</translation>
    </message>
    <message>
        <source>Colors of the window</source>
        <translation>Farben des Fensters</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Language of the window, from its next start on</source>
        <translation>Sprache des Fensters, vom nächsten Start an</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Deutsch</source>
        <translation>Deutsch</translation>
    </message>
    <message>
        <source>There is no setting called “{name}”.</source>
        <translation>Es gibt keine Einstellung „{name}“.</translation>
    </message>
    <message>
        <source>The settings {file} cannot be read ({why}).</source>
        <translation>Die Einstellungen {file} lassen sich nicht lesen ({why}).</translation>
    </message>
    <message>
        <source>Make it a file that may be read, or remove it for the defaults.</source>
        <translation>Machen Sie daraus eine lesbare Datei, oder entfernen Sie sie für die Voreinstellungen.</translation>
    </message>
    <message>
        <source>it is no text in UTF-8</source>
        <translation>es ist kein Text in UTF-8</translation>
    </message>
    <message>
        <source>Correct it, or delete the file for the defaults.</source>
        <translation>Berichtigen Sie es, oder löschen Sie die Datei für die Voreinstellungen.</translation>
    </message>
    <message>
        <source>A later version of Kindred may have written it: start that one, or delete the line.</source>
        <translation>Vielleicht schrieb es eine spätere Version von Kindred: Starten Sie diese, oder löschen Sie die Zeile.</translation>
    </message>
    <message>
        <source>{file} could not be written: {why}.</source>
        <translation>{file} ließ sich nicht schreiben: {why}.</translation>
    </message>
    <message>
        <source>{file} could not be renamed: {why}.</source>
        <translation>{file} ließ sich nicht umbenennen: {why}.</translation>
    </message>
    <message>
        <source>takes one value, {number} were given</source>
        <translation>nimmt einen Wert, gegeben sind {number}</translation>
    </message>
    <message>
        <source>must be a table, is {kind}</source>
        <translation>muss eine Tabelle sein, ist: {kind}</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>must be one of {names}, is {value}</source>
        <translation>muss eines von {names} sein, ist {value}</translation>
    </message>
    <message>
        <source>must be a list, is {kind}</source>
        <translation>muss eine Liste sein, ist: {kind}</translation>
    </message>
    <message>
        <source>must have {number} items, has {length}</source>
        <translation>muss {number} Einträge haben, hat {length}</translation>
    </message>
    <message>
        <source>must be {wanted}, is {kind}</source>
        <translation>verlangt ist: {wanted}, gefunden: {kind}</translation>
    </message>
    <message>
        <source>has characters or a form that is not allowed: {value}</source>
        <translation>hat Zeichen oder eine Form, die nicht erlaubt ist: {value}</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true oder false</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>a table</source>
        <translation>eine Tabelle</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>eine Liste</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>must have at least {number} items, has {length}</source>
        <translation>muss mindestens {number} Einträge haben, hat {length}</translation>
    </message>
    <message>
        <source>must have at most {number} items, has {length}</source>
        <translation>darf höchstens {number} Einträge haben, hat {length}</translation>
    </message>
    <message>
        <source>must have at least {number} characters, has {length}</source>
        <translation>muss mindestens {number} Zeichen haben, hat {length}</translation>
    </message>
    <message>
        <source>must have at most {number} characters, has {length}</source>
        <translation>darf höchstens {number} Zeichen haben, hat {length}</translation>
    </message>
    <message>
        <source>is too large</source>
        <translation>ist zu groß</translation>
    </message>
    <message>
        <source>is not a finite number</source>
        <translation>ist keine endliche Zahl</translation>
    </message>
    <message>
        <source>must be at least {least}, is {value}</source>
        <translation>muss mindestens {least} sein, ist {value}</translation>
    </message>
    <message>
        <source>must be at most {most}, is {value}</source>
        <translation>darf höchstens {most} sein, ist {value}</translation>
    </message>
    <message>
        <source>is not a known key; known: {names}</source>
        <translation>ist kein bekannter Schlüssel; bekannt: {names}</translation>
    </message>
    <message>
        <source>a huge number</source>
        <translation>eine riesige Zahl</translation>
    </message>
    <message>
        <source>Learning from your corrections</source>
        <translation>Aus Ihren Korrekturen wird gelernt</translation>
    </message>
    <message>
        <source>&lt;b&gt;Group&lt;/b&gt;: photos that look alike to the model. Kindred finds groups by itself; you choose how many.</source>
        <translation>&lt;b&gt;Gruppe&lt;/b&gt;: Fotos, die für das Modell ähnlich aussehen. Kindred findet Gruppen selbst; wie viele es sind, wählen Sie.</translation>
    </message>
    <message>
        <source>&lt;b&gt;k&lt;/b&gt;: the number of groups. &lt;i&gt;Auto&lt;/i&gt; takes the number that the elbow chart suggests.</source>
        <translation>&lt;b&gt;k&lt;/b&gt;: die Anzahl der Gruppen. &lt;i&gt;Auto&lt;/i&gt; nimmt die Anzahl, die das Ellbogen-Diagramm vorschlägt.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Elbow&lt;/b&gt;: with each further group photos lie closer together. Where that stops paying, the curve bends like an elbow: a good place to stop. Not every album tells how many groups it has, and then the chart says so.</source>
        <translation>&lt;b&gt;Ellbogen&lt;/b&gt;: Mit jeder weiteren Gruppe liegen die Fotos näher beieinander. Wo sich das nicht mehr lohnt, knickt die Kurve wie ein Ellbogen: eine gute Stelle zum Aufhören. Nicht jedes Album verrät, wie viele Gruppen es hat; das Diagramm sagt es dann.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Silhouette&lt;/b&gt;: a second opinion on the number of groups: how far apart the groups stand.</source>
        <translation>&lt;b&gt;Silhouette&lt;/b&gt;: eine zweite Meinung zur Anzahl der Gruppen: wie weit die Gruppen auseinander stehen.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Map&lt;/b&gt;: every photo a point. The two directions (PCA 1 and 2) are those in which the photos differ most; the percentage says how much of all difference each shows.</source>
        <translation>&lt;b&gt;Karte&lt;/b&gt;: jedes Foto ein Punkt. Die zwei Richtungen (PCA 1 und 2) sind die, in denen sich die Fotos am stärksten unterscheiden; die Prozentzahl sagt, wie viel vom ganzen Unterschied jede zeigt.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Similarity&lt;/b&gt;: 1.00 is the same picture, 0 has nothing in common (the cosine of two embeddings).</source>
        <translation>&lt;b&gt;Ähnlichkeit&lt;/b&gt;: 1,00 ist dasselbe Bild, bei 0 gibt es nichts Gemeinsames (der Kosinus der Merkmale zweier Bilder).</translation>
    </message>
    <message>
        <source>&lt;b&gt;Unsure&lt;/b&gt;: photos that no group claims clearly. Organize files them with the group they are most like, unless you say otherwise.</source>
        <translation>&lt;b&gt;Unsichere&lt;/b&gt;: Fotos, die keine Gruppe klar beansprucht. „Einordnen“ legt sie zu der Gruppe, der sie am ähnlichsten sind, wenn Sie nichts anderes sagen.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Method&lt;/b&gt;: how groups are found. k-means is fast and good for most albums.</source>
        <translation>&lt;b&gt;Verfahren&lt;/b&gt;: wie Gruppen gefunden werden. k-Means ist schnell und für die meisten Alben gut.</translation>
    </message>
    <message>
        <source>Something went wrong that should not have.</source>
        <translation>Etwas ging schief, das nicht hätte schiefgehen dürfen.</translation>
    </message>
    <message>
        <source>Your photos are as they were. {report} (Help &gt; Open the log folder)</source>
        <translation>Ihre Fotos sind, wie sie waren. {report} (Hilfe &gt; Protokollordner öffnen)</translation>
    </message>
    <message>
        <source>Open a folder first.</source>
        <translation>Öffnen Sie zuerst einen Ordner.</translation>
    </message>
    <message>
        <source>{action}: progress</source>
        <translation>{action}: Fortschritt</translation>
    </message>
    <message>
        <source>{action}: progress bar</source>
        <translation>{action}: Fortschrittsbalken</translation>
    </message>
    <message>
        <source>{action}: what came of it</source>
        <translation>{action}: Ergebnis</translation>
    </message>
    <message>
        <source>{action}: figures</source>
        <translation>{action}: Zahlen</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>Vorbereitung …</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>First model</source>
        <translation>Erstes Modell</translation>
    </message>
    <message>
        <source>Second model</source>
        <translation>Zweites Modell</translation>
    </message>
    <message>
        <source>and</source>
        <translation>und</translation>
    </message>
    <message>
        <source>How alike two models see the photos of {folder}. What each sees stays in the cache.</source>
        <translation>Wie ähnlich zwei Modelle die Fotos von {folder} sehen. Was jedes sieht, bleibt im Zwischenspeicher.</translation>
    </message>
    <message>
        <source>Groups suggested</source>
        <translation>Vorgeschlagene Gruppen</translation>
    </message>
    <message>
        <source>Time a photo</source>
        <translation>Zeit je Foto</translation>
    </message>
    <message>
        <source>{number} ms</source>
        <translation>{number} ms</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>Läuft auf</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>before</source>
        <translation>vorher</translation>
    </message>
    <message>
        <source>after</source>
        <translation>nachher</translation>
    </message>
    <message>
        <source>min</source>
        <translation>min</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>Höchstens</translation>
    </message>
    <message>
        <source>Learning from {folder}. You can close this and look around meanwhile; the new model is used as soon as it is there.</source>
        <translation>Es wird aus {folder} gelernt. Sie können dieses Fenster schließen und sich inzwischen umsehen; das neue Modell wird benutzt, sobald es da ist.</translation>
    </message>
    <message>
        <source>Fits “{model}” to the photos of {folder}, on this computer alone. Photos and model are only read; the new model stands beside the others.</source>
        <translation>Passt „{model}“ an die Fotos von {folder} an, nur auf diesem Computer. Fotos und Modell werden nur gelesen; das neue Modell steht dann neben den anderen.</translation>
    </message>
    <message>
        <source>What learning changed in “{model}”, which is in use; 1.000 is the best there is:</source>
        <translation>Was das Lernen an „{model}“, das in Gebrauch ist, geändert hat; 1,000 ist das Beste:</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>Aktion suchen</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>Was möchten Sie tun?</translation>
    </message>
    <message>
        <source>No action is called so.</source>
        <translation>Keine Aktion heißt so.</translation>
    </message>
    <message>
        <source>{tip}. Not possible at the moment.</source>
        <translation>{tip}. Zurzeit nicht möglich.</translation>
    </message>
    <message>
        <source>Number format</source>
        <translation>Zahlenformat</translation>
    </message>
    <message>
        <source>Pictures at a time</source>
        <translation>Bilder gleichzeitig</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>Names of groups</source>
        <translation>Namen der Gruppen</translation>
    </message>
    <message>
        <source>Colors</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>They are kept in {file}.</source>
        <translation>Sie stehen in {file}.</translation>
    </message>
    <message>
        <source>Settings are kept again, beginning with the defaults. The old file is {file}</source>
        <translation>Einstellungen werden wieder gespeichert und beginnen mit den Vorgaben. Die alte Datei ist {file}</translation>
    </message>
    <message>
        <source>The settings cannot be read. Until they can, the defaults hold, and no setting is kept.</source>
        <translation>Die Einstellungen sind nicht lesbar. Bis sie es sind, gelten die Vorgaben, und keine Einstellung wird gespeichert.</translation>
    </message>
    <message>
        <source>Show the file</source>
        <translation>Datei zeigen</translation>
    </message>
    <message>
        <source>Set it aside</source>
        <translation>Beiseitelegen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Split {group}</source>
        <translation>{group} teilen</translation>
    </message>
    <message>
        <source>Number of parts</source>
        <translation>Anzahl der Teile</translation>
    </message>
    <message numerus="yes">
        <source>Make of {group}, %n photos,</source>
        <translation>
            <numerusform>Aus {group} (%n Foto)</numerusform>
            <numerusform>Aus {group} (%n Fotos)</numerusform>
        </translation>
    </message>
    <message>
        <source>groups:</source>
        <translation>Gruppen machen:</translation>
    </message>
    <message>
        <source>Split into {number}</source>
        <translation>In {number} teilen</translation>
    </message>
    <message>
        <source>Working out the parts…</source>
        <translation>Die Teile werden ermittelt …</translation>
    </message>
    <message>
        <source>These photos are too much alike to be split.</source>
        <translation>Diese Fotos sind sich zu ähnlich, um geteilt zu werden.</translation>
    </message>
    <message>
        <source>No more than {number} parts differ.</source>
        <translation>Nicht mehr als {number} Teile unterscheiden sich.</translation>
    </message>
    <message>
        <source>Part {part} of {number}: {photos}</source>
        <translation>Teil {part} von {number}: {photos}</translation>
    </message>
    <message>
        <source>The group cannot be split: {error}</source>
        <translation>Die Gruppe lässt sich nicht teilen: {error}</translation>
    </message>
    <message>
        <source>The same file, {count} times</source>
        <translation>Dieselbe Datei, {count}-mal</translation>
    </message>
    <message>
        <source>{count} nearly the same</source>
        <translation>{count} fast gleiche</translation>
    </message>
    <message>
        <source>One photo of each set stays.</source>
        <translation>Ein Foto jedes Satzes bleibt.</translation>
    </message>
    <message>
        <source>{kind}. Suggested: {file}, {reason}</source>
        <translation>{kind}. Vorgeschlagen: {file}, {reason}</translation>
    </message>
    <message numerus="yes">
        <source>%n photos to the trash</source>
        <translation>
            <numerusform>%n Foto in den Papierkorb</numerusform>
            <numerusform>%n Fotos in den Papierkorb</numerusform>
        </translation>
    </message>
    <message>
        <source>keep {file} ({reason})</source>
        <translation>{file} behalten ({reason})</translation>
    </message>
    <message>
        <source>{size} can go</source>
        <translation>{size} können weg</translation>
    </message>
    <message>
        <source>{number} more not shown</source>
        <translation>{number} weitere nicht gezeigt</translation>
    </message>
    <message>
        <source>to the trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>suggested</source>
        <translation>vorgeschlagen</translation>
    </message>
    <message>
        <source>same file, in {folder}</source>
        <translation>gleich, in {folder}</translation>
    </message>
    <message>
        <source>in {folder}</source>
        <translation>in {folder}</translation>
    </message>
    <message>
        <source>{percent} % alike</source>
        <translation>zu {percent} % gleich</translation>
    </message>
    <message>
        <source>Sets of duplicates</source>
        <translation>Sätze von Duplikaten</translation>
    </message>
    <message>
        <source>Keep the suggested</source>
        <translation>Vorschlag behalten</translation>
    </message>
    <message>
        <source>Only here: {note}</source>
        <translation>Nur hier: {note}</translation>
    </message>
    <message>
        <source>Suggested: {reason}</source>
        <translation>Vorgeschlagen: {reason}</translation>
    </message>
    <message>
        <source>Moving to the trash…</source>
        <translation>In den Papierkorb …</translation>
    </message>
    <message>
        <source>Bringing back…</source>
        <translation>Wird zurückgeholt …</translation>
    </message>
    <message>
        <source>Files are being organized. Another model can be chosen when that is done.</source>
        <translation>Es werden gerade Dateien eingeordnet. Ein anderes Modell lässt sich danach wählen.</translation>
    </message>
    <message>
        <source>“{before}” is in use again. {model} stays in the list; Remove deletes it.</source>
        <translation>„{before}“ ist wieder in Gebrauch. {model} bleibt in der Liste; „Entfernen“ löscht es.</translation>
    </message>
    <message>
        <source>“{title}” was added as {model}.</source>
        <translation>„{title}“ wurde als {model} hinzugefügt.</translation>
    </message>
    <message>
        <source>Checking {file}…</source>
        <translation>{file} wird geprüft …</translation>
    </message>
    <message>
        <source>{model} was removed.</source>
        <translation>{model} wurde entfernt.</translation>
    </message>
    <message>
        <source>Removing {model}…</source>
        <translation>{model} wird entfernt …</translation>
    </message>
    <message>
        <source>A model is being added or removed. Try again when that is done.</source>
        <translation>Gerade wird ein Modell hinzugefügt oder entfernt. Versuchen Sie es danach noch einmal.</translation>
    </message>
    <message>
        <source>Stopped. The models are as they were.</source>
        <translation>Abgebrochen. Die Modelle sind, wie sie waren.</translation>
    </message>
    <message>
        <source>Nothing that was learned from {folder} helped, so the model stays as it is.</source>
        <translation>Nichts, was aus {folder} gelernt wurde, half; das Modell bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Learned from {folder}. The new model, {model}, is in use.</source>
        <translation>Aus {folder} gelernt. Das neue Modell {model} ist in Gebrauch.</translation>
    </message>
    <message>
        <source>Learned from {folder}. The new model, {model}, is in the list.</source>
        <translation>Aus {folder} gelernt. Das neue Modell {model} steht in der Liste.</translation>
    </message>
    <message>
        <source>Writing keywords…</source>
        <translation>Stichwörter werden geschrieben …</translation>
    </message>
    <message>
        <source>Organizing…</source>
        <translation>Wird eingeordnet …</translation>
    </message>
    <message>
        <source>Taking back…</source>
        <translation>Wird zurückgenommen …</translation>
    </message>
    <message>
        <source>“{method}” takes at most {most} photos; this folder has {count}.</source>
        <translation>„{method}“ nimmt höchstens {most} Fotos; dieser Ordner hat {count}.</translation>
    </message>
    <message>
        <source>Choose another method: {methods}.</source>
        <translation>Wählen Sie ein anderes Verfahren: {methods}.</translation>
    </message>
    <message>
        <source>The groups stay as they are.</source>
        <translation>Die Gruppen bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Save a report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>Text (*.txt)</translation>
    </message>
    <message>
        <source>The report lies in {file}.</source>
        <translation>Der Bericht liegt in {file}.</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>{error} Until then names are not shown, and new ones are not kept.</source>
        <translation>{error} Bis dahin werden Namen nicht gezeigt und neue nicht behalten.</translation>
    </message>
    <message>
        <source>Looking closer…</source>
        <translation>Es wird genauer hingesehen …</translation>
    </message>
    <message>
        <source>Looking for photos…</source>
        <translation>Fotos werden gesucht …</translation>
    </message>
    <message>
        <source>Checking the folder…</source>
        <translation>Der Ordner wird geprüft …</translation>
    </message>
    <message>
        <source>Finding out how many groups there are…</source>
        <translation>Die Anzahl der Gruppen wird ermittelt …</translation>
    </message>
    <message>
        <source>The groups are made of all photos that are here already.</source>
        <translation>Die Gruppen sind bereits aus allen Fotos gebildet, die da sind.</translation>
    </message>
    <message>
        <source>Grouping…</source>
        <translation>Gruppen werden gebildet …</translation>
    </message>
    <message>
        <source>it is written in a form that Kindred does not change</source>
        <translation>in einer Form geschrieben, die Kindred nicht ändert</translation>
    </message>
    <message>
        <source>it says nothing about a photo</source>
        <translation>sagt nichts über ein Foto</translation>
    </message>
    <message>
        <source>it is damaged: it is not the {encoding} text that it should be</source>
        <translation>beschädigt: nicht der {encoding}-Text, der es sein sollte</translation>
    </message>
    <message>
        <source>its encoding cannot be kept</source>
        <translation>die Kodierung lässt sich nicht erhalten</translation>
    </message>
    <message>
        <source>it is no XMP sidecar, although its name says so</source>
        <translation>keine XMP-Begleitdatei, obwohl der Name es sagt</translation>
    </message>
    <message>
        <source>it holds its properties in a form that Kindred does not know</source>
        <translation>enthält Eigenschaften in einer Form, die Kindred nicht kennt</translation>
    </message>
    <message>
        <source>it is written in {encoding}, which Kindred does not change</source>
        <translation>in {encoding} geschrieben, was Kindred nicht ändert</translation>
    </message>
    <message>
        <source>it is damaged: {why} in line {line}</source>
        <translation>beschädigt: {why} in Zeile {line}</translation>
    </message>
    <message>
        <source>it declares a document type, which no photo program writes</source>
        <translation>nennt einen Dokumenttyp, den kein Fotoprogramm schreibt</translation>
    </message>
    <message>
        <source>it is damaged: it uses {prefix}: and does not say what that is</source>
        <translation>beschädigt: benutzt {prefix}: und sagt nicht, was das ist</translation>
    </message>
    <message>
        <source>it has {name} in a form that Kindred does not change</source>
        <translation>enthält {name} in einer Form, die Kindred nicht ändert</translation>
    </message>
    <message>
        <source>{sidecar}: {keyword} (as a tree {tree}, {tags})</source>
        <translation>{sidecar}: {keyword} (als Baum {tree}, {tags})</translation>
    </message>
    <message numerus="yes">
        <source>%n photos have it already.</source>
        <translation>
            <numerusform>%n Foto hat es schon.</numerusform>
            <numerusform>%n Fotos haben es schon.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos have two sidecars, and both are kept in step.</source>
        <translation>
            <numerusform>%n Foto hat zwei Begleitdateien, und beide werden gleich gehalten.</numerusform>
            <numerusform>%n Fotos haben zwei Begleitdateien, und beide werden gleich gehalten.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n groups have no name yet, only a number.</source>
        <translation>
            <numerusform>%n Gruppe hat noch keinen Namen, nur eine Nummer.</numerusform>
            <numerusform>%n Gruppen haben noch keinen Namen, nur eine Nummer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files are left alone.</source>
        <translation>
            <numerusform>%n Datei bleibt unberührt.</numerusform>
            <numerusform>%n Dateien bleiben unberührt.</numerusform>
        </translation>
    </message>
    <message>
        <source>No sidecar has to be written.</source>
        <translation>Keine Begleitdatei muss geschrieben werden.</translation>
    </message>
    <message numerus="yes">
        <source>%n new sidecars</source>
        <comment>in them</comment>
        <translation>
            <numerusform>%n neuen Begleitdatei</numerusform>
            <numerusform>%n neuen Begleitdateien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n that are there already</source>
        <comment>in sidecars</comment>
        <translation>
            <numerusform>%n vorhandenen Begleitdatei</numerusform>
            <numerusform>%n vorhandenen Begleitdateien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos would get a keyword: in {new}.</source>
        <translation>
            <numerusform>%n Foto bekäme ein Stichwort: in {new}.</numerusform>
            <numerusform>%n Fotos bekämen ein Stichwort: in {new}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos would get a keyword: in {old}.</source>
        <translation>
            <numerusform>%n Foto bekäme ein Stichwort: in {old}.</numerusform>
            <numerusform>%n Fotos bekämen ein Stichwort: in {old}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos would get a keyword: in {new} and in {old}.</source>
        <translation>
            <numerusform>%n Foto bekäme ein Stichwort: in {new} und in {old}.</numerusform>
            <numerusform>%n Fotos bekämen ein Stichwort: in {new} und in {old}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking at sidecars</source>
        <translation>Begleitdateien werden angesehen</translation>
    </message>
    <message>
        <source>it is not there any more</source>
        <translation>nicht mehr da</translation>
    </message>
    <message>
        <source>a link or a special file stands in its place</source>
        <translation>an seiner Stelle steht eine Verknüpfung oder besondere Datei</translation>
    </message>
    <message>
        <source>it is protected against changes</source>
        <translation>gegen Änderungen geschützt</translation>
    </message>
    <message>
        <source>it is larger than a sidecar can be</source>
        <translation>größer, als eine Begleitdatei sein kann</translation>
    </message>
    <message>
        <source>The folder of the photos is gone: {folder}.</source>
        <translation>Der Ordner der Fotos ist fort: {folder}.</translation>
    </message>
    <message>
        <source>Connect its disk, or open the folder again.</source>
        <translation>Schließen Sie das Laufwerk an, oder öffnen Sie den Ordner erneut.</translation>
    </message>
    <message numerus="yes">
        <source>it is damaged: %n sidecars that it no longer names stay as they are</source>
        <translation>
            <numerusform>beschädigt: %n Begleitdatei, die darin nicht mehr steht, bleibt, wie sie ist</numerusform>
            <numerusform>beschädigt: %n Begleitdateien, die darin nicht mehr stehen, bleiben, wie sie sind</numerusform>
        </translation>
    </message>
    <message>
        <source>run {run} moved it on; take that back first</source>
        <translation>Lauf {run} hat es weiterbewegt; nehmen Sie zuerst diesen zurück</translation>
    </message>
    <message>
        <source>its record is damaged</source>
        <translation>Protokoll beschädigt</translation>
    </message>
    <message>
        <source>There is no spelling {name} of sidecars.</source>
        <translation>Die Schreibweise {name} von Begleitdateien gibt es nicht.</translation>
    </message>
    <message>
        <source>another program wrote {name} at the same moment; that version is kept here</source>
        <translation>ein anderes Programm schrieb {name} im selben Moment; jene Fassung liegt hier</translation>
    </message>
    <message>
        <source>Owner, permissions or extended attributes could not be kept</source>
        <translation>Besitzer, Berechtigungen oder erweiterte Attribute ließen sich nicht erhalten</translation>
    </message>
    <message>
        <source>Taking back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>what was written did not read back the same; the disk may fail</source>
        <translation>Geschriebenes ließ sich nicht gleich wieder lesen; das Laufwerk ist vielleicht defekt</translation>
    </message>
    <message>
        <source>is larger than 1024 pixels a side</source>
        <translation>hat eine Seite von mehr als 1024 Pixeln</translation>
    </message>
    <message>
        <source>is not a PNG</source>
        <translation>ist kein PNG</translation>
    </message>
    <message>
        <source>{file} is larger than {limit} MiB.</source>
        <translation>{file} ist größer als {limit} MiB.</translation>
    </message>
    <message>
        <source>{file} is not the file its card describes (SHA-256 differs).</source>
        <translation>{file} ist nicht die Datei, die ihre Karte beschreibt (SHA-256 weicht ab).</translation>
    </message>
    <message>
        <source>Get the model again from where it came from.</source>
        <translation>Holen Sie das Modell noch einmal von dort, woher es kam.</translation>
    </message>
    <message>
        <source>{file} is refused: {reason}.</source>
        <translation>{file} wird abgelehnt: {reason}.</translation>
    </message>
    <message>
        <source>{folder} holds no {file}, so it is no model.</source>
        <translation>{folder} enthält keine {file} und ist deshalb kein Modell.</translation>
    </message>
    <message>
        <source>is larger than {limit} MiB</source>
        <translation>ist größer als {limit} MiB</translation>
    </message>
    <message>
        <source>{file} is not valid JSON: {reason}.</source>
        <translation>{file} ist kein gültiges JSON: {reason}.</translation>
    </message>
    <message>
        <source>{file} could not be read: {reason}.</source>
        <translation>{file} war nicht lesbar: {reason}.</translation>
    </message>
    <message>
        <source>is smaller than input.size</source>
        <translation>ist kleiner als input.size</translation>
    </message>
    <message>
        <source>has {number} numbers, outputs.embedding.dim is {dim}</source>
        <translation>hat {number} Zahlen, outputs.embedding.dim ist {dim}</translation>
    </message>
    <message>
        <source>is zero everywhere</source>
        <translation>ist überall null</translation>
    </message>
    <message>
        <source>names a word twice</source>
        <translation>nennt ein Wort zweimal</translation>
    </message>
    <message>
        <source>holds {name}, which is not JSON</source>
        <translation>enthält {name}, was kein JSON ist</translation>
    </message>
    <message>
        <source>has a key twice in one table</source>
        <translation>hat einen Schlüssel zweimal in einer Tabelle</translation>
    </message>
    <message>
        <source>{model} cannot be compared with itself.</source>
        <translation>{model} lässt sich nicht mit sich selbst vergleichen.</translation>
    </message>
    <message>
        <source>Choose another model.</source>
        <translation>Wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>Of the {neighbors} photos most like each of the {photos}, the models agree on {alike}.</source>
        <translation>Von den {neighbors} Fotos, die jedem der {photos} am ähnlichsten sind, stimmen die Modelle in {alike} überein.</translation>
    </message>
    <message numerus="yes">
        <source>Where each makes %n groups, {share} of 100 photos are in groups that match (AMI {ami}: 0 is chance, 1 the same groups).</source>
        <translation>
            <numerusform>Bei je %n Gruppe liegen {share} von 100 Fotos in Gruppen, die sich entsprechen (AMI {ami}: 0 ist Zufall, 1 dieselben Gruppen).</numerusform>
            <numerusform>Bei je %n Gruppen liegen {share} von 100 Fotos in Gruppen, die sich entsprechen (AMI {ami}: 0 ist Zufall, 1 dieselben Gruppen).</numerusform>
        </translation>
    </message>
    <message>
        <source>At least {number} photos are needed to compare models.</source>
        <translation>Für den Vergleich von Modellen sind mindestens {number} Fotos nötig.</translation>
    </message>
    <message>
        <source>Starting the laboratory</source>
        <translation>Labor wird gestartet</translation>
    </message>
    <message>
        <source>Looking at the photos</source>
        <translation>Fotos werden betrachtet</translation>
    </message>
    <message>
        <source>View {number} of {views}</source>
        <translation>Ansicht {number} von {views}</translation>
    </message>
    <message>
        <source>One more view, to judge by</source>
        <translation>Eine weitere Ansicht, zum Beurteilen</translation>
    </message>
    <message>
        <source>Training the last stage</source>
        <translation>Letzte Stufe wird trainiert</translation>
    </message>
    <message>
        <source>Writing the model</source>
        <translation>Modell wird geschrieben</translation>
    </message>
    <message>
        <source>{folder} has {number} photos that can be read ({problems} could not); at least {fewest} are needed to learn from. Choose a larger folder.</source>
        <translation>{folder} enthält {number} lesbare Fotos ({problems} waren nicht lesbar); zum Anlernen sind mindestens {fewest} nötig. Wählen Sie einen größeren Ordner.</translation>
    </message>
    <message>
        <source>Learning needs the laboratory: run “{command}” in the folder of Kindred’s source.</source>
        <translation>Das Anlernen braucht das Labor: Führen Sie „{command}“ im Ordner von Kindreds Quelltext aus.</translation>
    </message>
    <message>
        <source>The laboratory could not be started: {reason}.</source>
        <translation>Das Labor ließ sich nicht starten: {reason}.</translation>
    </message>
    <message>
        <source>All together</source>
        <translation>Alles zusammen</translation>
    </message>
    <message>
        <source>Suggested number of groups</source>
        <translation>Vorgeschlagene Anzahl der Gruppen</translation>
    </message>
    <message>
        <source>Groups differ from each other</source>
        <translation>Gruppen unterscheiden sich</translation>
    </message>
    <message>
        <source>A photo keeps its group when cropped</source>
        <translation>Ein Foto behält zugeschnitten seine Gruppe</translation>
    </message>
    <message>
        <source>Groups are the same each time</source>
        <translation>Gruppen sind jedes Mal dieselben</translation>
    </message>
    <message>
        <source>A cropped photo is found again</source>
        <translation>Ein zugeschnittenes Foto wird wiedergefunden</translation>
    </message>
    <message>
        <source>the system ended it, most likely because memory ran out</source>
        <translation>das System hat es beendet, wohl weil der Arbeitsspeicher ausging</translation>
    </message>
    <message>
        <source>exit code {code}</source>
        <translation>Rückgabewert {code}</translation>
    </message>
    <message>
        <source>Learning stopped: {why}.</source>
        <translation>Das Anlernen brach ab: {why}.</translation>
    </message>
    <message>
        <source>The models are as they were.</source>
        <translation>Die Modelle sind, wie sie waren.</translation>
    </message>
    <message>
        <source>it is larger than {limit} MiB</source>
        <translation>größer als {limit} MiB</translation>
    </message>
    <message>
        <source>it is not an ONNX model</source>
        <translation>kein ONNX-Modell</translation>
    </message>
    <message>
        <source>its graphs are nested too deeply</source>
        <translation>die Graphen sind zu tief verschachtelt</translation>
    </message>
    <message>
        <source>it keeps weights in other files</source>
        <translation>hält Gewichte in anderen Dateien</translation>
    </message>
    <message>
        <source>it uses operators outside standard ONNX ({name})</source>
        <translation>benutzt Operatoren außerhalb von Standard-ONNX ({name})</translation>
    </message>
    <message>
        <source>it is quantized dynamically, so that vectors depend on the batch: quantize it statically</source>
        <translation>dynamisch quantisiert, sodass Vektoren vom Stapel abhängen: quantisieren Sie es statisch</translation>
    </message>
    <message>
        <source>it has too many parts</source>
        <translation>hat zu viele Teile</translation>
    </message>
    <message>
        <source>it is cut short or not an ONNX model</source>
        <translation>abgeschnitten oder kein ONNX-Modell</translation>
    </message>
    <message>
        <source>it is no zip file, or only a part of one</source>
        <translation>keine ZIP-Datei, oder nur ein Teil davon</translation>
    </message>
    <message>
        <source>{file} is no model.</source>
        <translation>{file} ist kein Modell.</translation>
    </message>
    <message>
        <source>Choose its folder, its {card} or a zip of both.</source>
        <translation>Wählen Sie seinen Ordner, seine {card} oder eine ZIP-Datei davon.</translation>
    </message>
    <message>
        <source>it ends too early</source>
        <translation>endet zu früh</translation>
    </message>
    <message>
        <source>{archive}: {file} is larger than a model may be.</source>
        <translation>{archive}: {file} ist größer, als ein Modell sein darf.</translation>
    </message>
    <message>
        <source>{file} cannot be unpacked: {reason}.</source>
        <translation>{file} lässt sich nicht entpacken: {reason}.</translation>
    </message>
    <message>
        <source>Get it again from where it came from.</source>
        <translation>Holen Sie es noch einmal von dort, woher es kam.</translation>
    </message>
    <message>
        <source>{file} holds several models.</source>
        <translation>{file} enthält mehrere Modelle.</translation>
    </message>
    <message>
        <source>Unpack it, and add one folder after the other.</source>
        <translation>Entpacken Sie die Datei, und fügen Sie einen Ordner nach dem anderen hinzu.</translation>
    </message>
    <message>
        <source>{file} holds no {card}.</source>
        <translation>{file} enthält keine {card}.</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>Wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>this processor adds int8 products exactly</source>
        <translation>dieser Prozessor addiert int8-Produkte genau</translation>
    </message>
    <message>
        <source>int8 sums are guarded against overflow, which this processor needs</source>
        <translation>int8-Summen sind gegen Überlauf gesichert, was dieser Prozessor braucht</translation>
    </message>
    <message>
        <source>CPU, int8 ({precision}); {device}</source>
        <translation>CPU, int8 ({precision}); {device}</translation>
    </message>
    <message>
        <source>CPU, float ({precision}); {device}</source>
        <translation>CPU, float ({precision}); {device}</translation>
    </message>
    <message>
        <source>the settings ask for int8; {how}</source>
        <translation>die Einstellungen verlangen int8; {how}</translation>
    </message>
    <message>
        <source>int8 runs {speed} times as fast as float here; {how}</source>
        <translation>int8 läuft hier {speed}-mal so schnell wie float; {how}</translation>
    </message>
    <message>
        <source>CUDA failed: {reason}</source>
        <translation>CUDA versagte: {reason}</translation>
    </message>
    <message>
        <source>output {name} does not give probabilities</source>
        <translation>der Ausgang {name} liefert keine Wahrscheinlichkeiten</translation>
    </message>
    <message>
        <source>{folder}: onnxruntime cannot load the model: {reason}</source>
        <translation>{folder}: onnxruntime kann das Modell nicht laden: {reason}</translation>
    </message>
    <message>
        <source>input</source>
        <translation>Eingang</translation>
    </message>
    <message>
        <source>output</source>
        <translation>Ausgang</translation>
    </message>
    <message>
        <source>its inputs are {found}, the card&apos;s {expected}</source>
        <translation>die Eingänge sind {found}, laut Karte {expected}</translation>
    </message>
    <message>
        <source>it has no {kind} called {name}</source>
        <translation>es gibt keinen {kind} namens {name}</translation>
    </message>
    <message>
        <source>{kind} {name} is {type}, not float32</source>
        <translation>{kind} {name} ist {type}, nicht float32</translation>
    </message>
    <message>
        <source>{kind} {name} has shape {shape}, the card says {expected}</source>
        <translation>{kind} {name} hat die Form {shape}, laut Karte {expected}</translation>
    </message>
    <message>
        <source>{folder}: the model does not match its card: {reason}.</source>
        <translation>{folder}: Das Modell passt nicht zu seiner Karte: {reason}.</translation>
    </message>
    <message>
        <source>the settings ask for the CPU</source>
        <translation>die Einstellungen verlangen die CPU</translation>
    </message>
    <message>
        <source>the settings ask for int8, which runs on the CPU</source>
        <translation>die Einstellungen verlangen int8, das auf der CPU läuft</translation>
    </message>
    <message>
        <source>CUDA device found and checked with the model&apos;s probe</source>
        <translation>CUDA-Gerät gefunden und mit der Probe des Modells geprüft</translation>
    </message>
    <message>
        <source>this model has no int8 form</source>
        <translation>dieses Modell hat keine int8-Fassung</translation>
    </message>
    <message>
        <source>the settings ask for float</source>
        <translation>die Einstellungen verlangen float</translation>
    </message>
    <message>
        <source>int8 gives other numbers on this CPU</source>
        <translation>int8 liefert auf dieser CPU andere Zahlen</translation>
    </message>
    <message>
        <source>the probe&apos;s embedding has cosine {cosine} with the card&apos;s</source>
        <translation>die Merkmale der Probe haben mit denen der Karte den Kosinus {cosine}</translation>
    </message>
    <message>
        <source>CUDA is not installed: onnxruntime has only its CPU provider</source>
        <translation>CUDA ist nicht installiert: onnxruntime kann hier nur die CPU nutzen</translation>
    </message>
    <message>
        <source>CUDA did not start: no device, or its libraries are missing</source>
        <translation>CUDA startete nicht: kein Gerät, oder die Bibliotheken fehlen</translation>
    </message>
    <message>
        <source>CUDA gives other numbers than the model&apos;s card</source>
        <translation>CUDA liefert andere Zahlen als die Karte des Modells</translation>
    </message>
    <message>
        <source>{folder}: the model failed: {reason}</source>
        <translation>{folder}: Das Modell versagte: {reason}</translation>
    </message>
    <message>
        <source>Everyday photos</source>
        <translation>Alltagsfotos</translation>
    </message>
    <message>
        <source>Everyday photos (no labels)</source>
        <translation>Alltagsfotos (ohne Etiketten)</translation>
    </message>
    <message>
        <source>Learned from 46,000 small everyday photos what a small network makes of them that had itself been trained on ImageNet&apos;s labels: people, animals, food, rooms, streets, clothes, things. Our own training used no label.</source>
        <translation>Hat an 46.000 kleinen Alltagsfotos gelernt, was ein kleines Netz aus ihnen macht, das selbst mit den Etiketten von ImageNet trainiert worden war: Menschen, Tiere, Essen, Räume, Straßen, Kleidung, Dinge. Unser eigenes Training nutzte kein Etikett.</translation>
    </message>
    <message>
        <source>Learned from 46,000 small everyday photos without any labels: people, animals, food, rooms, streets, clothes, textures.</source>
        <translation>Hat an 46.000 kleinen Alltagsfotos ganz ohne Etiketten gelernt: Menschen, Tiere, Essen, Räume, Straßen, Kleidung, Oberflächen.</translation>
    </message>
    <message>
        <source>none</source>
        <comment>known models</comment>
        <translation>keine</translation>
    </message>
    <message>
        <source>Known models: {names}.</source>
        <translation>Bekannte Modelle: {names}.</translation>
    </message>
    <message>
        <source>`kindred models add FOLDER` adds one.</source>
        <translation>`kindred models add ORDNER` fügt eines hinzu.</translation>
    </message>
    <message>
        <source>There is no model called {name}.</source>
        <translation>Ein Modell namens {name} gibt es nicht.</translation>
    </message>
    <message>
        <source>{folder}: a picture&apos;s embedding depends on what other pictures are run with it ({precision}).</source>
        <translation>{folder}: Die Merkmale eines Bildes hängen davon ab, welche anderen Bilder mitlaufen ({precision}).</translation>
    </message>
    <message>
        <source>Such vectors cannot be compared from one run to the next.</source>
        <translation>Solche Vektoren lassen sich zwischen Läufen nicht vergleichen.</translation>
    </message>
    <message>
        <source>{folder}: the probe&apos;s embedding has cosine {cosine} with the card&apos;s, at least {least} is needed.</source>
        <translation>{folder}: Die Merkmale der Probe haben mit denen der Karte den Kosinus {cosine}; nötig ist mindestens {least}.</translation>
    </message>
    <message>
        <source>Weights, preprocessing and card do not belong together.</source>
        <translation>Gewichte, Vorverarbeitung und Karte gehören nicht zusammen.</translation>
    </message>
    <message>
        <source>{model} ({precision}): different pictures get one and the same embedding; its groups will mean nothing.</source>
        <translation>{model} ({precision}): Verschiedene Bilder erhalten dieselben Merkmale; die Gruppen werden nichts bedeuten.</translation>
    </message>
    <message>
        <source>There is a model called {name} already: {folder}.</source>
        <translation>Ein Modell namens {name} gibt es schon: {folder}.</translation>
    </message>
    <message>
        <source>Remove it first.</source>
        <translation>Entfernen Sie es zuerst.</translation>
    </message>
    <message>
        <source>{folder} could not be written: {reason}.</source>
        <translation>{folder} ließ sich nicht schreiben: {reason}.</translation>
    </message>
    <message>
        <source>{model} came with the program and cannot be removed.</source>
        <translation>{model} kam mit dem Programm und lässt sich nicht entfernen.</translation>
    </message>
    <message>
        <source>{folder} could not be removed: {reason}.</source>
        <translation>{folder} ließ sich nicht entfernen: {reason}.</translation>
    </message>
    <message>
        <source>{file}: name: is {name}, the folder {folder}.</source>
        <translation>{file}: name: ist {name}, der Ordner {folder}.</translation>
    </message>
    <message>
        <source>taken back, the originals untouched</source>
        <translation>zurückgenommen, die Originale unberührt</translation>
    </message>
    <message>
        <source>its copy did not read back as it was written; the disk may be failing</source>
        <translation>die Kopie ließ sich nicht so lesen, wie sie geschrieben wurde; das Laufwerk ist vielleicht defekt</translation>
    </message>
    <message>
        <source>Extended attributes could not be read</source>
        <translation>Erweiterte Attribute waren nicht lesbar</translation>
    </message>
    <message>
        <source>Extended attributes could not be kept</source>
        <translation>Erweiterte Attribute ließen sich nicht erhalten</translation>
    </message>
    <message>
        <source>The owner could not be kept</source>
        <translation>Der Besitzer ließ sich nicht erhalten</translation>
    </message>
    <message>
        <source>Permissions could not be kept</source>
        <translation>Berechtigungen ließen sich nicht erhalten</translation>
    </message>
    <message>
        <source>The modification time could not be kept</source>
        <translation>Die Änderungszeit ließ sich nicht erhalten</translation>
    </message>
    <message>
        <source>Hard link</source>
        <translation>Hardlink</translation>
    </message>
    <message>
        <source>A second name for the same file on the same disk; needs no space.</source>
        <translation>Ein zweiter Name für dieselbe Datei auf demselben Laufwerk; braucht keinen Platz.</translation>
    </message>
    <message>
        <source>Hard-link</source>
        <translation>Hardlinks anlegen</translation>
    </message>
    <message>
        <source>Linking</source>
        <translation>Verknüpfen</translation>
    </message>
    <message>
        <source>hard-linked</source>
        <translation>als Hardlink angelegt</translation>
    </message>
    <message>
        <source>hard link</source>
        <translation>Hardlink</translation>
    </message>
    <message>
        <source>the disk takes no hard links, or none to this file</source>
        <translation>das Laufwerk nimmt keine Hardlinks auf, oder keinen auf diese Datei</translation>
    </message>
    <message>
        <source>its original is gone, so this link is kept</source>
        <translation>das Original ist fort, deshalb bleibt diese Verknüpfung</translation>
    </message>
    <message>
        <source>Symbolic link</source>
        <translation>Symbolische Verknüpfung</translation>
    </message>
    <message>
        <source>A pointer to the original; breaks when the original is moved.</source>
        <translation>Ein Verweis auf das Original; er bricht, wenn das Original verschoben wird.</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Verknüpfen</translation>
    </message>
    <message>
        <source>linked</source>
        <translation>verknüpft</translation>
    </message>
    <message>
        <source>symbolic link</source>
        <translation>Symbolische Verknüpfung</translation>
    </message>
    <message>
        <source>the disk takes no symbolic links, or none to this file</source>
        <translation>das Laufwerk nimmt keine symbolischen Verknüpfungen auf, oder keine auf diese Datei</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Stichwörter</translation>
    </message>
    <message>
        <source>The name of each photo&apos;s group as a keyword beside it, for other programs. No photo is touched.</source>
        <translation>Der Name der Gruppe als Stichwort neben jedem Foto, für andere Programme. Kein Foto wird angetastet.</translation>
    </message>
    <message>
        <source>Write keywords for</source>
        <translation>Stichwörter schreiben</translation>
    </message>
    <message>
        <source>Writing keywords</source>
        <translation>Stichwörter schreiben</translation>
    </message>
    <message>
        <source>got a keyword</source>
        <translation>mit Stichwort versehen</translation>
    </message>
    <message>
        <source>keywords</source>
        <translation>Stichwörter</translation>
    </message>
    <message>
        <source>without the keyword again</source>
        <translation>wieder ohne das Stichwort</translation>
    </message>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n Datei</numerusform>
            <numerusform>%n Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>it has changed since</source>
        <translation>seither geändert</translation>
    </message>
    <message>
        <source>taken back in part</source>
        <translation>teilweise zurückgenommen</translation>
    </message>
    <message>
        <source>recorded by a newer version</source>
        <translation>von einer neueren Version</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>unterbrochen</translation>
    </message>
    <message>
        <source>taking back stopped</source>
        <translation>Zurücknehmen angehalten</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>zurückgenommen</translation>
    </message>
    <message>
        <source>nothing done</source>
        <translation>nichts getan</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>stopped on request</source>
        <translation>auf Wunsch angehalten</translation>
    </message>
    <message>
        <source>stopped early</source>
        <translation>vorzeitig beendet</translation>
    </message>
    <message>
        <source>Kindred is at work on files already, in this window or another.</source>
        <translation>Kindred arbeitet schon an Dateien, in diesem oder einem anderen Fenster.</translation>
    </message>
    <message>
        <source>Wait until it is done.</source>
        <translation>Warten Sie, bis das fertig ist.</translation>
    </message>
    <message>
        <source>The record of what is done cannot be written to {folder}: {reason}.</source>
        <translation>Das Protokoll lässt sich nicht in {folder} schreiben: {reason}.</translation>
    </message>
    <message>
        <source>No file is touched without it. Free some space or allow writing there, then try again.</source>
        <translation>Ohne Protokoll wird keine Datei angetastet. Schaffen Sie Platz oder erlauben Sie das Schreiben dort, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>{folder} and {other} cannot be found</source>
        <translation>{folder} und {other} sind nicht zu finden</translation>
    </message>
    <message>
        <source>{folder} cannot be found</source>
        <translation>{folder} ist nicht zu finden</translation>
    </message>
    <message>
        <source>it is unsure</source>
        <translation>unsicher</translation>
    </message>
    <message>
        <source>its group “{group}” is left out</source>
        <translation>die Gruppe „{group}“ ist ausgelassen</translation>
    </message>
    <message numerus="yes">
        <source>%n unsure photos</source>
        <translation>
            <numerusform>%n unsicheres Foto</numerusform>
            <numerusform>%n unsichere Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n groups that are left out</source>
        <comment>in them</comment>
        <translation>
            <numerusform>%n ausgelassenen Gruppe</numerusform>
            <numerusform>%n ausgelassenen Gruppen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos in {groups}</source>
        <translation>
            <numerusform>%n Foto in {groups}</numerusform>
            <numerusform>%n Fotos in {groups}</numerusform>
        </translation>
    </message>
    <message>
        <source>Left where they are, as you decided: {photos}.</source>
        <translation>Bleiben, wo sie sind, wie von Ihnen bestimmt: {photos}.</translation>
    </message>
    <message>
        <source>No date</source>
        <translation>Ohne Datum</translation>
    </message>
    <message>
        <source>Unknown camera</source>
        <translation>Unbekannte Kamera</translation>
    </message>
    <message>
        <source>each part between two slashes names a folder</source>
        <translation>jeder Teil zwischen zwei Schrägstrichen benennt einen Ordner</translation>
    </message>
    <message>
        <source>there is no field {field}</source>
        <translation>das Feld {field} gibt es nicht</translation>
    </message>
    <message>
        <source>a brace without its partner</source>
        <translation>eine geschweifte Klammer ohne Gegenstück</translation>
    </message>
    <message>
        <source>The folder pattern “{pattern}” cannot be used: {reason}.</source>
        <translation>Das Ordnermuster „{pattern}“ ist nicht brauchbar: {reason}.</translation>
    </message>
    <message>
        <source>The fields are {fields}; an example: {example}.</source>
        <translation>Die Felder sind {fields}; ein Beispiel: {example}.</translation>
    </message>
    <message>
        <source>There is no action {name}.</source>
        <translation>Die Aktion {name} gibt es nicht.</translation>
    </message>
    <message>
        <source>Planning</source>
        <translation>Planung</translation>
    </message>
    <message>
        <source>it stays with the file it belongs to ({reason})</source>
        <translation>bleibt bei der Datei, zu der es gehört ({reason})</translation>
    </message>
    <message>
        <source>{destination} is on another disk than {root}, and a {action} cannot reach another disk.</source>
        <translation>{destination} liegt auf einem anderen Laufwerk als {root}; „{action}“ geht nur auf demselben Laufwerk.</translation>
    </message>
    <message>
        <source>Choose a destination on the same disk, or copy.</source>
        <translation>Wählen Sie ein Ziel auf demselben Laufwerk, oder kopieren Sie.</translation>
    </message>
    <message>
        <source>The destination {folder} is not on a disk that keeps files: its size is given as 0 bytes.</source>
        <translation>Das Ziel {folder} liegt auf keinem Laufwerk, das Dateien verwahrt: Seine Größe ist mit 0 Byte angegeben.</translation>
    </message>
    <message>
        <source>Choose a folder on a disk.</source>
        <translation>Wählen Sie einen Ordner auf einem Laufwerk.</translation>
    </message>
    <message>
        <source>it is in another group already, or belongs to another photo</source>
        <translation>schon in einer anderen Gruppe, oder gehört zu einem anderen Foto</translation>
    </message>
    <message>
        <source>it has changed since the folder was read</source>
        <translation>geändert, seit der Ordner eingelesen wurde</translation>
    </message>
    <message>
        <source>it goes with another photo already</source>
        <translation>geht schon mit einem anderen Foto</translation>
    </message>
    <message>
        <source>it is a link or a special file, and those are not followed</source>
        <translation>eine Verknüpfung oder besondere Datei; solchen wird nicht gefolgt</translation>
    </message>
    <message>
        <source>it is in the folder of its group already</source>
        <translation>schon im Ordner seiner Gruppe</translation>
    </message>
    <message>
        <source>a {action} cannot reach another disk</source>
        <translation>„{action}“ geht nur auf demselben Laufwerk</translation>
    </message>
    <message>
        <source>no file may be moved out of its folder</source>
        <translation>aus dem Ordner darf keine Datei verschoben werden</translation>
    </message>
    <message>
        <source>the same file is there already, as {name}</source>
        <translation>dieselbe Datei ist schon da, als {name}</translation>
    </message>
    <message>
        <source>{reason}; this one becomes {name}</source>
        <translation>{reason}; diese wird zu {name}</translation>
    </message>
    <message>
        <source>The destination {folder} cannot be used: {reason}.</source>
        <translation>Das Ziel {folder} ist nicht nutzbar: {reason}.</translation>
    </message>
    <message>
        <source>{folder} is one folder for all photos, and {field} would stand in its name as it is.</source>
        <translation>{folder} ist ein Ordner für alle Fotos, und {field} stünde so in seinem Namen.</translation>
    </message>
    <message>
        <source>Name the folders below it by a pattern: “Folders” in the window, --folders on the command line.</source>
        <translation>Benennen Sie die Ordner darunter durch ein Muster: „Ordner“ im Fenster, --folders auf der Kommandozeile.</translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation>Wählen Sie einen Ordner.</translation>
    </message>
    <message>
        <source>The folder {folder} may not be written to.</source>
        <translation>In den Ordner {folder} darf nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Choose another folder, or allow writing there.</source>
        <translation>Wählen Sie einen anderen Ordner, oder erlauben Sie das Schreiben dort.</translation>
    </message>
    <message>
        <source>another {name} goes there too</source>
        <translation>ein anderes {name} kommt auch dorthin</translation>
    </message>
    <message>
        <source>another {name} is there already</source>
        <translation>ein anderes {name} ist schon da</translation>
    </message>
    <message>
        <source>it keeps the number of the file it belongs to</source>
        <translation>behält die Nummer der Datei, zu der es gehört</translation>
    </message>
    <message>
        <source>your share of the disk (quota) is used up</source>
        <translation>Ihr Anteil am Laufwerk (Quota) ist aufgebraucht</translation>
    </message>
    <message>
        <source>the disk is read-only</source>
        <translation>das Laufwerk ist nur lesbar</translation>
    </message>
    <message>
        <source>the system does not allow access to it or its folder</source>
        <translation>das System erlaubt keinen Zugriff auf die Datei oder ihren Ordner</translation>
    </message>
    <message>
        <source>it or its folder is protected against changes</source>
        <translation>die Datei oder ihr Ordner ist gegen Änderungen geschützt</translation>
    </message>
    <message>
        <source>a file stands where its folder was</source>
        <translation>wo der Ordner war, steht eine Datei</translation>
    </message>
    <message>
        <source>another file has its name there, and nothing is overwritten</source>
        <translation>dort trägt eine andere Datei den Namen, und nichts wird überschrieben</translation>
    </message>
    <message>
        <source>its name or path is too long for that disk</source>
        <translation>Name oder Pfad ist zu lang für dieses Laufwerk</translation>
    </message>
    <message>
        <source>its name is not allowed on that disk</source>
        <translation>der Name ist auf diesem Laufwerk nicht erlaubt</translation>
    </message>
    <message>
        <source>this works within one disk only</source>
        <translation>das geht nur innerhalb eines Laufwerks</translation>
    </message>
    <message>
        <source>it has as many hard links as its disk allows</source>
        <translation>hat so viele Hardlinks, wie das Laufwerk erlaubt</translation>
    </message>
    <message>
        <source>it is a link, and links are not followed</source>
        <translation>eine Verknüpfung; Verknüpfungen wird nicht gefolgt</translation>
    </message>
    <message>
        <source>its disk is not connected any more</source>
        <translation>das Laufwerk ist nicht mehr angeschlossen</translation>
    </message>
    <message>
        <source>the system refused it</source>
        <translation>das System hat es abgelehnt</translation>
    </message>
    <message>
        <source>Organizing stopped at {name}: {reason}.</source>
        <translation>Das Einordnen endete bei {name}: {reason}.</translation>
    </message>
    <message>
        <source>No file was lost. The next start of Kindred puts in order what was under way.</source>
        <translation>Keine Datei ging verloren. Der nächste Start von Kindred bringt in Ordnung, was unterwegs war.</translation>
    </message>
    <message>
        <source>Stopped on request.</source>
        <translation>Auf Wunsch angehalten.</translation>
    </message>
    <message>
        <source>Stopped early: the disk is full, read-only or gone.</source>
        <translation>Vorzeitig beendet: Das Laufwerk ist voll, nur lesbar oder fort.</translation>
    </message>
    <message>
        <source>Not all of it could be confirmed; the next start of the program looks again.</source>
        <translation>Nicht alles ließ sich bestätigen; der nächste Start des Programms sieht noch einmal nach.</translation>
    </message>
    <message numerus="yes">
        <source>%n not done.</source>
        <translation>
            <numerusform>%n nicht bearbeitet.</numerusform>
            <numerusform>%n nicht bearbeitet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos {done}.</source>
        <translation>
            <numerusform>%n Foto {done}.</numerusform>
            <numerusform>%n Fotos {done}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files were left alone.</source>
        <translation>
            <numerusform>%n Datei blieb unberührt.</numerusform>
            <numerusform>%n Dateien blieben unberührt.</numerusform>
        </translation>
    </message>
    <message>
        <source>The folder of the photos is gone: {folder}. Nothing was touched.</source>
        <translation>Der Ordner der Fotos ist fort: {folder}. Nichts wurde angetastet.</translation>
    </message>
    <message>
        <source>{root} or {destination} is on another disk than when the plan was made.</source>
        <translation>{root} oder {destination} liegt auf einem anderen Laufwerk als beim Planen.</translation>
    </message>
    <message>
        <source>Connect the disk and look at the plan again; nothing was touched.</source>
        <translation>Schließen Sie das Laufwerk an und sehen Sie den Plan noch einmal an; nichts wurde angetastet.</translation>
    </message>
    <message>
        <source>There is not enough space at {folder}: {figures}.</source>
        <translation>In {folder} ist nicht genug Platz: {figures}.</translation>
    </message>
    <message>
        <source>Free some space or choose another destination; nothing was touched.</source>
        <translation>Schaffen Sie Platz oder wählen Sie ein anderes Ziel; nichts wurde angetastet.</translation>
    </message>
    <message>
        <source>{needed} needed, {free} free</source>
        <translation>{needed} nötig, {free} frei</translation>
    </message>
    <message numerus="yes">
        <source>%n new files, and the disk takes only {free} more</source>
        <translation>
            <numerusform>%n neue Datei, und das Laufwerk nimmt nur noch {free} auf</numerusform>
            <numerusform>%n neue Dateien, und das Laufwerk nimmt nur noch {free} auf</numerusform>
        </translation>
    </message>
    <message>
        <source>it was made beside it since; move it away and undo run {run} again</source>
        <translation>seither daneben entstanden; legen Sie es woanders hin, und nehmen Sie Lauf {run} noch einmal zurück</translation>
    </message>
    <message>
        <source>it stays with {name}, which was made beside it since</source>
        <translation>bleibt bei {name}, das seither daneben entstand</translation>
    </message>
    <message>
        <source>Taking back run {run} was interrupted and is finished now: {files}.</source>
        <translation>Das Zurücknehmen von Lauf {run} war unterbrochen und ist jetzt fertig: {files}.</translation>
    </message>
    <message>
        <source>Taking back run {run} was interrupted and is not finished: {files}.</source>
        <translation>Das Zurücknehmen von Lauf {run} war unterbrochen und ist nicht fertig: {files}.</translation>
    </message>
    <message>
        <source>Run {run} to {folder} was interrupted and is finished now: {files}.</source>
        <translation>Lauf {run} nach {folder} war unterbrochen und ist jetzt fertig: {files}.</translation>
    </message>
    <message>
        <source>Run {run} to {folder} was interrupted and is not finished: {files}.</source>
        <translation>Lauf {run} nach {folder} war unterbrochen und ist nicht fertig: {files}.</translation>
    </message>
    <message>
        <source>Run {run} was interrupted and waits for the next start of Kindred: {reason}.</source>
        <translation>Lauf {run} war unterbrochen und wartet auf den nächsten Start von Kindred: {reason}.</translation>
    </message>
    <message>
        <source>Run {run} was interrupted and waits: {reason}. Connect its disk, or give the folder the name and place it had; every start of Kindred looks again.</source>
        <translation>Lauf {run} war unterbrochen und wartet: {reason}. Schließen Sie das Laufwerk an, oder geben Sie dem Ordner seinen alten Namen und Platz; jeder Start von Kindred sieht nach.</translation>
    </message>
    <message>
        <source>If the group folders are elsewhere, or gone for good: kindred undo {run} --destination FOLDER.</source>
        <translation>Wenn die Gruppenordner woanders sind oder ganz fort: kindred undo {run} --destination ORDNER.</translation>
    </message>
    <message>
        <source>Run {run} of a newer version of Kindred was interrupted. Start that version to finish it.</source>
        <translation>Lauf {run} einer neueren Version von Kindred war unterbrochen. Starten Sie jene Version, um ihn zu beenden.</translation>
    </message>
    <message>
        <source>A run was interrupted before it had touched anything.</source>
        <translation>Ein Lauf wurde unterbrochen, bevor er etwas angetastet hatte.</translation>
    </message>
    <message>
        <source>The record of run {run} is damaged and was set aside. No file was touched.</source>
        <translation>Das Protokoll von Lauf {run} ist beschädigt und wurde beiseitegelegt. Keine Datei wurde angetastet.</translation>
    </message>
    <message numerus="yes">
        <source>%n more files {undone}</source>
        <translation>
            <numerusform>%n weitere Datei {undone}</numerusform>
            <numerusform>%n weitere Dateien {undone}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files {done}</source>
        <translation>
            <numerusform>%n Datei {done}</numerusform>
            <numerusform>%n Dateien {done}</numerusform>
        </translation>
    </message>
    <message>
        <source>The next start of Kindred looks again.</source>
        <translation>Der nächste Start von Kindred sieht noch einmal nach.</translation>
    </message>
    <message>
        <source>Write the keywords again for the rest.</source>
        <translation>Schreiben Sie die Stichwörter für den Rest noch einmal.</translation>
    </message>
    <message>
        <source>No file was lost.</source>
        <translation>Keine Datei ging verloren.</translation>
    </message>
    <message>
        <source>{folder} was gone and was made again</source>
        <translation>{folder} war fort und wurde neu angelegt</translation>
    </message>
    <message>
        <source>With them came what was written beside them since</source>
        <translation>Mit zurück kam, was seither daneben geschrieben wurde</translation>
    </message>
    <message>
        <source>its folder is not there any more; bring that back and undo run {run} again</source>
        <translation>der Ordner ist nicht mehr da; holen Sie ihn zurück, und nehmen Sie Lauf {run} noch einmal zurück</translation>
    </message>
    <message numerus="yes">
        <source>{folder} and %n more folders are not there any more; to take their files back, too, put them there again and undo once more</source>
        <translation>
            <numerusform>{folder} und %n weiterer Ordner sind nicht mehr da; legen Sie sie wieder dorthin und nehmen Sie den Lauf noch einmal zurück, damit auch ihre Dateien dabei sind</numerusform>
            <numerusform>{folder} und %n weitere Ordner sind nicht mehr da; legen Sie sie wieder dorthin und nehmen Sie den Lauf noch einmal zurück, damit auch ihre Dateien dabei sind</numerusform>
        </translation>
    </message>
    <message>
        <source>{folder} is not there any more; to take its files back, too, put it there again and undo once more</source>
        <translation>{folder} ist nicht mehr da; legen Sie den Ordner wieder dorthin und nehmen Sie den Lauf noch einmal zurück, damit auch seine Dateien dabei sind</translation>
    </message>
    <message>
        <source>{reason}; the next start looks again</source>
        <translation>{reason}; der nächste Start sieht noch einmal nach</translation>
    </message>
    <message>
        <source>Run {run} was interrupted and cannot be put in order now, because the disk reports errors.</source>
        <translation>Lauf {run} war unterbrochen und lässt sich jetzt nicht in Ordnung bringen, weil das Laufwerk Fehler meldet.</translation>
    </message>
    <message>
        <source>Check the disk and start Kindred again.</source>
        <translation>Prüfen Sie das Laufwerk, und starten Sie Kindred neu.</translation>
    </message>
    <message>
        <source>There is no run to take back.</source>
        <translation>Es gibt keinen Lauf zum Zurücknehmen.</translation>
    </message>
    <message>
        <source>There is no run {run}.</source>
        <translation>Den Lauf {run} gibt es nicht.</translation>
    </message>
    <message>
        <source>`kindred undo --list` shows all runs.</source>
        <translation>`kindred undo --list` zeigt alle Läufe.</translation>
    </message>
    <message>
        <source>The record of run {run} cannot be read: {reason}.</source>
        <translation>Das Protokoll von Lauf {run} ist nicht lesbar: {reason}.</translation>
    </message>
    <message>
        <source>Allow reading it, or check its disk.</source>
        <translation>Erlauben Sie das Lesen, oder prüfen Sie das Laufwerk.</translation>
    </message>
    <message>
        <source>The record of run {run} is damaged, or from a newer version of Kindred.</source>
        <translation>Das Protokoll von Lauf {run} ist beschädigt oder stammt von einer neueren Version von Kindred.</translation>
    </message>
    <message>
        <source>Its files stay where they are.</source>
        <translation>Die Dateien bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>Run {run} has nothing left to take back.</source>
        <translation>Von Lauf {run} ist nichts mehr zurückzunehmen.</translation>
    </message>
    <message>
        <source>Connect its disk, or put the folder back where it was. Are the group folders elsewhere: kindred undo {run} --destination FOLDER.</source>
        <translation>Schließen Sie das Laufwerk an, oder legen Sie den Ordner wieder an seinen Platz. Sind die Ordner der Gruppen anderswo: kindred undo {run} --destination ORDNER.</translation>
    </message>
    <message>
        <source>Connect its disk, or give the folder the name and place that it had.</source>
        <translation>Schließen Sie das Laufwerk an, oder geben Sie dem Ordner seinen alten Namen und Platz.</translation>
    </message>
    <message>
        <source>Run {run} ({action} of {photos}, {when}) cannot be taken back now: {reason}.</source>
        <translation>Lauf {run} ({action}, {photos}, {when}) lässt sich jetzt nicht zurücknehmen: {reason}.</translation>
    </message>
    <message>
        <source>Nothing was touched.</source>
        <translation>Nichts wurde angetastet.</translation>
    </message>
    <message>
        <source>The next run that can be taken back is run {run} ({action} of {photos} to {folder}): kindred undo {run}.</source>
        <translation>Der nächste Lauf, der sich zurücknehmen lässt, ist Lauf {run} ({action}, {photos} nach {folder}): kindred undo {run}.</translation>
    </message>
    <message>
        <source>It holds versions, processor, settings and the end of the log; no name of a folder or photo, and no path. Nothing was sent.</source>
        <translation>Er enthält Versionen, Prozessor, Einstellungen und das Ende des Protokolls; keinen Namen eines Ordners oder Fotos und keinen Pfad. Nichts wurde gesendet.</translation>
    </message>
    <message>
        <source>{file} is there already, and stays as it is.</source>
        <translation>{file} gibt es schon; die Datei bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>Wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>No report of it could be written.</source>
        <translation>Ein Bericht darüber ließ sich nicht schreiben.</translation>
    </message>
    <message>
        <source>A report without names of your photos lies in {file}; nothing was sent.</source>
        <translation>Ein Bericht ohne Namen Ihrer Fotos liegt in {file}; nichts wurde gesendet.</translation>
    </message>
    <message>
        <source>it gives {found}, not {wanted}</source>
        <translation>es gibt {found} statt {wanted}</translation>
    </message>
    <message>
        <source>it does not give probabilities</source>
        <translation>es gibt keine Wahrscheinlichkeiten</translation>
    </message>
    <message>
        <source>{file} does not fit its card: {reason}.</source>
        <translation>{file} passt nicht zu seiner Karte: {reason}.</translation>
    </message>
    <message>
        <source>From {folder}</source>
        <translation>Aus {folder}</translation>
    </message>
    <message>
        <source>{first}, {second}</source>
        <translation>{first}, {second}</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Menschen</translation>
    </message>
    <message>
        <source>Portraits</source>
        <translation>Porträts</translation>
    </message>
    <message>
        <source>Sports</source>
        <translation>Sport</translation>
    </message>
    <message>
        <source>Gym</source>
        <translation>Turnen</translation>
    </message>
    <message>
        <source>Animals</source>
        <translation>Tiere</translation>
    </message>
    <message>
        <source>Dogs</source>
        <translation>Hunde</translation>
    </message>
    <message>
        <source>Cats</source>
        <translation>Katzen</translation>
    </message>
    <message>
        <source>Birds</source>
        <translation>Vögel</translation>
    </message>
    <message>
        <source>Chickens</source>
        <translation>Hühner</translation>
    </message>
    <message>
        <source>Ducks and swans</source>
        <translation>Enten und Schwäne</translation>
    </message>
    <message>
        <source>Penguins</source>
        <translation>Pinguine</translation>
    </message>
    <message>
        <source>Fish</source>
        <translation>Fische</translation>
    </message>
    <message>
        <source>Sea animals</source>
        <translation>Meerestiere</translation>
    </message>
    <message>
        <source>Insects</source>
        <translation>Insekten</translation>
    </message>
    <message>
        <source>Butterflies</source>
        <translation>Schmetterlinge</translation>
    </message>
    <message>
        <source>Spiders</source>
        <translation>Spinnen</translation>
    </message>
    <message>
        <source>Reptiles</source>
        <translation>Reptilien</translation>
    </message>
    <message>
        <source>Snakes</source>
        <translation>Schlangen</translation>
    </message>
    <message>
        <source>Lizards</source>
        <translation>Eidechsen</translation>
    </message>
    <message>
        <source>Turtles</source>
        <translation>Schildkröten</translation>
    </message>
    <message>
        <source>Frogs</source>
        <translation>Frösche</translation>
    </message>
    <message>
        <source>Horses</source>
        <translation>Pferde</translation>
    </message>
    <message>
        <source>Zebras</source>
        <translation>Zebras</translation>
    </message>
    <message>
        <source>Cattle</source>
        <translation>Rinder</translation>
    </message>
    <message>
        <source>Sheep and goats</source>
        <translation>Schafe und Ziegen</translation>
    </message>
    <message>
        <source>Pigs</source>
        <translation>Schweine</translation>
    </message>
    <message>
        <source>Deer</source>
        <translation>Rehe</translation>
    </message>
    <message>
        <source>Camels</source>
        <translation>Kamele</translation>
    </message>
    <message>
        <source>Rabbits</source>
        <translation>Kaninchen</translation>
    </message>
    <message>
        <source>Squirrels</source>
        <translation>Eichhörnchen</translation>
    </message>
    <message>
        <source>Wolves</source>
        <translation>Wölfe</translation>
    </message>
    <message>
        <source>Foxes</source>
        <translation>Füchse</translation>
    </message>
    <message>
        <source>Big cats</source>
        <translation>Raubkatzen</translation>
    </message>
    <message>
        <source>Bears</source>
        <translation>Bären</translation>
    </message>
    <message>
        <source>Pandas</source>
        <translation>Pandas</translation>
    </message>
    <message>
        <source>Elephants</source>
        <translation>Elefanten</translation>
    </message>
    <message>
        <source>Monkeys</source>
        <translation>Affen</translation>
    </message>
    <message>
        <source>Food</source>
        <translation>Essen</translation>
    </message>
    <message>
        <source>Meals</source>
        <translation>Mahlzeiten</translation>
    </message>
    <message>
        <source>Fruit</source>
        <translation>Obst</translation>
    </message>
    <message>
        <source>Vegetables</source>
        <translation>Gemüse</translation>
    </message>
    <message>
        <source>Bread</source>
        <translation>Brot</translation>
    </message>
    <message>
        <source>Pizza</source>
        <translation>Pizza</translation>
    </message>
    <message>
        <source>Desserts</source>
        <translation>Nachtisch</translation>
    </message>
    <message>
        <source>Drinks</source>
        <translation>Getränke</translation>
    </message>
    <message>
        <source>Mushrooms</source>
        <translation>Pilze</translation>
    </message>
    <message>
        <source>Clothes</source>
        <translation>Kleidung</translation>
    </message>
    <message>
        <source>Dresses</source>
        <translation>Kleider</translation>
    </message>
    <message>
        <source>Skirts</source>
        <translation>Röcke</translation>
    </message>
    <message>
        <source>Shirts</source>
        <translation>Hemden</translation>
    </message>
    <message>
        <source>T-shirts</source>
        <translation>T-Shirts</translation>
    </message>
    <message>
        <source>Sweaters</source>
        <translation>Pullover</translation>
    </message>
    <message>
        <source>Jackets and coats</source>
        <translation>Jacken und Mäntel</translation>
    </message>
    <message>
        <source>Suits</source>
        <translation>Anzüge</translation>
    </message>
    <message>
        <source>Trousers</source>
        <translation>Hosen</translation>
    </message>
    <message>
        <source>Shorts</source>
        <translation>Kurze Hosen</translation>
    </message>
    <message>
        <source>Shoes</source>
        <translation>Schuhe</translation>
    </message>
    <message>
        <source>Socks</source>
        <translation>Socken</translation>
    </message>
    <message>
        <source>Hats</source>
        <translation>Hüte</translation>
    </message>
    <message>
        <source>Helmets</source>
        <translation>Helme</translation>
    </message>
    <message>
        <source>Swimwear</source>
        <translation>Badekleidung</translation>
    </message>
    <message>
        <source>Glasses</source>
        <translation>Brillen</translation>
    </message>
    <message>
        <source>Bags</source>
        <translation>Taschen</translation>
    </message>
    <message>
        <source>Jewelry</source>
        <translation>Schmuck</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>Masken</translation>
    </message>
    <message>
        <source>Umbrellas</source>
        <translation>Schirme</translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation>Zimmer</translation>
    </message>
    <message>
        <source>Kitchens</source>
        <translation>Küchen</translation>
    </message>
    <message>
        <source>Bathrooms</source>
        <translation>Badezimmer</translation>
    </message>
    <message>
        <source>Bedrooms</source>
        <translation>Schlafzimmer</translation>
    </message>
    <message>
        <source>Living rooms</source>
        <translation>Wohnzimmer</translation>
    </message>
    <message>
        <source>Dining rooms</source>
        <translation>Esszimmer</translation>
    </message>
    <message>
        <source>Desks</source>
        <translation>Schreibtische</translation>
    </message>
    <message>
        <source>Stairs</source>
        <translation>Treppen</translation>
    </message>
    <message>
        <source>Shops</source>
        <translation>Läden</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>Bühne</translation>
    </message>
    <message>
        <source>Buildings</source>
        <translation>Gebäude</translation>
    </message>
    <message>
        <source>Houses</source>
        <translation>Häuser</translation>
    </message>
    <message>
        <source>Churches and temples</source>
        <translation>Kirchen und Tempel</translation>
    </message>
    <message>
        <source>Castles</source>
        <translation>Burgen und Schlösser</translation>
    </message>
    <message>
        <source>Towers</source>
        <translation>Türme</translation>
    </message>
    <message>
        <source>Bridges</source>
        <translation>Brücken</translation>
    </message>
    <message>
        <source>Monuments</source>
        <translation>Denkmäler</translation>
    </message>
    <message>
        <source>City</source>
        <translation>Stadt</translation>
    </message>
    <message>
        <source>Streets</source>
        <translation>Straßen</translation>
    </message>
    <message>
        <source>Roads</source>
        <translation>Landstraßen</translation>
    </message>
    <message>
        <source>Signs and traffic lights</source>
        <translation>Schilder und Ampeln</translation>
    </message>
    <message>
        <source>Fences</source>
        <translation>Zäune</translation>
    </message>
    <message>
        <source>Landscapes</source>
        <translation>Landschaften</translation>
    </message>
    <message>
        <source>Sea</source>
        <translation>Meer</translation>
    </message>
    <message>
        <source>Beach</source>
        <translation>Strand</translation>
    </message>
    <message>
        <source>Lakes</source>
        <translation>Seen</translation>
    </message>
    <message>
        <source>Mountains</source>
        <translation>Berge</translation>
    </message>
    <message>
        <source>Forest</source>
        <translation>Wald</translation>
    </message>
    <message>
        <source>Countryside</source>
        <translation>Felder und Wiesen</translation>
    </message>
    <message>
        <source>Snow</source>
        <translation>Schnee</translation>
    </message>
    <message>
        <source>Flowers</source>
        <translation>Blumen</translation>
    </message>
    <message>
        <source>Camping</source>
        <translation>Zelten</translation>
    </message>
    <message>
        <source>Playgrounds</source>
        <translation>Spielplätze</translation>
    </message>
    <message>
        <source>Under water</source>
        <translation>Unter Wasser</translation>
    </message>
    <message>
        <source>Harbors</source>
        <translation>Häfen</translation>
    </message>
    <message>
        <source>Vehicles</source>
        <translation>Fahrzeuge</translation>
    </message>
    <message>
        <source>Cars</source>
        <translation>Autos</translation>
    </message>
    <message>
        <source>Buses</source>
        <translation>Busse</translation>
    </message>
    <message>
        <source>Trucks</source>
        <translation>Lastwagen</translation>
    </message>
    <message>
        <source>Trains</source>
        <translation>Züge</translation>
    </message>
    <message>
        <source>Motorcycles</source>
        <translation>Motorräder</translation>
    </message>
    <message>
        <source>Bicycles</source>
        <translation>Fahrräder</translation>
    </message>
    <message>
        <source>Boats</source>
        <translation>Boote</translation>
    </message>
    <message>
        <source>Airplanes</source>
        <translation>Flugzeuge</translation>
    </message>
    <message>
        <source>Tractors</source>
        <translation>Traktoren</translation>
    </message>
    <message>
        <source>Balloons and parachutes</source>
        <translation>Ballons und Fallschirme</translation>
    </message>
    <message>
        <source>Computers</source>
        <translation>Computer</translation>
    </message>
    <message>
        <source>Phones</source>
        <translation>Telefone</translation>
    </message>
    <message>
        <source>Televisions and monitors</source>
        <translation>Fernseher und Bildschirme</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>Kameras</translation>
    </message>
    <message>
        <source>Books</source>
        <translation>Bücher</translation>
    </message>
    <message>
        <source>Clocks</source>
        <translation>Uhren</translation>
    </message>
    <message>
        <source>Bottles</source>
        <translation>Flaschen</translation>
    </message>
    <message>
        <source>Dishes</source>
        <translation>Geschirr</translation>
    </message>
    <message>
        <source>Cups</source>
        <translation>Tassen</translation>
    </message>
    <message>
        <source>Music</source>
        <translation>Musik</translation>
    </message>
    <message>
        <source>Guitars</source>
        <translation>Gitarren</translation>
    </message>
    <message>
        <source>Pianos</source>
        <translation>Klaviere</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeug</translation>
    </message>
    <message>
        <source>Weapons</source>
        <translation>Waffen</translation>
    </message>
    <message>
        <source>Balls</source>
        <translation>Bälle</translation>
    </message>
    <message>
        <source>Toys</source>
        <translation>Spielzeug</translation>
    </message>
    <message>
        <source>Candles</source>
        <translation>Kerzen</translation>
    </message>
    <message>
        <source>Cosmetics</source>
        <translation>Kosmetik</translation>
    </message>
    <message>
        <source>Patterns</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>Screenshots</source>
        <translation>Bildschirmfotos</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Receipts</source>
        <translation>Kassenzettel</translation>
    </message>
    <message>
        <source>Drawings</source>
        <translation>Zeichnungen</translation>
    </message>
    <message>
        <source>Another window of Kindred, or a command, has changed the groups of {folder} meanwhile. What you decide here is not kept any more. Close the folder and open it again to go on with what was decided there.</source>
        <translation>Ein anderes Fenster von Kindred oder ein Befehl hat die Gruppen in {folder} inzwischen geändert. Was Sie hier entscheiden, wird nicht mehr aufbewahrt. Schließen Sie den Ordner und öffnen Sie ihn wieder, um mit dem weiterzumachen, was dort entschieden wurde.</translation>
    </message>
</context>
</TS>
