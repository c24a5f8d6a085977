"""Systems as WebAssembly modules: text written from expressions, compiled once, run from Python.

Reading order: `layout` (memory), `schedule` (order), `phase` (functions), `module_text` (the whole module, with
`control.wat`, the loops over years and steps), `elementary` (exp, log and powers), `module_cache`, `packing`, `program`
(the host).
"""
