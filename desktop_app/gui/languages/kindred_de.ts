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
</context>
</TS>
