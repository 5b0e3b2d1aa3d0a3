//! The index by itself: ranks, cursors, and what is noted as due.

use jasaq_model::statement::Kind;
