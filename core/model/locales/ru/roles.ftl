# Roles, in the terms of the rules, and spaces, in plain words of ours.

role-territorial-subdivision = территориальное подразделение
role-structural-subdivision = структурное подразделение
role-local-executive-body = местный исполнительный орган
role-coordination-council = координационный совет
role-squad-head = руководитель добровольной дружины
role-volunteer = добровольный дружинник
role-non-staff-employee = внештатный сотрудник

space-kind-register = общий учёт
space-kind-subdivision = учёт структурного подразделения
space-kind-submission = списки членов дружин
space-kind-council = координационный совет
space-kind-patrols = патрули
space-kind-protected = защищённые записи
space-kind-to-subdivision = сообщения структурному подразделению
