# Where people, squads and certificates stand.

person-state-proposed = тізіммен ұсынылған
person-state-applied = өтініш берген
person-state-in-check = тексерілуде
person-state-excluded = құрамынан шығаруға жатады
person-state-off-roster = құрамынан шығарылған
person-state-refused = бас тартылған
person-state-approved = оң шешім қабылданған
person-state-registered = тіркелген
person-state-certified = тіркелген, куәлігі бар
person-state-trained = тіркелген, құқықтық дайындаудан өткен
person-state-active = тіркелген, куәлігі бар, құқықтық дайындаудан өткен
person-state-struck-off = есептен шығарылған, өзіне әлі хабарланбаған
person-state-notified = есептен шығарылған

squad-state-created = құрылған
squad-state-headed = басшысы бар
squad-state-headless = басшысы жоқ

certificate-status-issued = берілген
certificate-status-lost = жоғалған
certificate-status-reprinted = қайта басылған
certificate-status-struck-off = иесі есептен шығарылған

# What is odd about a record.

record-flag-excluded-and-registered = шығарылуға жатады, бірақ тіркелген
record-flag-excluded-on-roster = шығарылуға жатады, бірақ әлі жасақ құрамында
record-flag-registered-unchecked = үш тексерусіз тіркелген
record-flag-registered-off-roster = тіркелген, бірақ ешбір жасақ құрамында жоқ
record-flag-registered-twice = бірнеше рет тіркелген
record-flag-certificate-before-registration = куәлік тіркеуге дейін берілген
record-flag-certificates-several = бірнеше куәлік берілген
record-flag-not-struck-off = мән-жай туындаған, бірақ есептен шығарылмаған
record-flag-not-told = есептен шығарылған, бірақ өзіне хабарланбаған
record-flag-struck-off-on-roster = есептен шығарылған, бірақ әлі жасақ құрамында

# Why somebody may not go on patrol. Which circumstance it is stands nowhere here.

ineligible-struck-off = есептен шығарылған
ineligible-circumstance = қатысуды болғызбайтын мән-жай туындаған
ineligible-not-registered = тіркелмеген
ineligible-off-roster = ешбір ерікті жасақ құрамында жоқ
ineligible-no-certificate = көрсететін куәлігі жоқ
ineligible-not-trained = құқықтық дайындаудан өтпеген

# Why the register does not take something, and what to do.

register-refused-day-in-future = Бұл күн әлі келген жоқ. Болған күнін көрсетіңіз.
register-refused-squad-unknown = Мұндай жасақты құру туралы кеңестің шешімі мұнда жоқ. Атауын тексеріңіз немесе алдымен шешімді енгізіңіз.
register-refused-squad-exists = Мұндай атауы бар жасақ бұрыннан бар. Басқа атау беріңіз.
register-refused-person-unknown = Мұндай адам мұнда жоқ. Аты-жөнін немесе нөмірін тексеріңіз.
register-refused-several-meant = Бұл атауға бірнеше адам немесе жасақ сәйкес келеді. Нөмірін көрсетіңіз.
register-refused-list-unknown = Мұндай тізім мұнда жоқ. Нөмірін тексеріңіз.
register-refused-list-received = Бұл тізімнің түскені бұрын жазылған. Тексеруге кірісе беріңіз.
register-refused-list-withdrawn = Бұл тізім қайтарып алынған. Жергілікті атқарушы органнан жаңа тізім сұраңыз.
register-refused-not-on-roster = Бұл адам жасақ құрамында жоқ. Алдымен жергілікті атқарушы орган оны тізімге енгізеді.
register-refused-head-not-of-squad = Басшы осы жасақтың ерікті жасақшылары қатарынан тағайындалады. Жасақ мүшесін таңдаңыз.
register-refused-second-head = Жасақтың басшысы бар, оның өкілеттігі жалғасуда. Жаңа басшы ол аяқталғаннан кейін тағайындалады.
register-refused-not-in-check = Тексеретін ештеңе жоқ: тізім де, өтініш те түспеген. Алдымен оның түскенін жазыңыз.
register-refused-not-checked = Үш есептің бәрінен жауап алынбаған. Қалған тексерулердің нәтижесін енгізіңіз.
register-refused-circumstance-found = Қатысуды болғызбайтын мән-жай анықталған. Бұл адам тіркелмейді, оны құрамынан шығару туралы хабарлаңыз.
register-refused-nothing-found = Қатысуды болғызбайтын мән-жай жазылмаған. Алдымен тексеру нәтижесін немесе мән-жайды енгізіңіз.
register-refused-excluded = Бұл адам туралы құрамынан шығару хабарламасы берілген, сондықтан ол тіркелмейді. Қайта тек жаңа тізіммен ұсынылады.
register-refused-excluded-already = Бұл адамды құрамынан шығару туралы бұрын хабарланған. Жергілікті атқарушы органның жауабын күтіңіз.
register-refused-not-approved = Өтініш бойынша оң шешім жоқ. Алдымен шешімді енгізіңіз.
register-refused-decided-already = Бұл өтініш бойынша шешім бұрын жазылған. Қате болса, алдымен оны қайтарып алыңыз.
register-refused-registered-already = Бұл адам бұрын тіркелген. Куәлік беруге болады.
register-refused-not-registered = Бұл адам тіркелмеген. Алдымен тіркеуді енгізіңіз.
register-refused-not-supervised = Бұл жасаққа әлі ешбір құрылымдық бөлімше басшылық етпейді. Алдымен оны көрсетіңіз.
register-refused-certificate-exists = Бұл адамның куәлігі бар. Ол жоғалса немесе бүлінсе, қайта басыңыз.
register-refused-number-taken = Бұл нөмір басқа куәлікте тұр. Бос нөмірді алыңыз.
register-refused-certificate-unknown = Мұндай куәлік мұнда жоқ. Нөмірін тексеріңіз.
register-refused-lost-already = Бұл куәліктің жоғалғаны бұрын жазылған. Оны қайта басуға болады.
register-refused-struck-off = Бұл адам есептен шығарылған. Қайта тек жаңа тізіммен немесе өтінішпен қабылданады.
register-refused-not-struck-off = Бұл адам есептен шығарылмаған. Алдымен есептен шығаруды енгізіңіз.
register-refused-death-is-health = Қайтыс болу 15-тармақтың 4) тармақшасына ғана жатады. Осы негізді таңдаңыз.
register-refused-notice-to-the-dead = Қайтыс болған адамға хабарланбайды. Ештеңе жазудың қажеті жоқ.
register-refused-nothing-to-tell = Хабарлайтын ештеңе жоқ: ондай шешім, тіркеу немесе есептен шығару жазылмаған. Алдымен соны енгізіңіз.
register-refused-member-taken = Бұл телефон басқа адамдікі деп жазылған. Алдымен сол жазбаны қайтарып алыңыз.
register-refused-not-yours-to-withdraw = Мұндай жазба мұнда жоқ немесе оны сіз қайтарып ала алмайсыз. Оны жасаған органға жүгініңіз.
register-refused-individual-form = Жеке нысан үшін Қағидаларда тіркеу жоқ. Мұндай адам тек хабарлайды.
register-refused-not-this-office = Мұны басқа орган жасайды. Сол органның бағдарламасында орындаңыз.
