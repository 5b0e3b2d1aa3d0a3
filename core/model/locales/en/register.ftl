# The closed lists of the register, in the terms of decree No. 866 and of the glossary.

check-kind-criminal-record = criminal record
check-kind-narcological-register = narcological register
check-kind-psychoneurological-register = psychoneurological register

check-finding-nothing = no circumstance that excludes
check-finding-circumstance = a circumstance that excludes

check-outcome-approved = positive decision
check-outcome-refused = refusal without reasons

engagement-form-non-staff-employee = non-staff employee
engagement-form-individual-volunteer = individual form
engagement-form-squad-collective = collective form

certificate-kind-non-staff-employee = non-staff employee's certificate
certificate-kind-squad-member = squad member's certificate

reprint-cause-lost = lost
reprint-cause-damaged = damaged
reprint-cause-changed = details changed

notice-about-registration = registration
notice-about-refusal = refusal without reasons
notice-about-strike-off = strike-off

id-document-kind-identity-card = identity card
id-document-kind-passport = passport
