# What happens on a patrol beside its entries: marks, notices to the subdivision, detention and hand-over, a head's decisions.
# Terms of 001-§9, 10 and 12 and of 002-§14; the rest in plain words of ours.

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
