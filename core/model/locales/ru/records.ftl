# Where people, squads and certificates stand.

person-state-proposed = предложен списком
person-state-applied = подал заявление
person-state-in-check = проверяется
person-state-excluded = подлежит исключению из состава
person-state-off-roster = исключён из состава
person-state-refused = отказано
person-state-approved = принято положительное решение
person-state-registered = зарегистрирован
person-state-certified = зарегистрирован, с удостоверением
person-state-trained = зарегистрирован, прошёл правовую подготовку
person-state-active = зарегистрирован, с удостоверением, прошёл правовую подготовку
person-state-struck-off = снят с учёта, ещё не уведомлён
person-state-notified = снят с учёта

squad-state-created = создана
squad-state-headed = есть руководитель
squad-state-headless = руководителя нет

certificate-status-issued = выдано
certificate-status-lost = утеряно
certificate-status-reprinted = напечатано заново
certificate-status-struck-off = владелец снят с учёта

# What is odd about a record.

record-flag-excluded-and-registered = подлежит исключению, но зарегистрирован
record-flag-excluded-on-roster = подлежит исключению, но ещё в составе дружины
record-flag-registered-unchecked = зарегистрирован без трёх проверок
record-flag-registered-off-roster = зарегистрирован, но не состоит ни в одной дружине
record-flag-registered-twice = зарегистрирован несколько раз
record-flag-certificate-before-registration = удостоверение выдано до регистрации
record-flag-certificates-several = выдано несколько удостоверений
record-flag-not-struck-off = обстоятельство возникло, но с учёта не снят
record-flag-not-told = снят с учёта, но не уведомлён
record-flag-struck-off-on-roster = снят с учёта, но ещё в составе дружины

# Why somebody may not go on patrol. Which circumstance it is stands nowhere here.

ineligible-struck-off = снят с учёта
ineligible-circumstance = возникло обстоятельство, исключающее участие
ineligible-not-registered = не зарегистрирован
ineligible-off-roster = не состоит ни в одной добровольной дружине
ineligible-no-certificate = нет удостоверения для предъявления
ineligible-not-trained = не прошёл правовую подготовку

# Why the register does not take something, and what to do.

register-refused-day-in-future = Этот день ещё не наступил. Укажите день, когда это произошло.
register-refused-squad-unknown = Решения совета о создании такой дружины здесь нет. Проверьте название или сначала внесите решение.
register-refused-squad-exists = Дружина с таким названием уже есть. Дайте другое название.
register-refused-person-unknown = Такого лица здесь нет. Проверьте имя или номер.
register-refused-several-meant = Под это имя подходят несколько лиц или дружин. Укажите номер.
register-refused-list-unknown = Такого списка здесь нет. Проверьте номер.
register-refused-list-received = Поступление этого списка уже записано. Можно начинать проверку.
register-refused-list-withdrawn = Этот список отозван. Запросите у местного исполнительного органа новый.
register-refused-not-on-roster = Этого лица нет в составе дружины. Сначала его вносит в список местный исполнительный орган.
register-refused-head-not-of-squad = Руководитель назначается из числа дружинников этой дружины. Выберите её члена.
register-refused-second-head = У дружины есть руководитель, его полномочия продолжаются. Нового назначают, когда они окончены.
register-refused-not-in-check = Проверять нечего: ни список, ни заявление не поступили. Сначала запишите поступление.
register-refused-not-checked = Ответы получены не по всем трём проверкам. Внесите результаты остальных.
register-refused-circumstance-found = Выявлено обстоятельство, исключающее участие. Это лицо не регистрируется; уведомите об исключении из состава.
register-refused-nothing-found = Обстоятельство, исключающее участие, не записано. Сначала внесите результат проверки или обстоятельство.
register-refused-excluded = Об этом лице дано уведомление об исключении из состава, поэтому оно не регистрируется. Снова предлагают только новым списком.
register-refused-excluded-already = Об исключении этого лица из состава уже уведомлено. Дождитесь ответа местного исполнительного органа.
register-refused-not-approved = Положительного решения по заявлению нет. Сначала внесите решение.
register-refused-decided-already = Решение по этому заявлению уже записано. Если оно ошибочно, сначала отзовите его.
register-refused-registered-already = Это лицо уже зарегистрировано. Можно выдать удостоверение.
register-refused-not-registered = Это лицо не зарегистрировано. Сначала внесите регистрацию.
register-refused-not-supervised = Этой дружиной ещё не руководит ни одно структурное подразделение. Сначала укажите его.
register-refused-certificate-exists = У этого лица есть удостоверение. Если оно утеряно или повреждено, напечатайте его заново.
register-refused-number-taken = Этот номер стоит на другом удостоверении. Возьмите свободный.
register-refused-certificate-unknown = Такого удостоверения здесь нет. Проверьте номер.
register-refused-lost-already = Утеря этого удостоверения уже записана. Его можно напечатать заново.
register-refused-struck-off = Это лицо снято с учёта. Снова принимают только по новому списку или заявлению.
register-refused-not-struck-off = Это лицо не снято с учёта. Сначала внесите снятие с учёта.
register-refused-death-is-health = Смерть относится только к подпункту 4) пункта 15. Выберите это основание.
register-refused-notice-to-the-dead = Умершего не уведомляют. Записывать ничего не нужно.
register-refused-nothing-to-tell = Уведомлять не о чем: такое решение, регистрация или снятие с учёта не записаны. Сначала внесите их.
register-refused-member-taken = Этот телефон записан за другим лицом. Сначала отзовите ту запись.
register-refused-not-yours-to-withdraw = Такой записи здесь нет, или отозвать её можете не вы. Обратитесь к органу, который её внёс.
register-refused-individual-form = Для индивидуальной формы регистрации в Правилах нет. Такое лицо только сообщает.
register-refused-not-this-office = Это делает другой орган. Выполните это в его программе.
