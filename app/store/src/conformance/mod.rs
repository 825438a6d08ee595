//! What every backend has to do, as one suite of small named cases. A backend's test opens an empty store for each case.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a suite of tests, in a module so that other crates can run it")]
#![allow(missing_docs, reason = "the names of the cases say what they hold")]

mod expiry;
pub mod fixture;
mod merge;
mod outbox;
mod secret;
mod shelf;

use crate::private::Private;

macro_rules! cases {
    ($open:ident: $($module:ident { $($case:ident),* $(,)? })*) => {{
        let mut passed = Vec::new();
        $($(
            let name = concat!(stringify!($module), "-", stringify!($case));
            $module::$case($open(name).await).await;
            passed.push(name);
        )*)*
        passed
    }};
}

/// Runs all cases. `open` gets the name of a case and opens an empty store for it. Panics in the first case that fails;
/// returns the names of those that passed.
pub async fn run_all<S: Private, F, Fut>(open: F) -> Vec<&'static str>
where
    F: Fn(&'static str) -> Fut,
    Fut: Future<Output = S>,
{
    cases! { open:
        outbox {
            a_write_stores_event_parts_and_their_places,
            a_write_out_of_sequence_changes_nothing,
            authors_count_for_themselves,
            the_oldest_event_comes_first,
            a_receipt_takes_the_row_out_and_stays,
            a_receipt_for_what_is_not_there_is_passed_over,
            an_event_and_its_part_have_fates_of_their_own,
            a_refused_row_stays_until_it_is_dismissed,
            a_waiting_row_cannot_be_dismissed,
            what_travels_beside_a_refused_record_leaves_with_it,
            a_refused_row_can_be_tried_again,
            a_correction_takes_the_refused_row_out,
            a_try_is_counted_and_a_retry_waits,
            several_outcomes_of_one_row_apply_in_order,
            what_was_on_its_way_waits_again,
            what_has_a_receipt_is_not_enqueued_again,
            what_is_there_is_not_enqueued_anew,
            what_a_database_of_another_time_had_waits_again,
        }
        merge {
            merging_twice_changes_nothing,
            one_event_twice_in_a_page_is_one,
            an_event_of_ones_own_keeps_its_place,
            an_intact_copy_replaces_a_broken_one_and_never_the_reverse,
            events_come_in_order_by_region_and_node,
            a_page_and_its_checkpoint_come_together,
            gone_documents_are_gone,
            a_seat_taken_up_again_goes_on_counting,
            a_clock_that_was_seen_is_not_fallen_behind,
            a_broken_event_moves_nobody_on,
            parts_come_by_index_and_stay_as_they_came,
            an_empty_page_is_no_harm,
        }
        expiry {
            an_expired_part_is_dropped_with_its_place_and_its_receipt_and_the_event_stays,
            a_part_written_by_a_clock_far_behind_is_there_until_its_events_time,
            each_kind_has_its_own_term,
            an_expired_part_is_not_taken_in,
            a_clock_far_ahead_keeps_nothing_for_ever,
            a_part_that_a_clock_far_behind_takes_in_is_there_until_its_events_time,
            what_was_dropped_is_not_taken_in_again,
        }
        secret {
            several_values_change_at_once,
            what_lies_plain_is_found_and_sealed_in_its_place,
            what_was_dropped_is_not_brought_back_by_sealing_it,
            all_but_the_public_is_forgotten,
        }
        shelf {
            documents_come_by_prefix_in_order,
            a_document_is_replaced,
            documents_keep_every_number,
            packs_are_replaced_and_removed,
            a_pack_leaves_events_alone,
            small_values_are_kept_and_removed,
            what_was_never_kept_is_not_there,
        }
    }
}
