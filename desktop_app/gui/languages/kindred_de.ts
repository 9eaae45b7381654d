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
        <source>%n photos</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
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
        <source>Move</source>
        <translation>Verschieben</translation>
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
        <translation>Soll das zurückgenommen werden: {run}, {photos} in {folder}?</translation>
    </message>
    <message>
        <source>Take back the {run} of {photos} to {folder}?</source>
        <translation>Soll das zurückgenommen werden: {run}, {photos} nach {folder}?</translation>
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
        <source>Take it back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>What the words mean</source>
        <translation>Was die Wörter bedeuten</translation>
    </message>
    <message>
        <source>Sorts photo folders by what the pictures show, on this computer alone: nothing is sent anywhere.</source>
        <translation>Ordnet Fotos nach dem, was sie zeigen, allein auf diesem Computer: Nichts wird irgendwohin gesendet.</translation>
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
        <source>Photos</source>
        <translation>Fotos</translation>
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
        <source>&amp;Problems</source>
        <translation>&amp;Probleme</translation>
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
        <source>Folder</source>
        <translation>Ordner</translation>
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
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Unsure photos</source>
        <translation>Unsichere Fotos</translation>
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
        <source>Back to all</source>
        <translation>Zurück zu allen</translation>
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
        <source>The line falls as groups are added: photos lie closer to the middle of their group (within-cluster sum of squares). Where it bends, the elbow, further groups bring little. The dashed line is a second opinion (silhouette): higher means groups that stand further apart. The dotted line is what photos without any groups would give: where the first line runs well below it, the groups are there. The shaded numbers would all do.</source>
        <translation>Die Linie fällt mit jeder weiteren Gruppe: Die Fotos liegen näher an der Mitte ihrer Gruppe (Summe der Abstandsquadrate). Wo sie knickt, am Ellbogen, bringen weitere Gruppen wenig. Die gestrichelte Linie ist eine zweite Meinung (Silhouette): Je höher, desto weiter stehen die Gruppen auseinander. Die gepunktete Linie ist, was Fotos ganz ohne Gruppen ergäben: Wo die erste deutlich darunter verläuft, gibt es die Gruppen wirklich. Die hinterlegten Anzahlen wären alle möglich.</translation>
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
        <translation>Ordnen</translation>
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
        <source>Photos that no group claims clearly. Organize leaves them where they are unless told otherwise.</source>
        <translation>Fotos, die keine Gruppe klar beansprucht. „Einordnen“ lässt sie, wo sie sind, wenn Sie nichts anderes sagen.</translation>
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
        <source>New group</source>
        <translation>Neue Gruppe</translation>
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
        <translation>Alle …</translation>
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
        <source>{year}-{month}-{day}</source>
        <translation>{day}.{month}.{year}</translation>
    </message>
</context>
</TS>
