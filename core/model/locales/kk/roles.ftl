# Roles, in the terms of the rules, and spaces, in plain words of ours.

role-territorial-subdivision = аумақтық бөлімше
role-structural-subdivision = құрылымдық бөлімше
role-local-executive-body = жергілікті атқарушы орган
role-coordination-council = үйлестіру кеңесі
role-squad-head = ерікті жасақ басшысы
role-volunteer = ерікті жасақшы
role-non-staff-employee = штаттан тыс қызметкер

space-kind-register = жалпы есеп
space-kind-subdivision = құрылымдық бөлімшенің есебі
space-kind-submission = жасақ мүшелерінің тізімдері
space-kind-council = үйлестіру кеңесі
space-kind-patrols = патрульдер
space-kind-protected = қорғалған жазбалар
space-kind-to-subdivision = құрылымдық бөлімшеге хабарлар
