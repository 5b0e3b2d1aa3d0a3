# How, where and with what a patrol goes: modes and parts of the border space in the terms of 001-§3 and 001-§10;
# means of moving, ways of noting and what a position is worth in plain words of ours.

activity-mode-independent = independently
activity-mode-joint = jointly
activity-mode-both = independently and jointly

area-component-state-border = State Border
area-component-border-zone = territory up to the outer limits of the border zone
area-component-internal-waters = internal waters
area-component-territorial-waters = territorial waters
area-component-crossing-point = crossing point
area-component-other-crossing-place = other place where crossing takes place
area-component-fishing-zone = fishing zone
area-component-continental-shelf = continental shelf
area-component-airspace = airspace

patrol-phase-planned = planned
patrol-phase-assigned = planned, and who goes is named
patrol-phase-start-overdue = overdue: should have gone out
patrol-phase-under-way = out
patrol-phase-return-overdue = overdue: should be back
patrol-phase-ended = back
patrol-phase-cancelled = called off

answer-comes = comes
answer-does-not-come = does not come

can-come-yes = can come
can-come-no = cannot come

plan-refused-no-plan = There is no plan of this patrol, or it was called off; nothing was recorded. Plan it first.
plan-refused-started = This patrol went out already; nothing was recorded. What happens now goes into its log.
plan-refused-plans-apart = Plans of this patrol were made apart, and all stand; nothing was recorded. Put the plan right once more: that replaces them.
plan-refused-in-the-past = By this plan the patrol would be back before now; nothing was recorded. Check the day and the hour.
plan-refused-no-card = Of somebody who is named no card of the structural subdivision has come; nothing was recorded. Exchange first, or leave him out.
plan-refused-not-eligible = Somebody who is named may not go on patrol; nothing was recorded. Leave him out.
plan-refused-not-named = Whoever has this phone is not named for this patrol; nothing was recorded.
plan-refused-leader-stays-at-home = Whoever leads a patrol goes along; nothing was recorded. Name him among the members, or another leader.
plan-refused-too-many = These are more people than one patrol takes; nothing was recorded.
plan-refused-end-not-after-start = The patrol would be over before it begins; nothing was recorded. Check both times.
plan-refused-too-long = No patrol is out for more than two weeks; nothing was recorded. Check the day of the return.

transport-on-foot = on foot
transport-horse = on horseback
transport-vehicle = by vehicle
transport-boat = by boat
transport-ski = on skis
transport-other = in another way

source-phone = phone
source-paper = paper
source-radio = radio
source-file = file

position-no-fix = no fix
position-by-hand = set by hand
position-mock = mock
position-accuracy-unknown = accuracy unknown
position-measured = ±{ $metres } m
position-measured-weakly = ±{ $metres } m, weak
