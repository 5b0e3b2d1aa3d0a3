# What happens on a patrol beside its entries: marks, notices to the subdivision, detention and hand-over, a head's decisions.
# Terms of 001-§9, 10 and 12 and of 002-§14; the rest in plain words of ours.

mark-kind-joined = присоединился к патрулю
mark-kind-certificate-shown = удостоверение предъявлено
mark-kind-pause = остановка
mark-kind-track-gap = разрыв трека

gap-cause-app-closed = телефон закрыл программу
gap-cause-no-fix = место не определялось
gap-cause-battery = батарея разрядилась или замёрзла
gap-cause-switched-off = телефон выключен
gap-cause-other = иная причина

amend-reason-slip = описка
amend-reason-left-out = что-то пропущено
amend-reason-known-better = стало известно точнее
amend-reason-other = иная причина

channel-radio = по радиосвязи
channel-telephone = по телефону
channel-in-person = лично
channel-program = через эту программу

notice-reply-received = получено
notice-reply-confirms-voice = подтверждено: сообщено голосом
notice-reply-not-heard = о таком сообщении не известно

step-kind-grounds-explained = разъяснение оснований мер принуждения
step-kind-unit-told = структурному подразделению сообщено
step-kind-in-delivery = доставляется принимающей стороне
step-kind-measures-told = принимающая сторона сообщила о принятых мерах

duty-trigger-offence-by-foreigner = правонарушение иностранца или лица без гражданства
duty-trigger-offence-against-foreigner = правонарушение против иностранца или лица без гражданства
duty-trigger-circumstance = происшествие или обстоятельство, связанное с иностранцем или лицом без гражданства
duty-trigger-without-papers = доставлен без документов
duty-trigger-detention = задержание
duty-trigger-sudden-death = внезапная смерть

company-alone = один
company-group = в группе

sameness-one = одно событие
sameness-separate = разные события

settled-field-activity = вид деятельности
settled-field-time = время
settled-field-place = место
settled-field-marker = пограничный знак
settled-field-landmark = ориентир
settled-field-count = количество
settled-field-text = текст
settled-field-start = выход
settled-field-end = возвращение
settled-field-mode = самостоятельно или совместно
settled-field-representative = контролирующий представитель
settled-field-area = часть пограничного пространства
settled-field-leader = старший
settled-field-task = задача

excuse-reason-lost = утерян
excuse-reason-broken = сломан
excuse-reason-left-earlier = владелец ушёл раньше
excuse-reason-other = иная причина

attended-attended = был
attended-absent = не был

log-refused-not-there = В этом журнале нет такой записи; ничего не записано. Ключи показаны в журнале.
log-refused-not-yours = Это записал другой, а чужое никто не исправляет и не отзывает; ничего не записано. Между разными записями решает руководитель.
log-refused-taken-back = Это уже отозвано; ничего не записано.
log-refused-not-taken-back = Это не отзывают: план заменяют или отменяют, лист дополняют, отвечают заново; ничего не записано.
log-refused-not-an-entry = Исправляется только запись; ничего не записано. Остальное отзывают и записывают заново.
log-refused-attached-in-a-ring = Патруль не может быть частью самого себя или своей части; ничего не записано.
log-refused-no-case = На этом устройстве нет такого случая; ничего не записано. Переданное ушло с этого телефона: дальше ведёт руководитель или подразделение.
log-refused-nobody-detained = В этом случае никто не задержан; ничего не записано.
log-refused-case-ended = Задержанный уже передан или отпущен; ничего не записано. Чтобы исправить, укажите, что заменяется.
log-refused-not-in-case = В этом случае ничего с таким ключом нет, насколько он здесь читается; ничего не записано. Ключи видны в записи случая.
log-refused-another-kind = Этот ключ у записи другого вида; ничего не записано. Каждое исправляется своим: кто задержан, шаг, передача, освобождение, сила. Записанное по ошибке отзывают.
log-refused-put-right-already = Это уже исправлено или отозвано; ничего не записано. Укажите ключ того, что действует сейчас.
log-refused-put-right-only = Кто задержан и какая сила применена, не отзывают, а исправляют; ничего не записано.
log-refused-no-notice = Такого сообщения здесь нет; ничего не записано. Сначала обменяйтесь.
log-refused-not-told-by-voice = Никто не записал, что об этом сообщили голосом; ничего не записано.
log-refused-too-few-entries = По одной записи решать нечего; ничего не записано.
log-refused-too-many-entries = В одном решении называют не больше восьми записей; ничего не записано. Решайте по частям.
log-refused-nothing-to-decide = Там нет расхождений; ничего не записано.
log-refused-reason-needed = Для другого значения и для «решить нельзя» нужна причина; ничего не записано.
log-refused-excuse-words-needed = Если это ни одна из причин в списке, нужны слова: скажите, почему этого телефона не ждут; ничего не записано.
log-refused-amendment-reason-needed = Для дополнения листа нужна причина; ничего не скреплено.
log-refused-own-phone = Это телефон, на котором вы решаете: всё, что на нём есть, уже здесь, поэтому без него не продолжают. Ничего не записано.
log-refused-nothing-changed = Сказано ровно то, что уже действует; ничего не записано.
log-refused-no-value = Это не значение такого поля; ничего не записано. Время пишут с днём и часовым поясом, место: градусы широты и долготы через запятую.
log-refused-already-so = Так уже записано; ничего не записано.
log-refused-sealed = Лист этого патруля скреплён; ничего не записано. Новое войдёт в дополнение, или подразделение откроет патруль снова.
log-refused-sealer-ended = По карточке подразделения вы больше не в дружине и её листы не скрепляете; ничего не скреплено. Записанное и решённое вами остаётся, лист скрепляет другой руководитель дружины.
log-refused-gates-closed = До скрепления ещё не всё сделано; ничего не скреплено. Что делать, сказано в списке.
log-refused-page-too-long = В патруле больше, чем вмещает один лист (около двадцати тысяч записей); ничего не скреплено. Отзовите присоединение части и скрепите её отдельным листом.
log-refused-no-page = Такого листа здесь нет; ничего не записано. Сначала обменяйтесь.
log-refused-page-incomplete = Части этого листа ещё не пришли; ничего не записано. Сначала обменяйтесь.
log-refused-seal-broken = Скрепление этого листа недействительно: он изменён или скреплён не руководителем; ничего не записано.
log-refused-not-the-last-page = После этого листа или рядом с ним есть другой лист патруля; ничего не записано. Посмотрите листы патруля.
log-refused-not-countersigned = Подразделение не скрепило этот лист; ничего не записано.
log-refused-countersigned = Этот лист уже скреплён подразделением; ничего не записано.
log-refused-entered = Этот лист уже внесён в книгу; ничего не записано.
log-refused-entered-day = Лист вносят в книгу в день патруля или позже, и не днём, который ещё не наступил; ничего не записано.
log-refused-number-taken = Следующего номера нет; ничего не записано.
log-refused-number-twice = Этот номер есть и у другого листа, поэтому ничего не записано. Сначала дайте одному из двух другой номер.
log-refused-number-is-its-own = Другого листа с этим номером нет; ничего не записано.
log-refused-reopened = Этот патруль открыт снова: руководитель скрепит другой лист, его и заверят. Ничего не записано.
log-refused-not-entered = Этот лист ещё не внесён в книгу, исправлять нечего; ничего не записано.
log-refused-numbers-stay = Номера книги остаются, а открытого сезона, в котором это записать, нет: сначала откройте его. Ничего не удалено.
log-refused-changed-meanwhile = Тем временем в этот патруль записали из другого окна или другой программой; ничего не записано. Посмотрите ещё раз.
log-refused-part-is-sealed = У этого патруля уже есть свой лист, поэтому он не становится частью другого; ничего не записано.
log-refused-not-of-squad = Он не из дружины и на этот патруль не назначен; ничего не записано.
log-refused-nothing-new = С тех пор как лист скреплён, ничего нового нет; ничего не скреплено.
log-refused-another-squads = Это патруль другой дружины; ничего не записано. Считайте код своего руководителя.

patrol-code-refused-form = Это не код патруля. Считайте код, который показывает руководитель, или введите то, что стоит рядом с ним.
patrol-code-refused-damaged = В коде ошибка или не хватает части; ничего не записано. Считайте его ещё раз или сверьте по буквам.
patrol-code-refused-newer = Код создан более новой версией программы. Обновите программу; до того начните свой патруль, руководитель присоединит его позже.

case-stage-force-alone = сила, никто не задержан
case-stage-detained = задержан
case-stage-in-delivery = доставляется
case-stage-handed-over = передан
case-stage-released = отпущен
case-gap-nobody-detained = кто задержан, не записано
case-gap-grounds-not-explained = основания мер не разъяснены
case-gap-language-not-said = не указано, на каком языке разъяснены
case-gap-unit-not-told = структурному подразделению не сообщено
case-gap-not-ended = не передан и не отпущен
case-gap-ended-apart = завершено по-разному людьми, которые были порознь
