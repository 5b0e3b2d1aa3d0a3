# How, where and with what a patrol goes: modes and parts of the border space in the terms of 001-§3 and 001-§10;
# means of moving, ways of noting and what a position is worth in plain words of ours.

activity-mode-independent = самостоятельно
activity-mode-joint = совместно
activity-mode-both = самостоятельно и совместно

area-component-state-border = Государственная граница
area-component-border-zone = территория до внешних пределов пограничной зоны
area-component-internal-waters = внутренние воды
area-component-territorial-waters = территориальные воды
area-component-crossing-point = пункт пропуска
area-component-other-crossing-place = иное место, где осуществляется пропуск
area-component-fishing-zone = рыболовная зона
area-component-continental-shelf = континентальный шельф
area-component-airspace = воздушное пространство

patrol-phase-planned = запланирован
patrol-phase-assigned = запланирован, состав назван
patrol-phase-start-overdue = опаздывает: должен был выйти
patrol-phase-under-way = на выходе
patrol-phase-return-overdue = опаздывает: должен был вернуться
patrol-phase-ended = вернулся
patrol-phase-cancelled = отменён

answer-comes = придёт
answer-does-not-come = не придёт

can-come-yes = может
can-come-no = не может

plan-refused-no-plan = Плана этого патруля нет, или он отменён; ничего не записано. Сначала составьте план.
plan-refused-started = Этот патруль уже вышел; ничего не записано. То, что происходит теперь, записывается в его журнал.
plan-refused-plans-apart = Планы этого патруля составлены порознь и действуют все; ничего не записано. Исправьте план ещё раз: это заменит их.
plan-refused-in-the-past = По этому плану патруль вернулся бы раньше, чем сейчас; ничего не записано. Проверьте день и час.
plan-refused-no-card = О ком-то из названных карточка структурного подразделения ещё не пришла; ничего не записано. Сначала обменяйтесь или не называйте его.
plan-refused-not-eligible = Кто-то из названных не может выходить на патрулирование; ничего не записано. Не называйте его.
plan-refused-not-named = Владелец этого телефона не назван в составе этого патруля; ничего не записано.
plan-refused-leader-stays-at-home = Старший идёт с патрулём; ничего не записано. Назовите его в составе или другого старшего.
plan-refused-too-many = В одном патруле не бывает столько людей; ничего не записано.
plan-refused-end-not-after-start = Патруль закончился бы раньше, чем начался; ничего не записано. Проверьте оба времени.
plan-refused-too-long = Патруль не выходит больше чем на две недели; ничего не записано. Проверьте день возвращения.

transport-on-foot = пешком
transport-horse = верхом
transport-vehicle = на машине
transport-boat = на лодке
transport-ski = на лыжах
transport-other = иначе

source-phone = телефон
source-paper = бумага
source-radio = радиосвязь
source-file = файл

position-no-fix = место не определено
position-by-hand = указано вручную
position-mock = подменённое место
position-accuracy-unknown = точность неизвестна
position-measured = ±{ $metres } м
position-measured-weakly = ±{ $metres } м, слабо
