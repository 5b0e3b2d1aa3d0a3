# Where people, squads and certificates stand.

person-state-proposed = proposed on a list
person-state-applied = applied
person-state-in-check = being checked
person-state-excluded = to be removed from the squad
person-state-off-roster = removed from the squad
person-state-refused = refused
person-state-approved = approved
person-state-registered = registered
person-state-certified = registered, with a certificate
person-state-trained = registered and trained
person-state-active = registered, with a certificate, and trained
person-state-struck-off = struck off, not notified yet
person-state-notified = struck off

squad-state-created = created
squad-state-headed = has a head
squad-state-headless = has no head any more

certificate-status-issued = issued
certificate-status-lost = lost
certificate-status-reprinted = reprinted
certificate-status-struck-off = its holder was struck off

# What is odd about a record.

record-flag-excluded-and-registered = excluded, and registered all the same
record-flag-excluded-on-roster = excluded, and still on the roster
record-flag-registered-unchecked = registered without the three checks
record-flag-registered-off-roster = registered, and off every roster
record-flag-registered-twice = registered more than once
record-flag-certificate-before-registration = the certificate was issued before the registration
record-flag-certificates-several = several certificates were issued
record-flag-not-struck-off = a circumstance arose, and no strike-off followed
record-flag-not-told = struck off, and not notified
record-flag-struck-off-on-roster = struck off, and still on the roster

# Why somebody may not go on patrol. Which circumstance it is stands nowhere here.

ineligible-struck-off = struck off
ineligible-circumstance = a circumstance excludes participation
ineligible-not-registered = not registered
ineligible-off-roster = off the roster of every squad
ineligible-no-certificate = no certificate to show
ineligible-not-trained = no legal training

# Why the register does not take something, and what to do.

register-refused-day-in-future = This day lies in the future. Give the day on which it happened.
register-refused-squad-unknown = No decision of a council that is read here creates such a squad. Check its name, or record the decision first.
register-refused-squad-exists = There is a squad of this name already. Give another name.
register-refused-person-unknown = There is no such person here. Check the name or the id.
register-refused-several-meant = Several persons or squads are meant by this. Give the id.
register-refused-list-unknown = There is no such list here. Check the id.
register-refused-list-received = This list is recorded as received already. The check may begin.
register-refused-list-withdrawn = This list was withdrawn. Ask the local executive body for a new one.
register-refused-not-on-roster = This person is not on the squad's roster. The local executive body puts him on it first.
register-refused-head-not-of-squad = A head is appointed from among the squad's volunteers. Choose one of its members.
register-refused-second-head = The squad has a head, whose appointment runs. Another is appointed once it has ended.
register-refused-not-in-check = There is nothing to check: neither a list nor an application came in. Record its receipt first.
register-refused-not-checked = Not all three checks have an answer. Record the results of the others.
register-refused-circumstance-found = A circumstance that excludes was found. This person is not registered; notify that he is to be removed from the squad.
register-refused-nothing-found = No circumstance that excludes is recorded. Record the result of the check or the circumstance first.
register-refused-excluded = Notice was given to remove this person from the squad, so he is not registered. He is proposed again by a new list alone.
register-refused-excluded-already = Notice to remove this person from the squad was given already. Wait for the local executive body.
register-refused-not-approved = There is no positive decision on the application. Record the decision first.
register-refused-decided-already = A decision on this application is recorded already. If it is wrong, withdraw it first.
register-refused-registered-already = This person is registered already. A certificate may be issued.
register-refused-not-registered = This person is not registered. Record the registration first.
register-refused-not-supervised = No structural subdivision supervises this squad yet. Name it first.
register-refused-certificate-exists = This person has a certificate. If it is lost or damaged, reprint it.
register-refused-number-taken = Another certificate has this number. Take a free one.
register-refused-certificate-unknown = There is no such certificate here. Check its number.
register-refused-lost-already = This certificate is recorded as lost already. It may be reprinted.
register-refused-struck-off = This person is struck off. He is admitted again by a new list or application alone.
register-refused-not-struck-off = This person is not struck off. Record the strike-off first.
register-refused-death-is-health = Death is a ground of paragraph 15(4) alone. Choose that ground.
register-refused-notice-to-the-dead = The dead are not notified. Nothing has to be recorded.
register-refused-nothing-to-tell = There is nothing to tell of: no such decision, registration or strike-off is recorded. Record it first.
register-refused-member-taken = This phone is recorded as another person's. Withdraw that record first.
register-refused-not-yours-to-withdraw = There is no such record here, or it is not yours to withdraw. Ask the office that made it.
register-refused-individual-form = The Rules have no registration for the individual form. Such a person only reports.
register-refused-not-this-office = Another office does this. Do it in that office's program.
