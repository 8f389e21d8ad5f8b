"""Cases of JSON from the grammar of RFC 8259, production by production.

Here is what must be read (y), what must not be (n), and what an implementation may decide (i), with our decision.

A mark shows where a fault is due. A byte that is no UTF-8 is written as the surrogate U+DC80 + byte - 0x80.
"""

from __future__ import annotations

from typing import NamedTuple

#: Stands in a text where the fault is; no text has it otherwise.
MARK = "¬"


class Wrong(NamedTuple):
    """A text with the code that is due at its mark, or, without a mark, nowhere."""

    marked: str
    code: str

    @property
    def data(self) -> bytes:
        return raw(self.marked.replace(MARK, "", 1))


class Decided(NamedTuple):
    """A text on which implementations may differ: our code at its mark, or None where it is read, and why."""

    marked: str
    code: str | None
    why: str

    @property
    def data(self) -> bytes:
        return raw(self.marked.replace(MARK, "", 1))


def raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


SYNTAX, TRUNCATED, NOT_UTF8, NUL, NOT_A_NUMBER, HALF = (f"ER-D-0{n}" for n in ("11", "10", "08", "09", "12", "13"))
TRAILING, EMPTY, TOO_DEEP, REPEATED, BOM = "ER-D-014", "ER-D-002", "ER-D-108", "ER-D-101", "ER-D-201"

#: Values that every reader takes, alone and in a report.
READ: dict[str, str] = {
    "literal_true": "true",
    "literal_false": "false",
    "literal_null": "null",
    "blanks_of_all_four_kinds": " \t\r\n[ \t\r\n1 \t\r\n, \t\r\n2 \t\r\n] \t\r\n",
    "blanks_around_colon": '{"a" \t\r\n: \t\r\n1}',
    "object_empty": "{}",
    "object_blank": "{ \n }",
    "object_one": '{"a":1}',
    "object_empty_name": '{"":0}',
    "object_escaped_name": '{"\\u0061\\n":0}',
    "object_names_that_differ_in_case": '{"a":1,"A":2}',
    "object_name_of_proto": '{"constructor":{"x":1}}',
    "object_nested": '{"a":{"b":{"c":{}}}}',
    "list_of_empty_list": "[[]]",
    "list_mixed": '[null,true,0,"",[],{}]',
    "list_trailing_blank": "[1 ]",
    "list_64_deep": "[" * 60 + "1" + "]" * 60,
    "number_zero": "0",
    "number_negative": "-1",
    "number_fraction": "0.5",
    "number_many_fraction_digits": "[0.0000000000000000000000001]",
    "number_exponent": "1e2",
    "number_capital_exponent": "1E2",
    "number_plus_exponent": "1e+2",
    "number_minus_exponent": "1E-2",
    "number_exponent_leading_zeros": "1e0002",
    "number_zero_exponent": "0e0",
    "number_zero_to_a_power": "0e999",
    "number_negative_fraction": "-0.25e1",
    "number_largest_exact": "9007199254740991",
    "text_empty": '""',
    "text_every_short_escape": r'"\"\\\/\b\f\n\r\t"',
    "text_solidus_bare": '"a/b"',
    "text_unicode_escape": r'"\u00e9\u00C9"',
    "text_escaped_nul": r'"\u0000"',
    "text_escaped_controls": r'"\u0001\u001f\u007f"',
    "text_escaped_quote": r'"\u0022\u005c"',
    "text_backslash_then_u": r'"\\u0061"',
    "text_pair": r'"\ud83d\ude00"',
    "text_pair_capital": r'"\uD83D\uDE00"',
    "text_two_pairs": r'"\ud800\udc00\udbff\udfff"',
    "text_del": '"\x7f"',
    "text_c1_controls": '"\x80\x85\x9f"',
    "text_line_separators": '"\u2028\u2029"',
    "text_bom_inside": '"a\ufeffb"',
    "text_bom_first": '"\ufeff"',
    "text_two_bytes": '"\u00e9"',
    "text_three_bytes": '"\u20ac"',
    "text_four_bytes": '"\U0001f600"',
    "text_last_code_point": '"\U0010ffff"',
    "text_noncharacters": '"\ufdd0\ufffe\uffff"',
    "text_escaped_noncharacters": r'"\ufdd0\uffff"',
    "text_private_use": '"\ue000"',
    "text_replacement_character": '"\ufffd"',
    "text_with_signs_of_json": '"[{,:}]"',
    "text_with_comment": '"/* // # */"',
    "text_long": '"' + "x" * 5000 + '"',
}

#: Values that no reader takes, alone and in a report.
REFUSED: dict[str, Wrong] = {
    "object_comma_last": Wrong('{"a":1¬,}', SYNTAX),
    "object_comma_first": Wrong('{¬,"a":1}', SYNTAX),
    "object_comma_twice": Wrong('{"a":1,¬,"b":2}', SYNTAX),
    "object_comma_missing": Wrong('{"a":1 ¬"b":2}', SYNTAX),
    "object_colon_missing": Wrong('{"a" ¬1}', SYNTAX),
    "object_colon_twice": Wrong('{"a":¬:1}', SYNTAX),
    "object_colon_is_comma": Wrong('{"a"¬,1}', SYNTAX),
    "object_colon_is_equals": Wrong('{"a"¬=1}', SYNTAX),
    "object_value_missing": Wrong('{"a":¬}', SYNTAX),
    "object_value_missing_before_comma": Wrong('{"a":¬,"b":1}', SYNTAX),
    "object_name_alone": Wrong('{"a"¬}', SYNTAX),
    "object_name_unquoted": Wrong("{¬a:1}", SYNTAX),
    "object_name_single_quotes": Wrong("{¬'a':1}", SYNTAX),
    "object_name_typographic": Wrong("{¬“a”:1}", SYNTAX),
    "object_name_number": Wrong("{¬1:1}", SYNTAX),
    "object_name_null": Wrong("{¬null:1}", SYNTAX),
    "object_name_list": Wrong("{¬[]:1}", SYNTAX),
    "object_closed_by_bracket": Wrong('{"a":1¬]', SYNTAX),
    "object_comment": Wrong('{¬/* c */"a":1}', SYNTAX),
    "object_comment_after_value": Wrong('{"a":1 ¬// c\n}', SYNTAX),
    "object_hash_comment": Wrong('{¬# c\n"a":1}', SYNTAX),
    "list_comma_last": Wrong("[1¬,]", SYNTAX),
    "list_comma_alone": Wrong("[¬,]", SYNTAX),
    "list_comma_first": Wrong("[¬,1]", SYNTAX),
    "list_comma_twice": Wrong("[1,¬,2]", SYNTAX),
    "list_comma_missing": Wrong("[1 ¬2]", SYNTAX),
    "list_semicolon": Wrong("[1¬;2]", SYNTAX),
    "list_colon": Wrong('["a"¬:1]', SYNTAX),
    "list_closed_by_brace": Wrong("[1¬}", SYNTAX),
    "list_of_lists_closed_twice_wrong": Wrong("[[1]¬}", SYNTAX),
    "list_ellipsis": Wrong("[1,¬...]", SYNTAX),
    "list_star": Wrong("[¬*]", SYNTAX),
    "literal_capital": Wrong("[¬True]", SYNTAX),
    "literal_capitals": Wrong("[¬NULL]", SYNTAX),
    "literal_none": Wrong("[¬None]", SYNTAX),
    "literal_undefined": Wrong("[¬undefined]", SYNTAX),
    "literal_cut": Wrong("[¬tru]", SYNTAX),
    "literal_longer": Wrong("[¬nulll]", SYNTAX),
    "literal_yes": Wrong("[¬yes]", SYNTAX),
    "literal_cyrillic": Wrong("[¬truе]", SYNTAX),
    "literal_then_digit": Wrong("[¬true1]", SYNTAX),
    "nan": Wrong("[¬NaN]", NOT_A_NUMBER),
    "nan_small": Wrong("[¬nan]", SYNTAX),
    "nan_negative": Wrong("[¬-NaN]", SYNTAX),
    "infinity": Wrong("[¬Infinity]", NOT_A_NUMBER),
    "infinity_negative": Wrong("[¬-Infinity]", NOT_A_NUMBER),
    "infinity_plus": Wrong("[¬+Infinity]", SYNTAX),
    "infinity_short": Wrong("[¬Inf]", SYNTAX),
    "number_plus": Wrong("[¬+1]", SYNTAX),
    "number_plus_minus": Wrong("[¬+-1]", SYNTAX),
    "number_minus_alone": Wrong("[¬-]", SYNTAX),
    "number_minus_twice": Wrong("[¬--1]", SYNTAX),
    "number_minus_blank": Wrong("[¬- 1]", SYNTAX),
    "number_minus_letter": Wrong("[¬-x]", SYNTAX),
    "number_leading_zero": Wrong("[¬01]", SYNTAX),
    "number_leading_zeros": Wrong("[¬00]", SYNTAX),
    "number_negative_leading_zero": Wrong("[¬-01]", SYNTAX),
    "number_zero_fraction_zero": Wrong("[¬-00.5]", SYNTAX),
    "number_point_first": Wrong("[¬.5]", SYNTAX),
    "number_negative_point_first": Wrong("[¬-.5]", SYNTAX),
    "number_point_last": Wrong("[¬5.]", SYNTAX),
    "number_point_exponent": Wrong("[¬5.e1]", SYNTAX),
    "number_two_points": Wrong("[¬1.2.3]", SYNTAX),
    "number_exponent_empty": Wrong("[¬1e]", SYNTAX),
    "number_exponent_sign_only": Wrong("[¬1e+]", SYNTAX),
    "number_exponent_two_signs": Wrong("[¬1e+-2]", SYNTAX),
    "number_exponent_fraction": Wrong("[¬1e2.5]", SYNTAX),
    "number_exponent_alone": Wrong("[¬e1]", SYNTAX),
    "number_exponent_twice": Wrong("[¬1e2e3]", SYNTAX),
    "number_hexadecimal": Wrong("[¬0x1F]", SYNTAX),
    "number_octal": Wrong("[¬0o17]", SYNTAX),
    "number_binary": Wrong("[¬0b1]", SYNTAX),
    "number_underscore": Wrong("[¬1_000]", SYNTAX),
    "number_thousands_apostrophe": Wrong("[¬1'000]", SYNTAX),
    "number_blank_inside": Wrong("[1 ¬000]", SYNTAX),
    "number_letter_after": Wrong("[¬1a]", SYNTAX),
    "number_suffix": Wrong("[¬1n]", SYNTAX),
    "number_full_width": Wrong("[¬１]", SYNTAX),
    "number_full_width_after_digit": Wrong("[¬1１]", SYNTAX),
    "number_arabic_indic": Wrong("[¬٣]", SYNTAX),
    "number_minus_sign_of_typography": Wrong("[¬\u22121]", SYNTAX),
    "number_fraction_sign": Wrong("[¬½]", SYNTAX),
    "number_percent": Wrong("[¬5%]", SYNTAX),
    "text_single_quotes": Wrong("[¬'a']", SYNTAX),
    "text_backquotes": Wrong("[¬`a`]", SYNTAX),
    "text_unquoted": Wrong("[¬abc]", SYNTAX),
    "text_two_together": Wrong('["a" ¬"b"]', SYNTAX),
    "text_escape_x": Wrong(r'["¬\x41"]', SYNTAX),
    "text_escape_a": Wrong(r'["¬\a"]', SYNTAX),
    "text_escape_v": Wrong(r'["¬\v"]', SYNTAX),
    "text_escape_zero": Wrong(r'["¬\0"]', SYNTAX),
    "text_escape_single_quote": Wrong(r'["' + MARK + r"\'" + '"]', SYNTAX),
    "text_escape_line_feed": Wrong('["¬\\\n"]', SYNTAX),
    "text_escape_capital_u": Wrong(r'["¬\U0041"]', SYNTAX),
    "text_escape_braces": Wrong(r'["¬\u{41}"]', SYNTAX),
    "text_escape_three_digits": Wrong(r'["¬\u004"]', SYNTAX),
    "text_escape_no_digits": Wrong(r'["¬\u"]', SYNTAX),
    "text_escape_bad_digit": Wrong(r'["¬\u00g0"]', SYNTAX),
    "text_escape_full_width_digit": Wrong('["¬\\u00０0"]', SYNTAX),
    "text_escape_emoji": Wrong('["¬\\😀"]', SYNTAX),
    "text_escape_broken_byte": Wrong('["\\¬\udce9"]', NOT_UTF8),
    "text_tab": Wrong('["a¬\tb"]', SYNTAX),
    "text_line_feed": Wrong('["a¬\nb"]', SYNTAX),
    "text_carriage_return": Wrong('["a¬\rb"]', SYNTAX),
    "text_escape_character": Wrong('["¬\x1b"]', SYNTAX),
    "text_unit_separator": Wrong('["¬\x1f"]', SYNTAX),
    "text_nul": Wrong('["¬\0"]', NUL),
    "name_line_feed": Wrong('{"a¬\n":1}', SYNTAX),
    "name_bad_escape": Wrong(r'{"¬\q":1}', SYNTAX),
    "nul_between": Wrong("[1,¬\x002]", NUL),
    "nul_before_value": Wrong('{"a":¬\x001}', NUL),
    "blank_form_feed": Wrong("[¬\f1]", SYNTAX),
    "blank_vertical_tab": Wrong("[¬\v1]", SYNTAX),
    "blank_no_break": Wrong("[¬\u00a01]", SYNTAX),
    "blank_line_separator": Wrong("[1,¬\u20282]", SYNTAX),
    "blank_ideographic": Wrong("[1¬\u3000]", SYNTAX),
    "blank_next_line": Wrong("[¬\u00851]", SYNTAX),
    "blank_zero_width": Wrong("[¬\u200b1]", SYNTAX),
    "bom_between": Wrong("[¬\ufeff1]", SYNTAX),
    "bom_before_comma": Wrong("[1¬\ufeff,2]", SYNTAX),
    "byte_latin_1": Wrong('["¬\udce9"]', NOT_UTF8),
    "byte_outside_text": Wrong("[¬\udcff]", NOT_UTF8),
    "byte_of_continuation_alone": Wrong('["¬\udc80"]', NOT_UTF8),
    "bytes_overlong_slash": Wrong('["¬\udcc0\udcaf"]', NOT_UTF8),
    "bytes_overlong_nul": Wrong('["¬\udcc0\udc80"]', NOT_UTF8),
    "bytes_overlong_three": Wrong('["¬\udce0\udc80\udcaf"]', NOT_UTF8),
    "bytes_overlong_four": Wrong('["¬\udcf0\udc80\udc80\udcaf"]', NOT_UTF8),
    "bytes_surrogate": Wrong('["¬\udced\udca0\udc80"]', NOT_UTF8),
    "bytes_surrogate_pair": Wrong('["¬\udced\udca0\udcbd\udced\udcb8\udc80"]', NOT_UTF8),
    "bytes_beyond_unicode": Wrong('["¬\udcf4\udc90\udc80\udc80"]', NOT_UTF8),
    "bytes_five": Wrong('["¬\udcf8\udc88\udc80\udc80\udc80"]', NOT_UTF8),
    "bytes_cut_sequence": Wrong('["¬\udce2\udc82"]', NOT_UTF8),
}

#: Values that end too early, alone and as the end of a report.
CUT: tuple[str, ...] = (
    *('"', '"abc', '"a\\', '"a\\u', '"a\\u00e', "[", "[1", "[1,", "[[1]", '["a"', "{", '{"', '{"a', '{"a"', '{"a":'),
    *('{"a":1', '{"a":1,', '{"a":{"b":[', "[tru", "[n", "[-", "[1.", "[1e", "[1e+", '["\\ud83d', '{"a":"\\'),
)

#: What stands around a report.
AROUND: dict[str, Wrong] = {
    "second_document": Wrong("{report}¬{}", TRAILING),
    "comma_after": Wrong("{report}¬,", TRAILING),
    "closing_after": Wrong("{report}¬}", TRAILING),
    "text_after": Wrong("{report}\n¬x", TRAILING),
    "comment_after": Wrong("{report} ¬// end", TRAILING),
    "hash_after": Wrong("{report}¬#", TRAILING),
    "form_feed_after": Wrong("{report}¬\f", TRAILING),
    "no_break_after": Wrong("{report}¬\u00a0", TRAILING),
    "bom_after": Wrong("{report}¬\ufeff", TRAILING),
    "nul_after": Wrong("{report}¬\0", NUL),
    "end_of_file_sign_after": Wrong("{report}¬\x1a", TRAILING),
    "broken_byte_after": Wrong("{report}¬\udcff", NOT_UTF8),
    "comment_before": Wrong("¬/* c */{report}", SYNTAX),
    "two_boms": Wrong("\ufeff¬\ufeff{report}", SYNTAX),
    "prefix_against_hijacking": Wrong("¬)]}'\n{report}", SYNTAX),
    "assignment": Wrong("¬report = {report}", SYNTAX),
    "form_feed_before": Wrong("¬\f{report}", SYNTAX),
    "record_separator": Wrong("¬\x1e{report}", SYNTAX),
    "parentheses": Wrong("¬({report})", SYNTAX),
    "nothing": Wrong("", EMPTY),
    "blank": Wrong(" \r\n\t", EMPTY),
    "bom_alone": Wrong("\ufeff", EMPTY),
}

#: What RFC 8259 leaves to the implementation, alone and in a report.
DECIDED: dict[str, Decided] = {
    "object_repeated_name": Decided('{"a":1,¬"a":2}', REPEATED, "two readers would see different reports"),
    "object_repeated_name_same_value": Decided('{"a":1,¬"a":1}', REPEATED, "a name is unique whatever the value"),
    "object_repeated_name_by_escape": Decided('{"a":1,¬"\\u0061":2}', REPEATED, "the two names mean the same"),
    "object_repeated_empty_name": Decided('{"":1,¬"":2}', REPEATED, "the empty name is a name"),
    "object_name_proto": Decided('{"__proto__":1}', None, "a name like any other; the structure refuses it"),
    "number_negative_zero": Decided("-0", None, "grammatical; the structure says where a number may stand"),
    "number_negative_zero_fraction": Decided("[-0.0]", None, "grammatical"),
    "number_huge_exponent": Decided("[1e400]", None, "the report is refused for it where it stands, as in XML"),
    "number_huge_negative_exponent": Decided(
        "[-1e400]", None, "the report is refused for it where it stands, as in XML"
    ),
    "number_absurd_exponent": Decided("[0.4e006699999999999]", None, "the report is refused for it, as in XML"),
    "number_tiny_exponent": Decided("[1e-400]", None, "it is read as zero; no field takes a fraction"),
    "number_beyond_exact": Decided("[9007199254740993]", None, "read in full where it fits 64 bits"),
    "number_64_bits": Decided("[18446744073709551615]", None, "the largest that is read in full"),
    "number_huge_integer": Decided("[" + "9" * 100 + "]", None, "read as near as can be; no field is so large"),
    "number_beyond_double": Decided("[" + "9" * 400 + "]", None, "the report is refused for it, as in XML"),
    "text_half_high": Decided(r'["¬\ud83d"]', HALF, "half a character is no text"),
    "text_half_low": Decided(r'["¬\ude00"]', HALF, "half a character is no text"),
    "text_halves_reversed": Decided(r'["¬\ude00\ud83d"]', HALF, "the order is wrong"),
    "text_high_twice": Decided(r'["¬\ud83d\ud83d"]', HALF, "neither has its other half"),
    "text_high_twice_then_low": Decided(r'["¬\ud83d\ud83d\ude00"]', HALF, "the first has no other half"),
    "text_pair_then_low": Decided(r'["\ud83d\ude00¬\ude00"]', HALF, "the last has no other half"),
    "text_high_then_letter": Decided(r'["¬\ud83dx"]', HALF, "half a character is no text"),
    "text_high_then_escape": Decided(r'["¬\ud83d\n"]', HALF, "half a character is no text"),
    "text_high_then_escaped_letter": Decided(r'["¬\ud83d\u0061"]', HALF, "half a character is no text"),
    "text_high_then_raw_emoji": Decided('["¬\\ud83d😀"]', HALF, "half a character is no text"),
    "name_half": Decided(r'{"¬\udc00":1}', HALF, "half a character is no text"),
    "list_64_deep": Decided("[" * 63 + "]" * 63, None, "as deep as the standard allows, in a report and alone"),
    "list_too_deep": Decided("[" * 64 + "¬[" + "]" * 65, TOO_DEEP, "no report is so deep; a limit all share"),
    "list_far_too_deep": Decided("[" * 64 + "¬[" + "[" * 2000 + "]" * 2065, TOO_DEEP, "no reader may be exhausted"),
}
