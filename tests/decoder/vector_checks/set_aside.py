"""refused.txt, `statement`: good changes whose statement is set aside, and which of its fields that is for."""

from __future__ import annotations

from jasaq_wire import changes, statements

from .load import Vectors

DETAILS = {
    "decision.what": "what",
    "decision.district": "district",
    "decision.person": "person",
    "decision.number": "number",
    "head_ended.day": "day",
    "review.absent": "seen",
    "review.blanks": "seen",
    "review.blank_behind": "seen",
    "review.order": "seen",
    "review.twice": "seen",
    "review.key": "seen",
    "review.many": "seen",
    "remark.text": "text",
    "list.lines": "lines",
    "list.many_lines": "lines",
    "list.list": "list",
    "list_line.first": "n is",
    "list_line.last": "n is",
    "list_line.iin": "iin",
    "list_line.iin_ten": "iin",
    "list_line.iin_first": "iin",
    "list_line.iin_short": "iin",
    "list_line.iin_letters": "iin",
    "list_line.born": "born",
    "list_line.doc": "doc is",
    "list_line.doc_absent": "both",
    "list_line.doc_no": "both",
    "list_line.before": "before itself",
    "list_received.day": "day is missing",
    "list_withdrawn.text": "text is missing",
    "exclusion_notice.squad": "squad is missing",
    "application.insured": "insured",
    "application.name": "name",
    "application.before": "before itself",
    "application_decided.outcome": "outcome",
    "check.what": "what",
    "check.finding": "finding",
    "offence.person": "person is missing",
    "certificate.form": "form",
    "certificate.signer": "signer is missing",
    "certificate.ts": "ts is missing",
    "certificate.number_small": "number is",
    "certificate.number_sign": "number is",
    "certificate.number_latin": "number is",
    "certificate.number_cyrillic": "number is",
    "certificate.number_beside": "number is",
    "certificate.number_dash": "number is",
    "certificate.number_letters": "number is",
    "certificate.number_other": "number is",
    "certificate.number_long": "number is",
    "certificate_lost.print": "print",
    "certificate_lost.print_long": "print",
    "number_given.number": "number is",
    "certificate_reprinted.print": "print",
    "certificate_reprinted.cause": "cause",
    "squad_card.ended": "his part has ended",
    "squad_card.former": "former, and",
    "squad_card.turn": "turn is",
    "squad_card.ended_day": "ended is",
    "registration.form": "form is missing",
    "registration.form_code": "form is",
    "registration.squad": "squad is missing",
    "registration.no_squad": "no squad",
    "training.session": "session",
    "training.unit": "unit",
    "circumstance.ground": "ground",
    "circumstance.author": "both or neither",
    "circumstance.follows": "both or neither",
    "strike_off.death": "another ground",
    "strike_off.no_death": "death is",
    "strike_off.ground": "ground is missing",
    "notice.about": "about",
    "notice.way": "way is missing",
    "supervision.roll": "roll",
    "member_is.member": "member is missing",
    "wish_to_leave.at": "at is missing",
    "withdrawn.author": "author",
    "withdrawn.ends": "ends",
    "withdrawn.text": "text is missing",
    "read.text": "text is",
}
REASONS: dict[str, tuple[str, str]] = {f"statement.{name}": ("set aside", of) for name, of in DETAILS.items()}


def door(vectors: Vectors, data: bytes) -> None:
    """The change stands in register.journal, and states one thing."""
    change = changes.read(data, vectors["register.txt"]["register.journal"])
    changes.JournalInDocument().take(change)
    (scalars,) = change.statements().values()
    statements.read(scalars)
