"""What each key of a register means, and each word where a word needs it: plain sentences.

Editors show them beside the key; they say what `register.md` says, in fewer words.
"""

from __future__ import annotations

ENTRIES: dict[str, str] = {
    "File": "A register: sources, entities, properties, claims and reviews.",
    "Source": "A document that claims are read from.",
    "Entity": "Somebody or something that claims are about, or that speaks.",
    "Alias": "A further name of an entity, with a note.",
    "Property": "A question that can be asked of an entity, and when two answers collide.",
    "Claim": "One proposition: what it says, on what evidence, and what was judged of it.",
    "Assertion": "What the claim says, so that it can collide: subject, property and value.",
    "Number": "A number in parts: exactly, about, or between two ends, in a unit if need be.",
    "Evidence": "One item of evidence: where the claim is found, in which words, and who says it.",
    "Relation": "How the claim stands to others.",
    "Verdict": "A person's judgement of the claim. Append a new one; the last counts.",
    "Review": "A person's decision on a conflict or on a claim's dispute. The last one counts.",
}
"""What each kind of entry, or of part of one, is."""

KEYS: dict[str, dict[str, str]] = {
    "File": {
        "claimtrack": "The version of the format. The main file needs it.",
        "title": "What the register is called.",
        "include": "Further files of this same shape: patterns relative to this file, in which * "
        "stands for anything but / and a leading dot.",
        "sources": "The documents that claims are read from, by id.",
        "entities": "Who and what claims are about, by id.",
        "properties": "What can be said of an entity, by id.",
        "claims": "The claims: one proposition each.",
        "reviews": "What people decided on conflicts and disputes, in the order decided.",
    },
    "Source": {
        "file": "The path of its text inside a source folder.",
        "sha256": "The SHA-256 digest of that file's bytes; a file that differs is an error.",
        "title": "Its title.",
        "publisher": "Who published it. If it names an entity that is not anonymous, that is its "
        "origin.",
        "author": "Who wrote it. It is the origin where the publisher is none.",
        "url": "Where it was found.",
        "language": "Its language as a BCP 47 tag, such as en.",
        "note": "Anything else worth knowing.",
        "published": "When it was published, as an EDTF date.",
        "retrieved": "When it was fetched, as an EDTF date.",
        "genre": "What kind of document it is.",
        "reliability": "The Admiralty letter for how far the source can be trusted.",
        "basis": "Why it has this grade.",
        "derived_from": "The ids of the sources that it copies or relays, the main one first.",
    },
    "Alias": {
        "name": "The further name.",
        "note": "Where it is found, or why it differs.",
    },
    "Entity": {
        "name": "Its usual name.",
        "kind": "Any word for what it is, such as place, person or institution.",
        "aliases": "Further names, each alone or with a note.",
        "anonymous": "True for an unnamed speaker or group, which is never an origin.",
        "part_of": "The one entity that it is part of, by id or name.",
    },
    "Property": {
        "type": "What its values are.",
        "unit": "Of a number: the unit in which values are compared.",
        "single": "True if it has one value at a time, so that two different ones collide.",
        "tolerance": "How far two values may differ and still agree: of a number 50 (in its unit) "
        "or 10%, of a date 3d.",
        "about-ratio": "Of a number: how wide 'about' is, as 5% or 0.05; otherwise 10%.",
        "scope": "Keys that assertions may use to tell cases apart, such as phase or side.",
        "nested": "Of an entity or choice: false if a part does not stand for its whole.",
        "severity": "Write tension if differing answers are readings and never a hard conflict.",
        "choices": "Of a choice: a list, or a mapping of narrower to broader choices, in which a "
        "key alone is one of the broadest.",
    },
    "Number": {
        "value": "The number itself; alone among the four.",
        "about": "A rough number, as wide as the property's about-ratio; alone among the four.",
        "min": "The lower end. Left out, it is open.",
        "max": "The upper end. Left out, it is open.",
        "unit": "The unit it is given in: the property's own, or one that converts to it exactly.",
    },
    "Assertion": {
        "subject": "The entity that it is about, by id or name.",
        "property": "What is said of it: a property's id.",
        "value": "What it is, as the property's type takes it.",
        "negated": "True if it is not so.",
        "during": "When it holds, throughout, as an EDTF date. Left out, it holds at any time.",
        "scope": "The case that it is about: only keys that the property lists.",
    },
    "Evidence": {
        "source": "The source's id.",
        "stance": "What whoever speaks does with the statement.",
        "by": "The entity whose stance it is, if not the source's own.",
        "via": "The entities through whom it reached the source, nearest to the speaker first.",
        "quote": "The source's own words.",
        "line": "The line of the source's text on which the quote begins, from 1.",
        "credibility": "The Admiralty number for how credible the information is.",
        "note": "Anything else worth knowing.",
    },
    "Relation": {
        "type": "How the claim stands to the other.",
        "claim": "The other claim's id, or a list of them.",
        "why": "The reason, in a sentence.",
    },
    "Verdict": {
        "rating": "The judgement.",
        "by": "Who judged.",
        "on": "When, as an EDTF date.",
        "why": "The reason, in a sentence.",
        "fingerprint": "The fingerprint of the claim that was judged; claimtrack show prints it.",
    },
    "Claim": {
        "id": "Its id, unique among the claims of all files.",
        "statement": "The proposition itself, in one sentence.",
        "kind": "What kind of thing it claims.",
        "asserts": "What it says in a form that can collide: one assertion or a list of them.",
        "when": "When the event took place, as an EDTF date. It plays no part in collisions.",
        "about": "Further entities that it is about; the subjects count by themselves.",
        "tags": "Any words to find it by.",
        "evidence": "Where it is found and who says it, item by item.",
        "relations": "How it stands to other claims.",
        "verdicts": "What people judged of it, oldest first. Append, never rewrite.",
        "note": "Anything else worth knowing.",
    },
    "Review": {
        "conflict": "The conflict's id, if the decision is on a conflict.",
        "dispute": "The disputed claim's id, if the decision is on a dispute.",
        "decision": "What was decided. Each of the two has decisions of its own.",
        "claim": "The claim that prevails. Only 'prevails' needs it.",
        "by": "Who decided.",
        "on": "When, as an EDTF date.",
        "why": "The reason, in a sentence.",
        "fingerprint": "The fingerprint of what was decided on; claimtrack conflicts or show "
        "prints it. Without one the review has no effect.",
    },
}
"""What each key takes and does, by the entry that has it."""

WORDS: dict[str, dict[str, dict[str, str]]] = {
    "Source": {
        "reliability": {
            "A": "Completely reliable.",
            "B": "Usually reliable.",
            "C": "Fairly reliable.",
            "D": "Not usually reliable.",
            "E": "Unreliable.",
            "F": "Cannot be judged, which is not the worst.",
        },
    },
    "Property": {
        "type": {
            "number": "7500, or in parts such as {about: 7500, unit: mile}.",
            "date": "An EDTF date, such as 2024-07 or 2024/..",
            "entity": "An entity, with all that is part of it.",
            "choice": "One of the property's choices.",
            "boolean": "true or false.",
            "text": "Any text; case and white space do not count.",
        },
    },
    "Evidence": {
        "stance": {
            "asserts": "Says so itself: firm support.",
            "reports": "Passes it on as so: firm support.",
            "speculates": "Thinks it possible: weak support.",
            "questions": "Doubts it: disputes the claim.",
            "denies": "Says that it is not so: disputes the claim.",
            "retracts": "Takes back its earlier items of this claim.",
        },
        "credibility": {
            "1": "Confirmed by other origins.",
            "2": "Probably true.",
            "3": "Possibly true.",
            "4": "Doubtful.",
            "5": "Improbable.",
            "6": "Cannot be judged, which is not the worst.",
        },
    },
    "Relation": {
        "type": {
            "contradicts": "Both cannot be true: a hard conflict.",
            "tension": "They pull apart: a conflict that is a tension.",
            "supports": "It is a reason for the other.",
            "refines": "It is a narrower form of the other.",
            "supersedes": "It replaces the other, which is out of play.",
            "same-as": "They are one proposition and share their evidence.",
            "states": "It is an utterance of the other.",
            "depends-on": "It falls if the other does.",
        },
    },
    "Verdict": {
        "rating": {
            "confirmed": "It is so.",
            "refuted": "It is not so.",
            "misleading": "What it suggests is not so.",
            "unproven": "Nobody can tell yet.",
            "withdrawn": "It should not be held as a claim: out of play.",
        },
    },
    "Review": {
        "decision": {
            "prevails": "Of a conflict: the named claim is right.",
            "compatible": "Of a conflict: all of them can be true.",
            "unresolved": "It stays open.",
            "upheld": "Of a dispute: whoever disputes is right.",
            "dismissed": "Of a dispute: whoever disputes is wrong.",
        },
    },
}
"""What single words say, where they do not speak for themselves."""
