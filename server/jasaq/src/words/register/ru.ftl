# Что программа говорит о реестре, по-русски. В трёх файлах одни и те же сообщения с одними и теми же данными.

## Headings of tables

column-asked = ответили учёты
column-born = родился
column-day = день
column-consoles = компьютеров
column-district = район
column-office = учреждение
column-squads = дружин
column-due = срок решения
column-head = руководитель
column-id-document = удостоверение личности
column-iin = ИИН
column-line = №
column-lines = число людей
column-list = список
column-military-unit = воинская часть
column-number = номер
column-odd = обратите внимание
column-person = человек
column-print = экземпляр
column-session = занятие
column-reason = для чего
column-taken-back = отозвано
column-topics = темы
column-trained = прошёл подготовку
column-who = кто

## District, decisions, reviews

district-made = Пространство района создано: в нём совет, акимат и подразделения видят дружины и их списки.
district-made-next = Дальше: `jasaq sync`, затем пригласите акимат и совет под теми же названиями: `jasaq invite --role leb` и `--role cc`.
district-none = Районов здесь нет.
district-nobody-yet = пока никто не вступил
district-named-twice = Дружины одного района называют его по-разному; как правило, это описка. Исправляет совет: `jasaq district rename`.
district-renamed = Район называется теперь { $district }; дружин: { $squads }.
district-missing = Назовите район: `--district`. Другие дружины этого совета его не называют; ничего не записано.
district-offices-empty = Ни один компьютер ещё не вступил от имени: { $offices }. Если одно из названий — описка, создайте район заново с верным: под неверным никто не вступит.
decision-squad-created = Решение о создании дружины { $squad } записано. Идентификатор: { $id }.
decision-head-appointed = { $person }: решение о назначении руководителем дружины { $squad } записано.
decision-of-creation = создание дружины
decision-of-head = руководитель: { $person }
decision-of-head-ended = руководитель: { $person }, полномочия окончены { $day }
decision-taken-back = отозвано: { $reason }
decision-none = Решений совета здесь нет.
review-never = Совет ещё не просматривал списки.
review-since = Совет последний раз просматривал { $day }. Новое с тех пор:
review-nothing-new = Ничего нового.
review-many-names = { $name } и ещё имён: { $more }; все они в `jasaq squad roster`, с ключами в `--json`
review-vacancies = Без руководителя: { $squads }
review-done = Записано, что просмотрено: что придёт после этого, для совета ново.
review-remarked = Замечание записано.
register-next-sync = Дальше: `jasaq sync`, чтобы узнали и другие.

## Squads of the register

squad-supervised = Пространства дружины уже есть; теперь записано, что ею руководит это подразделение.
squad-made-undecided = Решение совета о создании дружины (001-§7, R03) не записано: этот компьютер не читает пространства ни одного совета. Когда решение придёт, повторите `jasaq squad create`.
squad-show = Дружина { $squad }, { $district }: { $state }. Руководитель: { $head }
squad-decision = Создана решением совета № { $number } от { $day } (001-§7).
squad-remark = Замечание совета: { $text }
squad-claim = Руководство указано подразделением { $office }: телефоны { $roll }, ключ { $key }
squad-head-ended = Полномочия ({ $person }) окончены { $day }: указано подразделением { $office }, ключ { $key }
squad-head-ended-contested = О руководстве этой дружиной заявили несколько подразделений, и любое из них могло окончить полномочия. Если это ошибка, её отзывает подразделение, которое её записало, командой `jasaq register withdraw`; если оно этого не делает, обратитесь в территориальное подразделение: оно может удалить его консоль вместе с записанным.
squad-head-vacant = вакансия
squad-head-several = действуют несколько назначений
squad-odd-no-decision = номер и день решения о создании не записаны (R03)
squad-odd-several-heads = руководитель должен быть один; координационный совет отзывает лишние: `jasaq decision withdraw`
squad-odd-several-units = несколько подразделений указали, что руководят ею: все, кроме одного, отзывают это командой `jasaq register withdraw`
squad-odd-head-unregistered = руководитель не зарегистрирован, насколько читает это учреждение (001-§7, 19)
squad-odd-head-off-roster = руководителя нет в списке дружины, а он назначается из её дружинников (001-§7); координационный совет: `jasaq decision withdraw`, или акимат вносит его в список
roster-taken-off = { $person } ({ $id }): исключение из списка дружины { $squad } записано:
roster-take-off = Если { $person } ({ $id }) исключается из списка дружины { $squad }:
meant-not-these = Из нескольких записей на это имя подразумевается та, что продолжается, или та, о которой спрошено. Остальные, по идентификаторам: { $ids }

## Lists

list-squad-not-known = В заголовке списка названа дружина, которой здесь нет, или таких несколько; ничего не записано. Если имеется в виду другая, назовите её: `--squad`.
list-none = Списков здесь нет.
list-unknown-next = `jasaq sync` приносит новое, а `jasaq list list` показывает списки с их номерами.
list-received-already-next = Кто в нём стоит, показывает `jasaq list show`, как идёт проверка, `jasaq check show`.
list-withdrawn-next = Какие списки в силе, показывает `jasaq list list`. Исправленный список отправляет `jasaq list import`.
list-with-its-list-next = Список целиком отзывает `jasaq list withdraw`, одного человека исключает `jasaq squad remove-member`.
roster-not-on-next = Кто в нём стоит: `jasaq squad roster`.
list-head = Список № { $number } от { $day }: { $state }
list-state-sent = получение не записано
list-state-received = получен { $day }
list-state-withdrawn = отозван: { $reason }
list-number-twice = другое рабочее место акимата тоже отправило список с этим номером: { $lists }; если один из них ошибочен, акимат его отзывает
list-received = Получение списка записано, проверка началась.
list-received-copies = У некоторых из списка проверка уже окончена, копии их документов удалены: { $count }. При следующем обмене они исчезнут у всех.
list-received-next = Дальше: `jasaq check show`, затем по каждому человеку `jasaq check record`. Срока для этой проверки в тексте нет (001-§19).
list-withdrawal = Если список № { $number } от { $day } отзывается:
list-withdrawn = Список № { $number } от { $day } отозван целиком:
withdrawal-off = исключается из списка дружины
withdrawal-stays = остаётся: его называет другой список
withdrawal-stays-with-others = остаётся: его внёс и другой акимат
withdrawal-in-check = - он у территориального подразделения с { $day }: для тех, кто ещё не зарегистрирован, проверка прекращается
withdrawal-registered-stay = - кто с тех пор зарегистрирован, остаётся на учёте; кто это, здесь не видно, а снимает с учёта только структурное подразделение, по основанию из 001-§15 (001-§22)
withdrawal-registered-stays = - если он зарегистрирован, он остаётся на учёте; здесь этого не видно, а снимает с учёта только структурное подразделение, по основанию из 001-§15 (001-§22)
withdrawal-as-noticed = - этого требует уведомление территориального подразделения от { $day } (001-§19)
withdrawal-head-off = - { $person } возглавляет дружину; назначение действует, пока совет его не отзовёт или не прекратит снятие с учёта (001-§7)
withdrawal-name-stays = - остаётся в списке: его внёс и другой акимат; снимается только запись этого акимата
withdrawal-roster-empty = - в списке дружины никого не остаётся
withdrawal-papers = - копии и другие бумаги удаляются, здесь сразу, у всех остальных, когда об этом узнает территориальное подразделение: { $count }
withdrawal-apply-next = Ничего не записано. `--apply` делает это.
decision-withdrawal = Если это решение о дружине { $squad } отзывается:
decision-withdrawn = Решение о дружине { $squad } отозвано:
decision-undoes-squad = - дружины больше нет: списков для неё быть не может, назначения в ней недействительны
decision-undoes-head = - у дружины больше нет руководителя
decision-undoes-appointment = - назначение считается несостоявшимся; кто руководит дружиной, не меняется
list-before = прежняя запись { $id }: { $state }
list-before-struck-off = прежняя запись { $id }: снят с учёта { $day } (001-§15, 22); это не препятствие, начинается новая запись
list-before-excluded = прежняя запись { $id }: уведомление об исключении от { $day } (001-§19); это не препятствие, начинается новая запись
list-erased-by-unit = структурное подразделение стёрло эту запись, и по ней больше не регистрируют: сообщите акимату, он отзывает список (`jasaq list withdraw`) и подаёт человека снова с ответом, что начинается новая запись (`--answer CELL=anew`)

## Checks

check-recorded = { $person }: записано. Ответили учёты: { $asked } из { $all }.
check-asked = { $asked } из { $all }
check-not-asked = ответ не записан
check-none = На проверке никого нет.
check-next-register = Дальше: `jasaq register add PERSON --section SECTION`.
check-next-missing = Нужны ответы остальных учётов; это подразделение: `jasaq check record`.
check-next-exclude = Есть обстоятельство, исключающее участие: о человеке из списка акимату `jasaq check exclude`, по заявлению `jasaq register application decide … refused`.
check-next-stands = Прежний ответ одного из учётов называет обстоятельство, исключающее участие, и он в силе. Если он записан по ошибке: `jasaq register withdraw KEY --reason …`; KEY показывает `jasaq person show … --sensitive --reason …`.
check-excluded = { $person }: уведомление акимату об исключении из состава записано, без основания (001-§19).
check-offence-recorded = Умышленное административное правонарушение записано.
check-offence-next = Если записано по ошибке: `jasaq register withdraw KEY --reason …`; ключ показывает `jasaq person show … --sensitive`.
check-offence-repeated = Второе за год: это исключает участие (001-§15(2)). О зарегистрированном обстоятельство записано само, с учёта снимает структурное подразделение; о незарегистрированном `jasaq check exclude`.

## Register and applications

register-added = { $person }: зарегистрирован.
register-added-next = Дальше: `jasaq certificate issue`, затем `jasaq sync`.
application-received = Заявление записано ({ $id }). Решение принимается до { $due } (001-§17).
application-received-next = Дальше: `jasaq check record`. Сроки: `jasaq register application list`.
application-odd-next = Заявление не записано. Исправьте и повторите `jasaq register application receive`; если верно так, как написано: `--as-written`.
application-wrong-next = Заявление не записано. Исправьте и повторите `jasaq register application receive`.
application-decided = { $person }: { $outcome }.
application-refused-next = Сообщите заявителю без указания причин (001-§17): `jasaq person told … --about refusal`.
application-none = Заявлений здесь нет.
iin-refused = ИИН не принят, ничего не записано: в нём двенадцать цифр, последняя проверяет остальные. Сверьте с документом.

## The papers that are issued

paper-issued = { $person }: выдача удостоверения № { $number } записана.
paper-issued-next = Дальше: `jasaq sync`, затем правовая подготовка, структурное подразделение: `jasaq training record`.
paper-lost = { $person }: утеря удостоверения записана, оно больше не действительно.
paper-lost-next = Дальше: `jasaq certificate reprint … --cause lost`, затем `jasaq sync`.
paper-reprinted = { $person }: удостоверение печатается заново под тем же номером, экземпляр { $print }; прежние больше не действительны.
paper-contested = номер выдан дважды
paper-print-twice = экземпляр сделан дважды
paper-contested-next = Два компьютера одновременно выдали один номер. Отзовите одно удостоверение (`jasaq register withdraw KEY`) и выдайте под другим номером.
paper-none = Ни одного удостоверения не выдано.

## Training, circumstances, strike-offs

training-recorded = Правовая подготовка записана, участников: { $count }.
training-none = Правовая подготовка не записана.
strike-off-incomplete = Укажите, кого и на каком основании (--ground) снять с учёта; ничего не записано.
strike-off-would-be = Если { $person } ({ $id }) снять с учёта с { $day }:
strike-off-done = { $person } ({ $id }): снят с учёта с { $day }:
strike-off-ends-patrols = - не может выходить на патрулирование; телефоны узнают при следующем обмене, записанное раньше остаётся
strike-off-ends-certificate = - удостоверение № { $number } недействительно
strike-off-ends-headship = - оканчиваются полномочия руководителя дружины { $squad } (001-§7)
strike-off-leaves-roster = - остаётся в списке дружины; акимат: `jasaq squad remove-member`
strike-off-apply-next = Ничего не записано. Сделает это `--apply`.
strike-off-tell-next = Дальше: `jasaq sync`, затем уведомите человека (001-§22): `jasaq person told … --about strike_off --way …`.
circumstance-recorded = { $person }: обстоятельство записано, на патрулирование больше не выходит.
circumstance-next = Дальше: `jasaq sync`, затем структурное подразделение: `jasaq strike-off`.

## Persons

person-none = Таких людей нет.
person-may = да
person-may-not = нет
person-head = { $person } ({ $id }): { $state }
person-squads = Дружина: { $squads }
person-registered = Зарегистрирован { $day }, раздел { $section }
person-certificate = Удостоверение № { $number } от { $day }, экземпляр { $print }: { $status }
person-number-contested = Номер { $number } стоит и на удостоверении { $id }: он выдан дважды, и пока одно не отозвано, их не различить. Решает территориальное подразделение; это отзывается по ключу { $key }.
person-phones-several = Телефоны { $members } тоже записаны за этим лицом, и карточки допускают его с каждым из них. Если какой-то записан по ошибке, отзовите это: `jasaq register withdraw KEY` (ключи показывает `jasaq person show`); тогда его имя уйдёт со всего, что на нём записано. Если он передал телефон другому, тот подключается с ним заново.
squad-phones-of-one = Обратите внимание: телефоны { $member } и { $others } записаны за одним человеком. Ключи, по которым одна из записей отзывается, показывает `jasaq person show`.
person-phone-contested = Телефоны участника { $member } указаны и как телефоны { $id }: по ним никто не выходит в дозор, пока одна из записей не отозвана командой `jasaq register withdraw КЛЮЧ`; ключи стоят в истории.
person-trained = Правовая подготовка { $day }, воинская часть { $unit }
person-struck-off = Снят с учёта { $day }
person-odd = Обратите внимание: { $flag }
person-offence = Умышленное административное правонарушение: { $day }; ключ записи: { $key }
person-ground = Основание: { $ground }, { $day }
person-circumstance-without-ground = обстоятельство, известное территориальному подразделению
person-not-counted = Не учитывается: { $key }, { $kind }, { $role }: { $why } { $paragraph }
person-identified = Телефон участника { $member } записан за: { $person }.
person-was-told = { $person }: уведомление записано ({ $about }).
person-leaves = { $person }: записано, что участвовать далее нет желания; причина не спрашивается (001-§15(5)). Ключ: { $key }. Отзывает это `jasaq register withdraw KEY`.
person-would-be-erased = О человеке { $person } удалилось бы: записей { $statements }, копий документов { $attachments }, насколько их читает это учреждение.
person-would-be-erased-next = Ничего не удалено. Это делает `--for-everybody`; вернуть будет нельзя.
person-erased = О человеке { $person } здесь удалено: записей { $statements }, копий документов { $attachments }.
person-erased-next = `jasaq sync` сообщит всем; кто исполнил, покажет `jasaq erasure list`. Что читает о нём другое подразделение, удаляется той же командой там.
readings-none = Хранимое отдельно никто не открывал.

## Lists from files, and files from lists

column-cell = ячейка
column-file = файл
list-of-squad = Список дружины { $squad }
list-planned = Новых записей: { $created }; известных внести в список: { $put_on }; уже в списке: { $on_already }; не принимается: { $refused }; ждут ответа: { $asked }; пропущено: { $left_out }.
list-import-next = Ничего не записано. На вопросы отвечает `--answer ЯЧЕЙКА=ОТВЕТ`, список отправляет `--apply`.
list-nothing-to-do = Все из списка уже в списке дружины или пропущены; ничего не записано.
list-not-yet-next = `jasaq list import` без `--apply` показывает вопросы и причины; отвечает `--answer ЯЧЕЙКА=ОТВЕТ`, непринятые строки пропускает `--leave-out-refused`.
list-refused-next = Исправьте файл и снова дайте его `jasaq list import`.
list-sent = Список записан: человек { $persons }, приложено копий: { $copies }.
list-copies-attached = Приложено копий к людям, которые стояли в списке без них: { $copies }.
list-copies-left = Не приложено копий к людям из списка, у которых копия есть или была, пока её не удалили: { $copies }.
list-sent-next = Дальше: `jasaq sync`, затем территориальное подразделение: `jasaq list receive`. Если ошибка, это учреждение: `jasaq list withdraw`.
list-line-created = новая запись
list-line-created-anew = новая запись, прежняя окончена
list-line-put-on = известен, будет внесён в список
list-line-goes-on = известен, запись продолжается: его список был отозван
list-line-on-already = уже в списке
list-line-refused = не принимается
list-line-asked = нужен ответ
list-line-left-out = пропущено
list-columns-left-out = Столбцы, которые не читаются: { $cells }
list-rows-passed-over = Строки, в которых нет человека: { $cells }
list-copies-whose = Копии и чьи они:
copy-stays = не прилагается: строка пропущена
copy-of-nobody = ни к кому в списке не относится
copy-of-several = может относиться к каждой из этих строк
copy-missing = копии нет
list-cited = { $said } ({ $paragraphs })
list-proposed = Предлагается: { $proposed }
list-candidate = { $who }: { $person }, дата рождения { $born }, удостоверение личности { $card }
list-answers = Ответы: { $answers }
list-answer-unread = Ответ не принят: { $why }
list-card-of-nobody = { $file }: ни к кому в списке не относится, ничего не записано. Копии называются по номеру удостоверения или по номеру человека в списке, а по строке листа лишь там, где в списке такого столбца нет: 012345678.jpg, 14.pdf. Переименуйте их и повторите `jasaq list import`.
list-card-of-several = { $file } может относиться к людям из нескольких строк, { $cells }; ничего не записано. Назовите файл по номеру удостоверения и повторите `jasaq list import`.
list-paper-unfit = { $file } пуст или слишком велик, ничего не записано.
list-copy-unfit = { $file }: из такого файла нельзя убрать место и устройство, или он повреждён; ничего не записано. Сохраните копию как JPEG, PNG или PDF.
list-papers-too-large = Бумаги вместе больше { $mebibytes } МиБ; ничего не записано. Отсканируйте их мельче или отправьте список частями.
list-number-sent = Список № { $number } от { $day } уже отправлен, дружина { $squad } (человек { $persons }, { $list }); ничего не записано. Если номер другой, укажите его: `--number`. Если тот ошибочен, отзовите его: `jasaq list withdraw { $list }`. Если в письме несколько списков: `--same-letter`.
list-number-sent-next = Его показывает `jasaq list list`; если в письме несколько списков, `--same-letter`.
erased-by-unit-next = Акимат: `jasaq list withdraw`, затем `jasaq list import … --answer CELL=anew`. О подававшем заявление: `jasaq person erase`, затем `jasaq register application receive`.
list-exported = Записано в файл, человек: { $persons }.
list-exported-what = Список членов добровольной дружины
answer-not-one = Ответ даётся в виде ЯЧЕЙКА=ОТВЕТ, например C14=07.10.1997 или C14:born_order=07.10.1997; ничего не записано.
answer-to-nothing = Ответ о ячейке { $cell } не отвечает ни на один вопрос; ничего не записано. Что спрашивается, показывает `jasaq list import` без `--answer`.
answer-unfit = Сказанное о ячейке { $cell } не отвечает на вопрос о ней; ничего не записано. Подходит: { $answers }; о человеке его идентификатор, о ячейке то, что должно в ней стоять.
answer-on-already = Человек в строке ячейки { $cell } уже состоит в списке дружины, и сказанное о ней не отвечает ни на что, что о нём спрашивалось бы; ничего не записано. Уберите этот ответ. Из списка дружины исключают командой `jasaq squad remove-member`.
answer-unread = Ответы, которые не приняты, у ячеек { $cells }; почему, сказано в таблице. Ничего не записано.
sheets-empty = Файл пуст: читать нечего.
sheets-not-sheets = Это не таблица: список должен быть файлом XLSX или CSV. Сохраните таблицу в её программе так и дайте снова.
sheets-other-workbook = Это книга { $ending }, она не читается. Сохраните как .xlsx и дайте снова.
sheets-password = Книга закрыта паролем. Сохраните её без пароля и дайте снова.
sheets-beyond = В ячейке { $cell } что-то стоит, а таблица так далеко не читается. Удалите лишнее и дайте снова.
sheets-cell-too-long = Ячейка { $cell } слишком длинна. Сократите и дайте снова.
sheets-quote = Кавычка в строке { $row } не закрыта. Исправьте и дайте снова.
sheets-control-character = В строке { $line } файла есть невидимый управляющий символ. Наберите строку заново и дайте файл снова.
sheets-no-table = Это не книга и не таблица с названиями столбцов: список должен быть файлом XLSX или CSV.
sheets-damaged = Книга повреждена. Откройте её в своей программе, сохраните заново и дайте снова.
sheets-too-large = Файл больше, чем нужно списку. Сохраните сам список отдельно и дайте снова.
sheets-ending = Имя файла должно кончаться на .xlsx или .csv; ничего не записано.
sheets-unwritten = Таблица не помещается в файл; ничего не записано. Выберите меньше людей и повторите.

## Papers

printed = Документ записан: { $file }
print-not-printable = В документе есть знак, который не печатается ({ $code }); ничего не записано. Исправьте его в записи.
print-under-way = Листы составляются
print-too-many-rows = В документе { $rows } строк, столько на бумаге не печатается; ничего не записано. Выведите таблицей.
print-does-not-fit = То, что должно стоять на листе, не помещается на своё место; ничего не записано. Сократите и повторите.
print-contested = Два компьютера сделали этот экземпляр одновременно, поэтому он не печатается. Сделайте следующий: `jasaq certificate reprint`.
print-number-contested = Этот номер выдан двум лицам (`jasaq certificate list`), поэтому удостоверение с ним не печатается. Отзовите одно из двух (`jasaq register withdraw`) и выдайте его под другим номером.
print-struck-off = Человек снят с учёта: удостоверение больше не действительно и не печатается.
print-lost = Этот экземпляр записан как утерянный, поэтому не печатается. Сделайте следующий: `jasaq certificate reprint`.
print-excluded = Дано уведомление об исключении человека из дружины, поэтому удостоверение не печатается.
trust-list-written = Список доверия записан, удостоверений: { $count }.
register-exported-what = Общий реестр
copies-none = Копий нет.
copies-deleted = Копии удостоверений личности удалены: { $count }. При следующем обмене они исчезнут у всех.
copy-deleted = удалена
squad-supervised-elsewhere = Этой дружиной руководит другое структурное подразделение (001-§3(2)); ничего не создано.

## What is taken back, what is not printed, and who goes on

columns-left-out = Пропущено, не хватает места (всё показывает `--json`):
record-withdrawal = Если эта запись отзывается: { $kind }, { $day }, ключ { $key }
record-withdrawn = Отозвано; что было сказано и почему отозвано, остаётся видно: { $kind }, { $day }, ключ { $key }
withdrawal-of-person = - о ком: { $person } ({ $id })
withdrawal-of-squad = - о дружине { $squad }
withdrawal-state = - состояние записи: { $before } → { $after }
withdrawal-state-stays = - состояние записи не меняется: { $state }
withdrawal-may-go = - снова может выходить на патрулирование
withdrawal-may-not-go = - больше не может выходить на патрулирование
withdrawal-head-again = - снова руководит дружиной { $squad }
withdrawal-heads-several = - в дружине { $squad } будут действовать несколько назначений; совет отзывает все, кроме одного (001-§7)
withdrawal-head = - руководитель: { $before } → { $after }
withdrawal-notices = - уведомление об исключении отзывается вместе с ним: сообщите человеку, что он остаётся на учёте
withdrawal-phone = - телефон участника { $member } становится ничьим: его имя снимается со всего, что с него записано, и карточка никого не выпускает. Если телефон передан другому, оставьте запись: новый владелец подключается с ним заново
withdrawal-number-kept = - номер удостоверения больше не выдаётся: бумага может существовать
cause-stands = Следует из записи: { $kind }, { $day }, записало: { $role }, ключ { $key }
cause-stands-next = Кто это записал: `jasaq register withdraw KEY`.
day-before-list-next = День списка и день его получения стоят при списке: их показывает `jasaq list list`. Если они ошибочны, акимат отзывает список целиком и направляет его заново.
day-too-early-next = Записанное и ключи показывают `jasaq person show` и `jasaq decision list`; ошибочное отзывает `jasaq register withdraw KEY`.
unit-unnamed-next = Повторите с `--unit`: название, с которым подразделение пригласили.
certificates-several-next = `jasaq certificate list` показывает оба с ключами: `jasaq register withdraw KEY`.
card-from-register-next = Укажите, чей это телефон: `jasaq person identify`.
second-head-next = Координационный совет: `jasaq decision withdraw NUMBER`, если то назначение записано по ошибке.
not-registered-next = Территориальное подразделение: `jasaq register add`.
before-unsaid-next = `jasaq register application receive … --before ID`, где ID — закончившаяся запись.
struck-off-next = Если он снова в списке под прежней записью: акимат отзывает список (`jasaq list withdraw`) и отправляет его с `--answer CELL=anew`.
not-checked-next = Территориальное подразделение: `jasaq check record`.
paper-lost-for-good = Новый экземпляр не печатается: владелец не состоит на учёте или подлежит исключению. Дальше: `jasaq sync`.
person-would-leave =
    Если { $person } не желает участвовать далее (001-§15(5)); причина не спрашивается:
    - со следующего обмена структурного подразделения на патрулирование не выходит; записанное раньше остаётся
    - структурное подразделение снимает с учёта (001-§22), тем самым оканчиваются полномочия руководителя
person-leaves-unnamed = владелец этого телефона
print-none-of = { $person } ({ $id }): { $state }
print-none-refusal = Отказ по заявлению (001-§17) не печатается: отказа нет. Территориальное подразделение: `jasaq register application decide`.
print-none-registration = Уведомление о регистрации (001-§18) не печатается: оно только для зарегистрированного нештатного сотрудника. Территориальное подразделение: `jasaq register add`.
print-none-exclusion = Уведомление об исключении из состава (001-§19) не печатается: оно не записано. Территориальное подразделение: `jasaq check exclude`.
print-none-strike-off = Уведомление о снятии с учёта (001-§22) не печатается: человек с учёта не снят. Структурное подразделение: `jasaq strike-off`.
print-none-head = Выписка из решения о назначении руководителя (001-§7) не печатается: у дружины { $squad } его нет или их несколько. Координационный совет: `jasaq decision appoint-head`.
print-none-training = Запись о правовой подготовке (001-§11) не печатается: такого занятия нет. Занятия показывает `jasaq training list`.
squads-by-phones = Дружины по телефонам и сезонам:
squads-by-decision = Дружины по решениям советов:
district-this-office = это учреждение
district-unnamed = название здесь неизвестно
decision-squad-next = Дальше: `jasaq sync`, затем структурное подразделение: `jasaq squad create`.
check-excluded-next = Дальше: `jasaq sync`, затем акимат: `jasaq squad remove-member`.
