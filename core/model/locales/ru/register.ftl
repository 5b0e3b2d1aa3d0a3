# The closed lists of the register, in the terms of decree No. 866 and of the glossary.

check-kind-criminal-record = судимость
check-kind-narcological-register = наркологический учёт
check-kind-psychoneurological-register = психоневрологический учёт

check-finding-nothing = обстоятельств, исключающих участие, нет
check-finding-circumstance = есть обстоятельство, исключающее участие

check-outcome-approved = положительное решение
check-outcome-refused = отказ без указания причин

engagement-form-non-staff-employee = внештатный сотрудник
engagement-form-individual-volunteer = индивидуальная форма
engagement-form-squad-collective = коллективная форма

certificate-kind-non-staff-employee = удостоверение внештатного сотрудника
certificate-kind-squad-member = удостоверение члена добровольной дружины

reprint-cause-lost = утеряно
reprint-cause-damaged = повреждено
reprint-cause-changed = данные изменились

notice-about-registration = регистрация
notice-about-refusal = отказ без указания причин
notice-about-strike-off = снятие с учёта

id-document-kind-identity-card = удостоверение личности
id-document-kind-passport = паспорт
