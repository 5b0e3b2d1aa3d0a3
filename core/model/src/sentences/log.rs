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
});
