# How far a person's record, a squad or a certificate has come, who may go on patrol, and what the register does not take.

person-state-proposed = тізімде
person-state-applied = өтініш берді
person-state-in-check = тексерілуде
person-state-excluded = құрамынан шығарылуға тиіс
person-state-off-roster = құрамынан шығарылды
person-state-refused = бас тартылды
person-state-approved = оң шешім қабылданды
person-state-registered = тіркелген
person-state-certified = тіркелген, куәлігі бар
person-state-trained = тіркелген, дайындықтан өткен, куәлігі жоқ
person-state-active = патрульге шыға алады
person-state-struck-off = есептен шығарылды, хабарланған жоқ
person-state-notified = есептен шығарылды

record-flag-excluded-and-registered = шығарылуға тиіс, бірақ тіркелген
record-flag-excluded-on-roster = шығарылуға тиіс, бірақ әлі тізімде
record-flag-registered-unchecked = үш тексерудің бәрі өтпей тіркелген
record-flag-registered-off-roster = тіркелген, бірақ ешбір жасақтың тізімінде жоқ
record-flag-registered-twice = бірнеше рет тіркелген
record-flag-certificate-before-registration = куәлік тіркеуден бұрын берілген
record-flag-certificates-several = бірнеше куәлігі бар
record-flag-not-struck-off = мән-жай туындаған, есептен шығарылған жоқ
record-flag-not-told = есептен шығарылды, хабарланған жоқ
record-flag-struck-off-on-roster = есептен шығарылды, бірақ әлі тізімде

certificate-status-issued = берілген
certificate-status-lost = жоғалған
certificate-status-reprinted = қайта басылған
certificate-status-struck-off = иесі есептен шығарылды

squad-state-created = құрылды
squad-state-headed = басшысы бар
squad-state-headless = басшысы жоқ

ineligible-struck-off = есептен шығарылды
ineligible-circumstance = қатысуды болғызбайтын мән-жай туындады
ineligible-not-registered = тіркелмеген
ineligible-off-roster = ерікті жасақтың құрамында жоқ
ineligible-no-certificate = жарамды куәлігі жоқ
ineligible-not-trained = құқықтық дайындығы жазылмаған

register-refused-day-in-future = Көрсетілген күн әлі келген жоқ; ештеңе жазылған жоқ. Күнді тексеріңіз.
register-refused-squad-unknown = Бұл жерде мұндай жасақты құру туралы кеңестің шешімі жоқ; ештеңе жазылған жоқ.
register-refused-squad-exists = Мұндай атаулы жасақ бұрыннан бар; ештеңе жазылған жоқ.
register-refused-person-unknown = Мұндай адам бұл жерде белгісіз; ештеңе жазылған жоқ.
register-refused-several-meant = Бұл атауға бірнеше адам немесе жасақ сәйкес келеді; ештеңе жазылған жоқ. Идентификаторын көрсетіңіз.
register-refused-list-unknown = Мұндай тізім бұл жерде жоқ; ештеңе жазылған жоқ.
register-refused-list-received = Бұл тізімнің алынғаны бұрын жазылған; ештеңе өзгерген жоқ.
register-refused-list-withdrawn = Бұл тізім қайтарып алынған; ештеңе жазылған жоқ.
register-refused-not-on-roster = Адам жасақтың тізімінде жоқ; ештеңе жазылған жоқ.
register-refused-head-not-of-squad = Басшы осы жасақтың ерікті жасақшылары қатарынан тағайындалады; ештеңе жазылған жоқ.
register-refused-second-head = Жасақтың басшысы бар, оның өкілеттігі аяқталған жоқ; ештеңе жазылған жоқ.
register-refused-not-in-check = Тізімнің алынғаны немесе өтініш жазылмаған, сондықтан тексеретін ештеңе жоқ.
register-refused-not-checked = Үш есеп бойынша тексеру әлі аяқталған жоқ; ештеңе жазылған жоқ. Қалған нәтижелерді жазыңыз.
register-refused-circumstance-found = Қатысуды болғызбайтын мән-жай бар; ештеңе жазылған жоқ.
register-refused-nothing-found = Қатысуды болғызбайтын мән-жай жазылмаған, сондықтан хабарлама жіберілмейді.
register-refused-excluded = Адам құрамынан шығарылуға тиіс; ештеңе жазылған жоқ.
register-refused-excluded-already = Бұл адам туралы хабарлама бұрын жіберілген; ештеңе өзгерген жоқ.
register-refused-not-approved = Өтініш бойынша оң шешім жоқ; ештеңе жазылған жоқ.
register-refused-decided-already = Өтініш бойынша шешім бұрын қабылданған; ештеңе өзгерген жоқ.
register-refused-registered-already = Адам бұрыннан тіркелген; ештеңе өзгерген жоқ.
register-refused-not-registered = Адам тіркелмеген: алдымен тіркеу керек. Ештеңе жазылған жоқ.
register-refused-not-supervised = Жасаққа қай құрылымдық бөлімше басшылық ететіні жазылмаған; ештеңе жазылған жоқ. Бөлімшені көрсетіңіз.
register-refused-certificate-exists = Бұл адамның куәлігі бар; ештеңе жазылған жоқ. Жоғалса немесе бүлінсе, қайта басыңыз.
register-refused-number-taken = Бұл нөмірмен куәлік берілген: нөмір аумақта қайталанбайды. Ештеңе жазылған жоқ.
register-refused-certificate-unknown = Мұндай куәлік жоқ; ештеңе жазылған жоқ.
register-refused-lost-already = Бұл куәліктің жоғалғаны бұрын жазылған; ештеңе өзгерген жоқ.
register-refused-struck-off = Адам есептен шығарылған; ештеңе жазылған жоқ. Ол қайта тізімге енгізілсе, жаңа жазба басталады.
register-refused-not-struck-off = Адам есептен шығарылмаған; ештеңе жазылған жоқ.
register-refused-death-is-health = Қайтыс болу 15-тармақтың 4) тармақшасындағы негізге ғана жатады; ештеңе жазылған жоқ.
register-refused-notice-to-the-dead = Қайтыс болған адамға хабарланбайды; ештеңе жазылған жоқ.
register-refused-nothing-to-tell = Хабарлайтын ештеңе жазылмаған.
register-refused-member-taken = Бұл телефонның иесі басқа адам деп жазылған; ештеңе жазылған жоқ. Алдымен соны қайтарып алыңыз.
register-refused-card-from-register = Бұл жасақшы тіркелген: оның карточкасы есептен шығады, қолмен жазылмайды.
register-refused-not-yours-to-withdraw = Мұндай жазба бұл жерде жоқ немесе оны бұл бөлімше қайтарып ала алмайды; ештеңе өзгерген жоқ.
register-refused-individual-form = Жеке нысан үшін мәтінде тіркеу тәртібі жоқ: ондай адам тек 9-тармақ бойынша хабарлай алады.
register-refused-not-this-office = Бұл құрылғының бөлімшесі мұны жасамайды; ештеңе жазылған жоқ.

certificate-number-refused = Бұл куәліктің нөмірі емес: онда цифрлар, ал олардан басқа тек әріптер, сызықшалар, қиғаш сызықтар мен нүктелер болады.
eligibility-yes = Патрульге шыға алады: иә
eligibility-no = Патрульге шыға алады: жоқ: { $reasons }
eligibility-ended = енді шыға алмайды
with-paragraph = { $sentence } ({ $paragraph })
card-eligible = Патрульге шыға алады: құрылымдық бөлімшенің { $day } карточкасы бойынша
card-not-eligible = Енді патрульге шыға алмайды: құрылымдық бөлімшенің { $day } карточкасы бойынша
refused-basis = { $sentence } Негізі: { $paragraph }.
