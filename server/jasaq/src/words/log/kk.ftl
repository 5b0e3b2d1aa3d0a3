# Жазылғаны, хабарланғаны және істер туралы айтылатын сөздер, қазақша. Үш файлда бірдей хабарлар, бірдей деректермен тұрады.

## Журнал

log-part-of = { $patrol } патрулінің бөлігі
log-with-parts = Бөліктері: { $patrols }
log-marker = шекара белгісі { $marker }
log-count = саны { $count }
log-told-by = айтқан: { $name }
log-case = іс { $case }
log-until = { $time } дейін
log-happened-at = болған уақыты { $time }
log-was = бұрын: { $said }
log-amended = { $time } түзетілді ({ $why })
log-amended-apart = екі құрылғыда бөлек түзетілген; біреуі түзетілгенше әр нұсқасы күшінде
log-withdrawn = қайтарып алынды: { $reason }
log-withdrawn-at = { $time } қайтарып алынды: { $reason }
log-undecided = шешу мүмкін емес, бәрі жазылады
log-left-out = қалдырылды
