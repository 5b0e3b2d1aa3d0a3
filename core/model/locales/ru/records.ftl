# How far a person's record, a squad or a certificate has come, who may go on patrol, and what the register does not take.

person-state-proposed = в списке
person-state-applied = подал заявление
person-state-in-check = на проверке
person-state-excluded = подлежит исключению из состава
person-state-off-roster = исключён из состава
person-state-refused = отказано
person-state-approved = принято положительное решение
person-state-registered = зарегистрирован
person-state-certified = зарегистрирован, удостоверение выдано
person-state-trained = зарегистрирован, прошёл подготовку, удостоверения нет
person-state-active = может выходить на патрулирование
person-state-struck-off = снят с учёта, не уведомлён
person-state-notified = снят с учёта

record-flag-excluded-and-registered = подлежит исключению, но зарегистрирован
record-flag-excluded-on-roster = подлежит исключению, но ещё в списке
record-flag-registered-unchecked = зарегистрирован без всех трёх проверок
record-flag-registered-off-roster = зарегистрирован, но ни в одном списке дружины
record-flag-registered-twice = зарегистрирован несколько раз
record-flag-certificate-before-registration = удостоверение выдано до регистрации
record-flag-certificates-several = несколько удостоверений
record-flag-not-struck-off = обстоятельство наступило, с учёта не снят
record-flag-not-told = снят с учёта, не уведомлён
record-flag-struck-off-on-roster = снят с учёта, но ещё в списке

certificate-status-issued = выдано
certificate-status-lost = утеряно
certificate-status-reprinted = напечатано заново
certificate-status-struck-off = владелец снят с учёта

squad-state-created = создана
squad-state-headed = есть руководитель
squad-state-headless = без руководителя

ineligible-struck-off = снят с учёта
ineligible-circumstance = наступило обстоятельство, исключающее участие
ineligible-not-registered = не зарегистрирован
ineligible-off-roster = не состоит в добровольной дружине
ineligible-no-certificate = нет действительного удостоверения
ineligible-not-trained = правовая подготовка не записана

register-refused-day-in-future = Указанный день ещё не наступил; ничего не записано. Проверьте дату.
register-refused-squad-unknown = Решения совета о создании такой дружины здесь нет; ничего не записано.
register-refused-squad-exists = Дружина с таким названием уже есть; ничего не записано.
register-refused-person-unknown = Такой человек здесь неизвестен; ничего не записано.
register-refused-several-meant = Под это имя подходят несколько; ничего не записано. Укажите идентификатор.
register-refused-list-unknown = Такого списка здесь нет; ничего не записано.
register-refused-list-received = Получение этого списка уже записано; ничего не изменено.
register-refused-list-withdrawn = Этот список отозван; ничего не записано.
register-refused-not-on-roster = Человек не состоит в списке дружины; ничего не записано.
register-refused-head-not-of-squad = Руководитель назначается из числа дружинников этой дружины; ничего не записано.
register-refused-second-head = У дружины есть руководитель, его полномочия не окончены; ничего не записано.
register-refused-not-in-check = Ни получение списка, ни заявление не записаны, поэтому проверять нечего.
register-refused-not-checked = Проверка по трём учётам ещё не окончена; ничего не записано. Запишите недостающие результаты.
register-refused-circumstance-found = Есть обстоятельство, исключающее участие; ничего не записано.
register-refused-nothing-found = Обстоятельство, исключающее участие, не записано, поэтому уведомление не направляется.
register-refused-excluded = Человек подлежит исключению из состава; ничего не записано.
register-refused-excluded-already = Уведомление об этом человеке уже направлено; ничего не изменено.
register-refused-not-approved = Положительного решения по заявлению нет; ничего не записано.
register-refused-decided-already = Решение по заявлению уже принято; ничего не изменено.
register-refused-registered-already = Человек уже зарегистрирован; ничего не изменено.
register-refused-not-registered = Человек не зарегистрирован: сначала регистрация. Ничего не записано.
register-refused-not-supervised = Не записано, какое структурное подразделение руководит дружиной; ничего не записано. Укажите подразделение.
register-refused-certificate-exists = У этого человека есть удостоверение; ничего не записано. Если оно утеряно или повреждено, напечатайте его заново.
register-refused-number-taken = Удостоверение с этим номером уже выдано: номер в территории не повторяется. Ничего не записано.
register-refused-certificate-unknown = Такого удостоверения нет; ничего не записано.
register-refused-lost-already = Утеря этого удостоверения уже записана; ничего не изменено.
register-refused-struck-off = Человек снят с учёта; ничего не записано. Если его снова внесут в список, начнётся новая запись.
register-refused-not-struck-off = Человек не снят с учёта; ничего не записано.
register-refused-death-is-health = Смерть относится только к основанию подпункта 4) пункта 15; ничего не записано.
register-refused-notice-to-the-dead = Умершего не уведомляют; ничего не записано.
register-refused-nothing-to-tell = Не записано ничего, о чём уведомлять.
register-refused-member-taken = Владельцем этого телефона записан другой человек; ничего не записано. Сначала отзовите ту запись.
register-refused-card-from-register = Этот дружинник на учёте: его карточка следует из учёта и вручную не пишется.
register-refused-not-yours-to-withdraw = Такой записи здесь нет, или это подразделение не может её отозвать; ничего не изменено.
register-refused-individual-form = Для индивидуальной формы в тексте нет порядка регистрации: такой человек может лишь сообщать по пункту 9.
register-refused-not-this-office = Подразделение этого устройства этого не делает; ничего не записано.

certificate-number-refused = Это не номер удостоверения: в нём есть цифры, а кроме них только буквы, тире, косые черты и точки.
eligibility-yes = Может выходить на патрулирование: да
eligibility-no = Может выходить на патрулирование: нет: { $reasons }
eligibility-ended = больше не может выходить
with-paragraph = { $sentence } ({ $paragraph })
card-eligible = Может выходить на патрулирование: по карточке структурного подразделения от { $day }
card-not-eligible = Больше не может выходить на патрулирование: по карточке структурного подразделения от { $day }
refused-basis = { $sentence } Основание: { $paragraph }.
