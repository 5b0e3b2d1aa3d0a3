//! Words for roles, in the terms of the rules, and for spaces, in plain words.

use super::words;
use crate::roles::{Role, SpaceKind};

words!(Role {
    TerritorialSubdivision => "аумақтық бөлімше", "территориальное подразделение", "territorial subdivision";
    StructuralSubdivision => "құрылымдық бөлімше", "структурное подразделение", "structural subdivision";
    LocalExecutiveBody => "жергілікті атқарушы орган", "местный исполнительный орган", "local executive body";
    CoordinationCouncil => "үйлестіру кеңесі", "координационный совет", "coordination council";
    SquadHead => "ерікті жасақ басшысы", "руководитель добровольной дружины", "squad head";
    Volunteer => "ерікті жасақшы", "добровольный дружинник", "volunteer";
    NonStaffEmployee => "штаттан тыс қызметкер", "внештатный сотрудник", "non-staff employee";
});

words!(SpaceKind {
    Register => "жалпы есеп", "общий учёт", "general register";
    Subdivision => "құрылымдық бөлімшенің есебі", "учёт структурного подразделения",
        "records of the structural subdivision";
    Submission => "жасақ мүшелерінің тізімдері", "списки членов дружин", "squad lists";
    Council => "үйлестіру кеңесі", "координационный совет", "coordination council";
    Patrols => "патрульдер", "патрули", "patrols";
    Protected => "қорғалған жазбалар", "защищённые записи", "protected records";
    ToSubdivision => "құрылымдық бөлімшеге хабарлар", "сообщения структурному подразделению",
        "messages to the structural subdivision";
});
