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
        <source>taken back, the originals untouched</source>
        <translation>zurückgenommen, die Originale unberührt</translation>
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
    <message>
        <source>brought back</source>
        <translation>zurückgebracht</translation>
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
        <source>it is protected against changes</source>
        <translation>gegen Änderungen geschützt</translation>
    </message>
    <message>
        <source>it is larger than a sidecar can be</source>
        <translation>größer, als eine Begleitdatei sein kann</translation>
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
        <source>a link or a special file stands in its place</source>
        <translation>an seiner Stelle steht eine Verknüpfung oder besondere Datei</translation>
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
        <source>its record is damaged</source>
        <translation>Protokoll beschädigt</translation>
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
        <source>%n folders</source>
        <translation>
            <numerusform>%n Ordner</numerusform>
            <numerusform>%n Ordner</numerusform>
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
    <message>
        <source>There is no action {name}.</source>
        <translation>Die Aktion {name} gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no spelling {name} of sidecars.</source>
        <translation>Die Schreibweise {name} von Begleitdateien gibt es nicht.</translation>
    </message>
    <message>
        <source>Choose one of: {names}.</source>
        <translation>Wählen Sie: {names}.</translation>
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
        <source>{folder} was gone and was made again</source>
        <translation>{folder} war fort und wurde neu angelegt</translation>
    </message>
    <message>
        <source>With them came what was written beside them since</source>
        <translation>Mit zurück kam, was seither daneben geschrieben wurde</translation>
    </message>
    <message>
        <source>run {run} moved it on; take that back first</source>
        <translation>Lauf {run} hat es weiterbewegt; nehmen Sie zuerst diesen zurück</translation>
    </message>
    <message>
        <source>its folder is not there any more; bring that back and undo run {run} again</source>
        <translation>der Ordner ist nicht mehr da; holen Sie ihn zurück, und nehmen Sie Lauf {run} noch einmal zurück</translation>
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
        <source>Connect its disk, or say where the group folders are now: kindred undo {run} --destination FOLDER.</source>
        <translation>Schließen Sie das Laufwerk an, oder sagen Sie, wo die Gruppenordner jetzt sind: kindred undo {run} --destination ORDNER.</translation>
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
        <source>another program wrote {name} at the same moment; that version is kept here</source>
        <translation>ein anderes Programm schrieb {name} im selben Moment; jene Fassung liegt hier</translation>
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
</context>
</TS>
