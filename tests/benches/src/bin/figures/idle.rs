//! `idle`: a contact with nothing to say, of a console that reads ten spaces.

use jasaq_benches::device::Device;
use jasaq_benches::link;
use jasaq_benches::relay::RelayProcess;
use jasaq_benches::squad::start_patrol;
use jasaq_benches::territory::Territory;

use super::folder_on_disk;

/// With its roll, patrols and protected space each squad is three spaces; the territory's roll is the tenth.
const SQUADS: [&str; 3] = ["a", "b", "c"];
/// A thousand in all: only patrols spaces can hold documents yet.
const DOCUMENTS_OF_SQUAD: usize = 334;

/// The console's second contact after everything came to rest.
pub(crate) fn measure() {
    let folder = folder_on_disk();
    let relay = RelayProcess::start(folder.path());
    let (address, passed) = link::open(&relay.address);
    let mut territory = Territory::establish(folder.path(), &address, 0);
    for squad in SQUADS {
        territory.enrol_squad(squad, &[squad.to_owned()]);
        let mut head = Device::open(&folder.path().join(squad), &address);
        head.sync();
        for _ in 0..DOCUMENTS_OF_SQUAD {
            start_patrol(&mut head);
        }
        head.sync();
        head.close();
    }
    // Pulls; tells that it has; and has nothing more to tell.
    for _ in 0..3 {
        territory.ss.sync();
    }
    let before = passed.counts();
    territory.ss.traffic = jasaq_fieldbook::ContactReport::default();
    territory.ss.sync();
    let [connections, up, down] = [0, 1, 2].map(|index| passed.counts()[index] - before[index]);
    println!(
        "| idle contact | {} request, {up} B up, {down} B down, {connections} connection | fresh connection, {} spaces, \
         {} documents, nothing new |",
        territory.ss.traffic.requests,
        3 * SQUADS.len() + 1,
        DOCUMENTS_OF_SQUAD * SQUADS.len(),
    );
}
