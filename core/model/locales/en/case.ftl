# What happens on a patrol beside its entries: marks, notices to the subdivision, detention and hand-over, a head's decisions.
# Terms of 001-§9, 10 and 12 and of 002-§14; the rest in plain words of ours.

mark-kind-joined = joined the patrol
mark-kind-certificate-shown = certificate shown
mark-kind-pause = pause
mark-kind-track-gap = gap in the track

gap-cause-app-closed = the phone closed the program
gap-cause-no-fix = no fix
gap-cause-battery = the battery was empty or cold
gap-cause-switched-off = switched off
gap-cause-other = another cause

amend-reason-slip = a slip
amend-reason-left-out = something was left out
amend-reason-known-better = it became known better
amend-reason-other = another reason

channel-radio = by radio
channel-telephone = by telephone
channel-in-person = face to face
channel-program = by this program

notice-reply-received = received
notice-reply-confirms-voice = confirmed that it was told by voice
notice-reply-not-heard = no such call is known

step-kind-grounds-explained = explaining the grounds of the coercive measures
step-kind-unit-told = the structural subdivision was told
step-kind-in-delivery = on the way to whoever receives
step-kind-measures-told = the receiver told what came of it

duty-trigger-offence-by-foreigner = offence by a foreigner or stateless person
duty-trigger-offence-against-foreigner = offence against a foreigner or stateless person
duty-trigger-circumstance = accident or circumstance connected with a foreigner or stateless person
duty-trigger-without-papers = delivered without documents
duty-trigger-detention = detention
duty-trigger-sudden-death = sudden death

company-alone = alone
company-group = in a group

sameness-one = one event
sameness-separate = separate events

settled-field-activity = activity
settled-field-time = time
settled-field-place = place
settled-field-marker = boundary marker
settled-field-landmark = landmark
settled-field-count = number
settled-field-text = words
settled-field-start = departure
settled-field-end = return
settled-field-mode = independently or jointly
settled-field-representative = controlling representative
settled-field-area = part of the border space
settled-field-leader = who led
settled-field-task = task

excuse-reason-lost = lost
excuse-reason-broken = broken
excuse-reason-left-earlier = its owner left earlier
excuse-reason-other = another reason

attended-attended = was there
attended-absent = was not there

log-refused-not-there = There is no such statement in this log; nothing was recorded. See its keys in the log.
log-refused-not-yours = Another said it, and nobody amends or takes back what another said; nothing was recorded. The head decides between what differs.
log-refused-taken-back = It was taken back already; nothing was recorded.
log-refused-not-taken-back = This is not taken back: a plan is replaced or called off, a page is amended, an answer is given anew; nothing was recorded.
log-refused-not-an-entry = Only an entry is amended; nothing was recorded. Anything else is taken back and said anew.
log-refused-attached-in-a-ring = A patrol is no part of itself, nor of one that is a part of it; nothing was recorded.
log-refused-no-case = There is no such case on this device; nothing was recorded. What was handed over has left this phone: the head or the subdivision goes on with it.
log-refused-nobody-detained = Nobody is detained in this case; nothing was recorded.
log-refused-case-ended = Who was detained was handed over or released already; nothing was recorded. To put that right, name what is replaced.
log-refused-not-in-case = Nothing in this case has that key, as far as it is read here; nothing was recorded. The record of the case shows its keys.
log-refused-another-kind = What has that key is of another kind; nothing was recorded. Each is put right by its own: who was detained, a step, a hand-over, a release, force. What was written by mistake is taken back.
log-refused-put-right-already = That was put right or taken back already; nothing was recorded. Name the key of what stands now.
log-refused-put-right-only = Who was detained, and force, are not taken back but put right; nothing was recorded.
log-refused-no-notice = There is no such notice here; nothing was recorded. Exchange first.
log-refused-not-told-by-voice = Nobody has recorded that this notice was told by voice; nothing was recorded.
log-refused-too-few-entries = Of fewer than two entries nothing is to be decided; nothing was recorded.
log-refused-too-many-entries = One decision names at most eight entries; nothing was recorded. Decide by parts.
log-refused-nothing-to-decide = Nothing differs there; nothing was recorded.
log-refused-reason-needed = Another value, and that it cannot be decided, needs a reason; nothing was recorded.
log-refused-excuse-words-needed = If it is none of the reasons in the list, words are needed: say why this phone is not waited for; nothing was recorded.
log-refused-amendment-reason-needed = An amendment of a page needs a reason; nothing was sealed.
log-refused-own-phone = This is the phone by which you decide: everything that is on it is here, so it is not left out. Nothing was recorded.
log-refused-nothing-changed = This says just what stands already, so nothing was recorded.
log-refused-no-value = This is no value of that field; nothing was recorded. A time is written with its day and offset, a place as degrees north and east with a comma between them.
log-refused-already-so = It was said so already; nothing was recorded.
log-refused-sealed = The page of this patrol is sealed; nothing was recorded. What came since goes into an amendment, or the subdivision reopens the patrol.
log-refused-sealer-ended = By the subdivision's card you are not on the squad any more, so you do not seal its pages; nothing was sealed. What you recorded and decided stays, and another head of the squad seals.
log-refused-gates-closed = Something still stands before the seal; nothing was sealed. The list of it says what to do.
log-refused-page-too-long = The patrol holds more than one page can (some twenty thousand entries); nothing was sealed. Take back that a part was attached, and seal the part as a page of its own.
log-refused-no-page = There is no such page here; nothing was recorded. Exchange first.
log-refused-page-incomplete = Pieces of this page have not come yet; nothing was recorded. Exchange first.
log-refused-seal-broken = The seal of this page is not good: it was altered, or sealed by whoever is no head; nothing was recorded.
log-refused-page-differs = This page says something else than the statements that it rests on; nothing was countersigned. The check of the page names the parts. Ask its head; whoever has made sure countersigns it all the same.
log-refused-page-rests-on-more = This page rests on statements that have not come here yet, so it cannot be held against them; nothing was countersigned. Exchange first; whoever has made sure otherwise countersigns it all the same.
log-refused-sealed-past-gates = This page was sealed past what stands before a seal, so no head's program should have sealed it; nothing was countersigned. The check of the page names what is open. Ask its head; whoever has made sure countersigns it all the same.
log-refused-not-the-last-page = Another page of this patrol stands after it or beside it; nothing was recorded. Look at the pages of the patrol.
log-refused-not-countersigned = The subdivision has not countersigned this page; nothing was recorded.
log-refused-countersigned = This page was countersigned already; nothing was recorded.
log-refused-entered = This page was entered into the book already; nothing was recorded.
log-refused-entered-day = A page is entered into the book on the day of the patrol or later, and not on a day that is yet to come; nothing was recorded.
log-refused-number-taken = There is no number after this one; nothing was recorded.
log-refused-number-twice = Another page has this number too, so nothing was recorded. Give one of the two another number first.
log-refused-number-is-its-own = No other page has its number; nothing was recorded.
log-refused-reopened = This patrol was opened again: its head seals another page, and that one is countersigned. Nothing was recorded.
log-refused-not-entered = This page was not entered into the book yet, so there is nothing to put right; nothing was recorded.
log-refused-numbers-stay = Numbers of the book stay, and there is no open season in which to say so: open one first. Nothing was erased.
log-refused-changed-meanwhile = Meanwhile another window or program wrote to this patrol; nothing was recorded. Look at it again.
log-refused-part-is-sealed = This patrol has a page of its own already, so it is made a part of no other; nothing was recorded.
log-refused-not-of-squad = He is not of the squad and was not named for this patrol; nothing was recorded.
log-refused-nothing-new = Nothing came since this page was sealed; nothing was sealed.
log-refused-another-squads = This is the patrol of another squad; nothing was recorded. Scan the code of your own head.

patrol-code-refused-form = This is not the code of a patrol: it begins with jasaq-patrol:. Scan the code that the head shows, or type what stands beside it.
patrol-code-refused-damaged = There is a mistake in the code, or a part of it is missing; nothing was recorded. Scan it again, or compare it letter by letter.
patrol-code-refused-newer = The code is of a newer version of the program. Renew the program; until then start a patrol of your own, and the head attaches it later.

case-stage-force-alone = force, nobody detained
case-stage-detained = detained
case-stage-in-delivery = on the way
case-stage-handed-over = handed over
case-stage-released = released
case-gap-nobody-detained = who was detained is not recorded
case-gap-grounds-not-explained = the grounds of the measures were not explained
case-gap-language-not-said = in which language they were explained is not said
case-gap-unit-not-told = the structural subdivision was not told
case-gap-not-ended = neither handed over nor released
case-gap-ended-apart = ended in more than one way, by people who were apart
case-gap-not-here = it left this phone and is not here again yet
