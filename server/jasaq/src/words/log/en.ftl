# What is said of what is logged, told and of cases, in English. The three files hold the same messages with the same facts.

## The log

log-part-of = Part of patrol { $patrol }
log-with-parts = With its parts { $patrols }
log-marker = marker { $marker }
log-count = counted { $count }
log-told-by = told by { $name }
log-case = case { $case }
log-until = until { $time }
log-happened-at = happened { $time }
log-was = was: { $said }
log-amended = amended { $time } ({ $why })
log-amended-apart = amended on two devices apart; each version stands until one is amended
log-withdrawn = withdrawn: { $reason }
log-withdrawn-at = withdrawn { $time }: { $reason }
log-undecided = cannot be decided, all of it is written
log-left-out = left out
