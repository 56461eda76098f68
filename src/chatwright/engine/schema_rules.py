"""The fixed rules of the grammars that `schema` makes, in xgrammar's EBNF. Data, no code."""

from __future__ import annotations

# What a schema may say and no text can break.
ANNOTATIONS = {
    "$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "default",
    "examples", "deprecated", "readOnly", "writeOnly", "discriminator",
}  # fmt: skip

# Control characters but \n, \t and alike cannot be written; nor can half a character.
RULES = r"""
any ::= object | array | string | number | boolean | null
object ::= "{" (pair ("," space pair)*)? "}"
pair ::= string ":" space any
array ::= "[" (any (comma any)*)? "]"
string ::= "\"" char* "\""
char ::= [^\0-\x1f\"\\\r\n] | "\\" ["\\/bfnrt]
number ::= "-"? amount
amount ::= ("0" | [1-9] [0-9]{0,14}) ("." [0-9]{1,15})?
integer ::= "0" | "-"? positive
natural ::= "0" | positive
positive ::= [1-9] [0-9]{0,14}
boolean ::= "true" | "false"
null ::= "null"
comma ::= "," space
space ::= " "?
hex ::= [0-9a-f]
byte ::= "25" [0-5] | "2" [0-4] [0-9] | "1" [0-9] [0-9] | [1-9] [0-9] | [0-9]
date ::= year "-" day | [0-9] [0-9] leap "-02-29"
year ::= [0-9]{3,3} [1-9] | [0-9] [0-9] [1-9] [0-9] | [0-9] [1-9] [0-9] [0-9] | [1-9] [0-9]{3,3}
leap ::= "04" | "08" | [2468] [048] | [13579] [26]
day ::= long "-" (february | "29" | "3" [01]) | short "-" (february | "29" | "30") | "02-" february
long ::= "01" | "03" | "05" | "07" | "08" | "10" | "12"
short ::= "04" | "06" | "09" | "11"
february ::= "0" [1-9] | "1" [0-9] | "2" [0-8]
time ::= hour ":" sixty ":" sixty ("." [0-9]{1,6})? ("Z" | [+-] hour ":" sixty)
hour ::= [01] [0-9] | "2" [0-3]
sixty ::= [0-5] [0-9]
word ::= [A-Za-z0-9]+
"""

# Of strings, by `format`.
FORMATS = {
    "date": "date",
    "time": "time",
    "date-time": 'date "T" time',
    "uuid": 'hex{8,8} "-" hex{4,4} "-" hex{4,4} "-" hex{4,4} "-" hex{12,12}',
    "ipv4": 'byte "." byte "." byte "." byte',
    "email": 'word ([._+-] word){0,3} "@" word ([-] word){0,2} ("." word){1,3}',
}
