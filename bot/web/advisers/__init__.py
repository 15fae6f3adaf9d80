"""The advisers' console, under /conseil/: who may enter, the inbox, the conversations, the agenda."""
