//! Whether an effect applies to an id, as far as its patterns are decided.

use super::EffectKind;

/// What one arm's pattern says of an id in both registries.
#[derive(Clone, Copy)]
pub(super) struct Matches {
    /// Whether this is the arm whose change is examined.
    pub(super) own: bool,
    pub(super) old: Option<bool>,
    pub(super) new: Option<bool>,
}

/// Whether an id is affected by the change of one provider's pattern. None while that is not decided.
pub(super) fn happens(kind: EffectKind, arms: &[Matches]) -> Option<bool> {
    let own = arms.iter().find(|arm| arm.own);
    let gains = own.map_or(Some(false), |own| both(own.old.map(|old| !old), own.new));
    let loses = own.map_or(Some(false), |own| both(own.old, own.new.map(|new| !new)));
    let before = Count::of(arms.iter().map(|arm| arm.old));
    let after = Count::of(arms.iter().map(|arm| arm.new));
    let moved = either(gains, loses);
    match kind {
        EffectKind::BecomesRoutable => both(moved, both(before.is_one().map(|one| !one), after.is_one())),
        EffectKind::StopsBeingRoutable => both(moved, both(before.is_one(), after.is_none())),
        EffectKind::BecomesAmbiguous => both(moved, both(before.is_many().map(|many| !many), after.is_many())),
        EffectKind::ChangesProvider => both(gains, both(before.is_one(), after.is_one())),
        _ => Some(false),
    }
}

fn both(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn either(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    both(one.map(|one| !one), other.map(|other| !other)).map(|neither| !neither)
}

/// The number of arms that match: at least, and at most.
struct Count {
    least: usize,
    most: usize,
}

impl Count {
    fn of(matches: impl Iterator<Item = Option<bool>>) -> Count {
        matches.fold(Count { least: 0, most: 0 }, |count, matches| Count {
            least: count.least + usize::from(matches == Some(true)),
            most: count.most + usize::from(matches != Some(false)),
        })
    }

    fn is_none(&self) -> Option<bool> {
        if self.least > 0 { Some(false) } else { (self.most == 0).then_some(true) }
    }

    fn is_one(&self) -> Option<bool> {
        if self.least > 1 || self.most == 0 { Some(false) } else { (self.least == 1 && self.most == 1).then_some(true) }
    }

    fn is_many(&self) -> Option<bool> {
        if self.most < 2 { Some(false) } else { (self.least > 1).then_some(true) }
    }
}
