# How far a person's record, a squad or a certificate has come, who may go on patrol, and what the register does not take.

person-state-proposed = on the list
person-state-applied = applied
person-state-in-check = being checked
person-state-excluded = to be removed from the squad
person-state-off-roster = off the roster
person-state-refused = refused
person-state-approved = approved
person-state-registered = registered
person-state-certified = registered, with a certificate
person-state-trained = registered and trained, without a certificate
person-state-active = active
person-state-struck-off = struck off, not told yet
person-state-notified = struck off

record-flag-excluded-and-registered = to be removed, and registered all the same
record-flag-excluded-on-roster = to be removed, and still on the roster
record-flag-registered-unchecked = registered without all three checks
record-flag-registered-off-roster = registered, and on no roster
record-flag-registered-twice = registered more than once
record-flag-certificate-before-registration = a certificate before the registration
record-flag-certificates-several = more than one certificate
record-flag-not-struck-off = a circumstance arose, not struck off yet
record-flag-not-told = struck off, not told
record-flag-struck-off-on-roster = struck off, and still on the roster

certificate-status-issued = issued
certificate-status-lost = lost
certificate-status-reprinted = printed anew since
certificate-status-struck-off = its holder is struck off

squad-state-created = created
squad-state-headed = has a head
squad-state-headless = without a head

ineligible-struck-off = struck off the register
ineligible-circumstance = a circumstance arose that excludes
ineligible-not-registered = not registered
ineligible-off-roster = on no squad's roster
ineligible-no-certificate = no certificate to show
ineligible-not-trained = no legal training recorded

register-refused-day-in-future = The day lies in the future; nothing was recorded. Check the date.
register-refused-squad-unknown = No decision of a council that creates such a squad is here; nothing was recorded.
register-refused-squad-exists = There is a squad of this name already; nothing was recorded.
register-refused-person-unknown = No such person is known here; nothing was recorded.
register-refused-several-meant = Several are meant by this name; nothing was recorded. Give the id.
register-refused-list-unknown = There is no such list here; nothing was recorded.
register-refused-list-received = This list is recorded as received already; nothing was changed.
register-refused-list-withdrawn = This list was taken back; nothing was recorded.
register-refused-not-on-roster = The person is not on the squad's roster; nothing was recorded.
register-refused-head-not-of-squad = A head is appointed from among the squad's own volunteers; nothing was recorded.
register-refused-second-head = The squad has a head whose appointment runs; nothing was recorded.
register-refused-not-in-check = Neither a list received nor an application is recorded, so there is nothing to check.
register-refused-not-checked = The check of the three registers is not complete; nothing was recorded. Record the missing results.
register-refused-circumstance-found = There is a circumstance that excludes; nothing was recorded.
register-refused-nothing-found = No circumstance that excludes is recorded, so there is nothing to give notice of.
register-refused-excluded = The person is to be removed from the squad; nothing was recorded.
register-refused-excluded-already = Notice of this person was given already; nothing was changed.
register-refused-not-approved = The application has no positive decision; nothing was recorded.
register-refused-decided-already = The application is decided already; nothing was changed.
register-refused-registered-already = The person is registered already; nothing was changed.
register-refused-not-registered = The person is not registered: registration comes first. Nothing was recorded.
register-refused-not-supervised = No structural subdivision is recorded as supervising the squad; nothing was recorded. Name the subdivision.
register-refused-certificate-exists = This person has a certificate; nothing was recorded. If it is lost or damaged, print it anew.
register-refused-number-taken = A certificate of this number was issued: numbers are unique in the territory. Nothing was recorded.
register-refused-certificate-unknown = There is no such certificate; nothing was recorded.
register-refused-lost-already = The loss of this certificate is recorded already; nothing was changed.
register-refused-struck-off = The person is struck off; nothing was recorded. If he is listed again, a new record begins.
register-refused-not-struck-off = The person is not struck off; nothing was recorded.
register-refused-death-is-health = Death belongs to the ground of 15(4) alone; nothing was recorded.
register-refused-notice-to-the-dead = The dead are told nothing; nothing was recorded.
register-refused-nothing-to-tell = Nothing is recorded of which to give notice.
register-refused-member-taken = This phone is recorded as somebody else's; nothing was recorded. Take that back first.
register-refused-card-from-register = The register knows this member: his card follows from it and is not written by hand.
register-refused-not-yours-to-withdraw = There is no such record here, or this office cannot take it back; nothing was changed.
register-refused-individual-form = The text has no registration for the individual form: such a person may only report under paragraph 9.
register-refused-not-this-office = This device's office does not do this; nothing was recorded.

certificate-number-refused = This is no number of a certificate: it has digits, and beside them letters, dashes, slashes and dots alone.
eligibility-yes = May go on patrol: yes
eligibility-no = May go on patrol: no: { $reasons }
eligibility-ended = no longer eligible
with-paragraph = { $sentence } ({ $paragraph })
card-eligible = May go on patrol: by the structural subdivision's card of { $day }
card-not-eligible = No longer eligible to go on patrol: by the structural subdivision's card of { $day }
refused-basis = { $sentence } It rests on { $paragraph }.
