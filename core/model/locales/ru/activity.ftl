# The activities of 001-§10 and the objects of 001-§9, in the terms of these paragraphs.

activity-type-border-service = участие в несении службы
activity-type-inspection = осмотр
activity-type-prevention = предупреждение и пресечение правонарушений
activity-type-force = применение физической силы и иных средств
activity-type-detain-deliver = задержание и доставление

border-service-kind-cover-crossing-place = прикрытие места пересечения Государственной границы
border-service-kind-service = несение службы
border-service-kind-round = обход, объезд
border-service-kind-search = поиск
border-service-kind-tracking = преследование
border-service-kind-detention = задержание

inspection-kind-route = маршрут движения
inspection-kind-hiding-place = место укрытия
inspection-kind-vehicle = транспортное средство
inspection-kind-place = местность в пограничном пространстве
inspection-kind-talk-with-residents = беседа с жителями
inspection-kind-document-check = проверка документов

protected-object-state-border = Государственная граница
protected-object-state-border-regime = режим Государственной границы
protected-object-crossing-point-regime = режим в пунктах пропуска
protected-object-border-regime = пограничный режим
protected-object-waters-regime = режим внутренних и территориальных вод
protected-object-fishing-zone-regime = режим рыболовной зоны
protected-object-continental-shelf-regime = режим континентального шельфа

receiver-kind-border-unit = структурное подразделение
receiver-kind-law-enforcement-body = правоохранительный орган
receiver-kind-other-authorised-body = иной уполномоченный орган
