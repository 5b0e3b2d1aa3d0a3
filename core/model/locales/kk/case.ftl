# What happens on a patrol beside its entries: marks, notices to the subdivision, detention and hand-over, a head's decisions.
# Terms of 001-§9, 10 and 12 and of 002-§14; the rest in plain words of ours.

mark-kind-certificate-shown = куәлік көрсетілді
mark-kind-pause = аялдау
mark-kind-track-gap = тректегі үзіліс

gap-cause-app-closed = телефон бағдарламаны жауып тастаған
gap-cause-no-fix = орны анықталмаған
gap-cause-battery = батарея отырып қалған не тоңған
gap-cause-switched-off = телефон өшірілген
gap-cause-other = өзге себеп

amend-reason-slip = жаңсақ жазылған
amend-reason-left-out = бірдеңе түсіп қалған
amend-reason-known-better = нақтырақ белгілі болды
amend-reason-other = өзге себеп

channel-radio = радиобайланыспен
channel-telephone = телефонмен
channel-in-person = жүзбе-жүз
channel-program = осы бағдарлама арқылы

notice-reply-received = алынды
notice-reply-confirms-voice = ауызша хабарланғаны расталды
notice-reply-not-heard = мұндай хабар белгісіз

step-kind-grounds-explained = мәжбүрлеу шараларының негіздерін түсіндіру
step-kind-unit-told = құрылымдық бөлімшеге хабарланды
step-kind-in-delivery = қабылдайтын жаққа жеткізіліп жатыр
step-kind-measures-told = қабылдаған жақ қабылданған шараларды хабарлады

duty-trigger-offence-by-foreigner = шетелдіктің не азаматтығы жоқ адамның құқық бұзушылығы
duty-trigger-offence-against-foreigner = шетелдікке не азаматтығы жоқ адамға қарсы құқық бұзушылық
duty-trigger-circumstance = шетелдікке не азаматтығы жоқ адамға қатысты оқиға не мән-жай
duty-trigger-without-papers = құжатсыз жеткізілген
duty-trigger-detention = ұстау
duty-trigger-sudden-death = кенеттен қайтыс болу

company-alone = жалғыз
company-group = топпен

sameness-one = бір оқиға
sameness-separate = бөлек оқиғалар

settled-field-activity = қызмет түрі
settled-field-time = уақыты
settled-field-place = орны
settled-field-marker = шекара белгісі
settled-field-landmark = бағдар
settled-field-count = саны
settled-field-text = мәтіні
settled-field-start = шығуы
settled-field-end = оралуы
settled-field-mode = дербес не бірлесіп
settled-field-representative = бақылаушы өкіл
settled-field-area = шекаралық кеңістіктің бөлігі
settled-field-leader = кім басқарғаны
settled-field-task = міндеті

excuse-reason-lost = жоғалған
excuse-reason-broken = сынған
excuse-reason-left-earlier = иесі ертерек кеткен
excuse-reason-other = өзге себеп

attended-attended = болды
attended-absent = болмады
