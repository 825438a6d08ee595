//! Words of checking in and out.

use crate::{phrases, words};

words! {
    TITLE: "報到", "Check in";
    CORRECT_TITLE: "更正報到", "Correct a check-in";
    NO_NODE: "先選你所在的節點。", "First choose the node where you are.";
    WHO: "誰要報到？", "Who checks in?";
    MYSELF: "我自己", "Myself";
    WALK_UP: "現場的人", "A walk-up";
    WALK_UP_HINT: "沒有席位、臨時來幫忙的人，也可以由你登記。", "Somebody without a seat who came to help: you can enter them.";
    DUTY: "做什麼？", "Doing what?";
    SKILLS: "會什麼？（可複選）", "Able to do what? (any number)";
    NAME_HINT: "只有這個節點的人員看得到。", "Only this node's staff can read it.";
    NAME_NEEDED: "請寫下現場這位的名字或稱呼，才認得出是誰。", "Please give the walk-up's name, so that others know who it is.";
    SUBMIT: "報到", "Check in";
    SUBMIT_WALK_UP: "登記這位", "Enter this person";
    SUBMIT_CORRECTION: "更正", "Correct";
    CHECK_OUT: "簽退", "Check out";
    ON_DUTY: "現在有誰", "Who is here";
    NOBODY: "還沒有人報到", "Nobody has checked in yet";
    NOBODY_NOTE: "第一個到的人，先報到，再看檢核表。", "The first one here: check in, then open the checklist.";
    CHECKED_OUT: "已簽退，記在這支手機。", "Checked out; saved on this phone.";
    NO_SEAT: "還沒有席位：紀錄會留在這支手機，標示為未驗證，領用席位後才送出。",
        "No seat yet: what you enter stays on this phone, unverified, and goes out once you take up a seat.";
    OTHER_NODE: "這個節點不在你的席位內，紀錄會轉交給它的人員。", "Your seat is not for this node: the record is passed on to its staff.";
    NAMELESS: "沒有留名字", "No name given";
    THIS_PHONE: "本機", "This phone";
    NOT_TO_CORRECT: "找不到要更正的報到，請重新登記。", "The check-in to correct is not here; please enter it anew.";
    CONCURRENT: "有不同的更正，請確認", "There are differing corrections: please check";
}

phrases! {
    fn since(time: &str): "{time} 起", "since {time}";
    fn count(n: usize): "{n} 人在崗", "{n} on duty";
}
