# The flags of a log and the kinds of statement; ours, in plain words.

flag-no-plan = the patrol went out without a plan
flag-no-controlling-representative = no controlling representative of the structural subdivision is named
flag-started-twice = the start was recorded more than once
flag-ended-twice = the end was recorded more than once
flag-ended-without-start = there is an end but no start
flag-end-before-start = the end lies before the start
flag-no-fix = no fix
flag-clock-implausible = the clock cannot have been right
flag-happened-after-recorded = it is said to have happened after it was recorded
flag-track-untimed = the track has points without a time
flag-fix-lost = the fix was lost on the way
flag-track-incomplete = a part of the track has not come yet

kind-patrol-started = patrol started
kind-leg-started = leg started
kind-leg-ended = leg ended
kind-patrol-ended = patrol ended
kind-entry = entry
kind-track = track
kind-waypoint = waypoint
kind-squad-card = volunteer card
kind-squad = volunteer squad
kind-name-on = put on the roster
kind-name-off = taken off the roster
kind-attachment = attachment
kind-attachment-held = attachment held whole
