# Roles, in the terms of the rules, and spaces, in plain words of ours.

role-territorial-subdivision = territorial subdivision
role-structural-subdivision = structural subdivision
role-local-executive-body = local executive body
role-coordination-council = coordination council
role-squad-head = squad head
role-volunteer = volunteer
role-non-staff-employee = non-staff employee

space-kind-register = general register
space-kind-subdivision = records of the structural subdivision
space-kind-submission = squad lists
space-kind-council = coordination council
space-kind-patrols = patrols
space-kind-protected = protected records
space-kind-to-subdivision = messages to the structural subdivision
