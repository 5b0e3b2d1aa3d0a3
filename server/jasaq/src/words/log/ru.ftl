# Что говорится о записанном, о сообщённом и о случаях, по-русски. В трёх файлах одни и те же сообщения с одними и теми же сведениями.

## Журнал

log-part-of = Часть патруля { $patrol }
log-with-parts = С частями { $patrols }
log-marker = пограничный знак { $marker }
log-count = насчитано { $count }
log-told-by = со слов: { $name }
log-case = случай { $case }
log-until = до { $time }
log-happened-at = произошло { $time }
log-was = было: { $said }
log-amended = исправлено { $time } ({ $why })
log-amended-apart = исправлено порознь на двух устройствах; действует каждая версия, пока одну не исправят
log-withdrawn = отозвано: { $reason }
log-withdrawn-at = отозвано { $time }: { $reason }
log-undecided = решить нельзя, записано всё
log-left-out = опущено
