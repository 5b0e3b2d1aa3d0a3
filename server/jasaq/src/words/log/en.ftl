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

## Lengths of time

lasting-minutes = { $minutes } min
lasting-hours = { $hours } h { $minutes } min
lasting-days = { $days } d { $hours } h

## Headings of tables

column-draft = draft
column-missing = missing
column-case = case
column-since = since

## Entries amended, taken back, begun

told-by-source = Who says it is asked of what is taken down from paper or by radio: give `--source paper` or `--source radio` with `--told-by`.
amended-in-place = Nobody else can have the entry yet: it was written over.
amended-beside = The amendment stands beside the entry, and both travel.
amend-which = This entry was amended on two devices apart. Name by its key which version is amended: { $keys }.
log-taken-back = It is taken back. It stays in the log, struck out, with the reason.
mark-written = The mark is safe on this device.
mark-cause-of-gap = A cause is asked of a gap in the track alone.
patrol-code-next = Those who go along scan it with their own phones, or type it: `jasaq patrol join CODE`.
patrol-joined = Joined. What is recorded from here on goes into patrol { $patrol }.
patrol-joined-beside-own = Your patrol { $patrol } is still under way. If it is the same one, the head makes it a part: `jasaq patrol attach { $patrol } --to …`.
patrol-code-none-in-picture = No patrol's code was found in the picture. Photograph the code alone, close and in good light.
patrol-code-several-in-picture = The picture shows codes of several patrols. Photograph one alone.
patrol-attached = Patrol { $part } is a part of { $patrol } now.
patrol-part-of = { $state }, a part of { $patrol }
draft-kept = The draft is safe on this device. Record it with `jasaq entry draft finish { $draft }`.
draft-none = No entry was begun here.
draft-missing = Still missing: { $arguments }
draft-unknown = No draft has an id that begins so. `jasaq entry draft list` shows them.
draft-unreadable = This draft cannot be read; it may be of a newer program. Nothing was recorded, and the draft stays.
draft-dropped = The draft is thrown away.

## What the subdivision is told

observed = Safe on this device. It goes to the structural subdivision with the next exchange, before anything else.
notice-under-way = The notice is safe on this device. Trying to reach the relay…
notice-sent = The relay has it. Whether the structural subdivision has it, its answer says: `jasaq sync`, then `jasaq notice list`.
notice-waits = It waits on this phone for the next exchange, and goes before anything else.
notice-tell-by-voice = The relay was not reached: the notice waits on this phone. Tell the structural subdivision by voice NOW, then say so: `jasaq notice told { $key } --channel radio`.
notice-told = Recorded. The structural subdivision confirms it.
notice-answered = The answer goes to the squad with the next exchange.
notice-none = Nothing was told here.
notice-open = waits for an answer
notice-on-patrol = patrol { $patrol }
notice-learned = learned { $time }
notice-told-at = told { $time } { $channel }
notice-received = received here { $time }
notice-gap = { $time } after it was learned
notice-answer = { $time } answered: { $reply }
notices-open = { $count ->
        [one] 1 immediate notice waits
       *[other] { $count } immediate notices wait
    } for an answer: `jasaq notice list`, `jasaq notice answer`.

time-yesterday = Recorded for { $time }, yesterday: today it is not that late yet. For another day give the day too.
recorded-odd = Recorded as it was given, but look at it again: { $what }.

## Cases

detention-next = Safe on this device. Explain the grounds (`jasaq detention rights`) and record it with `jasaq detention step`; tell the structural subdivision at once: `jasaq notice send`.
force-next = Safe on this device. What was written of it leaves this phone once the head or the structural subdivision has it.
notice-not-told-next = That it came is answered with `--reply received`.
case-recorded = Safe on this device.
case-over = Safe on this device. What this phone wrote of the person leaves it once the head or the structural subdivision has all of it.
case-put-right = Safe on this device. What was said before stays to be read in the case, with this beside it.
case-taken-back = It is taken back. It stays in the case, with the reason.
case-because = put right because: { $said }
case-earlier = Said before, and put right or taken back since:
case-earlier-right = put right by { $name }, { $time }, { $key }
case-earlier-back = taken back by { $name }, { $time }, { $key }
case-none = No log here names a case.
case-has-left = handed on: what this phone wrote of it has left it, the head or the structural subdivision has it
case-not-read = not read here: the head and the structural subdivision read it
case-own-words = This phone reads of it what it wrote itself; the head and the structural subdivision read all of it.
case-of = Case { $case }, patrol { $patrol }: { $state }
case-held-since = { $time } since the detention
case-held = held for { $time }
case-name = name: { $said }
case-born = born: { $said }
case-paper = paper: { $said }
case-offence = for: { $said }
case-language = language: { $said }
case-items = handed over with him: { $said }
case-duty = duty section: { $trigger }; citizenship: { $citizenship }
case-ordered-by = by order of { $said }
case-means = means: { $said }
case-aim = to what end: { $said }
case-necessity = why nothing else would do: { $said }
case-injuries = injuries: { $said }
case-witnesses = witnesses: { $said }
duty-of-police = `--trigger` and `--citizenship` are for the police: give them with `--receiver law_enforcement_body`. Nowhere else is citizenship asked for.

rights-grounds-explained = You are detained for an offence in the border space. The grounds of the coercive measures that are applied to you have to be explained to you.
rights-which-grounds = The grounds are: (say for which offence, when and where).
rights-delivered-to = You will be delivered to a structural subdivision of the Border Service, to a law-enforcement body or to another authorised body.
rights-certificate = In the cases that the law provides, whoever detains you shows at your demand the certificate that proves that he takes part in guarding the border lawfully.
rights-our-wording = After paragraphs 10(5), 12(2) and 12(3) of the Rules approved by decree No. 866 of 27.08.2013. The wording is ours; it is no official form.
