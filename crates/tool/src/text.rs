//! Counts, lists and wrapped lines in the tool's output.

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

/// Text in lines of at most 100 columns, broken at blanks; the first with an indentation, the others with more.
pub fn wrap(text: &str, indentation: usize, hanging: usize) -> String {
    const WIDTH: usize = 100;
    let mut wrapped = " ".repeat(indentation);
    let mut column = indentation;
    for (position, word) in text.split(' ').enumerate() {
        let length = word.chars().count();
        if position > 0 && column + 1 + length > WIDTH {
            wrapped += &format!("\n{}", " ".repeat(hanging));
            column = hanging;
        } else if position > 0 {
            wrapped.push(' ');
            column += 1;
        }
        wrapped += word;
        column += length;
    }
    wrapped
}
