# The activities of 001-§10 and the objects of 001-§9, in the terms of these paragraphs.

activity-type-border-service = қызмет атқаруға қатысу
activity-type-inspection = қарап тексеру
activity-type-prevention = құқық бұзушылықтардың алдын алу және жолын кесу
activity-type-force = дене күшін және басқа да құралдарды қолдану
activity-type-detain-deliver = ұстау және жеткізу

border-service-kind-cover-crossing-place = Мемлекеттік шекарадан өтетін жерде қалқалау
border-service-kind-service = қызмет атқару
border-service-kind-round = аралап шығу, аралап өту
border-service-kind-search = іздеу
border-service-kind-tracking = ізін түсу
border-service-kind-detention = ұстау

inspection-kind-route = жүру бағыты
inspection-kind-hiding-place = жасырыну орны
inspection-kind-vehicle = көлік құралы
inspection-kind-place = шекаралық кеңістіктегі жер
inspection-kind-talk-with-residents = тұрғындармен әңгімелесу
inspection-kind-document-check = құжаттарды тексеру

protected-object-state-border = Мемлекеттік шекара
protected-object-state-border-regime = Мемлекеттік шекара режимі
protected-object-crossing-point-regime = өткізу пункттеріндегі режим
protected-object-border-regime = шекаралық режим
protected-object-waters-regime = ішкі және аумақтық сулар режимі
protected-object-fishing-zone-regime = балық аулау аймағы режимі
protected-object-continental-shelf-regime = континенттік қайраң режимі

receiver-kind-border-unit = құрылымдық бөлімше
receiver-kind-law-enforcement-body = құқық қорғау органы
receiver-kind-other-authorised-body = өзге де уәкілетті орган
