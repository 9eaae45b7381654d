<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
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
        <source>Check the name.</source>
        <translation>Prüfen Sie den Namen.</translation>
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
        <source>{name} cannot be read: {why}</source>
        <translation>{name} ist nicht lesbar: {why}</translation>
    </message>
    <message>
        <source>Choose another picture.</source>
        <translation>Wählen Sie ein anderes Bild.</translation>
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
        <source>Place</source>
        <comment>where a photo was taken</comment>
        <translation>Ort</translation>
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
</context>
</TS>
