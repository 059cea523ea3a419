//! Small matters of wording.

/// `1 change`, `2 changes`.
pub fn count(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}

/// `a`, `a and b`, `a, b and c`.
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// Words in lines of at most this width, each line with the indentation in front.
pub fn wrap(words: impl IntoIterator<Item = String>, indentation: &str) -> String {
    const WIDTH: usize = 100;
    let mut text = String::new();
    let mut column = WIDTH;
    for word in words {
        let length = word.chars().count();
        if column + 1 + length > WIDTH {
            let line = if text.is_empty() { "" } else { "\n" };
            text += &format!("{line}{indentation}{word}");
            column = indentation.chars().count() + length;
        } else {
            text += &format!(" {word}");
            column += 1 + length;
        }
    }
    text
}
