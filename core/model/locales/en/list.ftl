# Reading a list: columns, what was understood, questions, reasons to refuse. In the table they stand behind the cell.

list-column-number = number of the line
list-column-full-name = full name
list-column-surname = surname
list-column-given-name = given name
list-column-patronymic = patronymic
list-column-born = date of birth
list-column-citizenship = citizenship
list-column-residence = residence
list-column-card = number of the identity card
list-column-iin = individual identification number

list-note-name-mended = Latin and Cyrillic letters stood in one word; put right.
list-note-name-cased = Capitals and stray blanks were put in order.
list-note-no-patronymic = It is understood that there is no patronymic.
list-note-born-serial = The number by which a spreadsheet keeps a date stood there; made a date again.
list-note-born-century = The year has two digits; only one century is possible.
list-note-iin-zeros = The zeros at the beginning were lost; put back, as check digit and date of birth bear it out.

list-problem-formula = There is a formula in the cell. Write the value itself instead.
list-problem-spreadsheet-error = There is an error of the spreadsheet in the cell. Write the value anew.
list-problem-too-long = Too much is written: a name has room for 200 bytes, another cell for 2000 (a Kazakh or Russian letter takes two). Shorten it.
list-problem-control-character = There is an invisible control character. Type the cell anew.
list-problem-misleading-character = There is an invisible character that distorts what is written. Type the cell anew.
list-problem-not-words = A number or a date stands where words are wanted. Write it in words.
list-problem-name-missing = The line does not say whom it is about. Write the name.
list-problem-not-a-name = This is no name: there is not one letter in it.
list-problem-not-a-day = The calendar has no such day. Write day, month and year in digits, as in 07.10.1997.
list-problem-day-unclear = It was not understood which day this is. Write day, month and year in digits, as in 07.10.1997.
list-problem-year-alone = Only the year is given. Write the whole date of birth.
list-problem-born-in-future = This date of birth has not come yet. Check the year.
list-problem-not-a-citizen = Not a citizen of the Republic of Kazakhstan. Only its citizens are engaged in protecting the State Border.
list-problem-not-a-card-number = This is not the number of an identity card, which has nine digits.
list-problem-iin-digits = An individual identification number has twelve digits.
list-problem-iin-check-digit = The check digit of the individual identification number does not fit: one of the digits is mistyped.
list-problem-iin-no-day = The individual identification number begins with a day that the calendar does not have.
list-problem-same-iin = The same individual identification number stands in another line of the list.
list-problem-same-card = The same number of an identity card stands in another line of the list.
list-problem-same-name-alone = The same name stands in another line of the list, and nothing here tells the two apart.
list-problem-filled-down = Too many lines have this name and day of birth, or nearly: the row was filled down, or one day was put in for all.
list-problem-same-known-person = Another line of the list is about the same person.
list-problem-answer-doubtful = What was answered can be read in two ways, or leaves open what was asked. Write it whole.

list-question-name-doubtful = There are letters of two scripts in the name, or only Latin ones that look Cyrillic, or a digit or another sign that belongs to no name. How is it right?
list-question-name-short = The name is not whole: one word, or initials. Is it so?
list-question-born-missing = There is no date of birth. When was he born?
list-question-born-century = The two digits of the year fit two centuries. In which year was he born?
list-question-born-order = The day or the month may stand first. When was he born?
list-question-born-long-ago = By this date he is older than a hundred and ten. Is it right?
list-question-born-not-as-iin = The date of birth is not the one with which the individual identification number begins. Which is right?
list-question-citizenship-missing = There is no citizenship. Of which country is he a citizen?
list-question-citizenship-unclear = It was not understood of which country he is a citizen. Which is it?
list-question-card-missing = There is no number of an identity card, and its copy goes along with the list. Which is it?
list-question-card-zeros = The number of the identity card has fewer than nine digits: zeros at its beginning may be lost. Is this it?
list-question-iin-zeros = The individual identification number has fewer than twelve digits: zeros at its beginning may be lost. Is this it?
list-question-person-double = Another line of the list has this name, or nearly it, and this date of birth. Are they two persons, or one who stands twice?
list-question-person-which = Several persons with this name and date of birth are known. Which of them is it?
list-question-person-perhaps = Somebody like this is known: his name, his date of birth or the number of his identity card is written otherwise, or missing. Is it he?
list-question-person-renamed = This individual identification number belongs to somebody with another name. Is it he?
list-question-person-elsewhere = He is on the roster of another volunteer squad. Is it he?
list-question-person-again = Somebody with this name and date of birth is known from before. Is it he, or somebody else?
list-question-person-anew = He is known from before and goes on under his record. If the territorial subdivision says that he was struck off under it, or that it was erased, say that a new one begins.
list-question-squad-other = The title names another volunteer squad than the one chosen. Is it the list of the one chosen? If not, choose the other.

list-refused-no-header = No names of columns were found: one of the first { $rows } rows has to name surname, given name and patronymic, date of birth, citizenship and the number of the identity card.
list-refused-several-lists = Several sheets of the file are lists: { $sheets }. Leave one.
list-refused-header-missing = The row of headers that begins at { $cell } has no column “{ $column }”. Add it.
list-refused-header-twice = The columns at { $first } and { $second } mean the same: { $column }. Leave one.
list-refused-too-many-rows = The sheet has { $rows } rows, and at most { $most } are read.
list-refused-nobody = Nobody stands under the headers that begin at { $cell }.

list-not-yet-asked = { $lines ->
    [one] { $lines } line is
   *[other] { $lines } lines are
 } still asked about, the first at { $cell }. Answer the questions or leave the lines out. Nothing was recorded.
list-not-yet-refused = { $lines ->
    [one] { $lines } line is
   *[other] { $lines } lines are
 } refused, the first at { $cell }. Mend the list, or apply it without these lines. Nothing was recorded.
