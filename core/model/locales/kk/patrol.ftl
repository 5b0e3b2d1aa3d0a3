# How, where and with what a patrol goes: modes and parts of the border space in the terms of 001-§3 and 001-§10;
# means of moving, ways of noting and what a position is worth in plain words of ours.

activity-mode-independent = дербес
activity-mode-joint = бірлесіп
activity-mode-both = дербес және бірлесіп

area-component-state-border = Мемлекеттік шекара
area-component-border-zone = шекаралық аймақтың сыртқы шектеріне дейінгі аумақ
area-component-internal-waters = ішкі сулар
area-component-territorial-waters = аумақтық сулар
area-component-crossing-point = өткізу пункті
area-component-other-crossing-place = өткізу жүзеге асырылатын өзге де орын
area-component-fishing-zone = балық аулау аймағы
area-component-continental-shelf = континенттік қайраң
area-component-airspace = әуе кеңістігі

patrol-phase-planned = жоспарланған
patrol-phase-assigned = жоспарланған, құрамы айтылған
patrol-phase-start-overdue = кешігіп жатыр: шығуға тиіс еді
patrol-phase-under-way = жолда
patrol-phase-return-overdue = кешігіп жатыр: оралуға тиіс еді
patrol-phase-ended = оралды
patrol-phase-cancelled = болмайды

answer-comes = келеді
answer-does-not-come = келмейді

can-come-yes = келе алады
can-come-no = келе алмайды

plan-refused-no-plan = Бұл патрульдің жоспары жоқ не ол болмайтын болған; ештеңе жазылмады. Алдымен жоспарлаңыз.
plan-refused-started = Бұл патруль шығып кеткен; ештеңе жазылмады. Қазіргі болып жатқан оның журналына жазылады.
plan-refused-plans-apart = Бұл патрульдің жоспарлары бөлек жасалған, бәрі күшінде; ештеңе жазылмады. Жоспарды тағы бір рет түзетіңіз: ол бәрінің орнына болады.
plan-refused-in-the-past = Бұл жоспар бойынша патруль қазіргіден бұрын оралар еді; ештеңе жазылмады. Күні мен сағатын тексеріңіз.
plan-refused-no-card = Аталғандардың біреуі туралы құрылымдық бөлімшенің карточкасы келмеген; ештеңе жазылмады. Алдымен алмасыңыз не оны атамаңыз.
plan-refused-not-eligible = Аталғандардың біреуі патрульге шыға алмайды; ештеңе жазылмады. Оны атамаңыз.
plan-refused-not-named = Осы телефонның иесі бұл патрульдің құрамында аталмаған; ештеңе жазылмады.
plan-refused-leader-stays-at-home = Аға адам патрульмен бірге барады; ештеңе жазылмады. Оны құрамда атаңыз не басқа аға атаңыз.
plan-refused-too-many = Бір патрульде мұнша адам болмайды; ештеңе жазылмады.
plan-refused-end-not-after-start = Патруль басталмай тұрып аяқталар еді; ештеңе жазылмады. Екі уақытты да тексеріңіз.
plan-refused-too-long = Патруль екі аптадан артыққа шықпайды; ештеңе жазылмады. Оралатын күнін тексеріңіз.

transport-on-foot = жаяу
transport-horse = атпен
transport-vehicle = көлікпен
transport-boat = қайықпен
transport-ski = шаңғымен
transport-other = басқаша

source-phone = телефон
source-paper = қағаз
source-radio = радиобайланыс
source-file = файл

position-no-fix = орны анықталмаған
position-by-hand = қолмен қойылған
position-mock = жалған орын
position-accuracy-unknown = дәлдігі белгісіз
position-measured = ±{ $metres } м
position-measured-weakly = ±{ $metres } м, әлсіз
