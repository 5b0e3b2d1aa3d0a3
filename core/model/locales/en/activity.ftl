# The activities of 001-§10 and the objects of 001-§9, in the terms of these paragraphs.

activity-type-border-service = taking part in service
activity-type-inspection = inspection
activity-type-prevention = prevention and suppression of offences
activity-type-force = use of physical force and other means
activity-type-detain-deliver = detention and delivery

border-service-kind-cover-crossing-place = covering a crossing place
border-service-kind-service = service
border-service-kind-round = making rounds
border-service-kind-search = search
border-service-kind-tracking = tracking, pursuit
border-service-kind-detention = detention

inspection-kind-route = route of movement
inspection-kind-hiding-place = hiding place
inspection-kind-vehicle = vehicle
inspection-kind-place = place in the border space
inspection-kind-talk-with-residents = talk with residents
inspection-kind-document-check = document check

protected-object-state-border = State Border
protected-object-state-border-regime = State Border regime
protected-object-crossing-point-regime = regime at crossing points
protected-object-border-regime = border regime
protected-object-waters-regime = regime of internal and territorial waters
protected-object-fishing-zone-regime = fishing-zone regime
protected-object-continental-shelf-regime = continental-shelf regime

receiver-kind-border-unit = structural subdivision
receiver-kind-law-enforcement-body = law-enforcement body
receiver-kind-other-authorised-body = other authorised body
