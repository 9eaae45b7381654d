<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>If the folder was moved or renamed, open it where it is now; if its disk is away, connect it.</source>
        <translation>Wurde der Ordner verschoben oder umbenannt, öffnen Sie ihn dort, wo er jetzt liegt; fehlt sein Laufwerk, schließen Sie es an.</translation>
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
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
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
        <source>{number}/s</source>
        <translation>{number}/s</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>noch etwa {time}</translation>
    </message>
    <message>
        <source>The elbow is clear.</source>
        <translation>Der Knick ist deutlich.</translation>
    </message>
    <message>
        <source>The elbow is weak.</source>
        <translation>Der Knick ist schwach.</translation>
    </message>
    <message>
        <source>There is no elbow: any number is a matter of taste.</source>
        <translation>Es gibt keinen Knick: Die Anzahl ist Geschmackssache.</translation>
    </message>
    <message>
        <source>For fewer, larger ones take {k}, where the curve bends clearly.</source>
        <translation>Für weniger, größere nehmen Sie {k}; dort knickt die Kurve deutlich.</translation>
    </message>
    <message>
        <source>For fewer, larger ones take {k}, where the curve bends a little.</source>
        <translation>Für weniger, größere nehmen Sie {k}; dort knickt die Kurve leicht.</translation>
    </message>
    <message>
        <source>For more, smaller ones take {k}, where the curve bends clearly.</source>
        <translation>Für mehr, kleinere nehmen Sie {k}; dort knickt die Kurve deutlich.</translation>
    </message>
    <message>
        <source>For more, smaller ones take {k}, where the curve bends a little.</source>
        <translation>Für mehr, kleinere nehmen Sie {k}; dort knickt die Kurve leicht.</translation>
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
        <source>The cache keeps nothing new: {trouble}. Until that is mended, or KINDRED_HOME names another place, photos are embedded again each time.</source>
        <translation>Der Zwischenspeicher nimmt nichts Neues auf: {trouble}. Bis das behoben ist oder KINDRED_HOME einen anderen Ort nennt, werden die Merkmale der Fotos jedes Mal neu berechnet.</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
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
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>New group “{name}”</source>
        <translation>Neue Gruppe „{name}“</translation>
    </message>
    <message>
        <source>New group</source>
        <translation>Neue Gruppe</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
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
        <source>Photos</source>
        <translation>Fotos</translation>
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
        <source>Undo…</source>
        <translation>Rückgängig …</translation>
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
        <source>&lt;b&gt;Group&lt;/b&gt;: photos that look alike to the model. Kindred finds groups by itself; you choose how many.</source>
        <translation>&lt;b&gt;Gruppe&lt;/b&gt;: Fotos, die für das Modell ähnlich aussehen. Kindred findet Gruppen selbst; wie viele es sind, wählen Sie.</translation>
    </message>
    <message>
        <source>&lt;b&gt;k&lt;/b&gt;: the number of groups. &lt;i&gt;Auto&lt;/i&gt; takes the number that the elbow chart suggests.</source>
        <translation>&lt;b&gt;k&lt;/b&gt;: die Anzahl der Gruppen. &lt;i&gt;Auto&lt;/i&gt; nimmt die Anzahl, die das Ellbogen-Diagramm vorschlägt.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Elbow&lt;/b&gt;: with each further group photos lie closer together. Where that stops paying, the curve bends like an elbow: a good place to stop. Not every album has one, and the chart says so.</source>
        <translation>&lt;b&gt;Ellbogen&lt;/b&gt;: Mit jeder weiteren Gruppe liegen die Fotos näher beieinander. Wo sich das nicht mehr lohnt, knickt die Kurve wie ein Ellbogen: eine gute Stelle zum Aufhören. Nicht jedes Album hat einen, und das Diagramm sagt es dann.</translation>
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
        <source>Model</source>
        <translation>Modell</translation>
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
        <source>Size</source>
        <translation>Größe</translation>
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
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
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
        <source>Method</source>
        <translation>Verfahren</translation>
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
    <message numerus="yes">
        <source>%n photos</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
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
        <source>Teach</source>
        <translation>Anlernen</translation>
    </message>
    <message>
        <source>Looking for photos like those that you placed…</source>
        <translation>Es werden Fotos gesucht, die den von Ihnen einsortierten ähnlich sind …</translation>
    </message>
    <message>
        <source>Move</source>
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
            <numerusform>%n Kopie über die eine hinaus</numerusform>
            <numerusform>%n Kopien über die eine hinaus</numerusform>
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
        <source>Looking for photos…</source>
        <translation>Fotos werden gesucht …</translation>
    </message>
    <message>
        <source>Finding out how many groups there are…</source>
        <translation>Die Anzahl der Gruppen wird ermittelt …</translation>
    </message>
    <message>
        <source>Grouping…</source>
        <translation>Gruppen werden gebildet …</translation>
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
        <source>{file} could not be written: {why}.</source>
        <translation>{file} ließ sich nicht schreiben: {why}.</translation>
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
</context>
</TS>
