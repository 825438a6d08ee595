//! Seats as a small table for people. Chinese letters take two columns of a terminal.

use crate::seat::Seat;
use civmesh_domain::personnel::role::Role;
use qrcode::render::unicode::Dense1x2;

/// The seats with their links, one line each, in aligned columns.
pub fn seats(seats: &[Seat], origin: &str) -> String {
    let heading = ["角色 role", "據點 nodes", "帳號 account", "密碼 password", "連結 link"].map(str::to_owned);
    let rows = seats.iter().map(|seat| {
        let role = match seat.role {
            Role::Volunteer => "志工 volunteer",
            Role::Manager => "負責人 manager",
            Role::Coordinator => "協調官 coordinator",
        };
        let place = if seat.nodes.is_empty() { "全部 all".to_owned() } else { seat.place() };
        [role.to_owned(), place, seat.account.to_string(), seat.password.clone(), seat.link(origin)]
    });
    aligned(&std::iter::once(heading).chain(rows).collect::<Vec<_>>())
}

/// The QR codes of these seats' links, for a phone's camera, drawn in letters; a code that can't be made is left out.
pub fn codes<'a>(seats: impl IntoIterator<Item = &'a Seat>, origin: &str) -> String {
    let code = |seat: &Seat| {
        let code = qrcode::QrCode::new(seat.link(origin)).ok()?;
        // Dark on light, as printed codes are: terminals are mostly dark, so the light squares are the ones that are drawn.
        let drawn = code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build();
        Some(format!("  {} {}\n{drawn}\n", seat.role.name(), seat.account))
    };
    seats.into_iter().filter_map(code).collect()
}

fn aligned<const COLUMNS: usize>(rows: &[[String; COLUMNS]]) -> String {
    let mut widths = [0; COLUMNS];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(columns(cell));
        }
    }
    let mut text = String::new();
    for row in rows {
        let mut line = String::from("  ");
        for (width, cell) in widths.iter().zip(row) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width - columns(cell) + 2));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn columns(text: &str) -> usize {
    text.chars().map(|letter| if ('\u{1100}'..='\u{ffef}').contains(&letter) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other() {
        let text = aligned(&[["角色 role".into(), "a".into()], ["x".into(), "b".into()]]);
        assert_eq!(text, "  角色 role  a\n  x          b\n");
    }

    #[test]
    fn a_seat_is_shown_with_what_its_holder_needs() {
        let seat = Seat::draw(Role::Coordinator, &[], 0).unwrap();
        let text = seats(std::slice::from_ref(&seat), "http://127.0.0.1:8080");
        for needed in ["coordinator", "全部 all", seat.account.as_str(), &seat.password, &seat.link("http://127.0.0.1:8080")] {
            assert!(text.contains(needed), "{needed} in {text}");
        }
    }
}
