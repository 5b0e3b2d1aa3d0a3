# What the program says, in English. The three files hold the same messages with the same facts.

## Custody: how far an entry has come

custody-on-this-phone = on this phone
custody-at-relay = the relay has it
custody-with-head = the head has it
custody-with-ss = the structural subdivision has it

## Statements that are here and do not count

unsettled-waiting = waits for what explains its author
unsettled-held = lies beyond a cut
unsettled-not-counted = its author's role may not make it
unsettled-not-readable = was written by a newer program, or breaks a rule

## Headings of tables

column-member = member
column-invite = invite
column-until = good until
column-words = words of who asked
column-role = role
column-name = name
column-squad-name = squad's name
column-device = device
column-certificate = certificate
column-eligible = may go on patrol
column-patrol = patrol
column-started = started
column-planned = planned for
column-entries = entries
column-state = state
column-squad = squad
column-season = season
column-members = members
column-what = what
column-up = up
column-down = down
column-key = key
column-when = when
column-said = what it says
column-obeyed = erased there
column-late = came late
column-why = why it does not count

## Founding and joining

founded = The territory is founded. Its root key is { $root }.
founded-next = Next: start a relay with `jasaq relay --data relay.db --trust` and this root key, then `jasaq device relay URL` and `jasaq sync`.
sheet-title-root = Key of the territory's root: sheet { $number } of 3
sheet-title-successor = Key of the root's successor: sheet { $number } of 3
sheet-territory = Territory { $key }
sheet-set = set { $set }, made on { $day }
sheet-what-root = Any two of the three sheets of this set restore the territory's root key, which is nowhere else. Whoever has two of them has the territory and can read everything in it: keep them in different places, each in a sealed envelope.
sheet-what-successor = Any two of the three sheets of this set take the root's place if its sheets are lost. Keep them in different places, each in a sealed envelope, and not beside the root's.
sheet-words = The thirty words are what counts; the fifth word of each line checks the line. The code beside them holds the same.
sheet-how = Do not photograph this sheet, and keep it in no file. Once a year `jasaq recovery drill` proves that two sheets work, without using them up. If a sheet may have been seen, `jasaq recovery renew` alone does not help: tell the territorial subdivision.
sheets-typed = Type the words of two sheets, six lines each, with an empty line between them; end with Ctrl-D.
sheets-written = The { $count } sheets are written. Print them, put the pages into different safes and delete the files: the root's key is nowhere else.
sheets-printed = Put these six sheets on paper now, in different places: the root's key is nowhere else.
sheets-unprinted = The sheets with the root's key could not be printed, so no territory was founded. Look at where standard output goes, or name a folder with --sheets, and try again.
drill-root = The two sheets give the root key of this territory.
drill-successor = The two sheets give the key of this territory's successor root.
drill-unopened = Keys that were given to these sheets and do not open with them: { $count }. `jasaq recovery keys` with these sheets asks for them.
drill-next = Nothing was signed, and the key was wiped. Put the sheets back into new envelopes, and destroy what they were typed into.
renewed-written = The three new sheets are written.
renewed-next = Print the new sheets, put them away, delete the files, and destroy all three old sheets: until then two of those give the key too.
invited = The code is for one device: { $role }. It is good until { $until }, by this device's clock.
invited-without-relay = The code does not say where the relay is. Run `jasaq device relay URL` while the relay runs, then invite again; or let the joiner give `--relay URL`.
invited-next = Show the code to the person who joins and to nobody else. Then run `jasaq sync`; when the person has joined, `jasaq sync` again and `jasaq device list`.
invite-office-missing = Say with --office what you call the office this console is for.
invite-needs-sheets = Nobody invites a console of the territorial subdivision: only the root stands above it. Nothing was made. On the new console: `jasaq recovery start` and `jasaq recovery keys`, each with two of the root's sheets.
invite-may-not = Your role may not invite this one: { $role }. Nothing was changed. Ask somebody who may: the territorial subdivision invites the consoles of offices, the structural subdivision the squad, its head his people.
invite-office-of-phone = --office is for consoles; a phone belongs to a squad, named with --squad.
invite-squad-of-console = --squad is for phones; a console belongs to an office, named with --office.
invited-words = By voice, where no camera sees it, these ten words and the relay's address:
invite-role-missing = Say with --role what the device will be, or with --for whose it is.
invite-qr-needs = To show the code to a camera this terminal has to have { $columns } columns and { $rows } rows; --qr-png FILE writes a picture.
invite-none = This device has made no invite yet.
invite-rivals = Warning: several devices asked with one invite, so somebody else has its code. If it is not used yet, withdraw it and make a new one; if it is, make sure by voice whose words let whom in.
invite-open = open
invite-asked = somebody asks
invite-used = used by device { $device }
invite-withdrawn = withdrawn
invite-expired = expired: make a new one
invite-taken-back = Invite { $invite } is withdrawn: nobody comes in with it any more.
join-words-need-relay = With the ten words the relay's address is needed: give it with --relay URL, as the person who invited you says it.
qr-too-long = This is too long for a QR code. Give it as text.
joined = These are this device's four words. Read them to the person who invited you.
joined-next = Next: `jasaq sync`. Until the inviter has confirmed, everything is recorded here and nothing is sent.

## A line that makes no sense

usage-unknown-argument = There is no argument { $argument } here. How it is written: `{ $help }`.
usage-unknown-argument-perhaps = There is no argument { $argument } here; perhaps you mean { $meant }. How it is written: `{ $help }`.
usage-word-too-many = There is a word too many; texts of several words stand in quotation marks. How it is written: `{ $help }`.
usage-unknown-command = There is no such command. Those there are: `{ $help }`.
usage-unknown-command-perhaps = There is no such command; perhaps you mean { $meant }. Those there are: `{ $help }`.
usage-command-missing = The command is missing. Those there are: `{ $help }`.
usage-argument-missing = Still missing: { $arguments }. How it is written: `{ $help }`.
usage-conflict = { $argument } and { $others } do not go together: leave one out. How it is written: `{ $help }`.
usage-variable-empty = The environment variable { $variable } is there and empty. Give it a value or take it out. More: `{ $help }`.
usage-value-missing = { $argument } needs a value. How it is written: `{ $help }`.
usage-not-in-list = { $argument } is one of: { $values }. How it is written: `{ $help }`.
usage-not-a-moment = { $argument }: a time is written like 2026-05-01T08:10:00+05:00. More: `{ $help }`.
usage-year-out-of-range = { $argument }: the year is out of range; the years 1 to 9998 can be kept. More: `{ $help }`.
usage-not-a-day = { $argument }: a day is written like 2026-05-01 or 01.05.2026. More: `{ $help }`.
usage-not-a-clock-time = { $argument }: a time is written like 10:50 for the last time the clock showed it, or with its day like 2026-03-05T10:50 or "05.03.2026 10:50", by the clock here. More: `{ $help }`.
usage-not-a-wall-time = { $argument }: a time is written like 2026-03-05T08:00 or "05.03.2026 08:00", by the clock here. More: `{ $help }`.
usage-not-a-month = { $argument }: a month is written like 2026-03 or 03.2026. More: `{ $help }`.
usage-not-a-number = { $argument } is a number like 43.25 or 43,25. More: `{ $help }`.
usage-not-lines = { $argument } is a number of lines, from 1 to 500. More: `{ $help }`.
usage-not-a-year = { $argument } is a year like 2026. More: `{ $help }`.
usage-not-an-address = { $argument } is an address with a port, like 127.0.0.1:7340. More: `{ $help }`.
usage-not-a-root-key = { $argument }: a root key is 64 digits, 0-9 and a-f, as `jasaq init` prints it. More: `{ $help }`.
usage-not-a-size = { $argument }: a size is a number with KiB, MiB, GiB or TiB, like 512MiB. More: `{ $help }`.
usage-not-a-count = { $argument } is a whole number like 64. More: `{ $help }`.
usage-bad-value = This value does not suit { $argument }. How it is written: `{ $help }`.
usage-not-utf8 = Something that was typed is not UTF-8. Type it again; a long text can come from a file with `--text -`. More: `{ $help }`.
usage-not-understood = The command could not be understood. How it is written: `{ $help }`.

## Devices

device-this = (this one)
device-waits = Waiting: { $role }, words { $words }
device-expired = Its invite has expired: make a new one.
device-rivals = Warning: { $count } devices wait with this invite, so somebody else has seen the code. Let in nobody, and make a new invite.
device-rivals-confirm = Nobody was let in: { $count } devices wait with this invite, so somebody else has seen the code. Make a new invite for the one you mean. If you are sure by voice whose words these are, repeat with --despite-rivals; the other device then stays out.
device-rivals-left-out = Another device waits with the same invite. It stays out; find out whose it is.
device-confirm-next = Let the person read the words to you. If they are the same: `jasaq device confirm WORDS`, then `jasaq sync`.
device-confirmed = { $role } is in, as member { $member }.
device-confirmed-next = Run `jasaq sync` so that the device learns of it.
device-added-by = (added by { $device })
device-is-removed = (removed)
device-is-removed-witnesses = (removed; { $count } others hold more of it: remove it again to let that stand)
device-removed = Removed: { $role }, device { $device }. What has come here from it stands (journals: { $journals }); spaces whose keys were renewed: { $renewed }.
device-removed-next = Run `jasaq sync` so that everybody learns of it. What it records from now on is held: `jasaq held list`.
device-role-changed = Device { $device } is now: { $role }.
patrol-would-be-erased = Patrol { $patrol } would be erased: { $statements } records and { $attachments } attachments, as far as they have come here.
patrol-would-be-erased-cases = Records of persons detained and of force used would go with it: { $count }.
patrol-erased-cases = Records of persons detained and of force used that went with it: { $count }.
patrol-erased-cases-stay = Records of persons detained and of force used that stay: { $count }. The log of another patrol names them too.
patrol-would-be-erased-pages = Sealed pages that have numbers in the book would go with it: { $numbers }. The numbers stay taken, and every book from then on says that they were erased.
patrol-erased-pages = Pages of the book that were erased: { $numbers }. Their numbers stay taken; export the book anew.
patrol-would-be-erased-next = Nothing was erased. `--for-everybody` does it; nothing brings it back.
patrol-erased = Patrol { $patrol } is erased here: { $statements } records and { $attachments } attachments.
patrol-erased-next = `jasaq sync` tells everybody; `jasaq erasure list` shows who has obeyed.
erasure-none = Nothing was erased.
erasure-show = { $what }, erased here { $when }.
erasure-obeyed = yes
erasure-not-heard = not said yet
erasure-answers = { $obeyed } of { $all }
erasure-removed = { $count ->
        [one] 1 device that had a part in it was removed: it hears
       *[other] { $count } devices that had a part in it were removed: they hear
    } of no erasure any more.
erasure-attachment = attachment { $key }
erasure-late-next = Something of it came late: the next exchange erases that too.
erasure-late-ask = Something of it came late. It is shown to nobody; the subdivision's next exchange erases it.
attachment-erased-for-all = It is erased here, and everywhere with the next exchange. The record that named it stays.
held-none = Nothing is held here.
held-next = Whoever knows that it is theirs lets it count: `jasaq held admit KEY`. `jasaq held dismiss KEY` leaves it held, and visible.
held-ask = Who stands above its author may decide; this device may not.
held-show = { $key }, said by { $who }. Held: { $why }.
held-removed = the device was removed before
held-role-changed = the device had lost the role for it
held-is-dismissed = looked at and left held
held-admitted = Now it counts: { $count }.
held-dismissed = Left held: { $count }. It stays visible and counts for nothing.
recovery-started = This device is now a console of the territorial subdivision; everybody will see that.
recovery-started-next = Next: `jasaq sync`, `jasaq recovery keys` with the same sheets, `jasaq sync`. Then `jasaq recovery remove` for each console that is lost.
recovery-keys = Keys opened: { $spaces } spaces. Given to who had not got them: { $given }.
recovery-unopened = Keys that were given to these sheets and do not open with them: { $count }. Whoever has them was asked; run this again once the consoles and heads have synced.
recovery-keys-next = The key of the sheets is wiped. Run `jasaq sync` so that the keys reach their devices.
recovery-removed = Console { $device } is removed.
season-opened = The season of { $season } is open.
season-closed = The season of { $season } has ended: its keys are destroyed here, and on every device with its next exchange.
season-closed-next = What they opened stays on this console alone: keep its backup. Run `jasaq sync` so that everybody learns of it.
relay-kept = The relay answers, and its identity is kept: no other will be talked to at this address.
relay-kept-unseen = The address is kept, but no relay was reached there. If its identity is not known yet, it is asked for at the first sync.
relay-other-next = How the new identity is entered: `jasaq device relay URL --id RELAY_ID`. Everything here then goes up to the new relay.
relay-id-differs = The relay at this address has another identity than the one that was typed; nothing was changed. Compare the 64 digits with whoever gave them to you.
relay-none-next = Its address is told with `jasaq device relay URL`.
relay-not-an-address = This is not the address of a relay. It is written like https://relay.example or http://127.0.0.1:7340.
relay-cleartext = http goes to this machine only. If you mean it, add --allow-cleartext: entries are sealed all the same, but who talks to whom can be seen.
relay-no-authority = The file holds no certificate that can be read. Ask who runs the relay for the file of its authority, in PEM: it begins with -----BEGIN CERTIFICATE-----.

## Squads

squad-made = The squad is made, with spaces for the season { $season }.
squad-made-next = Next: `jasaq invite --role head`, then `jasaq sync`.
squad-none = This device knows no squad yet.
card-written = The card of member { $member } is written. It reaches the squad's phones with the next sync.
card-none = no card yet
card-not-of-a-squad = This member is of an office, not of a squad; nothing was written. Cards are for the members of squads: `jasaq squad show`.
card-eligible = yes, as of { $day }
card-not-eligible = no, as of { $day }

## Patrols and entries

patrol-none = There is no patrol here yet. Start one with `jasaq patrol start`; what others started comes with `jasaq sync`.
patrol-none-open = Every patrol here is over. Start one with `jasaq patrol start`, or name the one you mean.
patrol-meant = Patrol { $patrol }.
patrol-meant-of-another = Patrol { $patrol }, which another device started. If you mean another one, name it.
patrol-started = The patrol is under way. Write with `jasaq entry add`, show with `jasaq patrol show`.
patrol-also-under-way = Patrol { $patrol }, which was started here too, is not over. If it is back: `jasaq patrol end { $patrol }`, with `--at` if that was earlier. What is written from now on goes to the new one; `--patrol { $patrol }` names the other.
patrol-not-eligible = { $card }. What is recorded stays, and is flagged.
patrol-ended = Patrol { $patrol } is over.
plan-made = The patrol is planned. Who goes is named with `jasaq patrol crew { $patrol }`; `jasaq sync` tells the squad.
plan-replaced = The plan of patrol { $patrol } is put right. Look with `jasaq patrol show { $patrol }` who is named; `jasaq sync` tells the squad.
plan-crew-named = Patrol { $patrol }: who goes is named ({ $count }).
plan-answered = Patrol { $patrol }: { $answer }.
plan-cancelled = Patrol { $patrol } is called off.
plan-told-next = `jasaq sync` tells the squad.
plan-who-goes = Who goes: { $crew }
plan-leads = leads
plan-unanswered = no answer yet
plan-none-next = A new one is planned with `jasaq patrol plan`, this one anew with `--replace`.
plans-apart-next = `jasaq patrol show` shows the plans, `jasaq patrol plan --replace` replaces them.
plan-no-card-next = `jasaq sync` brings the cards that there are.
available-ends-before = The last day comes before the first. Nothing was recorded.
available-said = Days for which it is said: { $days } ({ $can }).
rota-nobody = No member's card has come here yet: `jasaq sync` brings them.
rota-legend = + can come, - cannot, · has not said; * is named for a patrol of that day
leg-started = The leg has begun.
leg-ended = The leg is over.
leg-unknown = This patrol has no such leg. `jasaq patrol show` shows them.
leg-too-many-members = A leg has at most 32 members, and { $members } or more were named. Begin a second leg.
entry-written = The entry is safe on this device.
entries-written = Entries written: { $written }. Lines refused: { $refused }.
entry-unacknowledged = The last entry is recorded, but its key could not be written, so no more lines are read. Look with `jasaq patrol show` what is here, and give the lines after it again.
entry-line-refused = Line { $line } was not written.
text-not-utf8 = The text is not UTF-8. Save it as UTF-8 and give it again.
text-longer = The text is longer than { $bytes } bytes and was NOT recorded (a Kazakh or Russian letter takes two). Shorten it and give it again.
entry-disk-full = The disk is full: this entry was NOT recorded, everything recorded before stays. Make room on the disk, then record it again.
activity-kind = { $activity } needs one of its own --kind: { $kinds }.
kinds-of-activities = What --kind belongs to which --activity:
activity-codes = These do not go together. border_service and inspection need --kind and --mode of their own; prevention may have --object, detain_deliver --receiver, force nothing.
position-off-the-globe = There is no such place: --lat goes from -90 to 90, --lon from -180 to 180. Without a fix, leave both out.
position-zero = 0,0 is what a receiver without a fix says. Without a fix, leave out --lat and --lon.
position-not-a-distance = --accuracy and --alt are distances in metres.
prefix-not-one = An id is named by at least { $digits } of its first digits, 0-9 and a-f.
prefix-of-several = { $count } ids begin with { $prefix }. Give more digits.

## The log

log-of = Patrol { $patrol }
log-controller = controlled by { $name }
log-leader = led by { $name }
log-planned-with = planned with { $name }
log-route = way: { $route }
log-replaced = replaced since
log-on-leg = leg { $leg }
log-points = { $points ->
        [one] 1 point
       *[other] { $points } points
    } in { $segments ->
        [one] 1 segment
       *[other] { $segments } segments
    }
log-recorded-at = recorded { $time }
log-gps-time = by the satellites { $time }
log-holder-not-sure = the phone passed from one to the other about that day; which of them said it is not known
log-said-twice = said twice under one key, as if by the device and a copy of it; both stand
log-unsettled = Here, but not counted:

## Status and sync

status-role = This device: { $role }
status-joining = This device waits to be let in. Its four words: { $words }
status-not-in = This device is not in.
status-in-vain = Its invite was used for another device, so nobody will confirm these words. Ask for a new invite and join again; what was recorded here stays.
status-never-drilled = The recovery sheets have never been tried on this console: `jasaq recovery drill`.
status-drilled = Root sheets last tried: { $day }
status-drill-due = The root sheets were last tried on { $day }, more than a year ago: `jasaq recovery drill`.
status-own-entries = Own entries: { $count }
status-entries = All entries here: { $count }
status-relay = Relay: { $relay }
status-relay-id = Identity of the relay: { $relay }
status-no-relay = No relay is known. `jasaq device relay URL` tells one.
status-pending = Recorded and not sealed yet: { $count }
status-outbox = Envelopes the relay has not confirmed: { $count }
status-refused = Envelopes the relay refused: { $count }
status-waiting = Statements that wait for what explains them: { $count }
status-held = Statements beyond a cut: { $count }
status-not-counted = Statements that do not count: { $count }
status-missing = Journals of which others hold more than has come here: { $count }. If this stays after everybody has synced, the relay keeps it back: exchange by satchel.
status-differing = Devices that hold the same as this one and show other things: { $count }. Update both to the newest program; if this stays, report it.
status-twin-own = Something was written with the keys of this device ({ $device }) that it did not write itself, or does not remember; seen here since { $since }. Nothing was lost: all of it is kept and shown. If you restored the device from a backup, or it was repaired or lost power, all is well. If not, a copy of it is in use: show this to your head or your subdivision, who removes it with: jasaq device remove { $device }; then join anew in a new, empty folder (--home).
status-twin = Device { $device } ({ $whose }) wrote twice, as if there were two of it; seen here since { $since }. It was copied, or restored from a backup. Nothing was lost: what both wrote is kept and shown. Ask its owner. If it was not restored on purpose, remove it: jasaq device remove { $device }
status-removed = This device was removed. What is on it stays, and what it records from now on is held until somebody above it admits it.
status-waits-for-key = Some of it waits for a new key: somebody who left holds the newest one. The head or the structural subdivision renews it with the next exchange.
key-missing = { $space }, { $season }: a key does not open here.
key-missing-since = { $space }, { $season }: a key does not open here, since { $since }.
key-asked = Asked for it: { $devices }. Each gives it with the next exchange of its own.
key-nobody-to-ask = Nobody is left who could give it: let the structural subdivision remove this device and invite it anew.
key-came-from = The key that did not open came from: { $devices }. If it comes to that again, somebody above that device should remove it.
key-sealed = Envelopes here that wait for it: { $count }
key-has-another = What is recorded meanwhile goes out with another key.
key-has-no-other = What is recorded meanwhile goes out without being readable here, or stays here until there is a key; nothing is lost.
key-given-again = { $device } had no key of { $space }, { $season }; it was given again.
key-given-in-vain = { $device } opens no key of { $space }, { $season }, however often it is given. Remove it and let it join anew.
sync-under-way = exchanging; a relay that is silent is given { $seconds } s
sync-envelopes = envelopes
sync-bytes = bytes
sync-requests = requests
sync-more = Not everything is exchanged yet; nothing is lost. Synchronise again. If it stays so, tell who runs the relay: it keeps something back or forgets what it was given.
sync-refused = The relay did not store { $count ->
        [one] 1 envelope. It stays
       *[other] { $count } envelopes. They stay
    } here; `jasaq status` counts.
refusal-not-yet = what explains it has not reached the relay
refusal-may-not = its writer may not write there
refusal-quota = a quota of the relay is reached
refusal-invalid = it is no valid envelope
refusal-gap = what comes before it is missing at the relay
refusal-fork = another one stands in its place
refusal-newer = the relay does not know this version yet; whoever runs it must renew it
refusal-other = a reason that only a newer program knows
sync-refused-next = Synchronise again; after a relay has lost its file, every device of the territory may have to. If it stays so, tell who runs the relay.
sync-quota-next = Tell who runs the relay that its quota is reached; meanwhile `jasaq satchel export` carries everything.
sync-other-territory = Synchronise again; after a relay has lost its file, every device of the territory may have to. If it stays so, perhaps this relay serves another territory: ask who runs it which root key it trusts.
sync-invite-unknown = The relay does not know the invite yet. Let the inviter run `jasaq sync`, then sync again here.
sync-not-kept = { $count ->
        [one] 1 envelope that came could not be kept; it is
       *[other] { $count } envelopes that came could not be kept; they are
    } asked for again.
sync-newer = { $count ->
        [one] 1 envelope was made by a newer program
       *[other] { $count } envelopes were made by a newer program
    }; renew this one and synchronise again.
sync-rewound = The relay had lost the past of { $count ->
        [one] 1 space
       *[other] { $count } spaces
    }; it is going up again.
sync-joins-wait = Devices that ask to be let in: { $count }. See `jasaq device list`.

## Files

meet-code-missing = Give the code that the other device shows, or `jasaq meet listen` to show one.
meet-listening = On the other device: `jasaq meet` and this code. Both have to be on one network. This device waits for ten minutes, for one meeting.
meet-looking = no device yet
meet-found = a device was found
meet-exchanging = sent { $sent } of { $to-send }, received { $received } of { $to-receive }
meet-attachments-on-their-way = both hold the same entries; attachments: { $done } of { $all } kB
meet-waiting = everything was sent; received { $received } of { $to-receive }
meet-waiting-for-a-person = waiting for a person to confirm
meet-other-ways = No device yet. Let one of the two open an access point and the other join it, or hand a file over: `jasaq satchel export`.
meet-even = Both devices hold the same now. Of this device's { $own } entries the head or the structural subdivision has { $count }. You may put it away.
meet-waits = The request is on the other device. Read these four words to the person who invited you, and meet again once he has confirmed: { $words }
meet-let-in-later = The other device asks to be let in, and waits. See `jasaq device list`; meet again once it is confirmed.
meet-apart = Everything that could be exchanged was, and the two still do not hold the same: one takes something that the other does not. Renew both programs and meet again.
meet-newer = { $count ->
        [one] 1 envelope is of a newer program
       *[other] { $count } envelopes are of a newer program
    }; renew this one and meet again.
meet-missing = { $count ->
        [one] 1 envelope that the other device said it has did not come.
       *[other] { $count } envelopes that the other device said it has did not come.
    } Meet again.
meet-attachment-bytes = of attachments, bytes
meet-attachments = { $count ->
        [one] 1 attachment or thumbnail is whole on this device now.
       *[other] { $count } attachments and thumbnails are whole on this device now.
    }
meet-attachments-missing = The other device did not give all of the attachments that it said it would. Meet again; what came stays, and the rest goes on behind it.
meet-ask = The other device asks to be let in as { $role }. Let its owner read out the four words that it shows, and type them; an empty line leaves it for later.
meet-ask-again = Nobody who waits has these words. Type them again, or an empty line.
meet-let-in = It is in.
meet-cannot-listen = This machine cannot wait for another device there. Leave --listen out, or name an address of this machine and a free port.

satchel-packed = Envelopes packed: { $envelopes }, { $bytes } bytes. Anybody may carry the file; only members can open what is in it.
satchel-parts = Files written: { $count }. Each is of use by itself, and they may come in any order.
satchel-parts-need-files = Parts go into files: name one, or a folder.
satchel-left-behind = { $count ->
        [one] 1 statement is
       *[other] { $count } statements are
    } not in it, because the disk takes nothing more. Everything stays here; make room and export once more.
satchel-reader-gone = Whoever was to read the satchel ended before it was whole; everything recorded stays on this device. Export it into a file, or look at what the other program says.
satchel-unpacked = New envelopes: { $new }. Already here: { $known }.
satchel-waiting = { $count ->
        [one] 1 envelope waits for something before it
       *[other] { $count } envelopes wait for something before them
    }; a fuller satchel or the relay brings it.
satchel-newer = { $count ->
        [one] 1 envelope was made by a newer program
       *[other] { $count } envelopes were made by a newer program
    }; renew this one and import the satchel again.
satchel-forks = { $count ->
        [one] 1 envelope stands
       *[other] { $count } envelopes stand
    } where another of the same device is held: a copy of that device is in use. Both are kept; tell the structural subdivision.
satchel-refused = { $count ->
        [one] 1 envelope is not what it says and was
       *[other] { $count } envelopes are not what they say and were
    } left out: the file was damaged on its way. Ask for the satchel again and import it once more.
satchel-gave-nothing = The satchel is corrupted and nothing new could be taken from it; everything here is as it was. Ask for the file again, by a cable or another messenger, and import it once more.
satchel-cut = The satchel breaks off. What came whole is kept; ask for the file again and import it once more.
answer-unwritten = What was asked for is done, and what was recorded is kept; only the answer could not be written. Look at where standard output goes; `jasaq status` and `jasaq patrol show` show what is here.
json-needs-a-file = --json and the file itself cannot both go to standard output: name a file.
file-unreadable = The file { $file } cannot be read. Look at its name and whether you may read it.
file-unwritable = { $file } cannot be written. Look at whether it exists already, whether you may write there and whether the disk is full.
file-in-home = { $file } lies in the folder of a fieldbook, where nothing else is written: it could cost the vault. Name a file elsewhere.
file-replaced = { $file } was there already, and was replaced.
import-came = Imported: { $points ->
        [one] 1 point
       *[other] { $points } points
    } in { $segments ->
        [one] 1 segment
       *[other] { $segments } segments
    }, { $waypoints ->
        [one] 1 named place
       *[other] { $waypoints } named places
    }.
import-untimed = points without a time: { $count }
import-unreadable-times = times that cannot be read, left out: { $count }
import-implausible-clocks = times that cannot be right, kept and flagged: { $count }
import-at-zero = points at 0,0, kept as places where the fix was lost: { $count }
import-unreadable-coordinates = points off the globe, kept as places where the fix was lost: { $count }
import-unreadable-elevations = heights that cannot be read, left out: { $count }
import-shapes-left-out = shapes that were neither points nor lines, left out: { $count }
import-words-shortened = names and comments that had to be shortened: { $count }
import-not-utf8 = the file is not UTF-8; letters that cannot be read are kept as �
import-breaks-off = the file breaks off; what stands before the break is kept
track-exported = { $bytes } bytes. Entries without a fix, which have no coordinates: { $unplaced }.
track-times-left-out = Points of tracks whose times are not in the file, as this format has no place for them: { $count }. GPX and GeoJSON keep them.

## The home folder

home-unknown = The platform does not say where data are kept. Name a folder with --home or JASAQ_HOME.
vault-set-aside-before = There is no fieldbook here: a damaged one was put into { $folder }. Keep that folder, it may hold the only copy of something, and show it to whoever looks after your devices. `jasaq join` with a new invite begins again.
passphrase-file-unusable = The passphrase file { $file } cannot be used. Look at its name and whether you may read it.
passphrase-file-open = Others may read the passphrase file { $file }. Run `chmod 600` on it; if anybody may have read it, choose another passphrase.
passphrase-empty = The first line of the passphrase file { $file } is empty.

## Doctor

doctor-whole = Every page of the vault is whole.
doctor-looked = Documents: { $documents }. Changes in them: { $changes }.
doctor-rebuilt = Rows of the index that were made again: { $count }
doctor-conflicts = Statements written twice under one key: { $count }. A copy of this device writes too, or this is a defect; please report it.
doctor-rescued = Damaged pages were found. What could be read, { $rows } rows, is in a new vault; synchronise now, so that the rest comes back.
doctor-branches = Envelopes that a copy of a device wrote beside its log, kept and not shown: { $count }
doctor-defects = Changes that do not fit: { $count }. This is a defect; please report it.
doctor-differing = Devices that hold the same as this one and show other things: { $count }. Update both to the newest program; if this stays, please report it.
doctor-set-aside = A damaged fieldbook was put into { $folder }. Keep it: it may hold the only copy of something.

## The relay

relay-ready = The relay listens on { $address }.
relay-ended = The relay has ended. Everything it acknowledged is stored.
relay-storage = The relay's file { $file } cannot be used. It was left as it is. Name another file with { $option }, or one that this user may read and write and whose folder exists.
relay-runtime = The system gives no threads to serve with. End other programs or raise the limit, then start the relay again.
relay-cannot-listen = The relay cannot listen on { $address }. Name another address or port with --listen.
relay-address-taken = The relay cannot listen on { $address }: another program listens there. End it, or name another address or port with --listen.
relay-address-elsewhere = The relay cannot listen on { $address }: this machine has no such address. Name one of its own with --listen, or [::] for all of them.
relay-port-reserved = The relay cannot listen on { $address }: ports below 1024 need the capability CAP_NET_BIND_SERVICE, which jasaq-relay.service gives. Start it by that service, or name a higher port with --listen.
relay-listen-cleartext = Without TLS the relay listens on this machine only. Name a certificate with --tls-cert and --tls-key, put a TLS proxy in front, or say --allow-cleartext.
relay-broke = The relay had to stop. Everything it acknowledged is stored; start it again.
relay-in-use = A relay runs on { $file } already. End it first, or name another file; two relays on one file would give out wrong numbers.
relay-lost = While the relay ran, { $file } was deleted, moved or replaced by another file, so the relay has stopped. What devices were told is stored they bring again. Put the database back or restore a backup with `jasaq relay restore`, then start the relay again.
relay-log-alone = Beside { $file } lies the log of a database, and the database itself is gone, so no new one was made there. Put the database back; or move what ends in -wal or -journal away, and restore a backup with `jasaq relay restore`.
relay-set-aside-alone = There is no { $file }, but { $aside } is there, which a restore set aside, so no new database was made. Repeat `jasaq relay restore`; or give { $aside }, and what lies beside it with -wal or -journal at the end, the name { $file } back. To begin a new relay there, move { $aside } elsewhere first.
relay-read-only = { $file } is on a disk, or in a folder, that cannot be written. Mount it writable, or name a file elsewhere; a database is copied there with what ends in -wal and -shm.
relay-disk-full = There is no room on the disk for { $file } and its log. Make room; everything that was acknowledged is stored.
relay-newer = { $file } was made by a newer jasaq. It was left as it is: use the newer program.
relay-damaged = { $file } is damaged. It was left as it is. Look with `jasaq relay check`, then restore a backup with `jasaq relay restore`, or name a new file: the devices fill it.
relay-foreign = { $file } is not a relay's database. It was left as it is: look at the name. If it was one, its beginning is damaged: restore a backup with `jasaq relay restore`.
relay-tls-no-certificate = { $file } holds no certificate in PEM, or only part of one. --tls-cert names the whole chain, often fullchain.pem.
relay-tls-no-key = { $file } holds no private key in PEM that can be used. --tls-key names the key of the certificate, often privkey.pem.
relay-tls-mismatch = The key does not belong to the certificate. Name the two files of one certificate with --tls-cert and --tls-key.
relay-tls-expired = By this machine's clock the certificate in { $file } has expired: it was valid until { $until } (UTC). Renew it or set the clock, then start the relay again.
relay-tls-authority = { $file } is an authority's own certificate (CA:TRUE), which no device accepts from a relay. Let the authority sign one for the relay's address and name that one with --tls-cert; server/relay/docs/operating.md has the commands.
relay-tls-nameless = The certificate in { $file } names no address (subjectAltName), so no device accepts it. Have one made for the name or IP address that devices call the relay by; server/relay/docs/operating.md has the commands.
relay-tls-unfit = The certificate in { $file } is not made for a server, or is not made as certificates are today, so no device accepts it. Have one made with the commands in server/relay/docs/operating.md.
relay-metrics-beyond = The metrics are told in clear text, so they are told on this machine only. Name an address like 127.0.0.1:7341, or say --allow-cleartext.
relay-backed-up = The backup is whole and on the disk: { $bytes } bytes. It holds the relay's identity: keep it as you keep a key.
relay-restored = The backup is in place: { $envelopes } envelopes, each of them checked.
relay-restored-next = Start the relay. What it got after the backup the devices bring by themselves.
relay-set-aside = What was there before is kept in { $file }.
relay-copy-exists = { $file } is there already, and was left as it is. Name another file, or say --replace.
relay-copy-log = Beside { $file } lies the log of a database that was not closed, so nothing was written there. Move what ends in -wal or -journal away, together with its database if that is still there, or name another file.
relay-copy-unwritable = { $file } cannot be written. Look at whether its folder exists and whether you may write there.
relay-copy-unsettled = Another program has { $file } open, or the disk does not give it out at this moment, so it was left as it is, with its log. Wait until `jasaq relay backup` or `check` has ended and repeat this; if it stays so, move { $file } elsewhere, together with what ends in -wal or -journal.
relay-backup-unsound = The backup { $file } is not as a relay wrote it ({ $defects }), and was not restored. Take another one; without any, a new relay is filled by the devices.
relay-checked = Envelopes that fit: { $envelopes }, in { $journals } journals of { $spaces } spaces.
relay-unsound = Something is wrong: { $defects }. Restore a backup with `jasaq relay restore`, or start with a new file: the devices fill it.
relay-full-database = Database: { $bytes } bytes, { $percent } % of what it may have.
relay-full-space = Fullest space: { $bytes } bytes, { $percent } %.
relay-full-device = Fullest device: { $bytes } bytes, { $percent } %.
relay-checking-pages = reading every page
relay-checking-envelopes = checking envelopes
relay-copying = copying pages

## The demo

column-written = entries written
column-shown = entries shown
column-points = points
column-requests = requests
column-bytes = bytes up/down
column-custody = SS has it, by acks
demo-stage-setup = found, invite, join: eight devices, one relay
demo-stage-offline = offline: four phones write the day
demo-stage-tracks = importing two recorded tracks
demo-stage-satchel = one phone's entries go by file
demo-stage-exchange = push, pull, acks over HTTP
demo-stage-verdict = comparing what everybody shows
demo-stage-sealing = one page: what differs is decided, sealed, countersigned, checked
demo-stage-close = closing
demo-folder-in-use = There is something in { $folder } already. Name a folder that does not exist or is empty.
demo-relay-not-started = The demo's relay could not be started.
demo-relay-not-ended = The demo's relay did not end cleanly.
demo-sum = all
demo-satchel = By satchel, from one phone through another: { $new } new envelopes, { $bytes } bytes.
demo-rounds = Rounds in which each device made one contact: { $push } to push, { $pull } to pull, { $acks } for the acks. The relay's file: { $bytes } bytes.
demo-patrol-alike = Patrol { $patrol }: all five members of the squad's space show the same log (digest { $digest }).
demo-patrol-differs = Patrol { $patrol }: the members of the squad's space do NOT show the same log.
demo-register = Registered by decision, list, check and certificate: { $registered }; { $eligible } of them may go on patrol. { $device } was struck off while her phone was offline: it knows now, and what she wrote that day stays, flagged ({ $flagged }).
demo-sealed = One page of several logs: { $same } pair of entries told of one event, { $differences } values differed and were decided by the head. Pages sealed, countersigned and entered: { $pages }, the last of them printed; the second because { $late } entry came late. The book is good, and one changed letter in it is found at its page.
demo-not-sealed = The page of this day is NOT as it should be (pages: { $pages }; one event { $same }, differed { $differences }, late { $late }).
demo-well = Entries written offline: { $written }. Lost: { $lost }. Everybody shows the same.
demo-not-well = Entries written offline: { $written }. Lost: { $lost }. This is a defect; please report it.
demo-kept = Everything is kept in { $folder }. Worth trying:

## The lock

passphrase-ask = Passphrase of this fieldbook:
passphrase-ask-new = New passphrase (nothing is shown):
passphrase-ask-again = The same once more:
passphrase-differs = The two were not the same. Nothing was changed; try again.
passphrase-none = Nothing was typed. Nothing was changed; try again.
passphrase-needed = A passphrase is needed, and nobody can be asked for it here. Give it with --passphrase-file FILE, or `-` to read it from standard input; a new one with --new-passphrase-file.
lock-by-file = A file in the home folder keeps the key: whoever has the disk can open this fieldbook. `jasaq lock set` lets a passphrase keep it.
lock-by-passphrase = A passphrase keeps the key.
lock-by-host = The key holder of another program keeps the key.
lock-wrong-tries = Wrong passphrases since the last right one: { $count }. The next is looked at in { $seconds } s.
lock-is-set = The key is not kept by a file: there is a lock already. Nothing was changed; `jasaq lock change` lets another passphrase keep it.
lock-is-not-set = No passphrase keeps the key. Nothing was changed; `jasaq lock set` lets one keep it.
lock-set-done = From now on a passphrase keeps the key.
lock-set-next = Nobody can bring it back: write it down and lay it where the sheets are. Every command asks for it now; a script gives it with --passphrase-file.
lock-change-done = From now on the new passphrase keeps the key.
lock-remove-done = From now on a file in the home folder keeps the key: whoever has the disk can open this fieldbook.
lock-after = Where this fieldbook stays open, it locks itself after { $minutes } min without use.
crashed = The program itself failed: what you did last may not have been done, everything recorded before stays. Try again; if it fails again, send the line below to whoever gave you the program. It holds nothing that was recorded.

## Attachments

attached = The attachment is safe on this device's disk, without what it told of place and device. `jasaq sync` brings it to the relay, `jasaq meet` to the device beside it.
attached-with-metadata = The attachment is safe on this device's disk. Place and device stay in it, and every reader can see them.
attachments-asked = Attachments asked for: { $count }. `jasaq sync` fetches them.
attachment-saved = { $bytes } bytes.
attachment-erased = erased
attachment-erased-here = It is erased on this device and is not fetched again. What other devices hold is not touched.
attachment-at-relay = at the relay { $share }
attachment-wanted = asked for
attachment-with-author = with its author
attachment-metadata = place and device were left in it
part-quota = a quota of the relay is reached
part-may-not = the relay does not let this device
part-not-yet = what explains it has not reached the relay
part-erased = erased at the relay
part-wrong = what came is not what was attached; it was not kept
status-attachments = Attachments: { $count }
status-attachments-refused = Attachments that the relay does not take or give: { $count }. `jasaq attachment list` says why.
status-attachments-wanted = Attachments asked for that are not here whole: { $count }
sync-attachments = Attachments: { $brought } at the relay, { $fetched } fetched.
sync-attachments-missing = Attachments that the relay has not whole yet: { $count }. They come once their device has brought them.
sync-attachments-wrong = Attachments of which something else came: { $count }. It was not kept. If it stays so, have the attachment brought another way and tell who runs the relay.
sync-attachments-no-room = Attachments for which there is no room on this device: { $count }. `jasaq attachment erase` makes some.
sync-attachments-refused = The relay does not take or give { $count ->
        [one] 1 attachment. It stays
       *[other] { $count } attachments. They stay
    } here; entries go on.
sync-attachments-older-relay = The relay is of an older program and takes no attachments; they stay here. Tell who runs it.
column-type = type
column-size = bytes
column-here = here

## Certificates

certificate-registered = REGISTERED. This certificate stands in the register just as its code says.
certificate-reprinted = NOT VALID. An earlier print was shown: the certificate was printed anew since, and the last print is number { $last }.
certificate-struck-off = NOT VALID. Its holder was struck off the register, or is no longer on it.
certificate-lost = NOT VALID. It was reported lost or damaged.
certificate-contested = NOT SETTLED. Two certificates bear this number, or this print was made twice; the territorial subdivision has to say which one stands.
certificate-unknown = NOT KNOWN. The list has no such number, or no such print of it: it was not issued, was taken back, or is younger than the list. Ask the territorial subdivision for a newer list, or for its word.
certificate-not-as-registered = NOT VALID. A console of the territorial subdivision signed it, but the register says something else of this number: another holder, or another day, name or word.
certificate-forged = NOT VALID. The signature does not fit: the code was altered or forged.
certificate-other-territory = NOT THIS LIST. The code is of another territory than this list ({ $list }…). Check it with that territory's list.
certificate-strange-key = NOT VALID. It is signed with a key that is none of the territorial subdivision's, or was removed before the register knew this certificate.
certificate-says = No. { $number }, { $holder }, { $form }, issued { $day }, print { $print }, { $subdivision }
certificate-form-non-staff = non-staff employee's certificate (annex 1)
certificate-form-squad = squad member's certificate (annex 2)
certificate-list = { $days ->
        [0] List of { $made }, less than a day old.
        [one] List of { $made }, { $days } day old.
       *[other] List of { $made }, { $days } days old.
    }
certificate-list-ahead = List of { $made }, which lies ahead of this device's clock: one of the two clocks is wrong, so nobody knows how old the list is.
certificate-list-older = The list is older than the certificate says it is. Ask the territorial subdivision for a newer list.
certificate-root-unchecked = Nobody said of which territory the list must be. Compare its root key with the territorial subdivision's, or give that with --root: { $root }
certificate-paper = Only the paper certificate is valid, and only when shown together with an identity document.
certificate-not-one = This is not the code of a certificate. Scan the code beside the certificate, or give its text in single quotes: it begins with JSQ1:
certificate-is-pdf = This is a PDF, and codes are not looked for in one. Give a photo or a scan of the paper as PNG, JPEG or WebP, or the text of the code in single quotes: it begins with JSQ1:
certificate-newer = This code was made by a newer program. Renew this one and try again.
certificate-damaged = This code is damaged or was not read whole, so nothing can be said about it. Scan it again; if it stays so, the code is not the territorial subdivision's.
certificate-none-in-picture = No certificate's code was found in the picture. Photograph the code alone, close and in good light.
certificate-several-in-picture = The picture shows codes of several certificates, so none was checked. Photograph one alone.
trust-list-not-one = The file after --trust is not a trust list. Ask the territorial subdivision for one.
trust-list-newer = This trust list was made by a newer program. Renew this one and try again.
trust-list-damaged = The trust list was damaged on its way. Ask for the file again.
trust-list-other-territory = The trust list is of another territory than the one whose root key was given. Ask the territorial subdivision for its own.
trust-list-not-believed = The trust list is not to be believed: its signature or the evidence of its keys does not hold. Do not use it; ask the territorial subdivision for one, and tell it.
