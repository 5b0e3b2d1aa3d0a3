# Pages: what stands before a seal, and how far a page has come; ours, in plain words.

gate-kind-decided = нерешённого не осталось
gate-kind-attendance-known = о каждом известно, был ли он
gate-kind-times = выход и возвращение указаны, в этом порядке и не в будущем
gate-kind-leader-was-there = старший был на выходе
gate-kind-eligible = все могли выходить в этот день
gate-kind-representative = контролирующий представитель указан
gate-kind-area = часть пограничного пространства указана
gate-kind-activities = каждая запись относится к одному из пяти видов
gate-kind-force-recorded = на каждое применение силы есть запись с обоснованием
gate-kind-detentions-ended = у каждого задержания есть запись, шаги и завершение
gate-kind-notices-told = известно, когда стало известно и когда сообщено подразделению
gate-kind-phones-here = от каждого телефона получено всё, или его не ждут
gate-kind-late-marked = позднее помечено как позднее
gate-state-open = пройдено
gate-state-flagged = отмечено на листе
gate-state-closed = не пройдено
page-state-sealed = скреплён
page-state-countersigned = скреплён подразделением
page-state-entered = внесён в книгу
attendance-state-attended = был
attendance-state-absent = не был
attendance-state-unconfirmed = не подтверждено
