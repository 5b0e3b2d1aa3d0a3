# Тіркеуде бағдарлама айтатын сөздер, қазақша. Үш файлда бірдей хабарлар, бірдей деректермен тұрады.

## Headings of tables

column-asked = жауап берген есептер
column-born = туған күні
column-day = күні
column-consoles = компьютер
column-district = аудан
column-office = мекеме
column-squads = жасақтар
column-due = шешім мерзімі
column-head = басшысы
column-id-document = жеке куәлігі
column-iin = ЖСН
column-line = №
column-lines = адам саны
column-list = тізім
column-military-unit = әскери бөлім
column-number = нөмірі
column-odd = назар аударыңыз
column-person = адам
column-print = данасы
column-session = дайындық
column-reason = не үшін
column-taken-back = қайтарып алынды
column-topics = тақырыптары
column-trained = дайындықтан өтті
column-who = кімдер

## District, decisions, reviews

district-made = Ауданның кеңістігі құрылды: онда кеңес, әкімдік және бөлімшелер жасақтар мен олардың тізімдерін көреді.
district-made-next = Енді: `jasaq sync`, содан кейін әкімдік пен кеңесті `jasaq invite --role leb` және `--role cc` арқылы сол атаулармен шақырыңыз.
district-none = Мұнда аудан жоқ.
district-nobody-yet = әлі ешкім қосылмаған
district-named-twice = Бір ауданның жасақтары оны екі түрлі атайды, әдетте бұл қате жазудан. Кеңес оны түзетеді: `jasaq district rename`.
district-renamed = Енді ауданның атауы { $district }, жасақ саны: { $squads }.
district-missing = Ауданды атаңыз: `--district`. Осы кеңестің басқа жасағы оны атамайды; ештеңе жазылмады.
district-offices-empty = Бұлардың бірде-бір компьютері әлі қосылмаған: { $offices }. Атаулардың бірі қате болса, ауданды дұрысымен қайта құрыңыз: қате атаумен ешкім қосылмайды.
decision-squad-created = { $squad } жасағын құру туралы шешім жазылды. Идентификаторы: { $id }.
decision-head-appointed = { $person } { $squad } жасағының басшысы болып тағайындалды, шешім жазылды.
decision-of-creation = жасақ құру
decision-of-head = басшы: { $person }
decision-of-head-ended = басшы: { $person }, өкілеттігі { $day } аяқталды
decision-taken-back = қайтарып алынды: { $reason }
decision-none = Бұл жерде кеңестің бірде-бір шешімі жоқ.
review-never = Кеңес тізімдерді әлі қараған жоқ.
review-since = Кеңес соңғы рет { $day } қарады. Содан бергі жаңалық:
review-nothing-new = Жаңа ештеңе жоқ.
review-many-names = { $name } және тағы { $more } есім: бәрі `jasaq squad roster` ішінде, кілттерімен `--json` ішінде
review-vacancies = Басшысы жоқ: { $squads }
review-done = Қаралды деп жазылды: бұдан кейін келгені кеңес үшін жаңа болады.
review-remarked = Ескерту жазылды.
register-next-sync = Енді: `jasaq sync`, сонда басқалар да біледі.

## Squads of the register

squad-supervised = Жасақтың кеңістіктері бұрыннан бар; енді оған осы бөлімше басшылық етеді деп жазылды.
squad-made-undecided = Жасақты құру туралы кеңестің шешімі (001-§7, R03) жазылмаған: бұл компьютер бірде-бір кеңестің кеңістігін оқымайды. Шешім келгенде `jasaq squad create` пәрменін қайталаңыз.
squad-show = { $squad } жасағы, { $district }: { $state }. Басшысы: { $head }
squad-decision = Кеңестің { $day } № { $number } шешімімен құрылған (001-§7).
squad-remark = Кеңестің ескертуі: { $text }
squad-claim = Басшылықты көрсеткен бөлімше — { $office }: телефондар { $roll }, кілт { $key }
squad-head-ended = Өкілеттік ({ $person }) { $day } аяқталған: көрсеткен бөлімше — { $office }, кілт { $key }
squad-head-ended-contested = Бұл жасаққа бірнеше бөлімше басшылық етемін деп көрсеткен, өкілеттікті олардың кез келгені аяқтауы мүмкін. Қате болса, оны жазған бөлімше `jasaq register withdraw` пәрменімен қайтарып алады; алмаса, аумақтық бөлімшеге хабарласыңыз: ол консольді жазғандарымен бірге шығара алады.
squad-head-vacant = бос орын
squad-head-several = бірнеше тағайындау қатар күшінде
squad-odd-no-decision = құру туралы шешімнің нөмірі мен күні жазылмаған (R03)
squad-odd-several-heads = басшы біреу болуы тиіс; үйлестіру кеңесі артығын қайтарып алады: `jasaq decision withdraw`
squad-odd-several-units = бірнеше бөлімше оған басшылық етемін деп көрсеткен: біреуінен басқасы мұны `jasaq register withdraw` пәрменімен қайтарып алады
squad-odd-head-unregistered = осы мекеме оқитын шамада басшы тіркелмеген (001-§7, 19)
squad-odd-head-off-roster = басшы жасақтың тізімінде жоқ, ал ол оның жасақшыларынан тағайындалады (001-§7); үйлестіру кеңесі: `jasaq decision withdraw`, немесе әкімдік оны тізімге енгізеді
roster-taken-off = { $person } ({ $id }) { $squad } жасағының тізімінен шығарылды:
roster-take-off = Егер { $person } ({ $id }) { $squad } жасағының тізімінен шығарылса:
meant-not-these = Осы атпен бірнеше жазба бар: жалғасып жатқаны немесе сұралғаны алынды. Қалғандары, идентификаторларымен: { $ids }

## Lists

list-squad-not-known = Тізімнің тақырыбында аталған жасақ бұл жерде жоқ немесе ондай бірнешеу; ештеңе жазылған жоқ. Басқасы болса, атаңыз: `--squad`.
list-none = Бұл жерде бірде-бір тізім жоқ.
list-unknown-next = Жаңасын `jasaq sync` әкеледі, ал тізімдерді нөмірлерімен `jasaq list list` көрсетеді.
list-received-already-next = Онда кім тұрғанын `jasaq list show`, тексеру қалай жүріп жатқанын `jasaq check show` көрсетеді.
list-withdrawn-next = Қай тізімдердің күшінде екенін `jasaq list list` көрсетеді. Түзетілген тізімді `jasaq list import` жібереді.
list-with-its-list-next = Тізімді тұтас `jasaq list withdraw`, бір адамды `jasaq squad remove-member` шығарады.
roster-not-on-next = Онда кім тұрғанын `jasaq squad roster` көрсетеді.
list-head = № { $number } тізім, { $day }: { $state }
list-state-sent = алынғаны жазылмаған
list-state-received = { $day } алынды
list-state-withdrawn = қайтарып алынды: { $reason }
list-number-twice = әкімдіктің басқа жұмыс орны да осы нөмірмен тізім жіберген: { $lists }; біреуі қате болса, әкімдік оны қайтарып алады
list-received = Тізімнің алынғаны жазылды, тексеру басталды.
list-received-copies = Тізімдегі кейбір адамдардың тексеруі бұрын біткен, олардың құжаттарының көшірмелері жойылды: { $count }. Келесі алмасуда барлығында да жойылады.
list-received-next = Енді: `jasaq check show`, содан кейін әр адам бойынша `jasaq check record`. Бұл тексеруге мәтінде мерзім белгіленбеген (001-§19).
list-withdrawal = Егер { $day } күнгі № { $number } тізім қайтарып алынса:
list-withdrawn = { $day } күнгі № { $number } тізім тұтас қайтарып алынды:
withdrawal-off = жасақтың тізімінен шығады
withdrawal-stays = қалады: оны басқа тізім атайды
withdrawal-stays-with-others = қалады: оны басқа әкімдік те енгізген
withdrawal-in-check = - ол { $day } күннен бері аумақтық бөлімшеде: әлі тіркелмегендер үшін тексеру тоқтайды
withdrawal-registered-stay = - содан бері тіркелген адам есепте қалады; оның кім екені мұнда көрінбейді, ал есептен 001-§15 негізімен тек құрылымдық бөлімше шығарады (001-§22)
withdrawal-registered-stays = - ол тіркелген болса, есепте қалады; бұл мұнда көрінбейді, ал есептен 001-§15 негізімен тек құрылымдық бөлімше шығарады (001-§22)
withdrawal-as-noticed = - аумақтық бөлімшенің { $day } күнгі хабарламасы соны талап етеді (001-§19)
withdrawal-head-off = - { $person } жасақтың басшысы; тағайындау кеңес оны қайтарып алғанша немесе есептен шығару тоқтатқанша күшінде (001-§7)
withdrawal-name-stays = - тізімде қалады: оны басқа әкімдік те енгізген; осы әкімдіктің жазбасы ғана алынады
withdrawal-roster-empty = - жасақтың тізімінде ешкім қалмайды
withdrawal-papers = - жойылатын көшірмелер мен басқа қағаздар, мұнда бірден, қалғандарының бәрінде аумақтық бөлімше білгенде: { $count }
withdrawal-apply-next = Ештеңе жазылған жоқ. `--apply` орындайды.
decision-withdrawal = Егер { $squad } жасағы туралы бұл шешім қайтарып алынса:
decision-withdrawn = { $squad } жасағы туралы шешім қайтарып алынды:
decision-undoes-squad = - жасақ енді жоқ: оған тізім жіберілмейді, ондағы тағайындаулар жарамсыз
decision-undoes-head = - жасақта енді басшы жоқ
decision-undoes-appointment = - тағайындау болмаған деп саналады; жасақты кім басқаратыны өзгермейді
list-before = бұрынғы жазба { $id }: { $state }
list-before-struck-off = бұрынғы жазба { $id }: { $day } есептен шығарылған (001-§15, 22); бұл кедергі емес, жаңа жазба басталады
list-before-excluded = бұрынғы жазба { $id }: { $day } күнгі шығару туралы хабарлама (001-§19); бұл кедергі емес, жаңа жазба басталады
list-erased-by-unit = құрылымдық бөлімше бұл жазбаны өшірген, ол бойынша енді ешкім тіркелмейді: әкімдікке айтыңыз, ол тізімді қайтарып алып (`jasaq list withdraw`), адамды жаңа жазба басталады деген жауаппен қайта енгізеді (`--answer CELL=anew`)

## Checks

check-recorded = { $person }: жазылды. Жауап берген есептер: { $all } ішінен { $asked }.
check-asked = { $all } ішінен { $asked }
check-not-asked = жауабы жазылмаған
check-none = Тексеріліп жатқан ешкім жоқ.
check-next-register = Енді: `jasaq register add PERSON --section SECTION`.
check-next-missing = Қалған есептердің жауабы да керек; осы бөлімше: `jasaq check record`.
check-next-exclude = Қатысуды болғызбайтын мән-жай бар: тізімдегі адам туралы әкімдікке `jasaq check exclude`, өтініш бойынша `jasaq register application decide … refused`.
check-next-stands = Есептердің бірінің бұрынғы жауабында қатысуды болғызбайтын мән-жай бар, ол күшінде. Қате жазылған болса: `jasaq register withdraw KEY --reason …`; KEY `jasaq person show … --sensitive --reason …` арқылы көрсетіледі.
check-excluded = { $person }: құрамнан шығару туралы хабарлама әкімдікке жазылды, негізі көрсетілмейді (001-§19).
check-offence-recorded = Қасақана әкімшілік құқық бұзушылық жазылды.
check-offence-next = Қате жазылса: `jasaq register withdraw KEY --reason …`; кілтін `jasaq person show … --sensitive` көрсетеді.
check-offence-repeated = Бір жыл ішінде екінші рет: бұл қатысуды болғызбайды (001-§15(2)). Тіркелген адам бойынша мән-жай өзі жазылды, есептен шығару құрылымдық бөлімшенің ісі; тіркелмеген адам бойынша `jasaq check exclude`.

## Register and applications

register-added = { $person }: тіркелді.
register-added-next = Енді: `jasaq certificate issue`, содан кейін `jasaq sync`.
application-received = Өтініш жазылды ({ $id }). Шешім { $due } дейін қабылдануы тиіс (001-§17).
application-received-next = Енді: `jasaq check record`. Мерзімдер: `jasaq register application list`.
application-odd-next = Өтініш жазылған жоқ. Түзетіп, `jasaq register application receive` командасын қайталаңыз; жазылғаны дұрыс болса: `--as-written`.
application-wrong-next = Өтініш жазылған жоқ. Түзетіп, `jasaq register application receive` командасын қайталаңыз.
application-decided = { $person }: { $outcome }.
application-refused-next = Өтініш берушіге себептерін көрсетпей хабарлаңыз (001-§17): `jasaq person told … --about refusal`.
application-none = Бұл жерде бірде-бір өтініш жоқ.
iin-refused = ЖСН қабылданбады, ештеңе жазылған жоқ: онда он екі цифр болады, соңғысы қалғандарын тексереді. Құжатпен салыстырыңыз.

## The papers that are issued

paper-issued = { $person }: № { $number } куәлік берілді деп жазылды.
paper-issued-next = Енді: `jasaq sync`, содан кейін құқықтық дайындық, құрылымдық бөлімше: `jasaq training record`.
paper-lost = { $person }: куәліктің жоғалғаны жазылды, ол енді жарамсыз.
paper-lost-next = Енді: `jasaq certificate reprint … --cause lost`, содан кейін `jasaq sync`.
paper-reprinted = { $person }: куәлік сол нөмірмен қайта басылады, данасы { $print }; бұрынғылары енді жарамсыз.
paper-contested = нөмір екі рет берілген
paper-print-twice = данасы екі рет жасалған
paper-contested-next = Екі компьютер бір нөмірді қатар берген. Бірін қайтарып алып (`jasaq register withdraw KEY`), басқа нөмірмен беріңіз.
paper-none = Бірде-бір куәлік берілмеген.

## Training, circumstances, strike-offs

training-recorded = Құқықтық дайындық жазылды, қатысқандар: { $count }.
training-none = Бірде-бір құқықтық дайындық жазылмаған.
strike-off-incomplete = Кімді және қандай негізбен (--ground) есептен шығару керегін көрсетіңіз; ештеңе жазылған жоқ.
strike-off-would-be = { $person } ({ $id }) { $day } бастап есептен шығарылса:
strike-off-done = { $person } ({ $id }) { $day } бастап есептен шығарылды:
strike-off-ends-patrols = - патрульге шыға алмайды; телефондар мұны келесі алмасуда біледі, бұрын жазылғаны қалады
strike-off-ends-certificate = - № { $number } куәлік жарамсыз
strike-off-ends-headship = - { $squad } жасағы басшысының өкілеттігі аяқталады (001-§7)
strike-off-leaves-roster = - жасақтың тізімінде қалады; әкімдік: `jasaq squad remove-member`
strike-off-apply-next = Ештеңе жазылған жоқ. `--apply` мұны орындайды.
strike-off-tell-next = Енді: `jasaq sync`, содан кейін адамға хабарлаңыз (001-§22): `jasaq person told … --about strike_off --way …`.
circumstance-recorded = { $person }: мән-жай жазылды, ол енді патрульге шыға алмайды.
circumstance-next = Енді: `jasaq sync`, содан кейін құрылымдық бөлімше: `jasaq strike-off`.

## Persons

person-none = Ондай адам жоқ.
person-may = иә
person-may-not = жоқ
person-head = { $person } ({ $id }): { $state }
person-squads = Жасақ: { $squads }
person-registered = { $day } тіркелген, { $section } бөлім
person-certificate = № { $number } куәлік, { $day }, { $print }-дана: { $status }
person-number-contested = № { $number } нөмірі { $id } адамының куәлігінде де бар: ол екі рет берілген, біреуі қайтарып алынғанша оларды ажырату мүмкін емес. Мұны аумақтық бөлімше шешеді; осысын { $key } кілтімен қайтарып алады.
person-phones-several = { $members } телефондары да осы адамдікі деп жазылған, карточкалар оны әрқайсысымен жібереді. Қайсысы қате жазылса, қайтарып алыңыз: `jasaq register withdraw KEY` (кілттерді `jasaq person show` көрсетеді); сонда онда жазылғанның бәрінен оның аты алынады. Телефонды басқаға берген болса, жаңа иесі онымен қайта қосылады.
squad-phones-of-one = Назар аударыңыз: { $member } және { $others } телефондары бір адамға жазылған. Жазбаның бірін қайтарып алатын кілттерді `jasaq person show` көрсетеді.
person-phone-contested = { $member } мүшесінің телефондары { $id } адамдікі деп те жазылған: жазбаның бірі `jasaq register withdraw КІЛТ` пәрменімен қайтарып алынғанша, олармен ешкім күзетке шықпайды; кілттер тарихта тұр.
person-trained = Құқықтық дайындық { $day }, { $unit } әскери бөлімі
person-struck-off = { $day } есептен шығарылған
person-odd = Назар аударыңыз: { $flag }
person-offence = Қасақана әкімшілік құқық бұзушылық: { $day }; кілті: { $key }
person-ground = Негізі: { $ground }, { $day }
person-circumstance-without-ground = аумақтық бөлімшеге белгілі мән-жай
person-not-counted = Есепке алынбайды: { $key }, { $kind }, { $role }: { $why } { $paragraph }
person-identified = { $member } мүшесінің телефоны { $person } деп жазылды.
person-was-told = { $person }: хабарланғаны жазылды ({ $about }).
person-leaves = { $person }: әрі қарай қатысқысы келмейтіні жазылды; себебі сұралмайды (001-§15(5)). Кілті: { $key }. Мұны `jasaq register withdraw KEY` қайтарып алады.
person-would-be-erased = { $person } адамы туралы жойылатыны: { $statements } жазба және құжаттардың { $attachments } көшірмесі, осы мекеме оқитын шамада.
person-would-be-erased-next = Ештеңе жойылған жоқ. Оны `--for-everybody` орындайды; ештеңе қайтармайды.
person-erased = { $person } адамы туралы осында жойылғаны: { $statements } жазба және құжаттардың { $attachments } көшірмесі.
person-erased-next = `jasaq sync` бәріне хабарлайды; кім орындағанын `jasaq erasure list` көрсетеді. Екінші бөлімше оқитыны сонда осы пәрменмен жойылады.
readings-none = Бөлек сақталатынды ешкім ашқан жоқ.

## Lists from files, and files from lists

column-cell = ұяшық
column-file = файл
list-of-squad = { $squad } жасағының тізімі
list-planned = Жаңа жазба: { $created }; белгілі адам тізімге енгізіледі: { $put_on }; тізімде бұрыннан бар: { $on_already }; қабылданбайды: { $refused }; жауап күтеді: { $asked }; қалдырылды: { $left_out }.
list-import-next = Ештеңе жазылған жоқ. Сұрақтарға `--answer ҰЯШЫҚ=ЖАУАП` деп жауап беріледі, тізімді `--apply` жібереді.
list-nothing-to-do = Тізімдегілердің бәрі жасақтың тізімінде бұрыннан бар немесе қалдырылды; ештеңе жазылған жоқ.
list-not-yet-next = Сұрақтар мен себептерді `--apply` жоқ `jasaq list import` көрсетеді; `--answer ҰЯШЫҚ=ЖАУАП` жауап береді, қабылданбаған жолдарды `--leave-out-refused` қалдырады.
list-refused-next = Файлды түзетіп, `jasaq list import` командасына қайта беріңіз.
list-sent = Тізім жазылды: { $persons } адам, қоса берілген көшірмелер: { $copies }.
list-copies-attached = Тізімде көшірмесіз тұрған адамдарға тіркелген көшірмелер: { $copies }.
list-copies-left = Тізімдегі, көшірмесі бар немесе жойылғанша болған адамдарға тіркелмеген көшірмелер: { $copies }.
list-sent-next = Енді: `jasaq sync`, содан кейін аумақтық бөлімше: `jasaq list receive`. Қате болса, осы мекеме: `jasaq list withdraw`.
list-line-created = жаңа жазба
list-line-created-anew = жаңа жазба, бұрынғысы аяқталған
list-line-put-on = белгілі, тізімге енгізіледі
list-line-goes-on = белгілі, жазбасы жалғасады: оның тізімі қайтарып алынған
list-line-on-already = тізімде бұрыннан бар
list-line-refused = қабылданбайды
list-line-asked = жауап керек
list-line-left-out = қалдырылды
list-columns-left-out = Оқылмайтын бағандар: { $cells }
list-rows-passed-over = Адам жазылмаған жолдар: { $cells }
list-copies-whose = Көшірмелер және олардың иелері:
copy-stays = қоса берілмейді: жол қалдырылған
copy-of-nobody = тізімдегі ешкімдікі емес
copy-of-several = осы жолдардың кез келгенінікі болуы мүмкін
copy-missing = көшірмесі жоқ
list-cited = { $said } ({ $paragraphs })
list-proposed = Ұсынылады: { $proposed }
list-candidate = { $who }: { $person }, туған күні { $born }, жеке куәлігі { $card }
list-answers = Жауаптар: { $answers }
list-answer-unread = Жауап қабылданбады: { $why }
list-card-of-nobody = { $file }: тізімдегі ешкімдікі емес, ештеңе жазылған жоқ. Көшірмелер жеке куәліктің нөмірімен немесе адамның тізімдегі нөмірімен аталады, тізімде ондай баған жоқ болса ғана парақтың жолымен: 012345678.jpg, 14.pdf. Атауын өзгертіп, `jasaq list import` командасын қайталаңыз.
list-card-of-several = { $file } бірнеше жолдағы адамдікі болуы мүмкін, { $cells }; ештеңе жазылған жоқ. Файлды жеке куәліктің нөмірімен атап, `jasaq list import` командасын қайталаңыз.
list-paper-unfit = { $file } бос немесе тым үлкен, ештеңе жазылған жоқ.
list-copy-unfit = { $file }: мұндай файлдан орны мен құрылғысын алып тастауға болмайды немесе ол бүлінген; ештеңе жазылған жоқ. Көшірмені JPEG, PNG немесе PDF етіп сақтаңыз.
list-papers-too-large = Қағаздар қосылғанда { $mebibytes } МиБ-тан үлкен; ештеңе жазылған жоқ. Кішірек етіп сканерлеңіз немесе тізімді бөліп жіберіңіз.
list-number-sent = № { $number } тізім { $day } күні жіберілген, жасағы { $squad } (адам { $persons }, { $list }); ештеңе жазылған жоқ. Нөмірі басқа болса, оны көрсетіңіз: `--number`. Бұрынғысы қате болса, қайтарып алыңыз: `jasaq list withdraw { $list }`. Хатта бірнеше тізім болса: `--same-letter`.
list-number-sent-next = Оны `jasaq list list` көрсетеді; хатта бірнеше тізім болса, `--same-letter`.
erased-by-unit-next = Әкімдік: `jasaq list withdraw`, содан кейін `jasaq list import … --answer CELL=anew`. Өтініш бергенге: `jasaq person erase`, содан кейін `jasaq register application receive`.
list-exported = Файлға жазылды, адам: { $persons }.
list-exported-what = Ерікті жасақ мүшелерінің тізімі
answer-not-one = Жауап ҰЯШЫҚ=ЖАУАП түрінде беріледі, мысалы C14=07.10.1997 немесе C14:born_order=07.10.1997; ештеңе жазылған жоқ.
answer-to-nothing = { $cell } ұяшығы туралы берілген жауап ешбір сұраққа жауап емес; ештеңе жазылған жоқ. Не сұралғанын `--answer` берілмеген `jasaq list import` көрсетеді.
answer-unfit = { $cell } ұяшығы туралы айтылған сөз ондағы сұраққа жауап емес; ештеңе жазылған жоқ. Қабылданатыны: { $answers }; адам туралы болса оның идентификаторы, ұяшық туралы болса онда тұруға тиіс жазба.
answer-on-already = { $cell } ұяшығының жолындағы адам жасақтың тізімінде бар, ал айтылған сөз ол туралы сұралатын ештеңеге жауап емес; ештеңе жазылған жоқ. Бұл жауапты алып тастаңыз. Тізімнен `jasaq squad remove-member` бұйрығымен шығарылады.
answer-unread = Қабылданбаған жауаптар, ұяшықтары { $cells }; себебі кестеде айтылған. Ештеңе жазылған жоқ.
sheets-empty = Файл бос: оқитын ештеңе жоқ.
sheets-not-sheets = Бұл кесте емес: тізім XLSX не CSV файлы болуы керек. Кестені бағдарламасында солай сақтап, қайта беріңіз.
sheets-other-workbook = Бұл { $ending } кітабы, ол оқылмайды. .xlsx деп сақтап, қайта беріңіз.
sheets-password = Кітап құпиясөзбен жабылған. Құпиясөзсіз сақтап, қайта беріңіз.
sheets-beyond = { $cell } ұяшығында бірдеңе тұр, бірақ кесте ол жерге дейін оқылмайды. Артығын өшіріп, қайта беріңіз.
sheets-cell-too-long = { $cell } ұяшығы тым ұзын. Қысқартып, қайта беріңіз.
sheets-quote = { $row } жолдағы тырнақша жабылмаған. Түзетіп, қайта беріңіз.
sheets-control-character = Файлдың { $line }-жолында көрінбейтін басқару таңбасы бар. Жолды қайта теріп, файлды қайта беріңіз.
sheets-no-table = Бұл файл кітап та, бағандарының атаулары бар кесте де емес: тізім XLSX не CSV файлы болуы керек.
sheets-damaged = Кітап бүлінген. Бағдарламасында ашып, қайта сақтап, қайта беріңіз.
sheets-too-large = Файл тізімге керектен үлкен. Тізімнің өзін бөлек сақтап, қайта беріңіз.
sheets-ending = Файлдың аты .xlsx не .csv деп бітуі керек; ештеңе жазылған жоқ.
sheets-unwritten = Кесте файлға сыймайды; ештеңе жазылған жоқ. Аз адам таңдап, қайталаңыз.

## Papers

printed = Құжат жазылды: { $file }
print-not-printable = Құжатта басылмайтын таңба бар ({ $code }); ештеңе жазылған жоқ. Жазбада оны түзетіңіз.
print-under-way = Парақтар құрастырылып жатыр
print-too-many-rows = Құжатта { $rows } жол, қағазға сонша басылмайды; ештеңе жазылған жоқ. Кесте ретінде шығарыңыз.
print-does-not-fit = Жазылуы тиіс нәрсе парақтағы орнына сыймайды; ештеңе жазылған жоқ. Қысқартып, қайталаңыз.
print-contested = Екі компьютер осы данасын қатар жасаған, сондықтан ол басылмайды. Қайта басып шығару: `jasaq certificate reprint`.
print-number-contested = Бұл нөмір екі адамға берілген (`jasaq certificate list`), сондықтан ондай нөмірлі куәлік басып шығарылмайды. Екеуінің бірін қайтарып алып (`jasaq register withdraw`), басқа нөмірмен беріңіз.
print-struck-off = Адам есептен шығарылған: куәлігі енді жарамсыз, сондықтан басылмайды.
print-lost = Осы данасы жоғалған деп жазылған, сондықтан ол қайта басылмайды. Келесісін жасаңыз: `jasaq certificate reprint`.
print-excluded = Адамды жасақ құрамынан шығару туралы хабарлама берілген, сондықтан куәлік басылмайды.
trust-list-written = Сенім тізімі жазылды, куәліктер: { $count }.
register-exported-what = Жалпы тіркелім
copies-none = Көшірмелер жоқ.
copies-deleted = Жеке куәліктердің көшірмелері жойылды: { $count }. Келесі алмасуда барлығында да жойылады.
copy-deleted = жойылды
squad-supervised-elsewhere = Бұл жасаққа басқа құрылымдық бөлімше басшылық етеді (001-§3(2)); ештеңе жасалған жоқ.

## What is taken back, what is not printed, and who goes on

columns-left-out = Орын жетпегендіктен көрсетілмеді (бәрін `--json` береді):
record-withdrawal = Егер мына жазба қайтарып алынса: { $kind }, { $day }, кілті { $key }
record-withdrawn = Қайтарып алынды; не айтылғаны мен себебі көрініп тұрады: { $kind }, { $day }, кілті { $key }
withdrawal-of-person = - кім туралы: { $person } ({ $id })
withdrawal-of-squad = - { $squad } жасағы туралы
withdrawal-state = - жазбаның күйі: { $before } → { $after }
withdrawal-state-stays = - жазбаның күйі өзгермейді: { $state }
withdrawal-may-go = - қайтадан патрульге шыға алады
withdrawal-may-not-go = - енді патрульге шыға алмайды
withdrawal-head-again = - { $squad } жасағының басшысы болып қала береді
withdrawal-heads-several = - { $squad } жасағында бірнеше тағайындау қатар күшінде болады; кеңес біреуінен басқасын қайтарып алады (001-§7)
withdrawal-head = - басшысы: { $before } → { $after }
withdrawal-notices = - есептен шығарылғаны туралы хабар да қайтарылып алынады: адамға есепте қалатынын айтыңыз
withdrawal-phone = - { $member } мүшенің телефоны ешкімдікі болмайды: одан жазылғанның бәрінен аты алынады, карточкасы ешкімді шығармайды. Телефон басқаға берілсе, жазбаны қалдырыңыз: жаңа иесі сонымен қайта қосылады
withdrawal-number-kept = - куәліктің нөмірі қайта берілмейді: қағазы болуы мүмкін
cause-stands = Мынадан шығады: { $kind }, { $day }, жазған: { $role }, кілті { $key }
cause-stands-next = Мұны жазған мекеме: `jasaq register withdraw KEY`.
day-before-list-next = Тізімнің күні мен алынған күні тізімде тұрады: `jasaq list list` көрсетеді. Қате болса, әкімдік тізімді тұтас қайтарып алып, қайта жібереді.
day-too-early-next = Жазылғанды кілттерімен `jasaq person show` және `jasaq decision list` көрсетеді; қатесін `jasaq register withdraw KEY` қайтарып алады.
unit-unnamed-next = `--unit` қосып қайталаңыз: бөлімше шақырылған атау.
certificates-several-next = `jasaq certificate list` екеуін кілттерімен көрсетеді: `jasaq register withdraw KEY`.
card-from-register-next = Телефон кімдікі екенін көрсетіңіз: `jasaq person identify`.
second-head-next = Үйлестіру кеңесі: сол тағайындау қате жазылса, `jasaq decision withdraw NUMBER`.
not-registered-next = Аумақтық бөлімше: `jasaq register add`.
before-unsaid-next = `jasaq register application receive … --before ID`, ID — аяқталған жазба.
struck-off-next = Ол бұрынғы жазбасымен қайтадан тізімде болса: әкімдік тізімді қайтарып алып (`jasaq list withdraw`), `--answer CELL=anew` деп қайта жібереді.
not-checked-next = Аумақтық бөлімше: `jasaq check record`.
paper-lost-for-good = Жаңа данасы басылмайды: иесі есепте тұрмайды немесе шығарылуға тиіс. Енді: `jasaq sync`.
person-would-leave =
    Егер { $person } әрі қарай қатысқысы келмесе (001-§15(5)); себебі сұралмайды:
    - құрылымдық бөлімшенің келесі алмасуынан бастап патрульге шықпайды; бұрын жазылғаны қалады
    - құрылымдық бөлімше есептен шығарады (001-§22), басшының өкілеттігі сонымен аяқталады
person-leaves-unnamed = осы телефонның иесі
print-none-of = { $person } ({ $id }): { $state }
print-none-refusal = Өтініш бойынша бас тарту (001-§17) басылмайды: бас тарту жоқ. Аумақтық бөлімше: `jasaq register application decide`.
print-none-registration = Тіркеу туралы хабарлама (001-§18) басылмайды: ол тіркелген штаттан тыс қызметкерге ғана арналған. Аумақтық бөлімше: `jasaq register add`.
print-none-exclusion = Жасақ құрамынан шығару туралы хабарлама (001-§19) басылмайды: ол жазылмаған. Аумақтық бөлімше: `jasaq check exclude`.
print-none-strike-off = Есептен шығару туралы хабарлама (001-§22) басылмайды: адам есептен шығарылмаған. Құрылымдық бөлімше: `jasaq strike-off`.
print-none-head = Басшыны тағайындау туралы шешімнен үзінді (001-§7) басылмайды: { $squad } жасағында басшы жоқ немесе бірнешеу. Үйлестіру кеңесі: `jasaq decision appoint-head`.
print-none-training = Құқықтық дайындық жазбасы (001-§11) басылмайды: ондай сабақ жоқ. Сабақтарды `jasaq training list` көрсетеді.
squads-by-phones = Жасақтар, телефондары мен маусымдары бойынша:
squads-by-decision = Жасақтар, кеңестердің шешімдері бойынша:
district-this-office = осы мекеме
district-unnamed = атауы мұнда белгісіз
decision-squad-next = Енді: `jasaq sync`, содан кейін құрылымдық бөлімше: `jasaq squad create`.
check-excluded-next = Енді: `jasaq sync`, содан кейін әкімдік: `jasaq squad remove-member`.
