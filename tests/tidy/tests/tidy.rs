//! The rules of the house, each named as a rule, each over every file of the repository.
//!
//! Fix the code before arguing with the rule; where the rule is wrong, its table in `src/` changes in a change of its own.

use jasaq_tidy::{assert_none, layers, repository, rooms, rust, secrets, shapes, texts, words};

#[test]
fn the_top_level_shows_only_the_prescribed_names() {
    assert_none(&rooms::top_level(&repository::read()));
}

#[test]
fn crates_use_one_another_only_downwards() {
    assert_none(&rooms::layering(&repository::read()));
}

#[test]
fn a_lower_module_never_names_a_higher_one() {
    assert_none(&layers::order(&rust::read(&repository::read())));
}

#[test]
fn files_are_named_after_what_they_are_about() {
    assert_none(&shapes::names(&repository::read()));
}

#[test]
fn every_file_opens_with_a_sentence_about_itself() {
    assert_none(&shapes::openings(&rust::read(&repository::read())));
}

#[test]
fn no_file_is_past_500_lines() {
    let files = repository::read();
    assert_none(&shapes::file_sizes(&files, &rust::read(&files)));
}

#[test]
fn no_function_is_past_70_lines() {
    assert_none(&shapes::function_sizes(&rust::read(&repository::read())));
}

#[test]
fn code_does_not_call_what_belongs_elsewhere() {
    assert_none(&words::banned_words(&rust::read(&repository::read())));
}

#[test]
fn types_are_nouns_that_mean_one_thing() {
    assert_none(&words::type_names(&rust::read(&repository::read())));
}

#[test]
fn functions_are_verbs_that_promise_something() {
    assert_none(&words::function_names(&rust::read(&repository::read())));
}

#[test]
fn nothing_in_core_is_left_for_later() {
    assert_none(&texts::unfinished(&repository::read()));
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    assert_none(&texts::machine_paths(&repository::read()));
}

#[test]
fn no_file_names_a_registry() {
    assert_none(&texts::registries(&repository::read()));
}

#[test]
fn only_tests_look_beside_the_repository() {
    assert_none(&texts::neighbours(&repository::read()));
}

#[test]
fn every_link_in_the_documentation_leads_somewhere() {
    assert_none(&texts::links(&repository::read()));
}

#[test]
fn no_type_with_a_secret_prints_itself() {
    assert_none(&secrets::printed(&rust::read(&repository::read())));
}
