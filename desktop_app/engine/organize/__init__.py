"""From groups to folders: a plan that touches nothing, its application under a journal, undo and recovery.

The words: a *plan* has one *step* for each file. A photo and its companions are a *unit*, which gets through whole or
not at all. Carrying out a plan is a *run*, with a number and a journal; it has two *phases*, the run itself (``do``)
and its *undo*. In either, a step under way is an *item*: checked and prepared (*staged*), made certain of (*sealed*),
given its final name (*placed*), the source removed (*cleared*), or *withdrawn* where another of its unit failed. A run
that a crash or a pulled disk cut off is *settled* by the next start.
"""
