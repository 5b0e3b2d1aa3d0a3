# The closed lists of the register, in the terms of decree No. 866 and of the glossary.

check-kind-criminal-record = соттылық
check-kind-narcological-register = наркологиялық есеп
check-kind-psychoneurological-register = психоневрологиялық есеп

check-finding-nothing = қатысуды болғызбайтын мән-жай жоқ
check-finding-circumstance = қатысуды болғызбайтын мән-жай бар

check-outcome-approved = оң шешім
check-outcome-refused = себептерін көрсетпей бас тарту

engagement-form-non-staff-employee = штаттан тыс қызметкер
engagement-form-individual-volunteer = жеке нысан
engagement-form-squad-collective = ұжымдық нысан

certificate-kind-non-staff-employee = штаттан тыс қызметкердің куәлігі
certificate-kind-squad-member = ерікті жасақ мүшесінің куәлігі

reprint-cause-lost = жоғалған
reprint-cause-damaged = бүлінген
reprint-cause-changed = деректері өзгерген

notice-about-registration = тіркеу
notice-about-refusal = себептерін көрсетпей бас тарту
notice-about-strike-off = есептен шығару

id-document-kind-identity-card = жеке куәлік
id-document-kind-passport = паспорт
