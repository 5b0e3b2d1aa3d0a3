# What the law says: grounds, rules, the one deadline, where it stands and in which wording. Kazakh from the Rules of
# decree No. 866; Russian and English are ours and must be compared with the official editions before they are printed.

exclusion-ground-criminal-liability = brought to criminal liability
exclusion-ground-repeat-admin-offences = repeated intentional administrative offences
exclusion-ground-moved-out = moved permanently out of the border space
exclusion-ground-health-or-death = circumstances excluding further participation
exclusion-ground-own-wish = does not wish to go on

basis-T = the Rules say so
basis-D = derived from the Rules
basis-T-D = the Rules say a part of it, the rest is derived

rule-R01 = Only citizens of Kazakhstan are engaged in protecting the State Border.
rule-R02 = No record of covert co-operation, operational-search or counter-intelligence activity is made here.
rule-R03 = A volunteer squad is created by a decision of the coordination council.
rule-R04 = A squad head is appointed from among the squad's volunteers by a decision of the coordination council.
rule-R05 = A squad head is appointed until one of the circumstances of paragraph 15 arises.
rule-R06 = A squad takes part under the leadership of representatives of a structural subdivision, and every activity goes on under their control.
rule-R07 = A sector, the place of an event and a place of residence lie in the border space; the local executive body or the structural subdivision declares it.
rule-R08 = An observation names one of the seven protected objects.
rule-R09 = An activity is of one of the five types of paragraph 10; the first two are carried out independently and/or jointly.
rule-R10 = The activities of paragraph 10 begin with legal training.
rule-R11 = Physical force and other means are used only if the aim cannot be reached otherwise, and the necessity is written down.
rule-R12 = A detention names the offence, the grounds of coercive measures are explained and a unit of the Border Service is informed; the detained person is delivered or released.
rule-R13 = A known fact is told immediately; both the time it was learned and the time it was told are kept.
rule-R14 = A non-staff employee is decided upon within thirty calendar days from the day the application came in; a refusal states no reasons.
rule-R15 = The local executive body sends the list of squad members with copies of their identity cards to the territorial subdivision.
rule-R16 = Where a circumstance excludes participation, the local executive body is notified so that the particular person is removed from the squad.
rule-R17 = A certificate is issued after registration, its number is not used again, and the head of the territorial subdivision signs it.
rule-R18 = A certificate has no expiry; it is valid when an identity document is shown with it.
rule-R19 = A person is struck off when one of the five circumstances of paragraph 15 arises, and is notified; upon death there is no notice.
rule-R20 = Two or more intentional administrative offences within one year exclude participation.
rule-R21 = A person who is struck off or not registered is not assigned; an assignment made at the same time as a strike-off has no effect.
rule-R22 = A patrol counts as open until its results are entered in the border service book.

deadline-non-staff-decision = decision on a non-staff employee
day-count-start-is-day-1 = the starting day counts as the first
day-count-start-is-day-0 = the starting day is not counted

# What stands where: "пункт 17 Правил".
citation-decree = point { $point } of the decree
citation-paragraph = paragraph { $number } of the Rules
citation-item = paragraph { $paragraph }({ $number }) of the Rules
citation-annex = annex { $number } to the Rules

wording-none-yet = On this day the Rules had not taken force yet.
wording-not-in-sources = { $citation }: on this day another wording was in force, which is not in our sources; the present one was given by Government decree No. { $number } of { $day }.
wording-in-sources = { $citation }: worded by Government decree No. { $number } of { $day }; the day of its official publication is not in our sources, so check that it had taken force by this day.

term-left =
    The last day is { $day }, { $days ->
        [one] { $days } day is left
       *[other] { $days } days are left
    }.
term-last-day = Today, { $day }, is the last day of the term.
term-overdue =
    The term ended on { $day }, it is overdue by { $days ->
        [one] { $days } day
       *[other] { $days } days
    }.
