# The flags of a log and the kinds of statement; ours, in plain words.

flag-no-plan = патруль вышел без плана
flag-no-controlling-representative = не указан контролирующий представитель структурного подразделения
flag-started-twice = начало патрулирования записано несколько раз
flag-ended-twice = окончание патрулирования записано несколько раз
flag-ended-without-start = есть окончание, но нет начала
flag-end-before-start = окончание раньше начала
flag-no-fix = место не определено
flag-clock-implausible = показание часов неправдоподобно
flag-happened-after-recorded = указанное время позже времени записи
flag-track-untimed = в треке есть точки без времени
flag-fix-lost = в пути терялось место
flag-track-incomplete = часть трека ещё не поступила

kind-patrol-started = патруль вышел
kind-leg-started = этап начат
kind-leg-ended = этап окончен
kind-patrol-ended = патруль вернулся
kind-entry = запись
kind-track = трек
kind-waypoint = точка
kind-squad-card = карточка дружинника
kind-squad = добровольная дружина
kind-name-on = внесён в список
kind-name-off = исключён из списка
kind-attachment = вложение
kind-attachment-held = вложение получено целиком
