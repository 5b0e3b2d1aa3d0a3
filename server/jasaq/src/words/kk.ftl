# Бағдарлама айтатын сөздер, қазақша. Үш файлда бірдей хабарлар, бірдей деректер.

## Жазба қай жерде бар

custody-on-this-phone = осы телефонда
custody-at-relay = релеге жетті
custody-with-head = басшыға жетті
custody-with-ss = құрылымдық бөлімшеге жетті

## Осында бар, бірақ есепке алынбайтын жазбалар

unsettled-waiting = авторы туралы мәлімет күтуде
unsettled-held = шектен тыс қалған
unsettled-not-counted = автордың рөлі мұны жасай алмайды
unsettled-not-readable = жаңарақ бағдарлама жазған немесе ережеге сай емес

## Кесте тақырыптары

column-member = мүше
column-role = рөлі
column-name = аты-жөні
column-device = құрылғы
column-certificate = куәлік
column-eligible = патрульге шыға ала ма
column-patrol = патруль
column-started = басталуы
column-entries = жазбалар
column-state = күйі
column-what = не
column-up = жіберілді
column-down = алынды

## Құру және қосылу

founded = Аумақ құрылды. Оның түбір кілті: { $root }.
founded-next = Енді: осы кілтпен `jasaq relay --data relay.db --trust` релесін іске қосыңыз, содан кейін `jasaq device relay URL` және `jasaq sync`.
sheet-root = jasaq, { $name } парағы. Үш түбір парағының кез келген екеуі аумақтың түбір кілтін қалпына келтіреді. Оларды әр жерде сақтаңыз. Екеуі кімде болса, аумақ соның қолында.
sheet-successor = jasaq, { $name } парағы. Түбір парақтары жоғалса, мұрагердің үш парағының кез келген екеуі түбірдің орнын басады. Оларды әр жерде сақтаңыз.
sheets-written = Жазылған парақтар: { $count }. Басып шығарып, әр сейфке салыңыз да, файлдарды жойыңыз: түбір кілті басқа еш жерде жоқ.
sheets-printed = Осы алты парақты қазір қағазға түсіріп, әр жерде сақтаңыз: түбір кілті басқа еш жерде жоқ.
sheets-unwritten = Парақ файлдарын жазу мүмкін болмады, сондықтан парақтар осында шығарылды. Жоғалтып алмаңыз.
invited = Код бір құрылғыға арналған: { $role }. Осы құрылғының сағаты бойынша { $until } дейін жарамды.
invited-without-relay = Кодта реленің қайда екені айтылмаған. Реле жұмыс істеп тұрғанда `jasaq device relay URL` орындап, қайта шақырыңыз, немесе қосылушы `--relay URL` көрсетсін.
invited-next = Кодты тек қосылатын адамға көрсетіңіз. Содан кейін `jasaq sync`; ол қосылған соң қайтадан `jasaq sync` және `jasaq device list`.
invite-office-missing = Бұл компьютер қай мекемеге арналғанын --office арқылы айтыңыз.
invite-office-of-phone = --office мекеме компьютеріне арналған; телефон жасаққа тиесілі, оны --squad арқылы атаңыз.
invite-squad-of-console = --squad телефонға арналған; компьютер мекемеге тиесілі, оны --office арқылы атаңыз.
joined = Бұл осы құрылғының төрт сөзі. Оларды сізді шақырған адамға оқып беріңіз.
joined-next = Енді: `jasaq sync`. Шақырған адам растағанша бәрі осында жазылады, ештеңе жіберілмейді.

## Құрылғылар

device-this = (осы)
device-waits = Күтуде: { $role }, сөздері { $words }
device-expired = Шақырудың мерзімі өтті: жаңасын жасаңыз.
device-rivals = Назар аударыңыз: осы шақырумен { $count } құрылғы күтіп тұр, яғни кодты басқа біреу де көрген. Ешкімді қоспаңыз, жаңа шақыру жасаңыз.
device-confirm-next = Адам сөздерді сізге оқып берсін. Сөздер бірдей болса: `jasaq device confirm СӨЗДЕР`, содан кейін `jasaq sync`.
device-confirmed = Қосылды: { $role }, мүше { $member }.
device-confirmed-next = Құрылғы бұл туралы білуі үшін `jasaq sync` орындаңыз.
relay-kept = Реле жауап береді, оның кім екені есте сақталды: бұл мекенжайда басқамен сөйлеспейміз.
relay-kept-unseen = Мекенжай есте сақталды. Реле қазір жауап бермейді; оның кім екені алғашқы алмасуда сұралады.
relay-not-an-address = Бұл реленің мекенжайы емес. Ол былай жазылады: http://127.0.0.1:7340.
relay-cleartext = http тек осы машинаға барады. Солай керек болса, --allow-cleartext қосыңыз: жазбалар бәрібір мөрленген, бірақ кімнің кіммен байланысатыны көрінеді.
relay-tls-later = https келесі нұсқада болады. Оған дейін реле осы машинада немесе --allow-cleartext арқылы қолжетімді.

## Жасақтар

squad-made = Жасақ құрылды, { $season } маусымының кеңістіктерімен.
squad-made-next = Енді: `jasaq invite --role head`, содан кейін `jasaq sync`.
card-written = { $member } мүшесінің карточкасы жазылды. Жасақ телефондарына келесі алмасуда жетеді.
card-none = карточкасы әлі жоқ
card-eligible = иә, { $day } күнгі дерек
card-not-eligible = жоқ, { $day } күнгі дерек

## Патрульдер мен жазбалар

patrol-none = Мұнда әзірге бірде-бір патруль жоқ.
patrol-none-open = Мұндағы патрульдердің бәрі аяқталған. Жаңасын бастаңыз: `jasaq patrol start`, немесе керегін атаңыз.
patrol-started = Патруль басталды. Жазу: `jasaq entry add`, көру: `jasaq patrol show`.
patrol-ended = { $patrol } патрулі аяқталды.
patrol-is-over = аяқталды
patrol-is-under-way = жүріп жатыр
leg-started = Кезең басталды.
leg-ended = Кезең аяқталды.
leg-unknown = Бұл патрульде ондай кезең жоқ. Кезеңдерді `jasaq patrol show --json` көрсетеді.
leg-too-many-members = Кезеңде 32 мүшеден артық болмайды, { $members } немесе одан көп аталды. Екінші кезеңді бастаңыз.
entry-written = Жазба осы құрылғыда сақталды.
entries-written = Жазылды: { $written }. Қабылданбаған жолдар: { $refused }.
entry-line-refused = { $line }-жол жазылмады.
text-not-utf8 = Мәтін UTF-8 емес. UTF-8 етіп сақтап, қайта беріңіз.
activity-codes = Бұлар бір-біріне сай емес. border_service пен inspection үшін өз --kind және --mode керек; prevention үшін --object, detain_deliver үшін --receiver болуы мүмкін, force үшін ештеңе.
position-off-the-globe = Мұндай жер жоқ: --lat -90 мен 90, --lon -180 мен 180 аралығында. Орын анықталмаса, екеуін де көрсетпеңіз.
position-zero = 0,0 дегенді орнын білмейтін қабылдағыш айтады. Орын анықталмаса, --lat пен --lon көрсетпеңіз.
position-not-a-distance = --accuracy мен --alt метрмен көрсетіледі.
prefix-not-one = Белгі алғашқы таңбаларымен аталады, кемінде { $digits }: 0-9 және a-f.
prefix-of-several = { $prefix } таңбаларынан { $count } белгі басталады. Көбірек таңба көрсетіңіз.

## Журнал

log-of = Патруль { $patrol }
log-controller = бақылаушы: { $name }
log-leader = жетекші: { $name }
log-points = { $segments } кесіндіде { $points } нүкте
log-recorded-at = { $time } жазылған
log-gps-time = спутник бойынша { $time }
log-unsettled = Осында бар, бірақ есепке алынбайды:

## Күйі және алмасу

status-role = Осы құрылғы: { $role }
status-joining = Құрылғы қосылуды күтіп тұр. Оның төрт сөзі: { $words }
status-not-in = Бұл құрылғы қосылмаған.
status-own-entries = Өз жазбалары: { $count }
status-entries = Мұндағы барлық жазба: { $count }
status-relay = Реле: { $relay }
status-no-relay = Реле көрсетілмеген. Көрсету: `jasaq device relay URL`.
status-pending = Жазылған, әлі мөрленбеген: { $count }
status-outbox = Реле растамаған конверттер: { $count }
status-refused = Реле қабылдамаған конверттер: { $count }
status-waiting = Түсіндірмесін күтіп тұрғандар: { $count }
status-held = Шектен тыс қалғандар: { $count }
status-not-counted = Есепке алынбайтындар: { $count }
sync-under-way = алмасу жүріп жатыр
sync-envelopes = конверттер
sync-bytes = байттар
sync-requests = сұраулар
sync-refused = Реле { $count } конвертті сақтамады. Олар осында қалады; оларды `jasaq status` санайды.
sync-not-kept = Келген { $count } конвертті сақтау мүмкін болмады; олар қайта сұралады.
sync-rewound = Реле { $count } кеңістіктің өткенін жоғалтқан; ол қайта жіберіледі.
sync-joins-wait = Қосылуды сұраған құрылғылар: { $count }. `jasaq device list` қараңыз.

## Файлдар

satchel-packed = Салынған конверттер: { $envelopes }, { $bytes } байт. Файлды кім болса да алып жүре алады; ішін тек мүшелер аша алады.
satchel-unpacked = Жаңа конверттер: { $new }. Бұрыннан бары: { $known }.
satchel-waiting = { $count } конверт алдындағысын күтіп тұр; оны толығырақ дорба немесе реле жеткізеді.
satchel-refused = { $count } конверт айтқанындай емес, алынбады.
satchel-cut = Файл үзіліп қалған. Бүтін келгені сақталды; файлды қайта сұрап, тағы бір рет қабылдаңыз.
json-needs-a-file = --json мен файлдың өзі стандартты шығысқа бірге бара алмайды: файлды атаңыз.
file-unreadable = { $file } файлы оқылмайды. Атын және оқу құқығын тексеріңіз.
file-unwritable = { $file } жазылмайды. Ол бұрыннан бар ма, жазу құқығы бар ма, дискіде орын бар ма, тексеріңіз.
import-came = Қабылданды: { $segments } кесіндіде { $points } нүкте, атауы бар { $waypoints } орын.
import-untimed = уақыты жоқ нүктелер: { $count }
import-unreadable-times = оқылмайтын уақыттар, алынбады: { $count }
import-implausible-clocks = сенімсіз уақыттар, белгімен сақталды: { $count }
import-at-zero = 0,0 нүктелері, орын жоғалған жер ретінде сақталды: { $count }
import-unreadable-coordinates = жер шарынан тыс нүктелер, орын жоғалған жер ретінде сақталды: { $count }
import-unreadable-elevations = оқылмайтын биіктіктер, алынбады: { $count }
import-words-shortened = қысқартылған атаулар мен ескертпелер: { $count }
import-not-utf8 = файл UTF-8 емес; оқылмайтын әріптер � болып сақталды
import-breaks-off = файл үзіліп қалған; үзілгенге дейінгісі сақталды
track-exported = { $bytes } байт. Орны анықталмаған, координатасы жоқ жазбалар: { $unplaced }.

## Үй қалтасы

home-unknown = Жүйе деректердің қайда сақталатынын айтпайды. Қалтаны --home немесе JASAQ_HOME арқылы атаңыз.
vault-set-aside-before = Мұнда дала кітапшасы жоқ: бүлінгені { $folder } қалтасында жатыр. Ол қалтаны сақтаңыз, онда жалғыз дана болуы мүмкін, құрылғыларға қарайтын адамға көрсетіңіз. Қайта бастау: жаңа шақырумен `jasaq join`.
passphrase-file-unusable = { $file } құпия сөз файлы жарамайды. Атын және оқу құқығын тексеріңіз.
passphrase-file-open = { $file } құпия сөз файлын басқалар оқи алады. Оған `chmod 600` орындаңыз; біреу оқып қойған болса, құпия сөзді ауыстырыңыз.
passphrase-empty = { $file } құпия сөз файлының бірінші жолы бос.

## Тексеру

doctor-whole = Қойманың барлық беті бүтін.
doctor-damaged = Қойма бүлінген. Қазір дорба салыңыз (`jasaq satchel export`), оны басқа құрылғыға апарыңыз, ал мұны құрылғыларға қарайтын адамға көрсетіңіз.
doctor-looked = Құжаттар: { $documents }. Олардағы өзгерістер: { $changes }.
doctor-rebuilt = Көрсеткіштің қайта жасалған жолдары: { $count }
doctor-conflicts = Бір кілтпен екі рет жасалған жазбалар: { $count }. Бұл бағдарламаның қатесі; хабарлаңыз.
doctor-defects = Сай келмейтін өзгерістер: { $count }. Бұл бағдарламаның қатесі; хабарлаңыз.
doctor-set-aside = Бүлінген дала кітапшасы { $folder } қалтасында жатыр. Сақтаңыз: онда жалғыз дана болуы мүмкін.

## Реле

relay-ready = Реле { $address } мекенжайында тыңдап тұр.
relay-ended = Реле тоқтады. Ол растағанның бәрі сақталған.
relay-storage = Реленің { $file } файлы жарамайды. Ол сол күйінде қалдырылды.
relay-runtime = Жүйе жұмыс ағындарын бермейді.
relay-cannot-listen = Реле { $address } мекенжайында тыңдай алмайды. Онда басқа бағдарлама тыңдап тұрған болуы мүмкін.
relay-listen-cleartext = Реле http арқылы сөйлейді, сондықтан тек осы машинада тыңдайды. Алдына TLS прокси қойыңыз немесе --allow-cleartext көрсетіңіз.
relay-broke = Релеге тоқтауға тура келді. Ол растағанның бәрі сақталған; қайта іске қосыңыз.

## Көрсетілім

column-written = жазылды
column-shown = көрсетіледі
column-points = нүкте
column-requests = сұрау
column-bytes-up = жіберілген байт
column-bytes-down = алынған байт
column-custody = қайда бар, растаулар бойынша
demo-stage-setup = құру, шақыру, қосылу: алты құрылғы, бір реле
demo-stage-offline = желісіз: төрт телефон күнді жазады
demo-stage-tracks = жазылған екі тректі қабылдау
demo-stage-satchel = бір телефонның жазбалары файлмен барады
demo-stage-exchange = HTTP арқылы жіберу, алу, растаулар
demo-stage-verdict = барлығы көрсеткенді салыстыру
demo-stage-close = жабу
demo-folder-in-use = { $folder } қалтасында бір нәрсе бар. Жоқ немесе бос қалтаны атаңыз.
demo-relay-not-started = Көрсетілімнің релесі іске қосылмады.
demo-relay-not-ended = Көрсетілімнің релесі дұрыс тоқтамады.
demo-sum = барлығы
demo-with-ss = құрылымдық бөлімшеде { $total } жазбаның { $count } бар
demo-satchel = Файлмен, бір телефоннан екіншісі арқылы: жаңа конверт { $new }, { $bytes } байт.
demo-rounds = Әр құрылғы бір реттен байланысқан айналымдар: жіберуге { $push }, алуға { $pull }, растауларға { $acks }. Реленің файлы: { $bytes } байт.
demo-patrol-alike = { $patrol } патрулі: жасақ кеңістігінің бес мүшесі де бірдей журнал көрсетеді (таңбасы { $digest }).
demo-patrol-differs = { $patrol } патрулі: жасақ кеңістігінің мүшелері ӘРТҮРЛІ журнал көрсетеді.
demo-well = Желісіз жазылған жазбалар: { $written }. Жоғалғаны: { $lost }. Барлығы бірдей көрсетеді.
demo-not-well = Желісіз жазылған жазбалар: { $written }. Жоғалғаны: { $lost }. Бұл бағдарламаның қатесі; хабарлаңыз.
demo-kept = Бәрі { $folder } қалтасында қалды. Байқап көруге тұрарлық:
