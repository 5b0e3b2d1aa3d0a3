# What happens on a patrol beside its entries: marks, notices to the subdivision, detention and hand-over, a head's decisions.
# Terms of 001-§9, 10 and 12 and of 002-§14; the rest in plain words of ours.

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
