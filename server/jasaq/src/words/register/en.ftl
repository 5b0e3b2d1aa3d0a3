# What the program says of the register, in English. The three files hold the same messages with the same facts.

## Headings of tables

column-asked = registers that answered
column-born = born
column-day = day
column-consoles = consoles
column-district = district
column-office = office
column-squads = squads
column-due = to be decided
column-head = head
column-id-document = identity card
column-iin = IIN
column-line = no.
column-lines = people
column-list = list
column-military-unit = military unit
column-number = number
column-odd = to look at
column-person = person
column-print = print
column-session = session
column-reason = what for
column-taken-back = taken back
column-topics = topics
column-trained = trained
column-who = who

## District, decisions, reviews

district-made = The district's space is made: the council, the akimat and the subdivisions see squads and their rosters in it.
district-made-next = Next: `jasaq sync`, then invite the akimat and the council under the same names: `jasaq invite --role leb` and `--role cc`.
district-none = No district is here.
district-nobody-yet = nobody in yet
district-named-twice = Squads of one district give it two names; a slip, as a rule. The council puts it right: `jasaq district rename`.
district-renamed = The district is called { $district } now, with { $squads } squads.
district-missing = Name the district: `--district`. No other squad of this council gives it; nothing was recorded.
district-offices-empty = No console of these is in yet: { $offices }. If one of the names is a slip, make the district anew with the right one: nobody will come in under the other.
decision-squad-created = The decision that creates the squad { $squad } is recorded. Its id: { $id }.
decision-head-appointed = { $person }: the decision that appoints the head of the squad { $squad } is recorded.
decision-of-creation = squad created
decision-of-head = head: { $person }
decision-of-head-ended = head: { $person }, over since { $day }
decision-taken-back = taken back: { $reason }
decision-none = No decision of a council is here.
review-never = The council has not looked yet.
review-since = The council looked last on { $day }. New since then:
review-nothing-new = Nothing new.
review-many-names = { $name } and { $more } more names: `jasaq squad roster` has them all, `--json` with their keys
review-vacancies = Without a head: { $squads }
review-done = Recorded as looked at: what comes later is new to the council.
review-remarked = The remark is recorded.
register-next-sync = Next: `jasaq sync`, so that the others learn of it.

## Squads of the register

squad-supervised = The squad's spaces are there already; now it is recorded that this subdivision supervises it.
squad-made-undecided = The council's decision that creates the squad (001-§7, R03) is not recorded: this console reads no council's space. When the decision comes, repeat `jasaq squad create`.
squad-show = Squad { $squad }, { $district }: { $state }. Head: { $head }
squad-decision = Created by the council's decision No. { $number } of { $day } (001-§7).
squad-remark = The council's remark: { $text }
squad-claim = Said to be supervised by { $office }: phones { $roll }, key { $key }
squad-head-ended = The appointment of { $person } is over since { $day }: said by { $office }, key { $key }
squad-head-ended-contested = Several subdivisions claim this squad, and any of them can have ended an appointment. If it was ended wrongly, the subdivision that said so takes it back with `jasaq register withdraw`; if it does not, ask the territorial subdivision, which can remove its console with what it said.
squad-head-vacant = vacant
squad-head-several = several appointments run at once
squad-odd-no-decision = number and day of the decision that creates it are not recorded (R03)
squad-odd-several-heads = there can be one head; the coordination council takes the others back: `jasaq decision withdraw`
squad-odd-several-units = several subdivisions say that they supervise it: all but one take it back with `jasaq register withdraw`
squad-odd-head-unregistered = the head is not registered by what this office reads (001-§7, 19)
squad-odd-head-off-roster = the head is not on the roster and so none of the squad's volunteers (001-§7); the coordination council: `jasaq decision withdraw`, or the akimat lists him anew
roster-taken-off = { $person } ({ $id }) is taken off the roster of the squad { $squad }:
roster-take-off = If { $person } ({ $id }) is taken off the roster of the squad { $squad }:
meant-not-these = Of several records of this name the one that goes on is meant, or the one asked for. The others, by their ids: { $ids }

## Lists

list-squad-not-known = The list's title names a squad that is not known here, or several are called so; nothing was recorded. If another is meant, name it: `--squad`.
list-none = No list is here.
list-unknown-next = `jasaq sync` brings what is new, and `jasaq list list` shows the lists with their numbers.
list-received-already-next = `jasaq list show` shows who stands on it, `jasaq check show` how far each check is.
list-withdrawn-next = `jasaq list list` shows which lists stand. A list that was put right is sent with `jasaq list import`.
list-with-its-list-next = A list as a whole is taken back by `jasaq list withdraw`, a name by `jasaq squad remove-member`.
roster-not-on-next = Who is on it: `jasaq squad roster`.
list-head = List No. { $number } of { $day }: { $state }
list-state-sent = not received yet
list-state-received = received { $day }
list-state-withdrawn = taken back: { $reason }
list-number-twice = another console of the akimat sent a list under this number too: { $lists }; if one of them was a slip, the akimat takes it back
list-received = The list is recorded as received: its check begins.
list-received-copies = The check of some on the list is done already, and the copies of their papers are deleted: { $count }. With the next exchange they are gone everywhere.
list-received-next = Next: `jasaq check show`, then `jasaq check record` for each person. The text gives this check no term (001-§19).
list-withdrawal = If list No. { $number } of { $day } is taken back:
list-withdrawn = List No. { $number } of { $day } is taken back as a whole:
withdrawal-off = off the roster
withdrawal-stays = stays on it: another list names him
withdrawal-stays-with-others = stays on it: another akimat put him on too
withdrawal-in-check = - the territorial subdivision has had it since { $day }: its check ends for whoever is not registered yet
withdrawal-registered-stay = - whoever was registered since stays registered; who that is cannot be read here, and only the structural subdivision strikes off, on a ground of 001-§15 (001-§22)
withdrawal-registered-stays = - if he is registered he stays so; that cannot be read here, and only the structural subdivision strikes off, on a ground of 001-§15 (001-§22)
withdrawal-as-noticed = - as the notice of the territorial subdivision of { $day } asks (001-§19)
withdrawal-head-off = - { $person } is the squad's head; the appointment runs until the council takes it back or a strike-off ends it (001-§7)
withdrawal-name-stays = - stays on the roster: another akimat put him on too; only this akimat's own entry is taken off
withdrawal-roster-empty = - nobody is left on the squad's roster
withdrawal-papers = - copies and other papers that are deleted, here at once and for everybody when the territorial subdivision hears of it: { $count }
withdrawal-apply-next = Nothing was recorded. `--apply` does it.
decision-withdrawal = If this decision about the squad { $squad } is taken back:
decision-withdrawn = The decision about the squad { $squad } is taken back:
decision-undoes-squad = - the squad is none any more: nobody can be listed for it, and its appointments are void
decision-undoes-head = - the squad has no head any more
decision-undoes-appointment = - the appointment counts as not made; who heads the squad does not change
list-before = the record before, { $id }: { $state }
list-before-struck-off = the record before, { $id }: struck off { $day } (001-§15, 22); that is no bar, a new record begins
list-before-excluded = the record before, { $id }: notice of { $day } to remove him (001-§19); that is no bar, a new record begins
list-erased-by-unit = the structural subdivision erased this record, and nobody is registered under it again: tell the akimat, which takes the list back (`jasaq list withdraw`) and lists him again with the answer that a new record begins (`--answer CELL=anew`)

## Checks

check-recorded = { $person }: recorded. Registers that answered: { $asked } of { $all }.
check-asked = { $asked } of { $all }
check-not-asked = no answer recorded
check-none = Nobody is being checked.
check-next-register = Next: `jasaq register add PERSON --section SECTION`.
check-next-missing = The answers of the other registers are missing; this office: `jasaq check record`.
check-next-exclude = There is a circumstance that excludes: of somebody on a list tell the akimat with `jasaq check exclude`; an application is decided with `jasaq register application decide … refused`.
check-next-stands = An earlier answer of a register names a circumstance that excludes, and it stands. If it was recorded in error: `jasaq register withdraw KEY --reason …`; `jasaq person show … --sensitive --reason …` shows the key.
check-excluded = { $person }: the notice to the akimat to remove him is recorded, without a ground (001-§19).
check-offence-recorded = The intentional administrative offence is recorded.
check-offence-next = If it was recorded in error: `jasaq register withdraw KEY --reason …`; `jasaq person show … --sensitive` shows the key.
check-offence-repeated = The second within a year: that excludes (001-§15(2)). Of who is registered the circumstance is recorded by itself, and the structural subdivision strikes off; of who is not: `jasaq check exclude`.

## Register and applications

register-added = { $person }: registered.
register-added-next = Next: `jasaq certificate issue`, then `jasaq sync`.
application-received = The application is recorded ({ $id }). It is to be decided by { $due } (001-§17).
application-received-next = Next: `jasaq check record`. The terms: `jasaq register application list`.
application-odd-next = The application was not recorded. Correct it and repeat `jasaq register application receive`; if it is right as it is written: `--as-written`.
application-wrong-next = The application was not recorded. Correct it and repeat `jasaq register application receive`.
application-decided = { $person }: { $outcome }.
application-refused-next = Tell the applicant, without reasons (001-§17): `jasaq person told … --about refusal`.
application-none = No application is here.
iin-refused = The IIN was not accepted and nothing was recorded: it has twelve digits, the last of which checks the others. Compare it with the document.

## The papers that are issued

paper-issued = { $person }: certificate No. { $number } is recorded as issued.
paper-issued-next = Next: `jasaq sync`, then legal training, the structural subdivision: `jasaq training record`.
paper-lost = { $person }: the certificate is recorded as lost, and is not valid any more.
paper-lost-next = Next: `jasaq certificate reprint … --cause lost`, then `jasaq sync`.
paper-reprinted = { $person }: the certificate is printed anew under its number, print { $print }; the ones before are not valid any more.
paper-contested = number given twice
paper-print-twice = print made twice
paper-contested-next = Two consoles gave one number at the same time. Take one certificate back (`jasaq register withdraw KEY`) and issue it under another number.
paper-none = No certificate was issued.

## Training, circumstances, strike-offs

training-recorded = Legal training is recorded; who were there: { $count }.
training-none = No legal training is recorded.
strike-off-incomplete = Say whom to strike off and on which ground (--ground); nothing was recorded.
strike-off-would-be = If { $person } ({ $id }) is struck off as of { $day }:
strike-off-done = { $person } ({ $id }) is struck off as of { $day }:
strike-off-ends-patrols = - no more patrols; the phones learn with their next exchange, what was logged before stands
strike-off-ends-certificate = - certificate No. { $number } is not valid any more
strike-off-ends-headship = - the appointment as head of the squad { $squad } is over (001-§7)
strike-off-leaves-roster = - stays on the squad's roster; the akimat: `jasaq squad remove-member`
strike-off-apply-next = Nothing was recorded. `--apply` does it.
strike-off-tell-next = Next: `jasaq sync`, then tell the person (001-§22): `jasaq person told … --about strike_off --way …`.
circumstance-recorded = { $person }: the circumstance is recorded; no more patrols.
circumstance-next = Next: `jasaq sync`, then the structural subdivision: `jasaq strike-off`.

## Persons

person-none = Nobody.
person-may = yes
person-may-not = no
person-head = { $person } ({ $id }): { $state }
person-squads = Squad: { $squads }
person-registered = Registered { $day }, section { $section }
person-certificate = Certificate No. { $number } of { $day }, print { $print }: { $status }
person-number-contested = Number { $number } is also on the certificate of { $id }: it was given twice, and until one is taken back neither can be told from the other. The territorial subdivision decides; it takes this one back by { $key }.
person-phones-several = The phones of { $members } are recorded as this person's too, and cards let him out with each. If one was recorded in error, take that back with `jasaq register withdraw KEY` (`jasaq person show` lists the keys): his name then goes off all that was logged on it. If he handed one on, its new holder joins anew with it.
squad-phones-of-one = Look at this: the phones of { $member } and of { $others } are recorded as one person's. `jasaq person show` lists the keys by which one is taken back.
person-phone-contested = The phones of { $member } are said to be { $id }'s as well: they let nobody out until one of the two is taken back with `jasaq register withdraw KEY`; the keys stand in the histories.
person-trained = Legal training { $day }, military unit { $unit }
person-struck-off = Struck off { $day }
person-odd = To look at: { $flag }
person-offence = Intentional administrative offence: { $day }; its key: { $key }
person-ground = Ground: { $ground }, { $day }
person-circumstance-without-ground = a circumstance that the territorial subdivision knows
person-not-counted = Not counted: { $key }, { $kind }, { $role }: { $why } { $paragraph }
person-identified = The phone of member { $member } is recorded as: { $person }.
person-was-told = { $person }: recorded as told ({ $about }).
person-leaves = { $person }: recorded, no wish to go on; no reason is asked (001-§15(5)). Key: { $key }. `jasaq register withdraw KEY` takes it back.
person-would-be-erased = Of person { $person } would be erased: { $statements } records and { $attachments } copies of papers, as far as this office reads them.
person-would-be-erased-next = Nothing was erased. `--for-everybody` does it; nothing brings it back.
person-erased = Of person { $person } is erased here: { $statements } records and { $attachments } copies of papers.
person-erased-next = `jasaq sync` tells everybody; `jasaq erasure list` shows who has obeyed. What the other subdivision reads of him is erased by the same command there.
readings-none = Nobody opened what is kept apart.

## Lists from files, and files from lists

column-cell = cell
column-file = file
list-of-squad = List of the squad { $squad }
list-planned = New records: { $created }; known, to be put on the roster: { $put_on }; on it already: { $on_already }; refused: { $refused }; asked: { $asked }; left out: { $left_out }.
list-import-next = Nothing was recorded. Questions are answered with `--answer CELL=ANSWER`, and `--apply` sends the list.
list-nothing-to-do = Everybody on the list is on the roster already or left out; nothing was recorded.
list-not-yet-next = `jasaq list import` without `--apply` shows questions and reasons; `--answer CELL=ANSWER` answers, `--leave-out-refused` leaves out the lines that are refused.
list-refused-next = Mend the file and give it to `jasaq list import` again.
list-sent = The list is recorded: { $persons } people, { $copies } copies enclosed.
list-copies-attached = Copies attached to people who were on the list without one: { $copies }.
list-copies-left = Copies not attached, of people on the list who have one, or had one until it was deleted: { $copies }.
list-sent-next = Next: `jasaq sync`, then the territorial subdivision: `jasaq list receive`. If it is wrong, this office: `jasaq list withdraw`.
list-line-created = new record
list-line-created-anew = new record, the one before has ended
list-line-put-on = known, will be put on the roster
list-line-goes-on = known, goes on under his record: his list was taken back
list-line-on-already = on the roster already
list-line-refused = refused
list-line-asked = asked
list-line-left-out = left out
list-columns-left-out = Columns that are not read: { $cells }
list-rows-passed-over = Rows that are about nobody: { $cells }
list-copies-whose = Copies, and whose they are:
copy-stays = does not go along: the line is left out
copy-of-nobody = of nobody on the list
copy-of-several = may be of each of these lines
copy-missing = no copy
list-cited = { $said } ({ $paragraphs })
list-proposed = Proposed: { $proposed }
list-candidate = { $who }: { $person }, born { $born }, identity card { $card }
list-answers = Answers: { $answers }
list-answer-unread = The answer was not taken: { $why }
list-card-of-nobody = { $file }: of nobody on the list; nothing was recorded. Copies are named after the number of the card or the person's number on the list, and after the row of the sheet only where the list has no such column: 012345678.jpg, 14.pdf. Rename them and repeat `jasaq list import`.
list-card-of-several = { $file } may be of the persons of several lines, { $cells }; nothing was recorded. Name it after the number of the card and repeat `jasaq list import`.
list-paper-unfit = { $file } is empty or too long; nothing was recorded.
list-copy-unfit = { $file } is a kind of file from which place and device cannot be taken out, or it is damaged; nothing was recorded. Save the copy as JPEG, PNG or PDF.
list-papers-too-large = The papers are larger than { $mebibytes } MiB together; nothing was recorded. Scan them smaller, or send the list in parts.
list-number-sent = List No. { $number } of { $day } was sent already, of the squad { $squad } ({ $persons } people, { $list }); nothing was recorded. If this one has another number, give it: `--number`. If that one was wrong, take it back: `jasaq list withdraw { $list }`. If the letter brings several lists: `--same-letter`.
list-number-sent-next = `jasaq list list` shows it; `--same-letter` where the letter brings several lists.
erased-by-unit-next = The akimat: `jasaq list withdraw`, then `jasaq list import … --answer CELL=anew`. Of whoever applied: `jasaq person erase`, then `jasaq register application receive`.
list-exported = Written to the file: { $persons } people.
list-exported-what = List of squad members
answer-not-one = An answer is written CELL=ANSWER, like C14=07.10.1997 or C14:born_order=07.10.1997; nothing was recorded.
answer-to-nothing = What was said of the cell { $cell } answers no question; nothing was recorded. `jasaq list import` without `--answer` shows what is asked.
answer-unfit = What was said of the cell { $cell } is no answer to what is asked there; nothing was recorded. It takes: { $answers }; of a person his id, of a cell what should stand there.
answer-on-already = Who stands in the row of the cell { $cell } is on the squad's roster already, and what was said there answers nothing that would be asked of him; nothing was recorded. Leave that answer out. Who is to come off the roster is taken off by `jasaq squad remove-member`.
answer-unread = Answers that were not taken, at the cells { $cells }; the table says why. Nothing was recorded.
sheets-empty = The file is empty: there is nothing to read.
sheets-not-sheets = This is no spreadsheet: a list has to be an XLSX or CSV file. Save it as one in its own program and give it again.
sheets-other-workbook = This is a { $ending } workbook, which is not read. Save it as .xlsx and give it again.
sheets-password = The workbook is protected with a password. Save it without one and give it again.
sheets-beyond = Something stands in { $cell }, and sheets are not read that far. Delete what is too much and give it again.
sheets-cell-too-long = The cell { $cell } is too long. Shorten it and give it again.
sheets-quote = A quotation mark in row { $row } is not closed. Mend it and give it again.
sheets-control-character = Line { $line } of the file holds an invisible control character. Type the line anew and give the file again.
sheets-no-table = This is neither a workbook nor a table with headers: a list has to be an XLSX or CSV file.
sheets-damaged = The workbook is damaged. Open it in its own program, save it anew and give it again.
sheets-too-large = The file is larger than a list can need. Save the list alone and give it again.
sheets-ending = The file's name has to end in .xlsx or .csv; nothing was written.
sheets-unwritten = The table does not fit into a file; nothing was written. Choose fewer people and repeat.

## Papers

printed = The document is written: { $file }
print-not-printable = There is a character that cannot be printed ({ $code }); nothing was written. Mend it in the record.
print-under-way = Putting the sheets together
print-too-many-rows = The document has { $rows } rows, more than are printed on paper; nothing was written. Export it as a table.
print-does-not-fit = What is to stand on the paper does not fit into its place; nothing was written. Shorten it and repeat.
print-contested = Two consoles made this print at one hour, so it is not printed. Make the next one: `jasaq certificate reprint`.
print-number-contested = This number was given to two persons (`jasaq certificate list`), so no certificate with it is printed. Take one of the two back with `jasaq register withdraw` and issue it under another number.
print-struck-off = The person was struck off the register: the certificate is not valid any more and is not printed.
print-lost = This print is recorded as lost, so it is not printed again. Make the next one: `jasaq certificate reprint`.
print-excluded = Notice was given that the person is to be removed from the squad, so no certificate is printed.
trust-list-written = The trust list is written; certificates: { $count }.
register-exported-what = The general register
copies-none = There are no copies.
copies-deleted = Copies of identity papers deleted: { $count }. With the next exchange they are gone everywhere.
copy-deleted = deleted
squad-supervised-elsewhere = Another structural subdivision supervises this squad (001-§3(2)); nothing was made.

## What is taken back, what is not printed, and who goes on

columns-left-out = Left out, for there is no room (`--json` has all):
record-withdrawal = If this record is taken back: { $kind }, { $day }, key { $key }
record-withdrawn = Taken back; what it was and why stays to be seen: { $kind }, { $day }, key { $key }
withdrawal-of-person = - of whom: { $person } ({ $id })
withdrawal-of-squad = - of the squad { $squad }
withdrawal-state = - how far the record has come: { $before } → { $after }
withdrawal-state-stays = - how far the record has come does not change: { $state }
withdrawal-may-go = - may go on patrol again
withdrawal-may-not-go = - may not go on patrol any more
withdrawal-head-again = - heads the squad { $squad } again
withdrawal-heads-several = - several appointments run at once in the squad { $squad } then; the council takes back all but one (001-§7)
withdrawal-head = - the head: { $before } → { $after }
withdrawal-notices = - what the person was told of the strike-off is taken back too: tell him that he stays on the register
withdrawal-phone = - the phone of member { $member } is nobody's: his name goes off all that was logged on it, and its card lets nobody out. If he handed it on, leave this as it is: its new holder joins anew with it
withdrawal-number-kept = - the certificate's number is not given again, for its paper may exist
cause-stands = It follows from: { $kind }, { $day }, said by: { $role }, key { $key }
cause-stands-next = The office that said it: `jasaq register withdraw KEY`.
day-before-list-next = A list's day and that of its receipt stand with the list: `jasaq list list` shows them. If they are wrong, its akimat takes the list back as a whole and sends it anew.
day-too-early-next = `jasaq person show` and `jasaq decision list` show what was recorded and the keys; what is wrong is taken back with `jasaq register withdraw KEY`.
unit-unnamed-next = Repeat with `--unit`: the name with which the subdivision was invited.
certificates-several-next = `jasaq certificate list` shows both with their keys: `jasaq register withdraw KEY`.
card-from-register-next = Say whose phone it is: `jasaq person identify`.
second-head-next = The coordination council: `jasaq decision withdraw NUMBER`, if that appointment was recorded in error.
not-registered-next = The territorial subdivision: `jasaq register add`.
before-unsaid-next = `jasaq register application receive … --before ID`, the id of the record that ended.
struck-off-next = If he is on a list again under his old record: the akimat takes the list back (`jasaq list withdraw`) and sends it with `--answer CELL=anew`.
not-checked-next = The territorial subdivision: `jasaq check record`.
paper-lost-for-good = No new print is made: the holder is not on the register any more, or is to leave it. Next: `jasaq sync`.
person-would-leave =
    If { $person } does not wish to go on (001-§15(5)); no reason is asked:
    - no more patrols from the structural subdivision's next exchange on; what was logged before stands
    - the structural subdivision strikes off the register (001-§22), and an appointment as head ends with that
person-leaves-unnamed = whoever has this phone
print-none-of = { $person } ({ $id }): { $state }
print-none-refusal = The refusal of an application (001-§17) is not printed: no refusal stands. The territorial subdivision: `jasaq register application decide`.
print-none-registration = The notice of registration (001-§18) is not printed: it is for a non-staff employee who is registered, and for nobody else. The territorial subdivision: `jasaq register add`.
print-none-exclusion = The notice to remove somebody from a squad (001-§19) is not printed: none is recorded. The territorial subdivision: `jasaq check exclude`.
print-none-strike-off = The notice of a strike-off (001-§22) is not printed: the person is not struck off. The structural subdivision: `jasaq strike-off`.
print-none-head = The extract of the decision that appoints the head (001-§7) is not printed: the squad { $squad } has none, or several. The coordination council: `jasaq decision appoint-head`.
print-none-training = The record of legal training (001-§11) is not printed: there is no such session. `jasaq training list` shows them.
squads-by-phones = Squads by their phones and seasons:
squads-by-decision = Squads by their councils' decisions:
district-this-office = this office
district-unnamed = name not told here
decision-squad-next = Next: `jasaq sync`, then the structural subdivision: `jasaq squad create`.
check-excluded-next = Next: `jasaq sync`, then the akimat: `jasaq squad remove-member`.
