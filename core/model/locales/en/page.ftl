# Pages: what stands before a seal, and how far a page has come; ours, in plain words.

gate-kind-decided = nothing is left to decide
gate-kind-attendance-known = of everybody it is known whether he was there
gate-kind-times = departure and return are said, in this order, and not in the future
gate-kind-leader-was-there = whoever led was there
gate-kind-eligible = everybody might go that day
gate-kind-representative = a controlling representative is named
gate-kind-area = the part of the border space is said
gate-kind-activities = each activity is one of the five
gate-kind-force-recorded = each use of force has its record, with why nothing else would do
gate-kind-detentions-ended = each detention has its record, its steps and its end
gate-kind-notices-told = of what the subdivision was told both times are known
gate-kind-phones-here = everything of every phone is here, or it is not waited for
gate-kind-late-marked = what came late is marked as late
gate-state-open = open
gate-state-flagged = noted on the page
gate-state-closed = closed
page-state-sealed = sealed
page-state-countersigned = countersigned
page-state-entered = in the book
attendance-state-attended = was there
attendance-state-absent = was not there
attendance-state-unconfirmed = not known
