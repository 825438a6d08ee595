//! Words of the coverage of a region: who reaches a node and who does not, room, gaps, and what happens when one is out.

use crate::{phrases, words};

words! {
    TITLE: "涵蓋分析", "Coverage";
    ROW_NOTE: "哪些人走得到節點、哪些人走不到，地方夠不夠。", "Who can walk to a node and who can't, and whether there is room.";
    WHAT: "哪些人走得到節點、哪些人走不到，地方夠不夠，少了一個會怎樣。", "Who can walk to a node and who can't, whether there is room, and what happens when one is out.";
    ESTIMATE: "依地圖和人口資料估算，供規劃用，不是現場的情況。同一格的人都當作住在格子中央。",
        "Estimated from map data and population data, for planning: not what it is like there now. Everybody in a cell is taken to live in its middle.";
    OPENING: "正在讀取地區資料…", "Opening the region's data…";
    NO_PEOPLE: "這個地區沒有人口資料", "This region has no population data";
    NO_PEOPLE_NOTE: "不知道哪裡住了多少人，就算不出誰走得到節點。製作地區包時要加入人口網格；沒有的話，用全區總人數加上建築物圖層也可以。",
        "Without knowing where people live, nobody can say who reaches a node. A region pack needs a population grid for this, or else the region's total and a layer of its buildings.";
    NO_GRAPH: "這個地區沒有步行路網，只能用直線距離。實際走的路會更長。", "This region has no walking network: only straight distances are known. The way on foot is longer.";
    DAMAGED: "有些資料讀不出來，沒有算進去。請重新載入地區包。", "Some of the data can't be read and is left out. Please load the region pack again.";

    CHOICES: "要看什麼", "What to look at";
    WHICH: "算哪些節點", "Nodes that count";
    AGREED: "已約定和已認證", "Agreed and certified";
    PROPOSED_TOO: "尚未約定的也算", "Also not agreed yet";
    HAZARD: "災害", "Hazard";
    NO_HAZARD: "不分災害", "None";
    HAZARD_NOTE: "只算已知適合這種災害的節點。危險區域裡的節點不算，穿過危險區域的路當作不通；較輕微的區域可以走，但時間算三倍。",
        "Only nodes known to be fit for it count. Nodes in hazard areas are left out, and ways through them are closed; milder areas can be walked, but count three times as long.";
    HAZARD_STRAIGHT: "只算已知適合這種災害的節點，危險區域裡的節點不算。直線距離看不出路通不通。",
        "Only nodes known to be fit for it count, and nodes in hazard areas are left out. Straight distances do not show which ways are closed.";
    MEASURE: "距離怎麼算", "Distance";
    ON_FOOT: "步行時間", "On foot";
    STRAIGHT: "直線距離", "Straight";
    LIMIT: "走多遠算走得到", "Within reach";

    LAYING: "正在標出危險區域", "Laying out hazard areas";
    PLACING: "正在找每一格旁邊的路", "Finding the street beside each cell";
    WALKING: "正在從每個節點走出去", "Walking out from each node";
    MEASURING: "正在量每一格的距離", "Measuring from each cell";
    COUNTING: "正在計算人數", "Counting people";

    STILL: "算好之前，下面是上一次的結果。", "Until then, what stands below answers what was asked before.";

    PEOPLE: "走得到的人", "People within reach";
    INHABITANTS: "人口", "People in all";
    COUNTED: "各格人數是統計或推估來的。", "People were counted or estimated cell by cell.";
    SPREAD: "只知道全區總人數，依建築物占地分到各格：沒有考慮樓層，也不知道晚上誰住在哪裡。",
        "Only the region's total is known; it is spread by the ground that buildings cover, which says nothing of floors or of who sleeps there.";
    NODES: "節點", "Nodes";
    WITHIN: "範圍", "Within";
    INSIDE: "走得到", "Inside";
    OUTSIDE: "走不到", "Outside";
    OVERLAP: "走得到幾個節點", "How many nodes people reach";
    REACHES: "走得到", "Reach";
    NONE_REACHED: "沒有", "None";
    THREE_REACHED: "3 個以上", "3 or more";
    OVERLAP_NOTE: "只走得到一個的人，那個節點一關就沒有地方去。", "Those who reach only one have nowhere to go once it closes.";

    SKETCH: "地圖", "As a map";
    SKETCH_LABEL: "涵蓋範圍的示意圖：哪些格子走得到節點、有多近，缺口和建議的地點在哪裡。下面的表和清單有同樣的內容。",
        "Sketch map of coverage: which cells reach a node and how near, where gaps and proposed places are. The tables and lists below say the same.";
    SKETCH_OUTSIDE: "走不到任何節點", "Reach no node";
    SKETCH_NODE: "計入的節點", "Node that counts";
    SKETCH_GAP: "沒有節點的地方，號碼同下面的清單", "Gap, numbered as in the list below";
    SKETCH_SITE: "加在這裡最有用，字母同下面的清單", "Where one more helps most, lettered as in the list below";

    ROOM: "容納得下嗎", "Is there room?";
    ROOM_NOTE: "當作每個人都走到最近還有位子的節點，近的先到。沒有人說可容納多少的節點，不當作有位子。",
        "Everybody is taken to walk to the nearest node with room, the nearest first. A node of which nobody has said how many it holds is not taken to have room.";
    CAPACITY: "已知可容納", "Known room";
    HOUSED: "找得到位子", "Find room";
    TURNED_AWAY: "走得到但沒有位子", "Within reach, but no room";
    UNKNOWN_ROOM: "容納人數不明", "Room unknown";
    TOO_MANY: "最擠的節點", "Nodes with most people too many";
    NONE_TOO_MANY: "在已知容納人數的節點裡，沒有一個會爆滿。", "No node whose room is known gets too many.";

    COMPARE: "每種災害的比較", "Each hazard by itself";
    COMPARE_NOTE: "每種災害都重算一次：哪些節點還能去、路怎麼走。人多的地區要等一下。",
        "Each hazard is worked out anew: which nodes are left, and which ways lead there. In a large region this takes a while.";
    COMPARE_NOW: "開始比較", "Compare them";

    GAPS: "沒有節點的地方", "Gaps";
    GAPS_NOTE: "人最多的在前面，最多列出 20 個。", "Most people first; at most 20.";
    NO_GAPS: "每個有人住的格子都走得到節點。", "Every cell with people reaches a node.";
    RIGHT_HERE: "附近沒有地名", "no named place nearby";

    SITES: "加在哪裡最有用", "Where one more helps most";
    SITES_NOTE: "從還沒計入的地點裡挑，一次一個，每次挑多涵蓋最多人的。是否合適、對方願不願意，都還要去問。",
        "Chosen one by one from places that do not count yet, each time the one that brings most people within reach. Whether it is fit, and whether its people agree, remains to be asked.";
    NO_SITES: "沒有還沒計入的地點能再多涵蓋人。", "No place that does not count yet would bring more people within reach.";
    FIT_UNKNOWN: "不知道是否適合這種災害", "not known to be fit for this hazard";

    OUT: "少了節點會怎樣", "If nodes are out";
    OUT_NOTE: "關掉之後，這些人就一個節點都走不到。選一個看看大家會去哪裡；選好幾個，就當作同時都關。",
        "People who would reach no node any more. Choose one to see where the others would go; choose several to see them all out at once.";
    ALL_BACK: "全部恢復", "All back in";
    AND: "、", ", ";
    NO_OUT: "任何一個節點關閉，都還走得到別的。", "Whichever node is out, everybody reaches another.";
    FIND_NODE: "看其他節點", "Another node";
    FIND_NODE_HINT: "打節點名稱的一部分", "Part of its name";
    LOSE: "走不到任何節點", "Reach none any more";
    GO: "改去", "Go to";
    GO_NOWHERE: "沒有人要改去別的節點。", "Nobody goes to another node.";
    FILLS: "會更擠的節點", "Nodes that get fuller than they hold";
    FILLS_NONE: "沒有已知容納人數的節點因此爆滿。", "No node whose room is known overflows because of it.";

    ONE_AREA: "如果只有一處危險範圍受災", "If one hazard area is hit";
    ONE_AREA_NOTE: "選一處，看看只有那裡受災、其他地方和平常一樣時，誰會沒地方去，大家改去哪裡。",
        "Choose one to see who would lose cover, and where the others would go, if it alone were hit and all else were as on an ordinary day.";
    AREA_NEAR: "在哪裡附近", "Near";
    AREA_NEAR_HINT: "打里、車站、街道或節點名稱的一部分", "Part of the name of a village, station, street or node";
    NO_AREAS: "地圖上沒有這種災害的危險範圍，也沒有公布的。", "No area of this hazard is mapped or declared.";
    NO_SUCH_AREA: "網址裡的那一處現在沒有：可能已經解除，或新的地區包改畫了。請另選一處。",
        "The area in the address is not there now: it was withdrawn, or a new region pack draws it differently. Choose another.";
    ANOTHER_AREA: "選別處", "Choose another";
    NONE_INSIDE: "計入的節點都不在裡面，或仍然可以去。", "No node that counts is taken out by it.";
    AREA_SKETCH: "受災範圍的示意圖：範圍在哪裡、周圍的街道和節點。上下的文字有同樣的內容。",
        "Sketch map of the area: where it lies, with the streets and nodes around it. The words above and below say the same.";
    AREA_NODE_OUT: "在裡面、不能去的節點", "Node taken out";
    AREA_NODE_LEFT: "仍然計入的節點", "Node that goes on counting";
    LIES_IN_IT: "就在裡面", "in it";
    MILD_AREA: "這裡較輕微：裡面的節點還可以去，路也可以走，但時間算三倍。", "It is mild: nodes in it stay in use and ways through it can be walked, but count three times as long.";
    AREA_STRAIGHT: "直線距離看不出路通不通，只當作裡面的節點不能去。", "Straight distances do not show which ways are closed: only nodes in it are taken out.";

    TAKE_AWAY: "帶走資料", "Take the figures away";
    TAKE_AWAY_NOTE: "檔案裡是沒有四捨五入的數字，也是估算。", "The files hold figures that are not rounded; they are estimates all the same.";
    CELLS_CSV: "各格（CSV）", "Cells (CSV)";
    NODES_CSV: "各節點（CSV）", "Nodes (CSV)";
    GEOJSON: "地圖資料（GeoJSON）", "For a map (GeoJSON)";
    SAVED: "檔案已存到手機。", "The file is saved.";
    NOT_SAVED: "瀏覽器沒有存檔。請再試一次。", "The browser did not save the file. Please try again.";
    NOBODY: "0 人", "nobody";
    FEW: "不到 10 人", "fewer than 10";
    BELOW_ONE: "不到 1%", "under 1%";
    NEARLY_ALL: "超過 99%", "over 99%";
    NOBODY_COUNTS: "沒有節點計入，所以全部的人都走不到。可以改選「尚未約定的也算」看看。",
        "No node counts, so nobody is within reach. Look again with “Also not agreed yet”.";
}

phrases! {
    fn progress(what: &str, done: &str, all: &str): "{what}：{done}／{all}", "{what}: {done} of {all}";
    fn about(n: &str): "約 {n} 人", "about {n}";
    fn exactly(n: &str): "{n} 人", "{n}";
    fn part(people: &str, percent: &str): "{people}（{percent}）", "{people} ({percent})";
    fn percent(n: u8): "{n}%", "{n}%";
    fn within_minutes(n: u32): "{n} 分鐘內", "{n} min";
    fn within_metres(n: &str): "{n} 公尺內", "{n} m";
    fn reached(n: usize): "{n} 個", "{n}";
    fn nodes(counts: &str, could: &str, out: &str): "計入 {counts} 個；{could} 個沒有計入（尚未約定，或不知道是否適合）；{out} 個因這種災害不能去",
        "{counts} count; {could} do not (not agreed yet, or not known to be fit); {out} out because of the hazard";
    fn nodes_left(n: usize): "{n} 個節點", "{n} nodes";
    fn hidden(n: usize): "另有 {n} 個不公開的節點，這裡不計入。", "{n} more nodes are not public and are left out here.";
    fn source(attribution: &str): "人口資料：{attribution}", "Population: {attribution}";
    fn too_many(people: &str): "多出{people}", "{people} too many";
    fn room_for(n: &str, people: &str): "可容納 {n} 人，最近的有{people}", "room for {n}; nearest for {people}";
    fn unknown_room(n: &str, people: &str): "{n} 個節點，最近的有{people}", "{n} nodes; nearest for {people}";
    fn near(name: &str, wind: &str, distance: &str): "{name}{wind}邊 {distance}", "{distance} {wind} of {name}";
    fn gains(people: &str): "多{people}", "{people} more";
    fn if_out(name: &str): "如果關閉：{name}", "If out: {name}";
    fn if_hit(area: &str, place: &str): "如果受災：{area}，{place}", "If hit: {area}, {place}";
    fn place_and_size(place: &str, size: &str): "{place}，約 {size}", "{place}, about {size}";
    fn declared(what: &str): "已公布・{what}", "declared · {what}";
    fn square_metres(n: &str): "{n} 平方公尺", "{n} m²";
    fn square_kilometres(n: &str): "{n} 平方公里", "{n} km²";
    fn away(far: &str): "距離 {far}", "{far} away";
    fn areas(n: usize): "共 {n} 處，大的在前面。", "Areas: {n}, the largest first.";
    fn areas_largest(all: &str, most: usize): "共 {all} 處，只列出最大的 {most} 處。在上面打地名，找那附近的。", "Areas: {all}. The {most} largest are listed; enter a place above to find those near it.";
    fn areas_near(name: &str, all: &str, most: usize): "「{name}」附近最近的 {most} 處（共 {all} 處）", "The {most} nearest to {name}, of {all}";
    fn fit_for(hazard: &str): "只算已知適合「{hazard}」的節點。", "Only nodes known to be fit for this count: {hazard}.";
    fn nodes_inside(names: &str): "裡面的節點：{names}", "Nodes taken out: {names}";
    fn inside_and_more(names: &str, n: usize): "裡面的節點：{names}，還有 {n} 個", "Nodes taken out: {names}, and {n} more";
    fn loses(people: &str): "{people}沒地方去", "{people} lose cover";
}
