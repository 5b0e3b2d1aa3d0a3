# The flags of a log and the kinds of statement; ours, in plain words.

flag-no-plan = патруль жоспарсыз шықты
flag-no-controlling-representative = құрылымдық бөлімшенің бақылаушы өкілі көрсетілмеген
flag-started-twice = патрульдің басталуы бірнеше рет жазылған
flag-ended-twice = патрульдің аяқталуы бірнеше рет жазылған
flag-ended-without-start = аяқталуы бар, басталуы жоқ
flag-end-before-start = аяқталуы басталуынан бұрын тұр
flag-no-fix = орны анықталмаған
flag-clock-implausible = сағаттың көрсеткені сенімсіз
flag-happened-after-recorded = айтылған уақыты жазылған уақытынан кейін
flag-track-untimed = тректің уақыты жоқ нүктелері бар
flag-fix-lost = жол бойында орын анықталмай қалған
flag-track-incomplete = тректің бір бөлігі әлі келмеген

kind-patrol-started = патруль шықты
kind-leg-started = кезең басталды
kind-leg-ended = кезең аяқталды
kind-patrol-ended = патруль оралды
kind-entry = жазба
kind-track = трек
kind-waypoint = нүкте
kind-squad-card = жасақшының карточкасы
kind-squad = ерікті жасақ
kind-name-on = тізімге енгізілді
kind-name-off = тізімнен шығарылды
kind-attachment = тіркеме
kind-attachment-held = тіркеме толық алынды
