//! `device remove`, `device role`: what a higher rank says of a device.

use jasaq_fieldbook::{DeviceView, Removal};
use serde_json::json;

use super::{device, inviting};
use crate::arguments::codes::short_code;
use crate::arguments::judging::{RemoveArguments, ReplaceArguments, RoleArguments};
use crate::failure::Failure;
use crate::output::Reply;
use crate::program::{Program, find_device};
use crate::table::short;
use crate::words::Message;

/// Removes a device.
pub(super) fn remove(program: &Program, arguments: &RemoveArguments) -> Result<Reply, Failure> {
    let (view, removal) = program.with_fieldbook(|fieldbook| {
        let view = find_device(fieldbook, &arguments.old.device)?;
        let removal = fieldbook.remove_device(&view.device, arguments.old.even_the_last)?;
        Ok((view, removal))
    })?;
    let words = &program.words;
    let told = told_removed(program, &view, removal);
    let json = json!({
        "removed": view.device.to_string(),
        "member": view.member.to_string(),
        "journals": removal.journals,
        "renewed": removal.renewed,
    });
    Ok(Reply::new(json).text(told).note(words.say("device-removed-next")))
}

fn told_removed(program: &Program, view: &DeviceView, removal: Removal) -> String {
    let words = &program.words;
    let told = Message::new("device-removed")
        .with("role", view.role.word(words.language()))
        .with("device", short(&view.device.to_string()))
        .with("journals", removal.journals)
        .with("renewed", removal.renewed);
    words.say(told)
}

/// Removes a device and invites its person with a new one.
pub(super) fn replace(program: &Program, arguments: &ReplaceArguments) -> Result<Reply, Failure> {
    let ReplaceArguments { old, qr_svg, qr_png, reach } = arguments;
    let (view, (removal, invite)) = program.with_fieldbook(|fieldbook| {
        let view = find_device(fieldbook, &old.device)?;
        device::meet_relay(fieldbook, reach)?;
        let replaced = fieldbook.replace_device(&view.device, old.even_the_last)?;
        Ok((view, replaced))
    })?;
    let pictures = (qr_svg.as_deref(), qr_png.as_deref());
    let reply = inviting::hand_over(program, &invite, pictures)?;
    Ok(reply.note(told_removed(program, &view, removal)))
}

/// Gives a device another role.
pub(super) fn change_role(program: &Program, arguments: &RoleArguments) -> Result<Reply, Failure> {
    let view = program.with_fieldbook(|fieldbook| {
        let view = find_device(fieldbook, &arguments.device)?;
        fieldbook.change_device_role(&view.device, arguments.role)?;
        Ok(view)
    })?;
    let words = &program.words;
    let told = Message::new("device-role-changed")
        .with("device", short(&view.device.to_string()))
        .with("role", arguments.role.word(words.language()));
    let json = json!({
        "device": view.device.to_string(),
        "role": arguments.role.code(),
        "short_role": short_code(arguments.role),
    });
    Ok(Reply::new(json).text(words.say(told)).note(words.say("device-confirmed-next")))
}
