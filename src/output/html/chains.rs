//! Chains and cycles, drawn: posts as boxes, and on each arrow the person who goes from one to the next.

use crate::output::report::{Chain, Link, Report, Stop};
use crate::output::width::width;
use crate::text::{Lang, say};
use lungang_domain::PostIx;
use maud::{Markup, html};

/// Width of a box, of the arrow between two, and height of a line of boxes.
const BOX: f64 = 150.0;
const GAP: f64 = 88.0;
const LINE: f64 = 74.0;
const HIGH: f64 = 46.0;
/// Arrows on one line; the next line begins with the box that this one ended with.
const MOST: usize = 4;
/// Half-width signs that go on one line of a box.
const SIGNS: usize = 22;

/// All chains, by batch.
pub(super) fn drawings(report: &Report, lang: Lang) -> Markup {
    if report.chains.is_empty() {
        return html! { p { (say(lang, "no-rows", &[])) } };
    }
    html! {
        p class="note" { (say(lang, "chart-chains-note", &[])) }
        @for chain in &report.chains { (drawing(chain, lang)) }
    }
}

fn drawing(chain: &Chain, lang: Lang) -> Markup {
    let args = [("batch", chain.batch.to_string()), ("date", chain.date.to_string()), ("kind", chain.kind.clone())];
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let caption = say(lang, "chart-chain", &args);
    let lines: Vec<Vec<&Link>> = paths(&chain.links).into_iter().flat_map(|path| broken(&path)).collect();
    let longest = lines.iter().map(Vec::len).max().unwrap_or(1);
    #[allow(clippy::cast_precision_loss)]
    let (wide, tall) = ((longest as f64) * (BOX + GAP) + BOX + 4.0, lines.len() as f64 * LINE);
    let mut seen: Vec<PostIx> = Vec::new();
    let mut drawn = Vec::new();
    for (row, line) in (0_u32..).zip(&lines) {
        let y = f64::from(row) * LINE + 18.0;
        let first = line.first().and_then(|link| link.from.as_ref());
        drawn.push(stop(first, 2.0, y, &mut seen, lang));
        for (at, link) in (0_u32..).zip(line) {
            let x = 2.0 + f64::from(at) * (BOX + GAP) + BOX;
            drawn.push(arrow(&link.name, x, y + HIGH / 2.0));
            drawn.push(stop(Some(&link.to), x + GAP, y, &mut seen, lang));
        }
    }
    html! {
        div class="chain" {
            h3 { (caption) }
            svg viewBox={ "0 0 " (n(wide)) " " (n(tall)) } style={ "width:" (n(wide)) "px" } role="img" {
                title { (caption) }
                @for piece in &drawn { (piece) }
            }
        }
    }
}

fn n(value: f64) -> String {
    format!("{value:.1}")
}

/// The moves as walks from post to post: each begins where nobody of the batch comes in, or anywhere on a cycle.
fn paths(links: &[Link]) -> Vec<Vec<&Link>> {
    let mut rest: Vec<&Link> = links.iter().collect();
    let mut paths = Vec::new();
    while !rest.is_empty() {
        let enters = |post: Option<&Stop>| post.is_some_and(|post| rest.iter().any(|link| link.to.post == post.post));
        let first = rest.iter().position(|link| !enters(link.from.as_ref())).unwrap_or(0);
        let mut path = vec![rest.remove(first)];
        while let Some(next) = path.last().and_then(|last| follows(last, &rest)) {
            path.push(rest.remove(next));
        }
        paths.push(path);
    }
    paths
}

fn follows(last: &Link, rest: &[&Link]) -> Option<usize> {
    rest.iter().position(|link| link.from.as_ref().is_some_and(|from| from.post == last.to.post))
}

/// A walk in lines that go on paper.
fn broken<'a>(path: &[&'a Link]) -> Vec<Vec<&'a Link>> {
    path.chunks(MOST).map(<[&Link]>::to_vec).collect()
}

/// A post; dashed where it has been drawn already, as at the end of a cycle. Without a post: waiting for one.
fn stop(stop: Option<&Stop>, x: f64, y: f64, seen: &mut Vec<PostIx>, lang: Lang) -> Markup {
    let again = stop.is_some_and(|stop| seen.contains(&stop.post));
    if let Some(stop) = stop {
        seen.push(stop.post);
    }
    let label = stop.map_or_else(|| say(lang, "no-post", &[]), |stop| stop.label.clone());
    let class = if again { "stop again" } else { "stop" };
    let lines = folded(&label);
    let count = u8::try_from(lines.len()).unwrap_or(3);
    let first = y + HIGH / 2.0 + 4.0 - f64::from(count - 1) * 7.0;
    html! {
        rect class=(class) x=(n(x)) y=(n(y)) width=(n(BOX)) height=(n(HIGH)) rx="4" {}
        @for (at, line) in (0_u8..).zip(&lines) {
            text class="small" x=(n(x + BOX / 2.0)) y=(n(first + f64::from(at) * 14.0)) text-anchor="middle" { (line) }
        }
    }
}

fn arrow(name: &str, x: f64, y: f64) -> Markup {
    let (from, to) = (x + 3.0, x + GAP - 3.0);
    let corner = |x: f64, y: f64| format!("{},{}", n(x), n(y));
    let head = [corner(to, y), corner(to - 9.0, y - 4.5), corner(to - 9.0, y + 4.5)].join(" ");
    html! {
        line class="arrow" x1=(n(from)) x2=(n(to - 8.0)) y1=(n(y)) y2=(n(y)) {}
        polygon class="head" points=(head) {}
        text class="small who" x=(n(x + GAP / 2.0 - 4.0)) y=(n(y - 6.0)) text-anchor="middle" { (cut(name, 14)) }
    }
}

/// A label in at most three lines, broken at blanks where words are short enough; what is left over is cut off.
fn folded(label: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in label.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= SIGNS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.extend(pieces(word)),
        }
    }
    if lines.len() > 3 {
        let rest = lines.split_off(2).join(" ");
        lines.push(rest);
    }
    lines.iter().map(|line| cut(line, SIGNS + 1)).collect()
}

/// A word in pieces no wider than a line; a closing bracket stays with the sign before it.
fn pieces(word: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for sign in word.chars() {
        let closing = matches!(sign, ')' | '）' | '〕' | '】' | '」' | '》' | '，' | '、' | '。');
        let full = pieces.last().is_some_and(|piece| width(piece) + width(sign.encode_utf8(&mut [0; 4])) > SIGNS);
        if full && !closing {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(sign);
        }
    }
    pieces
}

/// Text no wider than so many half-width signs.
fn cut(text: &str, signs: usize) -> String {
    if width(text) <= signs {
        return text.to_owned();
    }
    let mut kept = String::new();
    for sign in text.chars() {
        if width(&kept) + width(sign.encode_utf8(&mut [0; 4])) > signs.saturating_sub(2) {
            break;
        }
        kept.push(sign);
    }
    kept + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(name: &str, from: usize, to: usize) -> Link {
        let stop = |post: usize| Stop { post: PostIx(post), label: post.to_string() };
        Link { name: name.to_owned(), from: Some(stop(from)), to: stop(to) }
    }

    #[test]
    fn a_chain_is_one_walk_and_a_cycle_comes_back() {
        let names = |links: &[Link]| -> Vec<String> {
            paths(links).iter().map(|path| path.iter().map(|link| link.name.as_str()).collect()).collect()
        };
        // Vacancy first: the last mover stands at the head of the walk.
        assert_eq!(names(&[link("a", 1, 0), link("b", 2, 1), link("c", 3, 2)]), ["cba"]);
        assert_eq!(names(&[link("a", 1, 2), link("b", 2, 1)]), ["ab"]);
        assert_eq!(names(&[link("a", 1, 0), link("b", 2, 1), link("c", 3, 1)]), ["ba", "c"]);
    }

    #[test]
    fn labels_fold_and_are_cut() {
        assert_eq!(folded("住房和城乡建设局 行政审批股 股长"), ["住房和城乡建设局", "行政审批股 股长"]);
        assert_eq!(folded("住房和城乡建设局〔生成数据〕 副局长"), ["住房和城乡建设局〔生成", "数据〕 副局长"]);
        assert_eq!(folded("一二三四五六七八九十某（局）"), ["一二三四五六七八九十某", "（局）"]);
        assert_eq!(cut("一二三四五六", 8), "一二三…");
    }
}
