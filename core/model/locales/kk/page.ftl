# Pages: what stands before a seal, and how far a page has come; ours, in plain words.

gate-kind-decided = шешілмегені қалмады
gate-kind-attendance-known = әркімнің болған-болмағаны белгілі
gate-kind-times = шығуы мен оралуы айтылған, ретімен әрі болашақта емес
gate-kind-leader-was-there = басқарған адам патрульде болған
gate-kind-eligible = бәрі сол күні шыға алатын болған
gate-kind-representative = бақылаушы өкіл көрсетілген
gate-kind-area = шекаралық кеңістіктің бөлігі көрсетілген
gate-kind-activities = әр жазба бес түрдің біріне жатады
gate-kind-force-recorded = күш қолданудың әрқайсысының негіздемесі бар жазбасы бар
gate-kind-detentions-ended = әр ұстаудың жазбасы, қадамдары және аяқталуы бар
gate-kind-notices-told = қашан белгілі болғаны мен бөлімшеге қашан айтылғаны белгілі
gate-kind-phones-here = әр телефоннан бәрі келген не ол күтілмейді
gate-kind-late-marked = кеш келгені кеш деп белгіленген
gate-state-open = өтті
gate-state-flagged = парақта белгіленеді
gate-state-closed = өтпеді
page-state-sealed = бекітілді
page-state-countersigned = бөлімше бекітті
page-state-entered = кітапқа енгізілді
attendance-state-attended = болды
attendance-state-absent = болмады
attendance-state-unconfirmed = расталмаған
