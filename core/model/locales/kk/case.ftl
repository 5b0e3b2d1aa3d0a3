# What happens on a patrol beside its entries: marks, notices to the subdivision, detention and hand-over, a head's decisions.
# Terms of 001-§9, 10 and 12 and of 002-§14; the rest in plain words of ours.

mark-kind-joined = патрульге қосылды
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

log-refused-not-there = Бұл журналда мұндай жазба жоқ; ештеңе жазылмады. Кілттері журналда көрсетілген.
log-refused-not-yours = Мұны басқа адам жазған, өзгенің жазғанын ешкім түзетпейді және қайтарып алмайды; ештеңе жазылмады. Айырмашылығы болса, басшы шешеді.
log-refused-taken-back = Бұл қайтарып алынған; ештеңе жазылмады.
log-refused-not-taken-back = Бұл қайтарып алынбайды: жоспар алмастырылады не тоқтатылады, парақ толықтырылады, қайта жауап беріледі; ештеңе жазылмады.
log-refused-not-an-entry = Тек жазба түзетіледі; ештеңе жазылмады. Басқасы қайтарып алынып, қайта жазылады.
log-refused-attached-in-a-ring = Патруль өзінің не өз бөлігінің бөлігі болмайды; ештеңе жазылмады.
log-refused-no-case = Бұл құрылғыда мұндай іс жоқ; ештеңе жазылмады. Тапсырылғаны осы телефоннан кеткен: әрі қарай басшы не бөлімше жүргізеді.
log-refused-nobody-detained = Бұл істе ешкім ұсталмаған; ештеңе жазылмады.
log-refused-case-ended = Ұсталған адам тапсырылған не босатылған; ештеңе жазылмады. Түзету үшін нені алмастыратынын көрсетіңіз.
log-refused-not-in-case = Бұл істің мұнда оқылатын бөлігінде мұндай кілт жоқ; ештеңе жазылмады. Кілттері істің жазбасында көрсетілген.
log-refused-another-kind = Бұл кілт басқа түрдегі жазбанікі; ештеңе жазылмады. Әрқайсысы өз түрімен түзетіледі: кім ұсталғаны, қадам, тапсыру, босату, күш. Қате жазылғаны қайтарып алынады.
log-refused-put-right-already = Бұл түзетілген не қайтарып алынған; ештеңе жазылмады. Қазір тұрғанының кілтін көрсетіңіз.
log-refused-put-right-only = Кім ұсталғаны мен қандай күш қолданылғаны қайтарып алынбайды, түзетіледі; ештеңе жазылмады.
log-refused-no-notice = Мұндай хабар мұнда жоқ; ештеңе жазылмады. Алдымен алмасыңыз.
log-refused-not-told-by-voice = Бұл хабардың дауыспен айтылғанын ешкім жазбаған; ештеңе жазылмады.
log-refused-too-few-entries = Бір жазба бойынша шешетін ештеңе жоқ; ештеңе жазылмады.
log-refused-too-many-entries = Бір шешімде сегізден артық жазба аталмайды; ештеңе жазылмады. Бөліп шешіңіз.
log-refused-nothing-to-decide = Онда айырмашылық жоқ; ештеңе жазылмады.
log-refused-reason-needed = Басқа мән үшін және «шешу мүмкін емес» үшін себеп керек; ештеңе жазылмады.
log-refused-excuse-words-needed = Тізімдегі себептердің ешқайсысы болмаса, сөз керек: бұл телефонды неге күтпейтініңізді айтыңыз; ештеңе жазылмады.
log-refused-amendment-reason-needed = Парақты толықтыруға себеп керек; ештеңе бекітілмеді.
log-refused-own-phone = Бұл өзіңіз шешіп отырған телефон: ондағының бәрі осында, сондықтан онсыз жалғастырылмайды. Ештеңе жазылмады.
log-refused-nothing-changed = Қазір тұрғанымен бірдей айтылды; ештеңе жазылмады.
log-refused-no-value = Бұл өрістің мұндай мәні болмайды; ештеңе жазылмады. Уақыт күнімен және сағат белдеуімен, орын ендік пен бойлық градустарымен, арасына үтір қойып жазылады.
log-refused-already-so = Бұлай жазылып қойған; ештеңе жазылмады.
log-refused-sealed = Бұл патрульдің парағы бекітілген; ештеңе жазылмады. Кейін келгені толықтыруға енеді не бөлімше патрульді қайта ашады.
log-refused-sealer-ended = Бөлімшенің карточкасы бойынша сіз енді жасақта емессіз, сондықтан оның парақтарын бекітпейсіз; ештеңе бекітілмеді. Жазғаныңыз бен шешкеніңіз қалады, парақты жасақтың басқа басшысы бекітеді.
log-refused-gates-closed = Бекітуге дейін бәрі жасалмаған; ештеңе бекітілмеді. Не істеу керегі тізімде айтылған.
log-refused-page-too-long = Патрульде бір параққа сыятыннан көп жазба бар (шамамен жиырма мың); ештеңе бекітілмеді. Бөліктің қосылуын қайтарып алып, оны жеке парақ етіп бекітіңіз.
log-refused-no-page = Мұндай парақ мұнда жоқ; ештеңе жазылмады. Алдымен алмасыңыз.
log-refused-page-incomplete = Бұл парақтың бөліктері әлі келмеген; ештеңе жазылмады. Алдымен алмасыңыз.
log-refused-seal-broken = Бұл парақтың бекітілуі жарамсыз: ол өзгертілген не басшы емес адам бекіткен; ештеңе жазылмады.
log-refused-not-the-last-page = Бұл парақтан кейін не қатар патрульдің басқа парағы бар; ештеңе жазылмады. Патрульдің парақтарын қараңыз.
log-refused-not-countersigned = Бұл парақты бөлімше бекітпеген; ештеңе жазылмады.
log-refused-countersigned = Бұл парақты бөлімше бекітіп қойған; ештеңе жазылмады.
log-refused-entered = Бұл парақ кітапқа енгізілген; ештеңе жазылмады.
log-refused-entered-day = Парақ кітапқа патруль күні не одан кейін енгізіледі, әлі келмеген күнмен емес; ештеңе жазылмады.
log-refused-number-taken = Келесі нөмір жоқ; ештеңе жазылмады.
log-refused-number-twice = Бұл нөмір басқа парақта да бар, сондықтан ештеңе жазылмады. Алдымен екеуінің біріне басқа нөмір беріңіз.
log-refused-number-is-its-own = Бұл нөмірі бар басқа парақ жоқ; ештеңе жазылмады.
log-refused-reopened = Бұл патруль қайта ашылды: басшы басқа парақты бекітеді, сол расталады. Ештеңе жазылмады.
log-refused-not-entered = Бұл парақ кітапқа әлі енгізілмеген, түзететін ештеңе жоқ; ештеңе жазылмады.
log-refused-numbers-stay = Кітаптың нөмірлері қалады, ал мұны жазатын ашық маусым жоқ: алдымен оны ашыңыз. Ештеңе жойылмады.
log-refused-changed-meanwhile = Осы арада бұл патрульге басқа терезеден не басқа бағдарламадан жазылды; ештеңе жазылмады. Қайта қараңыз.
log-refused-part-is-sealed = Бұл патрульдің өз парағы бар, сондықтан ол басқа патрульдің бөлігі болмайды; ештеңе жазылмады.
log-refused-not-of-squad = Ол жасақта жоқ және бұл патрульге аталмаған; ештеңе жазылмады.
log-refused-nothing-new = Парақ бекітілгелі жаңа ештеңе келмеген; ештеңе бекітілмеді.
log-refused-another-squads = Бұл басқа жасақтың патрулі; ештеңе жазылмады. Өз басшыңыздың кодын сканерлеңіз.

patrol-code-refused-form = Бұл патруль коды емес. Басшы көрсеткен кодты сканерлеңіз немесе оның жанындағы жазуды теріңіз.
patrol-code-refused-damaged = Кодта қате бар немесе бір бөлігі жоқ; ештеңе жазылмады. Қайта сканерлеңіз немесе әріптеп салыстырыңыз.
patrol-code-refused-newer = Код бағдарламаның жаңа нұсқасынан. Бағдарламаны жаңартыңыз; оған дейін өз патруліңізді бастаңыз, басшы оны кейін қосады.

case-stage-force-alone = күш қолданылды, ешкім ұсталмады
case-stage-detained = ұсталды
case-stage-in-delivery = жеткізіліп жатыр
case-stage-handed-over = тапсырылды
case-stage-released = босатылды
case-gap-nobody-detained = кім ұсталғаны жазылмаған
case-gap-grounds-not-explained = шаралардың негіздері түсіндірілмеген
case-gap-language-not-said = қай тілде түсіндірілгені айтылмаған
case-gap-unit-not-told = құрылымдық бөлімшеге хабарланбаған
case-gap-not-ended = тапсырылмаған әрі босатылмаған
case-gap-ended-apart = бөлек жүрген адамдар әртүрлі аяқтаған
