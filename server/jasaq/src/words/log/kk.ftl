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

## Уақыт ұзақтығы

lasting-minutes = { $minutes } мин
lasting-hours = { $hours } сағ { $minutes } мин
lasting-days = { $days } тәулік { $hours } сағ

## Кестелердің тақырыптары

column-draft = бастама
column-missing = жетіспейтіні
column-case = іс
column-since = қай уақыттан

## Түзетілген, қайтарып алынған, басталған жазбалар

told-by-source = Кімнің айтқаны қағаздан не радиобайланыспен жазып алынғанда көрсетіледі: `--told-by` қасында `--source paper` не `--source radio` беріңіз.
amended-in-place = Бұл жазба әлі ешкімде жоқ: үстінен жазылды.
amended-beside = Түзету жазбаның қасында тұрады, екеуі де жіберіледі.
amend-which = Бұл жазба екі құрылғыда бөлек түзетілген. Қай нұсқасын түзететініңізді кілтімен атаңыз: { $keys }.
log-taken-back = Қайтарып алынды. Журналда сызылған күйі, себебімен қалады.
mark-written = Белгі осы құрылғыда сақталды.
mark-cause-of-gap = Себеп тек тректегі үзілісте көрсетіледі.
patrol-code-next = Бірге баратындар оны өз телефонымен сканерлейді немесе тереді: `jasaq patrol join CODE`.
patrol-joined = Қосылды. Бұдан былай жазылғанның бәрі { $patrol } патруліне кіреді.
patrol-joined-beside-own = Сіздің { $patrol } патруліңіз әлі аяқталған жоқ. Сол патрульдің өзі болса, басшы оны бөлігі етеді: `jasaq patrol attach { $patrol } --to …`.
patrol-code-none-in-picture = Суреттен патруль коды табылмады. Кодтың өзін жақыннан, жарықта түсіріңіз.
patrol-code-several-in-picture = Суретте бірнеше патруль коды бар. Бір кодты ғана түсіріңіз.
patrol-attached = Енді { $part } патрулі { $patrol } патрулінің бөлігі.
draft-kept = Бастама осы құрылғыда сақталды. Жазу үшін: `jasaq entry draft finish { $draft }`.
draft-none = Мұнда басталған жазба жоқ.
draft-missing = Әлі жетіспейді: { $arguments }
draft-unknown = Идентификаторы бұлай басталатын бастама жоқ. Оларды `jasaq entry draft list` көрсетеді.
draft-unreadable = Бұл бастама оқылмайды; жаңарақ бағдарламаныкі болуы мүмкін. Ештеңе жазылмады, бастама қалады.
draft-dropped = Бастама тасталды.

## Бөлімшеге не хабарланады

observed = Осы құрылғыда сақталды. Келесі алмасуда бәрінен бұрын құрылымдық бөлімшеге кетеді.
notice-under-way = Хабар осы құрылғыда сақталды. Алмасу серверіне жетуге тырысып жатыр…
notice-sent = Ол алмасу серверінде. Құрылымдық бөлімше алған-алмағанын жауабы айтады: `jasaq sync`, сосын `jasaq notice list`.
notice-waits = Ол осы телефонда келесі алмасуды күтеді және бәрінен бұрын кетеді.
notice-tell-by-voice = Алмасу сервері қолжетімсіз: хабар осы телефонда күтеді. Құрылымдық бөлімшеге ҚАЗІР ауызша хабарлап, соны жазыңыз: `jasaq notice told { $key } --channel radio`.
notice-told = Жазылды. Құрылымдық бөлімше оны растайды.
notice-answered = Жауап келесі алмасуда жасаққа кетеді.
notice-none = Мұнда ештеңе хабарланбаған.
notice-open = жауап күтеді
notice-on-patrol = патруль { $patrol }
notice-learned = белгілі болғаны { $time }
notice-told-at = хабарланғаны { $time } { $channel }
notice-received = мұнда алынғаны { $time }
notice-gap = белгілі болғаннан кейін { $time }
notice-answer = { $time } жауап: { $reply }
notices-open = Жауап күтетін дереу хабар: { $count }. `jasaq notice list`, `jasaq notice answer`.

## Істер

detention-next = Осы құрылғыда сақталды. Негіздерін түсіндіріп (`jasaq detention rights`), `jasaq detention step` арқылы жазыңыз; құрылымдық бөлімшеге дереу хабарлаңыз: `jasaq notice send`.
force-next = Осы құрылғыда сақталды. Бұл туралы жазылғаны басшыға не құрылымдық бөлімшеге жеткенде телефоннан кетеді.
notice-not-told-next = Хабардың алынғаны `--reply received` арқылы жауапталады.
case-recorded = Осы құрылғыда сақталды.
case-over = Осы құрылғыда сақталды. Адам туралы мұнда жазылғаны бәрі басшыға не құрылымдық бөлімшеге жеткенде телефоннан кетеді.
case-none = Мұндағы журналдарда іс аталмаған.
case-has-left = тапсырылды: бұл туралы жазылғаны телефоннан кетті, ол басшыда не құрылымдық бөлімшеде
case-not-read = мұнда оқылмайды: оны басшы мен құрылымдық бөлімше оқиды
case-own-words = Бұл телефон өзі жазғанын ғана оқиды; бәрін басшы мен құрылымдық бөлімше оқиды.
case-of = Іс { $case }, патруль { $patrol }: { $state }
case-held-since = ұсталғанына { $time }
case-held = { $time } ұсталды
case-name = аты-жөні: { $said }
case-born = туған күні: { $said }
case-paper = құжаты: { $said }
case-offence = не үшін: { $said }
case-language = тілі: { $said }
case-items = онымен бірге тапсырылғаны: { $said }
case-duty = кезекші бөлім үшін: { $trigger }; азаматтығы: { $citizenship }
case-ordered-by = кімнің нұсқауымен: { $said }
case-means = құралы: { $said }
case-aim = қандай мақсатпен: { $said }
case-necessity = неге басқаша болмағаны: { $said }
case-injuries = алған жарақаттары: { $said }
case-witnesses = куәлары: { $said }
duty-of-police = `--trigger` пен `--citizenship` полицияға керек: оларды `--receiver law_enforcement_body` қасында беріңіз. Басқа жерде азаматтығы сұралмайды.

rights-grounds-explained = Сіз шекаралық кеңістіктегі құқық бұзушылық үшін ұсталдыңыз. Сізге қолданылатын мәжбүрлеу шараларының негіздері түсіндірілуге тиіс.
rights-which-grounds = Негіздері: (қандай құқық бұзушылық үшін, қашан және қайда екенін айтыңыз).
rights-delivered-to = Сіз Шекара қызметінің құрылымдық бөлімшесіне, құқық қорғау органына немесе өзге де уәкілетті органға жеткізілесіз.
rights-certificate = Заңнамада көзделген жағдайларда сізді ұстаған адам талап етуіңіз бойынша шекараны қорғауға заңды қатысатынын растайтын куәлікті көрсетеді.
rights-our-wording = 27.08.2013 № 866 қаулымен бекітілген Қағидалардың 10-тармағының 5), 12-тармағының 2) және 3) тармақшалары бойынша. Мәтіні біздікі; бұл ресми бланк емес.
