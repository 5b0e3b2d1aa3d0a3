//! What somebody began to write: kept on this device until it is recorded or thrown away, through crashes and flat batteries.
//!
//! A draft is no statement: nobody else gets it, and what is missing in it is nobody's business yet.

use super::Fieldbook;
use crate::limits::DRAFTS_MAX;
use crate::refusal::FieldbookRefused;
use crate::vault::{DraftRow, Vault};

/// Something that somebody began to write, in the words of whoever shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// Which.
    pub id: [u8; 16],
    /// When it was written last, by this device's clock, in ms since 1970.
    pub written_ms: i64,
    /// What it holds so far; what that means knows the screen that wrote it.
    pub content: String,
}

/// Says nothing of what it holds.
impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Draft({} bytes)", self.content.len())
    }
}

impl Fieldbook {
    /// Keeps a draft, under a new id or in the place of one that is kept already. Where there are very many the
    /// oldest are not thrown away: a new one is refused.
    pub fn keep_draft(
        &mut self,
        id: Option<[u8; 16]>,
        content: String,
    ) -> Result<[u8; 16], FieldbookRefused> {
        let kept = self.drafts()?;
        let is_new = id.is_none_or(|id| kept.iter().all(|draft| draft.id != id));
        if is_new && kept.len() >= DRAFTS_MAX {
            return Err(FieldbookRefused::PatrolFull);
        }
        self.write(|transaction, _, surroundings| {
            let draft = id.unwrap_or_else(|| surroundings.make_id());
            let written_ms = surroundings.now().unix_ms;
            Vault::keep_draft(transaction, &DraftRow { draft, written_ms, content })?;
            Ok(draft)
        })
    }

    /// The drafts, the one written last first.
    pub fn drafts(&mut self) -> Result<Vec<Draft>, FieldbookRefused> {
        let rows = Vault::drafts(self.vault.read())?.into_iter();
        let draft = |DraftRow { draft, written_ms, content }| Draft { id: draft, written_ms, content };
        Ok(rows.map(draft).collect())
    }

    /// Throws a draft away; says whether there was one.
    pub fn drop_draft(&mut self, id: &[u8; 16]) -> Result<bool, FieldbookRefused> {
        self.write(|transaction, _, _| Ok(Vault::drop_draft(transaction, id)?))
    }
}
