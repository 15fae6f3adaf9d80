"""What must never be found in the transcript, whatever happened: lines out of order, said twice, or left."""

from __future__ import annotations

# In each conversation, lines in the order they were stored: an answer follows what it answers, before what comes next.
OUT_OF_ORDER = """
SELECT count(*) FROM messages answer JOIN messages asked ON asked.id = answer.reply_to
WHERE answer.id < asked.id OR EXISTS (
  SELECT 1 FROM messages between_ WHERE between_.conversation_id = asked.conversation_id
  AND between_.author = 'user' AND between_.id > asked.id AND between_.id < answer.id)
"""
ANSWERED_TWICE = """
SELECT count(*) FROM (SELECT conversation_id, client_id FROM messages WHERE author = 'user' AND client_id IS NOT NULL
GROUP BY 1, 2 HAVING count(*) > 1) twice
"""
UNANSWERED = """
SELECT asked.client_id FROM messages asked WHERE author = 'user'
AND NOT EXISTS (SELECT 1 FROM messages answer WHERE answer.reply_to = asked.id)
"""
