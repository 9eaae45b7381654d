"""What tests of several rooms use; no room borrows from another.

Photos and models
    `pictures` draws and encodes small pictures, `scenes` such as are alike at a glance; `drawn_photos` draws lots for
    photos with any names, dates and times; `heif`, `tiff`, `raw` and `icc` write containers, TIFF and camera files and
    color profiles by hand; `sample_data` says where real ones are;
    `tiny_model` builds whole small models, `words` gives them words;
    `common_neighbors` says how far two sets of vectors agree on which photos are alike;
    `embeddings` and `point_sets` make up what models see; `indexing` runs over a folder and stops on the way;
    `cache_rows` fills a cache, damages it and checks it; `dask_cluster` starts a scheduler and its workers.

Organizing
    `organize_album` is a folder as a test wants it; `sample_library` has everything that goes wrong in large ones, and
    says what must hold at any instant; `fifth_action` is an action that the program does not have.

Keywords
    `xmp` has sidecars as programs write them, and compares what is in them; `keyword_desk` is a folder with such.

Faults
    `chance` draws every random choice from one seed; `faulty_disk` dies or fails at a chosen call, which `kill_points`
    chooses; `stubborn_disk` refuses one call on one file; `disks` are file systems with a power switch, two of them
    from `folding_file_system`; `fork_server`, `organize_once` and `organize_many` are programs to kill or to measure;
    `fuzzing` alters files; `figures` adds up what was tried.

The laboratory
    `laboratory` has pictures and configurations small enough to train on; `pretext_cases` every pretext so;
    `foreign_checkpoints` weights as others store them; `words` a layer of words for a tiny model; `simclr_steps` are
    steps of training to be timed.

The command line
    `command_line` calls it as a person does, and lays out a folder for it.

The window
    `window` does what a person does, and waits for what comes of it; `hands` have the pointer and the keys alone;
    `shown_groups` makes up groups as it shows them; `laid_library` is a large folder that was looked at before;
    `watchdog` tells how long the event loop does not answer; `german` is what it says in German, without Qt;
    `shown_texts` reads everything that widgets say, and finds what is cut, `pseudo` is a language for that;
    `real_pointer` works a window on a real screen; `versions` lays out what earlier programs kept.

Processes
    `child_tasks` are tasks that misbehave; `processes` lists what was started; `memory` tells what they took; `waiting`
    how long to wait for them.

Benchmarks
    `whole_process` tells what a command costs from start to end; `peer_environment` installs other programs apart from
    ours, and `lightly_photos` has views of photos for one of them; `growing` makes folders of any number of photos to
    plan for.
"""
