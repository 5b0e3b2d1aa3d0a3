//! Words for the flags of a log and the kinds of statement; ours, in plain words.

use super::words;
use crate::patrol_log::Flag;
use crate::statement::Kind;

words!(Flag {
    NoPlan => "патруль жоспарсыз шықты", "патруль вышел без плана", "the patrol went out without a plan";
    NoControllingRepresentative => "құрылымдық бөлімшенің бақылаушы өкілі көрсетілмеген",
        "не указан контролирующий представитель структурного подразделения",
        "no controlling representative of the structural subdivision is named";
    StartedTwice => "патрульдің басталуы бірнеше рет жазылған",
        "начало патрулирования записано несколько раз", "the start was recorded more than once";
    EndedTwice => "патрульдің аяқталуы бірнеше рет жазылған",
        "окончание патрулирования записано несколько раз", "the end was recorded more than once";
    EndedWithoutStart => "аяқталуы бар, басталуы жоқ",
        "есть окончание, но нет начала", "there is an end but no start";
    EndBeforeStart => "аяқталуы басталуынан бұрын тұр",
        "окончание раньше начала", "the end lies before the start";
    NoFix => "орны анықталмаған", "место не определено", "no fix";
    ClockImplausible => "сағаттың көрсеткені сенімсіз",
        "показание часов неправдоподобно", "the clock cannot have been right";
    HappenedAfterRecorded => "айтылған уақыты жазылған уақытынан кейін",
        "указанное время позже времени записи", "it is said to have happened after it was recorded";
    TrackUntimed => "тректің уақыты жоқ нүктелері бар", "в треке есть точки без времени",
        "the track has points without a time";
    FixLost => "жол бойында орын анықталмай қалған", "в пути терялось место", "the fix was lost on the way";
    TrackIncomplete => "тректің бір бөлігі әлі келмеген", "часть трека ещё не поступила",
        "a part of the track has not come yet";
});

words!(Kind {
    PatrolStarted => "патруль шықты", "патруль вышел", "patrol started";
    LegStarted => "кезең басталды", "этап начат", "leg started";
    LegEnded => "кезең аяқталды", "этап окончен", "leg ended";
    PatrolEnded => "патруль оралды", "патруль вернулся", "patrol ended";
    Entry => "жазба", "запись", "entry";
    Track => "трек", "трек", "track";
    Waypoint => "нүкте", "точка", "waypoint";
    SquadCard => "жасақшының карточкасы", "карточка дружинника", "volunteer card";
    Squad => "ерікті жасақ", "добровольная дружина", "volunteer squad";
    NameOn => "тізімге енгізілді", "внесён в список", "put on the roster";
    NameOff => "тізімнен шығарылды", "исключён из списка", "taken off the roster";
    Attachment => "тіркеме", "вложение", "attachment";
    AttachmentHeld => "тіркеме толық алынды", "вложение получено целиком", "attachment held whole";
    Decision => "кеңестің шешімі", "решение совета", "council decision";
    HeadEnded => "басшының өкілеттігі аяқталды", "полномочия руководителя окончены", "head's appointment ended";
    Review => "кеңестің шолуы", "рассмотрение советом", "council review";
    Remark => "кеңестің ескертпесі", "замечание совета", "council remark";
    List => "ерікті жасақ мүшелерінің тізімі", "список членов добровольной дружины", "list of squad members";
    ListLine => "тізімнің жолы", "строка списка", "line of a list";
    ListReceived => "тізім алынды", "список получен", "list received";
    ListWithdrawn => "тізім қайтарып алынды", "список отозван", "list withdrawn";
    ExclusionNotice => "құрамынан шығару туралы хабарлама", "уведомление об исключении из состава",
        "notice to remove from the squad";
    Application => "өтініш", "заявление", "application";
    ApplicationDecided => "өтініш бойынша шешім", "решение по заявлению", "decision on an application";
    Check => "тексеру", "проверка", "check";
    Offence => "қасақана әкімшілік құқық бұзушылық", "умышленное административное правонарушение",
        "intentional administrative offence";
    Registration => "тіркеу", "регистрация", "registration";
    Certificate => "куәлік", "удостоверение", "certificate";
    CertificateLost => "куәлік жоғалды", "удостоверение утеряно", "certificate lost";
    CertificateReprinted => "куәлік қайта басылды", "удостоверение напечатано заново", "certificate reprinted";
    Training => "құқықтық дайындау", "правовая подготовка", "legal training";
    Circumstance => "қатысуды болғызбайтын мән-жай", "обстоятельство, исключающее участие",
        "circumstance that excludes";
    StrikeOff => "есептен шығару", "снятие с учёта", "strike-off";
    Notice => "хабарлау", "уведомление", "notice";
    Supervision => "жасаққа басшылық ету", "руководство дружиной", "supervision of a squad";
    MemberIs => "телефон иесінің жеке басы", "личность владельца телефона", "whose phone it is";
    WishToLeave => "одан әрі қатысқысы келмеуі", "нежелание участвовать далее", "does not wish to go on";
    Withdrawn => "қайтарып алу", "отзыв", "withdrawal";
    Read => "қарап шығу жазбасы", "запись о просмотре", "read log entry";
});
